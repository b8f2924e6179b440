import Testing
import Tree

@testable import Views

@Suite struct InterventionNewsTests {
  private static let before = Scenario.sketch.tree.settings.with(.maxCalls(900))

  private static func changed(_ changes: SettingChange...) -> SearchSettings {
    changes.reduce(before) { $0.with($1) }
  }

  /// A change of settings is told by what it changed, and by nothing else.
  @Test(arguments: [
    (changed(.maxTokens(5_000)), "At most 5000 tokens, from now on."),
    (changed(.maxCost(2.5), .maxMinutes(30)), "At most $2.50, 30 minutes, from now on."),
    (changed(.maxCalls(nil)), "No limit of calls any more."),
    (changed(.beam(3)), "From the next level: beam 3."),
    (
      changed(.actions(1), .depth(9), .maxCalls(50)),
      "From the next level: 1 rewrite, depth 9. At most 50 calls, from now on."
    ),
    (changed(), "That is how it was."),
  ])
  func aChangeOfSettings(_ settings: SearchSettings, _ words: String) {
    let news = InterventionNews.text(
      of: Intervention(.set(settings), by: .person("tester")), in: Scenario.sketch.tree,
      since: Self.before, texts: TextsInMemory())
    #expect(news == words)
  }
}
