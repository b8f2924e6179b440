import DRPO
import Engine
import Locking
import Models
import Simulation
import TestSupport
import Testing
import Tree

/// A role that never gives a usable reply: a person is asked for before the search ends by it.
@Suite struct UselessRoleTests {
  enum Fault: String, CaseIterable, Sendable {
    case refused, gibberish, empty

    func reply() throws -> String {
      switch self {
      case .refused: throw ModelError.rejected("tiny at host: I do not like it")
      case .gibberish: "Sure! I think it is quite good."
      case .empty: ""
      }
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var role: Role
    var fault: Fault
    var actions = 2
    var depth = 2
    var testDescription: String { "\(role) \(fault), M \(actions), L \(depth)" }
  }

  /// Of the base model, gibberish is an answer.
  static let cases =
    Role.allCases.flatMap { role in
      Fault.allCases.filter { role != .base || $0 != .gibberish }
        .flatMap {
          [Case(role: role, fault: $0), Case(role: role, fault: $0, actions: 1, depth: 4)]
        }
    }

  private static func configuration(
    _ test: Case, unreadable: UnreadablePolicy = .unscored
  ) -> RunConfiguration {
    .scripted(
      beam: 1, actions: test.actions, depth: test.depth, maxDepthIncrease: 0,
      unreadable: unreadable)
  }

  private func model(_ test: Case, isFaulty: Locked<Bool>) -> some LanguageModel {
    let model = SimulatedModel(latency: .none)
    return ScriptedModel { request in
      if isFaulty.withLock({ $0 }), request.role == test.role { return try test.fault.reply() }
      return try await model.reply(to: request).text
    }
  }

  @Test(arguments: cases)
  func `the run pauses, and mended it ends as if nothing had been`(_ test: Case) async {
    let isFaulty = Locked(true)
    let run = Rehearsal(
      Self.configuration(test), model: model(test, isFaulty: isFaulty), patience: Patience())
    async let ending = run.run()
    let tree = await run.until { $0.isPaused && $0.inFlight.isEmpty }
    let name = test.role == .base ? "base model" : test.role.rawValue
    #expect(
      tree.pauseReason?.content?.contains("The \(name)'s reply") == true
        || tree.pauseReason?.content?.contains("replies of the \(name)") == true,
      "\(tree.pauseReason?.content ?? "")")
    // Gone on with before it is mended, it pauses again.
    let failed = run.requests.count
    #expect(await run.intervene(.continue).isSuccess)
    await run.until { $0.isPaused && $0.inFlight.isEmpty && run.requests.count > failed }
    isFaulty.withLock { $0 = false }
    #expect(await run.intervene(.continue).isSuccess)
    #expect(await ending == .finished)
    let whole = Rehearsal(Self.configuration(test))
    await whole.run()
    expectSame(await run.engine.tree, await whole.engine.tree, "mended")
    #expect(Audit.violations(of: await run.log, configuration: run.configuration) == [])
  }

  @Test func `where unreadable judgements count as zero, they do, until nothing else is left`()
    async
  {
    let test = Case(role: .judge, fault: .gibberish)
    let run = Rehearsal(
      Self.configuration(test, unreadable: .zero), model: model(test, isFaulty: Locked(true)),
      patience: Patience(unusable: 100))
    async let ending = run.run()
    let tree = await run.until { $0.isPaused && $0.inFlight.isEmpty }
    #expect(tree.root.opening?.skips == true, "rule 2")
    #expect(tree.root.reward == 0)
    #expect(await run.intervene(.stop).isSuccess)
    #expect(await ending == .finished)
  }

  @Test func `the good replies of another role don't make up for it`() async {
    // Each level has fewer replies of the optimizer that fail than make a row of their own.
    let test = Case(role: .optimizer, fault: .gibberish, actions: 2, depth: 4)
    let isFaulty = Locked(false)
    let run = Rehearsal(
      .scripted(beam: 2, actions: 2, depth: 4, maxDepthIncrease: 0),
      model: model(test, isFaulty: isFaulty), patience: Patience())
    async let ending = run.run()
    await run.until { $0.root.isOpened }
    isFaulty.withLock { $0 = true }
    let tree = await run.until { $0.isPaused && $0.inFlight.isEmpty }
    #expect(tree.leastUseful?.role == .optimizer)
    #expect(await run.intervene(.stop).isSuccess)
    #expect(await ending == .finished)
  }
}

extension ModelRequest {
  fileprivate var role: Role {
    if format == .text { return .base }
    return messages.contains { $0.content.contains("<current-prompt") } ? .optimizer : .judge
  }
}
