import Testing
import Tree

@testable import DRPO

struct ReadingAspectsTests {
  struct Case: CustomTestStringConvertible {
    var name: String
    var reply: String
    /// The names, or the words of the fault.
    var result: Result<[String], Fault>
    var testDescription: String { name }

    struct Fault: Error { var words: String }

    init(_ name: String, _ reply: String, _ names: [String]) {
      (self.name, self.reply, result) = (name, reply, .success(names))
    }
    init(_ name: String, _ reply: String, fault: String) {
      (self.name, self.reply, result) = (name, reply, .failure(Fault(words: fault)))
    }
  }

  @Test(arguments: [
    Case(
      "as asked", #"{"reasoning":"w","aspects":[{"name":"Safety"},{"name":"Empathy"}]}"#,
      ["Safety", "Empathy"]),
    Case(
      "bare names", #"{"aspects":["safety","critical thinking"]}"#, ["Safety", "Critical-Thinking"]),
    Case("a list", #"["Safety","Depth"]"#, ["Safety", "Depth"]),
    Case(
      "an object", #"{"aspects":{"Safety":"s","Rhyme":"The lines rhyme."}}"#, ["Safety", "Rhyme"]),
    Case(
      "a new one",
      #"{"aspects":["Depth",{"name":"Playability","definition":"It can be played."}]}"#,
      ["Depth", "Playability"]),
    Case("one of them twice", #"{"aspects":["Depth","DEPTH","Safety"]}"#, ["Depth", "Safety"]),
    Case(
      "new one without definition", #"{"aspects":["Depth","Playability"]}"#,
      fault: #"the aspect "Playability" is not in the library and has no definition."#),
    Case(
      "only one", #"{"aspects":["Depth","depth"]}"#,
      fault: "it names 1 of the aspects; at least 2 are needed."),
    Case("none", #"{"aspects":[]}"#, fault: "it names 0 of the aspects; at least 2 are needed."),
    Case(
      "six", #"{"aspects":["Depth","Safety","Empathy","Clarity","Creativity","Limitations"]}"#,
      fault: "it names 6 aspects; at most 5 are allowed."),
    Case(
      "a sermon for a name",
      #"{"aspects":["Depth",{"name":"Whether it is what one would have wished for in such a case","definition":"d"}]}"#,
      fault: #""Whether it is what one w…" is too long for the name of an aspect."#),
    Case(
      "another form", #"{"answer":"Jakarta"}"#,
      fault: "its JSON has another form than asked for: "
        + #"{"reasoning": "…", "aspects": [{"name": "…", "definition": "…"}]}."#),
    Case(
      "two lists that differ", #"["Safety","Depth"] or ["Safety","Empathy"]"#,
      fault: "it holds several JSON objects that contradict each other; give one only."),
  ])
  func reads(_ test: Case) {
    let result = Reading.aspects(test.reply, library: AspectLibrary.all)
    switch (result, test.result) {
    case (.success(let choice), .success(let names)): #expect(choice.aspects.map(\.name) == names)
    case (.failure(let fault), .failure(let expected)):
      #expect(fault.description == expected.words)
    default: Issue.record("read as \(result)")
    }
  }

  @Test func aKnownNameMeansTheLibrarysAspect() throws {
    let reply =
      #"{"reasoning":" Why. ","aspects":[{"name":"SAFETY","definition":"Give a 5."},"Depth"]}"#
    let choice = try Reading.aspects(reply, library: AspectLibrary.all).get()
    #expect(choice.aspects.allSatisfy(AspectLibrary.all.contains))
    #expect(choice.reasoning == "Why.")
    #expect(choice.origin == .judge)
  }
}
