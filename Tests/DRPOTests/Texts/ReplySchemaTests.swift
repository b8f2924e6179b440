import JSON
import Testing
import Tree

@testable import DRPO

@Suite struct ReplySchemaTests {
  private static let aspects = [
    Aspect(name: "Clarity", definition: "d"),
    Aspect(name: "Wit \"and\" {braces}", definition: "d"),
  ]

  static let conversations: [(String, Conversation)] = [
    ("aspects", Texts.aspectSelection(query: "q", library: AspectLibrary.all)),
    ("evaluation", Texts.evaluation(query: "q", response: "r", aspects: aspects)),
    (
      "proposal",
      Texts.rewriting(
        prompt: "p", query: "q", response: "r", evaluation: Evaluation(scores: []),
        recentPrompts: [])
    ),
  ]

  /// What some server refuses is in none: limits, optional members, and words beyond these.
  @Test(arguments: conversations)
  func isInTheFormThatAllTake(_ name: String, _ conversation: Conversation) throws {
    let schema = try #require(conversation.schema.flatMap { JSON(parsing: $0) })
    #expect(schema["type"] == "object")
    expectStrict(schema)
  }

  private func expectStrict(_ schema: JSON) {
    guard case .object(let members) = schema else {
      Issue.record("\(schema) is no schema")
      return
    }
    let known = ["type", "properties", "required", "additionalProperties", "items", "enum"]
    #expect(Set(members.map(\.key)).isSubset(of: known))
    if let items = schema["items"] { expectStrict(items) }
    guard schema["type"] == "object" else { return }
    #expect(schema["additionalProperties"] == false)
    guard case .object(let properties)? = schema["properties"] else {
      Issue.record("\(schema) has no properties")
      return
    }
    #expect(schema["required"] == .array(properties.map { .string($0.key) }))
    for property in properties { expectStrict(property.value) }
  }

  /// The judge is held to exactly the aspects of the call, in their order, each with its reasons first.
  @Test func anEvaluationHasItsAspectsAsKeys() throws {
    let schema = try #require(Self.conversations[1].1.schema.flatMap { JSON(parsing: $0) })
    let scores = schema["properties"]?["scores"]
    #expect(scores?["required"] == .array(Self.aspects.map { .string($0.name) }))
    let entry = scores?["properties"]?["Clarity"]
    #expect(entry?["required"] == ["rationale", "score"])
    #expect(entry?["properties"]?["score"]?["enum"] == [1, 2, 3, 4, 5])
  }

  /// The least that a schema allows can be read.
  @Test func whatKeepsToASchemaIsRead() throws {
    let entry = #"{"rationale": "r", "score": 4}"#
    let evaluation = try Reading.evaluation(
      #"{"scores": {"Clarity": \#(entry), "Wit \"and\" {braces}": \#(entry)}}"#,
      aspects: Self.aspects
    ).get()
    #expect(evaluation.scores.map(\.value) == [4, 4])
    let choice = try Reading.aspects(
      #"{"reasoning": "", "aspects": [{"name": "Clarity", "definition": null}, "#
        + #"{"name": "Wit", "definition": "fun"}]}"#, library: AspectLibrary.all
    ).get()
    #expect(choice.aspects.map(\.name) == ["Clarity", "Wit"])
  }

  @Test(arguments: [("default", true), ("paper", false)])
  func thePapersPresetAsksForJSONOnly(_ preset: String, _ isHeld: Bool) {
    let configuration = RunConfiguration(
      name: "n", preset: preset, settings: SearchSettings(), seed: 1, initialPrompt: "",
      queries: [],
      examples: [], library: [], models: [:])
    #expect(configuration.holdsRepliesToSchemas == isHeld)
  }
}
