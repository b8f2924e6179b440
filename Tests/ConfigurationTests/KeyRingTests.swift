import Configuration
import Testing

@Suite struct KeyRingTests {
  /// Which variable's key each role gets: base, judge, optimizer.
  private func origins(
    _ names: [String], file: String = threeServers, more: [String: String] = [:]
  ) throws -> [String?] {
    let keys = Dictionary(uniqueKeysWithValues: names.map { ($0, "key-of-\($0)") })
    let settings = try settle(keys.merging(more) { $1 }, file: file)
    return RoleName.allCases.map { role in
      let key = settings[role].key
      #expect(key.map { $0.value.reveal() } == key.map { "key-of-\($0.origin)" })
      return key?.origin.description
    }
  }

  private let all = [
    "ESPALIER_API_KEY", "ESPALIER_JUDGE_API_KEY", "ESPALIER_OPTIMIZER_API_KEY", "OPENAI_API_KEY",
  ]

  @Test func eachRoleHasItsOwn() throws {
    #expect(try origins(all) == Array(all.prefix(3)))
  }

  @Test func aServerWithoutAKeyGetsNone() throws {
    #expect(try origins([]) == [nil, nil, nil])
  }

  @Test func theBaseKeyStaysOnTheBaseServer() throws {
    #expect(try origins(["ESPALIER_API_KEY"]) == ["ESPALIER_API_KEY", nil, nil])
    let shared = """
      [base]
      model = "b"
      url = "https://x.example/a/v1"
      [judge]
      model = "j"
      url = "https://x.example/b/v1"
      [optimizer]
      model = "o"
      url = "https://x.example:8443"
      """
    #expect(
      try origins(["ESPALIER_API_KEY"], file: shared)
        == ["ESPALIER_API_KEY", "ESPALIER_API_KEY", nil])
  }

  @Test func saysWhichVariableToSet() throws {
    func variables(_ file: String) throws -> [String] {
      let settings = try settle([:], file: file)
      return RoleName.allCases.map { settings[$0].keyVariable }
    }
    #expect(try variables(threeServers) == Array(all.prefix(3)))
    let oneServer = "[base]\nmodel = \"b\"\nurl = \"https://x.example/v1\"\n"
    #expect(try variables(oneServer) == Array(repeating: all[0], count: 3))
    #expect(try variables("[judge]\nmodel = \"j\"\n")[1] == "ESPALIER_JUDGE_API_KEY")
  }

  @Test func theBaseKeyGoesNowhereWhenTheBaseIsSimulated() throws {
    let file = "[judge]\nmodel = \"j\"\n"
    #expect(try origins(["ESPALIER_API_KEY"], file: file) == [nil, nil, nil])
  }

  @Test func theKeyForOpenAIGoesToOpenAI() throws {
    let file = """
      [base]
      model = "b"
      [judge]
      model = "j"
      url = "https://api.openai.com.evil.example/v1"
      [optimizer]
      model = "o"
      url = "http://localhost:1/api.openai.com"
      """
    #expect(try origins(["OPENAI_API_KEY"], file: file) == ["OPENAI_API_KEY", nil, nil])
  }

  @Test func orToTheServerOfItsVariable() throws {
    #expect(
      try origins(["OPENAI_API_KEY"], more: ["OPENAI_BASE_URL": "http://localhost:8002/v1"])
        == [nil, "OPENAI_API_KEY", nil])
  }

  @Test func neverInClearTextToAnotherMachine() throws {
    let key = ["ESPALIER_API_KEY": "secret-7"]
    let file = "[base]\nmodel = \"b\"\nurl = \"http://far.example\"\n"
    #expect(
      refusal(key, file: file) == """
        The key of the base model (ESPALIER_API_KEY) would go to http://far.example/v1 in clear \
        text. Use https, or say --allow-plain-http if the network in between is yours.
        """)
    #expect(refusal(file: file) == "no error")
    let allowed = try settle(key, file: file) { $0.allowPlainHTTP = true }
    #expect(allowed.base.key != nil)
    #expect(
      allowed.warnings.contains(
        "The key of the base model goes to http://far.example/v1 in clear text."))
  }

  @Test(arguments: ["a b", "a\n", "a\r\nX-Evil: 1", "\ta", "schlüssel", "a\u{7F}"])
  func refusesWhatCannotBeAKey(key: String) {
    let message = refusal(["ESPALIER_API_KEY": key], file: threeServers)
    #expect(
      message == """
        ESPALIER_API_KEY: the key has a space, a line end or a letter beyond ASCII in it: set it anew
        """)
  }

  @Test func showsItselfNowhere() throws {
    let settings = try settle(
      ["ESPALIER_API_KEY": "secret-7", "ESPALIER_JUDGE_API_KEY": "secret-7"],
      file: threeServers + "\n[base.headers]\nX-Mine = \"secret-7\"\n")
    #expect(settings.base.key?.value.reveal() == "secret-7")
    var dumped = ""
    dump(settings, to: &dumped)
    for text in [dumped, "\(settings)", String(reflecting: settings)] {
      #expect(text.contains("http"))
      #expect(!text.contains("secret-7"))
    }
  }
}
