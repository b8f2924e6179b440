@testable import Configuration
import Testing

@Suite struct ExampleConfigTests {
  /// The example with every setting in it made.
  private var uncommented: String {
    ExampleConfig.text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.hasPrefix("#") && !$0.hasPrefix("# ") ? $0.dropFirst() : $0 }
      .joined(separator: "\n")
  }

  @Test func setsNothingAsItIs() throws {
    let file = try ConfigFile(path: "c", text: ExampleConfig.text)
    #expect(Key.all.allSatisfy { file[$0.path] == nil && file.named($0).isEmpty })
  }

  @Test func holdsEverySetting() throws {
    let file = try ConfigFile(path: "c", text: uncommented)
    for key in Key.all {
      #expect(file[key.path] != nil || !file.named(key).isEmpty, "\(key.name)")
    }
  }

  /// Every variable and flag that is not simply the setting's name is explained.
  @Test func namesFlagsAndVariables() {
    for key in Key.all
    where key.path[0] != "search" && !key.name.hasPrefix("judge.")
      && !key.name.hasPrefix("optimizer.")
    {
      for name in [key.flag, key.variable, key.sharedVariable].compactMap({ $0 }) {
        #expect(ExampleConfig.text.contains(name), "\(name)")
      }
    }
  }

  /// What stands behind the `#` is the default, except where there is none.
  @Test func showsTheDefaults() throws {
    let said = try Settings.resolve(
      flags: Flags(), environment: [:], file: ConfigFile(path: "c", text: uncommented))
    let silent = try Settings.resolve(flags: Flags(), environment: [:], file: nil)
    #expect(said.search.preset.value == silent.search.preset.value)
    #expect(said.search.beam.value == silent.search.beam.value)
    #expect(said.search.actions.value == silent.search.actions.value)
    #expect(said.search.depth.value == silent.search.depth.value)
    #expect(said.search.maxDepthIncrease.value == silent.search.maxDepthIncrease.value)
    #expect(said.search.examplesShown.value == silent.search.examplesShown.value)
    #expect(said.search.lift.value == silent.search.lift.value)
    #expect(said.search.seed.value == silent.search.seed.value)
    #expect(said.search.queries.value == silent.search.queries.value)
    #expect(said.search.examples.value == silent.search.examples.value)
    #expect(said.search.latency.value == silent.search.latency.value)
    #expect(said.network.allowPlainHTTP.value == silent.network.allowPlainHTTP.value)
    #expect(said.network.connectTimeout.value == silent.network.connectTimeout.value)
    #expect(said.network.idleTimeout.value == silent.network.idleTimeout.value)
    #expect(said.network.totalTimeout.value == silent.network.totalTimeout.value)
    for role in RoleName.allCases {
      #expect(said[role].model.value == silent[role].model.value)
      #expect(said[role].kind.value == silent[role].kind.value)
      #expect(said[role].temperature.value == silent[role].temperature.value)
      #expect(said[role].maxTokens.value == silent[role].maxTokens.value)
      #expect(said[role].maxConcurrency.value == silent[role].maxConcurrency.value)
      #expect(said[role].keyHeader.value == silent[role].keyHeader.value)
    }
  }
}
