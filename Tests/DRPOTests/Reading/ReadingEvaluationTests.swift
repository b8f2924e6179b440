import Testing
import Tree

@testable import DRPO

/// Replies to `Texts.evaluation`, judged on Clarity and Critical-Thinking.
struct ReadingEvaluationTests {
  struct Case: CustomTestStringConvertible {
    var name: String
    var reply: String
    /// The two scores, or nil with the words of the fault.
    var scores: [Double]?
    var fault: String?
    var testDescription: String { name }

    init(_ name: String, _ reply: String, _ scores: [Double]) {
      (self.name, self.reply, self.scores) = (name, reply, scores)
    }
    init(_ name: String, _ reply: String, fault: String) {
      (self.name, self.reply, self.fault) = (name, reply, fault)
    }
  }

  private static let aspects = [
    Aspect(name: "Clarity", definition: "plain"),
    Aspect(name: "Critical-Thinking", definition: "doubts"),
  ]

  private static func asked(_ first: String, _ second: String) -> String {
    #"{"scores": [{"aspect": "Clarity", "rationale": "r", "score": \#(first)}, "#
      + #"{"aspect": "Critical-Thinking", "rationale": "s", "score": \#(second)}]}"#
  }

  @Test(arguments: [
    Case("as asked", asked("4", "2"), [4, 2]),
    Case("code fence", "```json\n\(asked("4", "2"))\n```", [4, 2]),
    Case("bare fence", "```\n\(asked("4", "2"))\n```", [4, 2]),
    Case(
      "prose around", "Here you are {as asked}:\n\(asked("4", "2"))\nHope [that] helps!", [4, 2]),
    Case("thought before", "<think>Hm, \"quite\" {good}</think>\n\(asked("4", "2"))", [4, 2]),
    Case("decoy in the thought", "<think>\(asked("5", "5"))</think>\(asked("4", "2"))", [4, 2]),
    Case("opening tag swallowed", "\(asked("5", "5"))</think>\(asked("4", "2"))", [4, 2]),
    Case("thought in capitals", "<THINK>{\"a\": 1</THINK>\(asked("1", "1"))", [1, 1]),
    Case(
      "a tag inside a string stays",
      #"{"scores":[{"aspect":"Clarity","rationale":"</think>","score":3},"#
        + #"{"aspect":"Critical-Thinking","score":3}]}"#, [3, 3]),
    Case("text scores", asked("\"4\"", "\" 2 \""), [4, 2]),
    Case("decimal scores", asked("4.0", "\"2.0\""), [4, 2]),
    Case("fractions", asked("\"4/5\"", "\"2 / 5\""), [4, 2]),
    Case("words of fractions", asked("\"4 out of 5\"", "\"2 of 5\""), [4, 2]),
    Case(
      "other order, other case",
      #"{"scores":[{"Aspect":"critical thinking","Rationale":"s","Score":2},"#
        + #"{"aspect":"CLARITY","rationale":"r","score":4}]}"#, [4, 2]),
    Case(
      "object by aspect",
      #"{"Clarity": {"rationale": "r", "score": 4}, "CriticalThinking": {"score": "2"}}"#, [4, 2]),
    Case(
      "object by aspect, wrapped",
      #"{"evaluation": {"Clarity": {"score": 4}, "critical_thinking": {"score": 2}}}"#, [4, 2]),
    Case("bare numbers", #"{"Clarity": 4, "Critical-Thinking": "2"}"#, [4, 2]),
    Case(
      "bare list",
      #"[{"name":"Clarity","score":4},{"name":"Critical-Thinking","score":2}]"#, [4, 2]),
    Case(
      "list of objects by aspect",
      #"[{"Clarity":{"score":4}},{"Critical-Thinking":{"score":2}}]"#, [4, 2]),
    Case(
      "one aspect more than asked",
      #"{"Clarity":4,"Critical-Thinking":2,"Wit":5}"#, [4, 2]),
    Case("trailing commas", #"{"Clarity": 4, "Critical-Thinking": 2,}"#, [4, 2]),
    Case("same twice", #"{"Clarity": 4, "clarity": "4/5", "Critical-Thinking": 2}"#, [4, 2]),
    Case("the whole reply twice", asked("4", "2") + "\n" + asked("4", "2"), [4, 2]),
    Case(
      "line breaks and quotes in a string",
      "{\"Clarity\":{\"rationale\":\"It says \"hi\" and\nstops\",\"score\":4},"
        + "\"Critical-Thinking\":2}", [4, 2]),
    Case(
      "lone surrogate, odd escape",
      #"{"Clarity":{"rationale":"\ud83d \q \u12","score":4},"Critical-Thinking":2}"#, [4, 2]),
    Case("byte order mark", "\u{feff}" + asked("4", "2"), [4, 2]),

    Case("empty", " \n", fault: "the reply is empty."),
    Case(
      "no JSON", "I'd say four and two.",
      fault: "there is no JSON object in it; it begins with `I'd say four and two.`."),
    Case(
      "braces only", "{{{{", fault: "there is no JSON object in it; it begins with `{{{{`."),
    Case(
      "thought only", "<think>\(asked("4", "2"))",
      fault: "the reply ended while still thinking; the JSON object never came."),
    Case(
      "cut in a string", #"{"scores": [{"aspect": "Clarity", "rationale": "It is"#,
      fault: #"its JSON breaks off at the end, after `"aspect": "Clarity", "rationale": "It is`."#),
    Case(
      "cut behind a complete aspect",
      #"{"Clarity": {"rationale": "r", "score": 4}, "Critical-Thinking": {"score": 2}"#,
      fault: #"its JSON breaks off at the end, after `": 4}, "Critical-Thinking": {"score": 2}`."#),
    Case(
      "missing comma", #"{"Clarity": 4 "Critical-Thinking": 2}"#,
      fault: #"its JSON is broken near `{"Clarity": 4 "Critical-`."#),
    Case(
      "a quotation with unescaped JSON",
      #"{"scores":[{"aspect":"Clarity","rationale":"It says "\#(asked("5", "5"))"","score":1}]}"#,
      fault: #"its JSON is broken near `rationale":"It says "{"scores": [{"aspec`."#),
    Case(
      "two that differ", "Not \(asked("5", "5")) but \(asked("4", "2"))",
      fault: "it holds several JSON objects that contradict each other; give one only."),
    Case(
      "a sound one beside a faulty one", "\(asked("5", "5")) \(asked("7", "2"))",
      fault: #"the score of "Clarity" is 7, outside 1 to 5."#),
    Case(
      "another form", #"{"verdict": "good", "why": "it is"}"#,
      fault: "its JSON has another form than asked for: "
        + #"{"scores": {"name of the aspect": {"rationale": "…", "score": 3}}}."#),
    Case(
      "missing aspect", #"{"Clarity": 4}"#,
      fault: #"there is no entry for "Critical-Thinking"."#),
    Case(
      "no score", #"{"Clarity": {"rationale": "r"}, "Critical-Thinking": 2}"#,
      fault: #""Clarity" has no score."#),
    Case("null", asked("null", "2"), fault: #""Clarity" has no score."#),
    Case("above", asked("6", "2"), fault: #"the score of "Clarity" is 6, outside 1 to 5."#),
    Case(
      "below", asked("4", "0"), fault: #"the score of "Critical-Thinking" is 0, outside 1 to 5."#),
    Case("negative", asked("-3", "2"), fault: #"the score of "Clarity" is -3, outside 1 to 5."#),
    Case("huge", asked("1e300", "2"), fault: #"the score of "Clarity" is 1e300, outside 1 to 5."#),
    Case(
      "not a number", asked("NaN", "2"),
      fault: #"the score of "Clarity" is "NaN", not a whole number from 1 to 5."#),
    Case(
      "infinite", asked("Infinity", "2"),
      fault: #"the score of "Clarity" is "Infinity", not a whole number from 1 to 5."#),
    Case(
      "half a point", asked("4.5", "2"),
      fault: #"the score of "Clarity" is "4.5", not a whole number from 1 to 5."#),
    Case(
      "of ten", asked("\"4/10\"", "2"),
      fault: #"the score of "Clarity" is "4/10", not a whole number from 1 to 5."#),
    Case(
      "a flag", asked("true", "2"),
      fault: #"the score of "Clarity" is "true", not a whole number from 1 to 5."#),
    Case(
      "twice, differing", #"{"Clarity": 4, "clarity": 5, "Critical-Thinking": 2}"#,
      fault: #""Clarity" is scored twice, as 4 and as 5."#),
    Case(
      "two scores in one entry",
      #"{"Clarity": {"score": 4, "score": 1}, "Critical-Thinking": 2}"#,
      fault: #""Clarity" is scored twice, as 4 and as 1."#),
  ])
  func reads(_ test: Case) {
    switch Reading.evaluation(test.reply, aspects: Self.aspects) {
    case .success(let evaluation):
      #expect(evaluation.scores.map(\.value) == test.scores)
      #expect(evaluation.scores.map(\.aspect) == ["Clarity", "Critical-Thinking"])
    case .failure(let fault): #expect(fault.description == test.fault)
    }
  }

  @Test func rationalesGoWithTheirAspects() throws {
    let evaluation = try Reading.evaluation(Self.asked("4", "2"), aspects: Self.aspects).get()
    #expect(evaluation.scores.map(\.rationale) == ["r", "s"])
  }

  @Test func deepNestingIsAFaultAndNoCrash() {
    let deep = #"{"a": "# + String(repeating: "[", count: 200_000)
    let result = Reading.evaluation(deep, aspects: Self.aspects)
    #expect(throws: Reading.Fault.self) { try result.get() }
  }

  @Test func anyPrefixOfAReplyIsReadOrRefused() {
    let reply = "<think>so</think>```json\n\(Self.asked("4", "\"2/5\""))\n```"
    for length in 0..<reply.count {
      let result = Reading.evaluation(String(reply.prefix(length)), aspects: Self.aspects)
      if let evaluation = try? result.get() {
        #expect(evaluation.scores.map(\.value) == [4, 2])
        #expect(length >= reply.count - 4)
      }
    }
  }
}
