import Configuration
import Testing

@Suite struct SettingsTests {
  @Test func nothingGivenIsSimulated() throws {
    let settings = try settle()
    for role in RoleName.allCases {
      #expect(settings[role].isSimulated)
      #expect(settings[role].address == nil)
      #expect(settings[role].key == nil)
    }
    #expect(settings.warnings.isEmpty)
    #expect(settings.search.beam == Setting(2, from: .standard))
    #expect(settings.search.queries.value == .builtIn)
    #expect(settings.search.maxCalls == nil)
    #expect(settings.output.runFile == nil)
  }

  @Test func aKeyLyingReadyChangesNothing() throws {
    let settings = try settle(["OPENAI_API_KEY": "sk-1", "ESPALIER_API_KEY": "k"])
    #expect(settings.base.isSimulated)
    #expect(settings.warnings.isEmpty)
  }

  /// Takes the highest layer away, one after the other.
  @Test func layersCountInOrder() throws {
    let file = "[base]\nmodel = \"m\"\nurl = \"http://file\"\n"
    let shared = ["OPENAI_BASE_URL": "http://shared"]
    let all = shared.merging(["ESPALIER_URL": "http://variable"]) { $1 }

    let flag = try settle(all, file: file) { $0.url = "http://flag" }.base.address
    #expect(flag?.value.host == "flag")
    #expect(flag?.origin == .flag("--url"))

    let variable = try settle(all, file: file).base.address
    #expect(variable?.value.host == "variable")
    #expect(variable?.origin == .variable("ESPALIER_URL"))

    let inFile = try settle(shared, file: file).base.address
    #expect(inFile?.value.host == "file")
    #expect(
      inFile?.origin == .file(path: "/etc/espalier/config.toml", key: "base.url", line: 3))
    #expect(inFile?.origin.description == "/etc/espalier/config.toml:3 (base.url)")

    let openAI = try settle(shared) { $0.model = "m" }.base.address
    #expect(openAI?.value.host == "shared")
    #expect(openAI?.origin == .variable("OPENAI_BASE_URL"))

    let standard = try settle { $0.model = "m" }.base.address
    #expect(standard?.value.description == "https://api.openai.com/v1")
    #expect(standard?.origin == .standard)
  }

  @Test func presetStandsBelowWhatIsSaid() throws {
    let settings = try settle(["ESPALIER_PRESET": "paper"]) { $0.beam = 5 }
    #expect(settings.search.preset == Setting(.paper, from: .variable("ESPALIER_PRESET")))
    #expect(settings.search.beam == Setting(5, from: .flag("--beam")))
    #expect(settings.search.actions == Setting(3, from: .preset("paper")))
    #expect(settings.optimizer.temperature == Setting(0.2, from: .preset("paper")))
    #expect(settings.optimizer.topP == Setting(0.95, from: .preset("paper")))
    #expect(settings.judge.temperature.value == 0)
    #expect(settings.judge.topP == nil)
    #expect(settings.base.maxTokens.value == 2_048)
    #expect(settings.search.preset.value.unreadableCountsAsZero)
    #expect(settings.search.lift == Setting(false, from: .preset("paper")))
    #expect(try settle().search.lift == Setting(true, from: .standard))
  }

  @Test func everyFlagIsHeard() throws {
    let settings = try settle {
      $0.beam = 3
      $0.actions = 4
      $0.depth = 5
      $0.maxDepthIncrease = 6
      $0.k = 7
      $0.lift = false
      $0.seed = 8
      $0.prompt = "be kind"
      $0.queries = "q.jsonl"
      $0.queryField = "ask"
      $0.examples = "none"
      $0.maxCalls = 9
      $0.maxTokens = 10
      $0.maxUSD = 1.5
      $0.maxMinutes = 0.5
      $0.latency = 0
      $0.run = "r.espalier"
      $0.savePrompt = "p.txt"
      $0.theme = "light"
      $0.caFile = "ca.pem"
      $0.allowPlainHTTP = true
    }
    let search = settings.search
    #expect(search.beam.value == 3)
    #expect(search.actions.value == 4)
    #expect(search.depth.value == 5)
    #expect(search.maxDepthIncrease.value == 6)
    #expect(search.examplesShown.value == 7)
    #expect(search.lift == Setting(false, from: .flag("--lift")))
    #expect(search.seed.value == 8)
    #expect(search.prompt?.value == .text("be kind"))
    #expect(search.queries.value == .file("q.jsonl"))
    #expect(search.queryField?.value == "ask")
    #expect(search.examples.value == .none)
    #expect(search.maxCalls?.value == 9)
    #expect(search.maxTokens?.value == 10)
    #expect(search.maxUSD?.value == 1.5)
    #expect(search.maxMinutes?.value == 0.5)
    #expect(search.latency.value == 0)
    #expect(settings.output.runFile?.value == "r.espalier")
    #expect(settings.output.savePrompt?.value == "p.txt")
    #expect(settings.output.theme?.value == "light")
    #expect(settings.network.caFile?.value == "ca.pem")
    #expect(settings.network.allowPlainHTTP.value)
  }

  @Test func variablesAreRead() throws {
    let settings = try settle([
      "ESPALIER_K": "0", "ESPALIER_IDLE_TIMEOUT": "2.5", "ESPALIER_JUDGE_MODEL": "j",
      "ESPALIER_JUDGE_URL": "http://localhost", "ESPALIER_JUDGE_TEMPERATURE": "1",
      "ESPALIER_ALLOW_PLAIN_HTTP": "yes", "ESPALIER_BEAM": "",
    ])
    #expect(settings.search.examplesShown.value == 0)
    #expect(settings.network.idleTimeout.value == 2.5)
    #expect(settings.judge.model.value == "j")
    #expect(settings.judge.temperature == Setting(1, from: .variable("ESPALIER_JUDGE_TEMPERATURE")))
    #expect(settings.network.allowPlainHTTP.value)
    #expect(settings.search.beam.origin == .standard)
    #expect(settings.warnings.isEmpty)
  }

  @Test func theUsualVariableNamesCertificatesLast() throws {
    let shared = ["SSL_CERT_FILE": "/ca"]
    #expect(try settle(shared).network.caFile == Setting("/ca", from: .variable("SSL_CERT_FILE")))
    let file = "[network]\nca_file = \"/mine\"\n"
    #expect(try settle(shared, file: file).network.caFile?.value == "/mine")
  }

  @Test func pathsAreMeantWhereTheyAreSaid() throws {
    let file = """
      [search]
      queries = "q.jsonl"
      examples = "~/e.jsonl"
      prompt = "@p.txt"
      [screen]
      theme = "themes/mine.toml"
      """
    let settings = try settle(["HOME": "/h", "ESPALIER_RUN": "~/r.espalier"], file: file)
    #expect(settings.search.queries.value == .file("/etc/espalier/q.jsonl"))
    #expect(settings.search.examples.value == .file("/h/e.jsonl"))
    #expect(settings.search.prompt?.value == .file("/etc/espalier/p.txt"))
    #expect(settings.output.theme?.value == "/etc/espalier/themes/mine.toml")
    #expect(settings.output.runFile?.value == "/h/r.espalier")
  }

  @Test(arguments: [
    (["ESPALIER_BEAM": "two"], "ESPALIER_BEAM: \"two\" is not a whole number from 1 to 1000"),
    (["ESPALIER_BEAM": "0"], "ESPALIER_BEAM: \"0\" is not a whole number from 1 to 1000"),
    (
      ["ESPALIER_MAX_CALLS": "0"],
      "ESPALIER_MAX_CALLS: \"0\" is not a whole number above 0 (with 0 calls nothing can be done)"
    ),
    (
      ["ESPALIER_MAX_USD": "inf"],
      "ESPALIER_MAX_USD: \"inf\" is not a number above 0 (with 0 USD nothing can be done)"
    ),
    (
      ["ESPALIER_PRESET": "papr"],
      "ESPALIER_PRESET: \"papr\" is not \"default\" or \"paper\""
    ),
    (
      ["ESPALIER_TEMPERATURE": "nan"],
      "ESPALIER_TEMPERATURE: \"nan\" is not a number from 0.0 to 2.0"
    ),
    (
      ["ESPALIER_ALLOW_PLAIN_HTTP": "maybe"],
      "ESPALIER_ALLOW_PLAIN_HTTP: \"maybe\" is not true or false"
    ),
    (["ESPALIER_PROMPT": "@"], "ESPALIER_PROMPT: there is no file named after the @"),
    (
      ["ESPALIER_BEAM": "sk-proj-123"],
      "ESPALIER_BEAM: a value that looks like a key (not shown) is not a whole number from 1 to 1000"
    ),
    (
      ["ESPALIER_BEAM": "ask-me"],
      "ESPALIER_BEAM: \"ask-me\" is not a whole number from 1 to 1000"
    ),
    (
      ["ESPALIER_BEAM": "\u{1B}[2J"],
      #"ESPALIER_BEAM: "\u{1B}[2J" is not a whole number from 1 to 1000"#
    ),
  ])
  func refusesVariables(environment: [String: String], message: String) {
    #expect(refusal(environment) == message)
  }

  @Test func refusesFlags() {
    #expect(refusal { $0.depth = 0 } == "--depth: 0 is not a whole number from 1 to 10000")
    #expect(
      refusal { $0.maxMinutes = 0 }
        == "--max-minutes: 0.0 is not a number above 0 (with 0 minutes nothing can be done)")
    #expect(
      refusal { $0.maxTokens = 0 }
        == "--max-tokens: 0 is not a whole number above 0 (with 0 tokens nothing can be done)")
    #expect(refusal { $0.queries = "" } == "--queries: this is not the path of a file")
    #expect(refusal { $0.model = "" } == "--model: the name of the model is empty")
  }
}
