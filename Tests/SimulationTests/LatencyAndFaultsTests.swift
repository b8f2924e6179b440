import DRPO
import Locking
import Models
import TestSupport
import Testing

@testable import Simulation

struct LatencyAndFaultsTests {
  private static let conversation = Texts.answering(
    prompt: Play.initialPrompt, examples: [], query: "How to polish silver rings?")

  @Test func thePiecesAreTheReply() async throws {
    let clock = RecordingClock()
    let model = SimulatedModel(latency: .fixed(.milliseconds(90)), clock: clock)
    let pieces = Locked<[String]>([])
    let reply = try await model.reply(to: Play.request(Self.conversation)) { piece in
      pieces.withLock { $0.append(piece) }
    }
    let told = pieces.withLock { $0 }
    #expect(told.joined() == reply.text)
    #expect(told.count > 3)
    let slept = clock.sleeps.reduce(.zero, +)
    #expect(.milliseconds(89)...(.milliseconds(90)) ~= slept)
  }

  @Test func withoutLatencyNothingSleeps() async throws {
    let clock = RecordingClock()
    let model = SimulatedModel(latency: .none, clock: clock)
    let pieces = Locked<[String]>([])
    let reply = try await model.reply(to: Play.request(Self.conversation)) { piece in
      pieces.withLock { $0.append(piece) }
    }
    #expect(pieces.withLock { $0 } == [reply.text])
    #expect(clock.sleeps.isEmpty)
  }

  @Test func latenciesScatterAroundTheirMedian() {
    let latency = SimulatedLatency()
    let drawn = (0..<2_001).map { latency.draw(Chance(UInt64($0))) }.sorted()
    #expect(Duration.milliseconds(285)...Duration.milliseconds(315) ~= drawn[1_000])
    #expect(drawn[0] < .milliseconds(120))
    #expect(drawn[2_000] > .milliseconds(800))
    #expect(SimulatedLatency.fixed(.milliseconds(50)).draw(Chance(1)) == .milliseconds(50))
  }

  @Test func aCancelledCallThrowsCancellation() async {
    let model = SimulatedModel(latency: .fixed(.seconds(3_600)))
    let task = Task { try await model.reply(to: Play.request(Self.conversation)) }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test func unreadableRepliesComeAtTheirRateAndAReaskDrawsAnew() async throws {
    let play = Play(faults: SimulatedFaults(unreadable: 0.3))
    var faults: [Reading.Fault] = []
    var recovered = 0
    for seed in 0..<300 {
      let conversation = Texts.evaluation(
        query: "Why?", response: "Because.", aspects: AspectLibrary.defaultFive)
      let reply = try await play.ask(conversation, seed: UInt64(seed))
      guard case .failure(let fault) = Reading.evaluation(reply, aspects: AspectLibrary.defaultFive)
      else { continue }
      faults.append(fault)
      let again = try await play.ask(
        Texts.reask(conversation, reply: reply, fault: fault.description),
        seed: UInt64(seed + 1_000))
      if (try? Reading.evaluation(again, aspects: AspectLibrary.defaultFive).get()) != nil {
        recovered += 1
      }
    }
    #expect(60...120 ~= faults.count)
    #expect(Double(recovered) > 0.5 * Double(faults.count))
    #expect(Set(faults).count >= 4)
  }

  @Test func unavailableTriesEnd() async throws {
    let model = SimulatedModel(latency: .none, faults: SimulatedFaults(unavailable: 0.5))
    var failures = 0
    for seed in 0..<40 {
      let request = Play.request(Self.conversation, seed: UInt64(seed))
      var reply: ModelReply?
      while reply == nil {
        do { reply = try await model.reply(to: request) } catch let error as ModelError {
          guard case .unavailable = error else { throw error }
          failures += 1
        }
      }
    }
    #expect(15...80 ~= failures)
  }
}
