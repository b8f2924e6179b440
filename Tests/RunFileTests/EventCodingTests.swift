import Testing
import Tree

@testable import RunFile

@Suite struct EventCodingTests {
  @Test func `reads back every kind of event`() throws {
    for event in Sample.events + Sample.embeddings {
      let payload = try EventCoding.encode(event)
      let kind = EventCoding.kind(of: event).rawValue
      #expect(try EventCoding.decode(payload, kind: kind) == event, "\(payload)")
      #expect(try EventCoding.encode(event) == payload)
    }
  }

  @Test func `looks like this`() throws {
    let id = Text("Hi.").id
    let event = Sample.completed(
      CallKey(node: .root, step: .answer, query: 3, attempt: 1),
      .answered(Answer(response: "Hi.", examples: [4, 0], end: .cut)))
    #expect(
      try EventCoding.encode(event)
        == """
        {"node":"0000000000000000","step":"answer","query":3,"attempt":1,"response":"\(id)",\
        "examples":[4,0],"isCut":true,"usage":{"input":10,"cachedInput":3,"output":5,\
        "requests":1,"seconds":0.1,"cost":1e-05}}
        """)
  }

  @Test(arguments: [
    (Answer.End.whole, ""), (.cut, #","isCut":true"#), (.refused, #","isRefusal":true"#),
    (.unknown("ba\"nana"), #","finish":"ba\"nana""#),
  ])
  func `the end of an answer is kept`(_ end: Answer.End, _ member: String) throws {
    let event = Sample.completed(
      CallKey(node: .root, step: .answer, query: 0),
      .answered(Answer(response: "Hi.", examples: [], end: end)))
    let payload = try EventCoding.encode(event)
    #expect(payload.contains(#""examples":[]\#(member),"usage""#), "\(payload)")
    #expect(try EventCoding.decode(payload, kind: "completion") == event)
  }

  @Test func `how a call came through is kept with its texts`() throws {
    let delivery = Delivery(
      failures: ["429", "429"], adaptations: "no seed", folded: "Be brief.\n\nHi")
    let event = RunEvent.completed(
      Completion(
        call: CallKey(node: .root, step: .answer, query: 0),
        outcome: .failed(reason: "gone", isTransient: true), usage: Usage(requests: 2),
        delivery: delivery))
    let payload = try EventCoding.encode(event)
    #expect(
      payload.hasSuffix(
        #","delivery":{"failures":["\#(Text("429").id)","\#(Text("429").id)"],"#
          + #""adaptations":"no seed","folded":"\#(Text("Be brief.\n\nHi").id)"}}"#))
    #expect(try EventCoding.decode(payload, kind: "completion") == event)
    #expect(Set(event.texts) == ["gone", "429", "Be brief.\n\nHi"])
  }

  @Test(arguments: [
    ("flight", #"{"flight":"reopened"} "#, true),
    ("flight", #" { "flight" : "\u0072eopened" }"#, true),
    ("flight", #"{"flight":"reopened"}x"#, false),
    ("flight", #"{"flight":"landed"}"#, false),
    ("flight", #"{"flight":"started"}"#, false),
    ("flight", #"{"flight":"reopened","more":1}"#, false),
    ("decision", #"{"level":3,"decision":"extend"}"#, true),
    ("decision", #"{"decision":"finish","node":"00","why":"tired"}"#, false),
    ("decision", #"{"decision":"open","numbers":[]}"#, false),
    ("completion", "{}", false),
    ("completion", "", false),
    ("completion", "{", false),
    ("nonsense", "{}", false),
    ("intervention", "{}", false),
  ])
  func `takes what is one and refuses the rest`(kind: String, payload: String, isOne: Bool) {
    #expect(((try? EventCoding.decode(payload, kind: kind)) != nil) == isOne)
  }

  @Test(arguments: ["", "plain", "\u{0}\u{1f}\"\\/\n\r\t", "é e\u{301} 🙂 \u{2028}", "a\\u0041"])
  func `strings read back byte for byte`(string: String) throws {
    var writer = JSONWriter()
    writer.value(string)
    var reader = JSONReader(writer.string)
    #expect(try reader.string().utf8.elementsEqual(string.utf8))
    try reader.end()
  }

  @Test(
    arguments: [
      (#""\ud83d\ude42""#, "🙂"), (#""\u00e9\b\f""#, "é\u{8}\u{c}"), (#""\ud83d""#, nil),
      (#""\ud83dx""#, nil), (#""\x""#, nil), (#""\u12""#, nil), (#""\"#, nil), (#"""#, nil),
      (#""\ud83d\u0041""#, nil), (#""\ud83d\ude4""#, nil),
    ] as [(String, String?)])
  func `escapes of other programs are understood`(json: String, string: String?) {
    var reader = JSONReader(json)
    #expect((try? reader.string()) == string)
  }

  @Test func `a score that is no number is refused`() throws {
    let event = Sample.completed(
      CallKey(node: .root, step: .judgement, query: 0),
      .judged(Evaluation(scores: [.init(aspect: "Wit", value: .nan, rationale: "")])))
    let error = #expect(throws: EventCoding.NotANumber.self) { try EventCoding.encode(event) }
    #expect(error?.description == "a score is nan, which is no number")
  }

  @Test(arguments: [0.1, 1e-5, 4.289655172413792, -0.0, 1e300, 1_762_000_000.123456])
  func `numbers read back exactly`(number: Double) throws {
    var writer = JSONWriter()
    writer.value(number)
    var reader = JSONReader(writer.string)
    #expect(try reader.double() == number)
  }
}
