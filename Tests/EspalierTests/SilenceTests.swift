import Models
import Testing

@testable import espalier

@Suite struct SilenceTests {
  /// What is said by then, second by second.
  private func said(
    _ silence: inout Silence, from: Int, to: Int, calls: Int = 3
  ) -> [String] {
    (from..<to).compactMap { silence.line(at: .seconds($0), calls: calls) }
  }

  @Test func isToldAtGrowingIntervals() {
    var silence = Silence(at: .zero)
    silence.attemptFailed("m at h: overloaded (503)")
    #expect(said(&silence, from: 0, to: 10) == [])
    silence.attemptFailed("m at h: overloaded (503)")
    #expect(
      said(&silence, from: 10, to: 100)
        == [10, 20, 40, 80].map {
          "Nothing has come for \($0) s, and 2 attempts failed, the last with: "
            + "m at h: overloaded (503)"
        })
  }

  @Test(arguments: [
    (
      Setback(message: "m: busy", wait: .seconds(8), isServerLeftAlone: false),
      "; asked again in 7 s"
    ),
    (
      Setback(message: "m: busy", wait: .seconds(30), isServerLeftAlone: true),
      "; the server is left alone for 29 s"
    ),
  ])
  func saysHowLongItWaits(_ setback: Setback, _ words: String) {
    var silence = Silence(at: .zero)
    silence.attemptFailed("m: busy")
    silence.callWaits(setback, at: .seconds(9))
    #expect(
      silence.line(at: .seconds(10), calls: 1)
        == "Nothing has come for 10 s, and 1 attempt failed, the last with: m: busy\(words)")
  }

  @Test func repliesThatTakeTheirTime() {
    var silence = Silence(at: .zero)
    #expect(
      said(&silence, from: 0, to: 200, calls: 1)
        == [
          "Nothing has come for 60 s; 1 call is on its way.",
          "Nothing has come for 2 min; 1 call is on its way.",
        ])
  }

  @Test func endsWithAReply() {
    var silence = Silence(at: .zero)
    silence.attemptFailed("busy")
    silence.end(at: .seconds(9))
    #expect(said(&silence, from: 9, to: 60) == [])
  }
}
