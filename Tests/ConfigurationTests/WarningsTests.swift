import Configuration
import Testing

@Suite struct WarningsTests {
  @Test func judgingOneself() throws {
    let warnings = try settle { flags in
      flags.model = "m"
      flags.url = "http://localhost"
    }.warnings
    #expect(
      warnings == [
        """
        The base model, "m", judges itself: models favour their own answers. Name another with --judge.
        """
      ])
    let elsewhere = try settle {
      $0.model = "m"
      $0.url = "http://localhost"
      $0.judgeURL = "http://localhost:2"
    }
    #expect(elsewhere.warnings.isEmpty)
  }

  @Test func noKeyForOpenAI() throws {
    let warnings = try settle {
      $0.model = "m"
      $0.judge = "simulated"
      $0.optimizer = "simulated"
    }.warnings
    #expect(
      warnings == [
        """
        There is no key for the base model at https://api.openai.com/v1: set OPENAI_API_KEY or \
        ESPALIER_API_KEY.
        """
      ])
  }

  @Test func whatIsSaidInVain() throws {
    let real = try settle(["ESPALIER_JUDGE_API_KEY": "k"], file: threeServers) {
      $0.judge = "simulated"
      $0.judgeURL = "http://localhost"
    }
    #expect(
      real.warnings == [
        "--judge-url is not used: the judge is simulated.",
        "ESPALIER_JUDGE_API_KEY goes to nobody: the judge is simulated.",
      ])
    let fast = try settle(file: threeServers) { $0.latency = 3 }
    #expect(fast.warnings == ["--latency is not used: it is for simulated models."])
  }

  @Test func variablesThatDoNotExist() throws {
    let warnings = try settle(["ESPALIER_BAEM": "3", "ESPALIER_COLOUR_OF_HOPE": "green"]).warnings
    #expect(
      warnings == [
        "There is no variable \"ESPALIER_BAEM\"; did you mean ESPALIER_BEAM?",
        "There is no variable \"ESPALIER_COLOUR_OF_HOPE\".",
      ])
  }
}
