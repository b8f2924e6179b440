import TestSupport
import Tree

@testable import Export

extension RunRecord {
  /// A small finished run with fixed times and costs, which nothing but a change of the program can
  /// make different.
  static func scripted(
    world: ScriptedWorld = ScriptedWorld(seed: 5), isRedacted: Bool = false,
    change: (inout RunConfiguration) -> Void = { _ in },
    act: (inout SearchDriver) -> Void = { _ in }
  ) -> RunRecord {
    let (configuration, events) = Self.history(world: world, change: change, act: act)
    return RunRecord(
      configuration: configuration, events: events, texts: TextsInMemory(),
      file: "runs/test-oak.espalier", isRedacted: isRedacted)
  }

  static func history(
    world: ScriptedWorld = ScriptedWorld(seed: 5),
    change: (inout RunConfiguration) -> Void = { _ in },
    act: (inout SearchDriver) -> Void = { _ in }
  ) -> (RunConfiguration, [RecordedEvent]) {
    var configuration = RunConfiguration.scripted(
      beam: 1, actions: 2, depth: 3, maxDepthIncrease: 0, queries: 3)
    change(&configuration)
    var driver = SearchDriver(configuration: configuration, world: world)
    driver.run()
    act(&driver)
    driver.run()
    let events = driver.log.enumerated().map { ordinal, event in
      // From 2026-11-21 09:00:00 UTC on, a second each.
      RecordedEvent(ordinal: ordinal, time: 1_795_251_600 + Double(ordinal), event: event.priced)
    }
    return (configuration, events)
  }
}

extension RunEvent {
  /// With what the scripted world leaves out: each call takes a tenth of a cent.
  fileprivate var priced: RunEvent {
    guard case .completed(var completion) = self else { return self }
    completion.usage = Usage(input: 100, output: 20, requests: 1, seconds: 0.5, cost: 0.001)
    return .completed(completion)
  }
}
