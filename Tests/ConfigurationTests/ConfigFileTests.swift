import Configuration
import Testing

@Suite struct ConfigFileTests {
  private func faults(_ text: String) -> [String] {
    do throws(ConfigurationError) {
      _ = try ConfigFile(path: "c.toml", text: text)
      return []
    } catch {
      return error.description.split(separator: "\n").map(String.init)
    }
  }

  @Test(arguments: [
    ("[search]\nbaem = 2", "c.toml:2: there is no setting search.baem; did you mean search.beam?"),
    ("[serach]\nbeam = 2", "c.toml:1: there is no setting serach; did you mean search?"),
    ("beam = 2", "c.toml:1: there is no setting beam"),
    (
      "[judge]\n\n# x\nmax-tokens = 2",
      "c.toml:4: there is no setting judge.max-tokens; did you mean judge.max_tokens?"
    ),
    (
      "[prices.\"a.b\"]\ninptu = 2",
      "c.toml:2: there is no setting prices.\"a.b\".inptu; did you mean prices.\"a.b\".input?"
    ),
    (
      "[search]\nbeam = \"2\"",
      "c.toml:2: search.beam is \"2\"; it takes a whole number from 1 to 1000"
    ),
    (
      "[search]\nbeam = 2.0", "c.toml:2: search.beam is 2.0; it takes a whole number from 1 to 1000"
    ),
    ("[search]\nbeam = -1", "c.toml:2: search.beam is -1; it takes a whole number from 1 to 1000"),
    (
      "[search]\nbeam = [2]",
      "c.toml:2: search.beam is a list; it takes a whole number from 1 to 1000"
    ),
    (
      "[search.beam]\nx = 2",
      "c.toml:1: search.beam is a table; it takes a whole number from 1 to 1000"
    ),
    ("search = 3", "c.toml:1: search is a table, not a value"),
    ("[base]\nheaders = 3", "c.toml:2: base.headers is a table, not a value"),
    (
      "base = { model = \"m\", kidn = \"chat\" }",
      "c.toml:1: there is no setting base.kidn; did you mean base.kind?"
    ),
    (
      "[base]\nkind = \"caht\"",
      "c.toml:2: base.kind is \"caht\"; it takes \"chat\" or \"completions\""
    ),
    (
      "[search]\nmax_usd = 0",
      "c.toml:2: search.max_usd is 0; it takes a number above 0 (with 0 USD nothing can be done)"
    ),
    (
      "[base]\ntemperature = nan",
      "c.toml:2: base.temperature is nan; it takes a number from 0.0 to 2.0"
    ),
    (
      "[network]\nallow_plain_http = 1",
      "c.toml:2: network.allow_plain_http is 1; it takes true or false"
    ),
    (
      "[prices.m]\ndate = \"2026-02-30\"",
      "c.toml:2: prices.m.date is \"2026-02-30\"; it takes a day such as 2026-11-21"
    ),
  ])
  func saysWhatIsWrongAndWhere(text: String, fault: String) {
    #expect(faults(text) == [fault])
  }

  @Test func saysAllThatIsWrongInTheOrderOfTheLines() {
    let text = "[search]\nk = 1.5\n[base]\nmodell = \"m\"\n[judge]\nurl = 3\n"
    #expect(
      faults(text) == [
        "c.toml:2: search.k is 1.5; it takes a whole number from 0 to 100",
        "c.toml:4: there is no setting base.modell; did you mean base.model?",
        "c.toml:6: judge.url is 3; it takes text",
      ])
  }

  @Test(arguments: [
    "[search]\nbeam = 2\nbeam = 3", "[search]\nbeam = ", "[search\n", "[search]\nprompt = \"a",
  ])
  func saysWhereTheTextIsNotTOML(text: String) {
    let found = faults(text)
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("c.toml:") == true)
  }

  @Test func isText() {
    #expect(faults("[search]\n\0") == ["c.toml:1: this is no text file"])
    #expect(faults("") == [])
  }

  @Test(arguments: [
    ("[base]\napi_key = \"abc\"", "ESPALIER_API_KEY"),
    ("[judge]\nkey = \"abc\"", "ESPALIER_JUDGE_API_KEY"),
    ("[optimizer.headers]\nAuthorization = \"Bearer abc\"", "ESPALIER_OPTIMIZER_API_KEY"),
    ("[base.query]\nx-api-key = \"abc\"", "ESPALIER_API_KEY"),
    ("openai_api_key = \"abc\"", "ESPALIER_API_KEY"),
    ("[search]\nprompt = \"sk-abc\"", "ESPALIER_API_KEY"),
    ("[base]\ntoken = 'abc'", "ESPALIER_API_KEY"),
  ])
  func aKeyIsRefusedAndNotRepeated(text: String, variable: String) throws {
    let fault = try #require(faults(text).first)
    #expect(fault.contains("keys are never read from a file"))
    #expect(fault.contains("set the variable \(variable) instead"))
    #expect(!fault.contains("abc"))
  }

  /// Strings and values over several lines must not be taken for keys.
  @Test func findsLinesBehindAnythingThatTOMLAllows() {
    let text = #"""
      # beam = 1
      search.prompt = """
      [base]
      wrong = 1 \""" ""
      """""
      search.queries = '''
      k = 2'''
      "search"."query_field" = "a # \" b" # [judge]
      base = { model = "m", headers = { "X-A" = "}" } }
      [ judge ] # x
      "model" = 'a\'
      wrong = [ # ]
        "]", [1, 2],
      ]
      late = 1
      """#
    #expect(
      faults(text) == [
        "c.toml:12: there is no setting judge.wrong", "c.toml:15: there is no setting judge.late",
      ])
    let windows = text.split(separator: "\n", omittingEmptySubsequences: false)
      .joined(separator: "\r\n")
    #expect(faults(windows).map { $0.prefix(9) } == ["c.toml:12", "c.toml:15"])
  }
}
