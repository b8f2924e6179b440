import Configuration
import Testing

@Suite struct RoleSettingsTests {
  @Test func theOtherRolesFollowTheBaseModel() throws {
    let settings = try settle {
      $0.model = "m"
      $0.url = "http://localhost:1"
    }
    for role in RoleName.allCases {
      #expect(settings[role].model == Setting("m", from: .flag("--model")))
      #expect(settings[role].address?.value.description == "http://localhost:1/v1")
      #expect(settings[role].address?.origin == .flag("--url"))
    }
  }

  @Test func unlessToldOtherwise() throws {
    let settings = try settle {
      $0.model = "m"
      $0.url = "http://localhost:1"
      $0.judge = "j"
      $0.judgeURL = "http://localhost:2"
      $0.optimizer = "o"
    }
    #expect(settings.judge.model.value == "j")
    #expect(settings.judge.address?.value.port == 2)
    #expect(settings.optimizer.model.value == "o")
    #expect(settings.optimizer.address?.value.port == 1)
    #expect(settings.warnings.isEmpty)
  }

  @Test func simulatedIsAModelInAnyRole() throws {
    let settings = try settle {
      $0.model = "m"
      $0.url = "http://localhost:1"
      $0.judge = "simulated"
    }
    #expect(!settings.base.isSimulated)
    #expect(settings.judge.isSimulated)
    #expect(settings.judge.address == nil)
    #expect(settings.optimizer.model.value == "m")
    #expect(settings.isSimulated)
  }

  @Test func aRealJudgeOfASimulatedBase() throws {
    let settings = try settle {
      $0.judge = "j"
      $0.judgeURL = "http://localhost:2"
    }
    #expect(settings.base.isSimulated)
    #expect(settings.optimizer.isSimulated)
    #expect(settings.judge.address?.value.port == 2)
  }

  @Test func aServerNeedsAModel() {
    #expect(
      refusal { $0.url = "http://localhost:1" } == """
        --url names a server for the base model, but no model: add --model NAME. Many servers list \
        theirs at /v1/models.
        """)
    #expect(
      refusal(["ESPALIER_JUDGE_URL": "http://localhost:1"]).hasPrefix(
        "ESPALIER_JUDGE_URL names a server for the judge, but no model: add --judge NAME."))
    #expect(refusal(["OPENAI_BASE_URL": "http://localhost:1"]) == "no error")
  }

  @Test func aBadAddressIsRefusedWithoutRepeatingIt() {
    let message = refusal {
      $0.model = "m"
      $0.url = "https://me:hunter2@host"
    }
    #expect(message.hasPrefix("--url: an address holds no user name, password or key"))
    #expect(!message.contains("hunter2"))
  }

  @Test func whatBelongsToAServerIsSharedOnIt() throws {
    let file = """
      [base]
      model = "m"
      url = "https://x.example/openai/deployments/a?api-version=1"
      kind = "completions"
      key_header = "api-key"
      max_concurrency = 4
      temperature = 0.7
      [base.headers]
      X-Team = "garden"
      [base.query]
      trace = "a b"
      [judge]
      model = "j"
      url = "https://x.example/openai/deployments/b"
      max_concurrency = 2
      [optimizer]
      model = "o"
      url = "https://y.example"
      """
    let settings = try settle(file: file)
    #expect(settings.base.keyHeader.value == .apiKey)
    #expect(settings.base.kind.value == .completions)
    #expect(
      settings.base.query.map(\.value) == [
        QueryParameter(name: "api-version", value: "1"),
        QueryParameter(name: "trace", value: "a%20b"),
      ])

    #expect(settings.judge.keyHeader.value == .apiKey)
    #expect(settings.judge.maxConcurrency.value == 2)
    #expect(settings.judge.headers.map(\.value.name) == ["X-Team"])
    #expect(settings.judge.headers.first?.value.reveal() == "garden")
    #expect(settings.judge.query.map(\.value.name) == ["trace"])
    #expect(settings.judge.kind.value == .chat, "another model is asked to chat")
    #expect(settings.judge.temperature.value == 0, "sampling is a role's own")

    #expect(settings.optimizer.keyHeader.value == .authorization)
    #expect(settings.optimizer.maxConcurrency.value == 16)
    #expect(settings.optimizer.headers.isEmpty)
    #expect(settings.optimizer.query.isEmpty)
  }

  @Test func theBaseModelInAnotherRoleIsAskedTheSameWay() throws {
    let file = "[base]\nmodel = \"m\"\nurl = \"http://localhost\"\nkind = \"completions\"\n"
    #expect(try settle(file: file).judge.kind.value == .completions)
  }

  @Test func pricesGoByTheNameOfTheModel() throws {
    let file = """
      [prices."gpt.x"]
      input = 2
      output = 8.5
      date = 2026-11-21
      """
    let settings = try settle(file: file) {
      $0.model = "gpt.x"
      $0.judge = "other"
    }
    #expect(settings.base.prices?.input.value == 2)
    #expect(settings.base.prices?.output.value == 8.5)
    #expect(settings.base.prices?.cachedInput == nil)
    #expect(settings.base.prices?.date.value == "2026-11-21")
    #expect(settings.judge.prices == nil)
    let embeddings = "[prices.v]\ninput = 0.02\ndate = 2026-11-21\n"
    let priced = try settle(file: embeddings + "[embeddings]\nmodel = \"v\"\n").embeddings?.prices
    #expect(priced?.input.value == 0.02 && priced?.output.value == 0)
    #expect(refusal(file: embeddings).contains("are incomplete") == true)
    #expect(
      refusal(file: "[prices.m]\ninput = 2\noutput = 3\n") == """
        /etc/espalier/config.toml:2 (prices.m.input): the prices of "m" are incomplete: they need \
        input, output and the date they were looked up
        """)
  }
}

@Suite struct TemplateTests {
  private func settle(_ text: String) throws -> Settings {
    try Settings.resolve(
      flags: Flags(), environment: [:], file: ConfigFile(path: "c", text: text))
  }

  @Test func aTurnHasAPlaceForWhatWasSaid() {
    #expect(throws: ConfigurationError.self) {
      try settle("[base]\nmodel = \"m\"\n[base.template]\nuser = \"Query:\"")
    }
  }

  @Test func stopIsAListOfTexts() throws {
    let settings = try settle("[base]\nmodel = \"m\"\n[base.template]\nstop = [\"a\", \"b\"]")
    #expect(settings.base.template.stop?.value == ["a", "b"])
    // The judge is the base model.
    #expect(settings.judge.template.stop?.value == ["a", "b"])
    #expect(throws: ConfigurationError.self) { try settle("[base.template]\nstop = [1]") }
  }
}
