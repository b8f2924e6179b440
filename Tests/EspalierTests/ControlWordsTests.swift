import RunFile
import Testing
import Tree

@testable import espalier

/// What people type after `espalier control FILE`.
struct ControlWordsTests {
  @Test(
    arguments: [
      ("prune 12", .prune(12)),
      ("restore 0", .restore(0)),
      ("pin 3", .pin(3)),
      ("unpin 3", .unpin(3)),
      ("pause", .pause),
      ("continue", .proceed),
      ("stop", .stop),
      ("undo", .undo),
      ("redo", .redo),
      ("steer Keep it short.", .steer("Keep it short.")),
      ("steer", .steer(nil)),
      ("override 4 Safety 4.5", .override(4, aspect: "Safety", score: 4.5)),
      ("override 4 Critical Thinking judge", .override(4, aspect: "Critical Thinking", score: nil)),
      ("set beam 3", .set(.beam(3))),
      ("set max-calls none", .set(.maxCalls(nil))),
      ("set max-tokens 9000", .set(.maxTokens(9000))),
      ("set max-usd 2.5", .set(.maxCost(2.5))),
      ("set max-minutes none", .set(.maxMinutes(nil))),
      ("fork 2 Be kind.", .fork(2, prompt: "Be kind.")),
      ("lock Be kind.", .lock("Be kind.")),
      ("unlock Be kind.", .unlock("Be kind.")),
    ] as [(String, ControlWords)])
  func `words are an action`(line: String, words: ControlWords) throws {
    #expect(try ControlWords(line.split(separator: " ").map(String.init)) == words)
  }

  @Test(arguments: [
    ("", "an action is missing."),
    ("prune", "the number of a node is missing after \"prune\"."),
    ("prune x", "\"x\" after \"prune\" is not the number of a node, such as 12."),
    ("pause now", "\"now\" is too much after \"pause\"."),
    ("fork 2", "a text is missing after \"fork 2\"."),
    (
      "override 4 5",
      "an aspect and its score are missing after \"override 4\", as in: override 12 Safety 4."
    ),
    (
      "override 4 Safety high",
      "\"high\" is no score: a number from 1 to 5, or \"judge\" to give it back."
    ),
    (
      "set width 3",
      "there is no setting \"width\". There are: beam, actions, depth, max-calls, max-tokens, "
        + "max-usd, max-minutes."
    ),
    ("set beam wide", "beam needs a whole number, and \"wide\" is none."),
    ("set beam none", "beam needs a whole number, and \"none\" is none."),
    ("set max-usd much", "max-usd needs a number, and \"much\" is none."),
    ("set max-usd", "a number is missing after \"set max-usd\"."),
  ])
  func `what is wrong is said`(line: String, fault: String) {
    let words = line.split(separator: " ").map(String.init)
    let error = #expect(throws: Failure.self) { try ControlWords(words) }
    #expect(error?.description == fault)
  }

  @Test func `a prompt is read from its file`() throws {
    let folder = try Folder()
    try folder.write("Be kind.\nBe brief.\n\n", to: "better.txt")
    let tree = SearchTree(configuration: .forWords)
    func prompt(_ words: String) throws -> Text? {
      let request = try ControlWords(["fork", "0", words])
        .request(in: tree, by: .person("ada"), because: nil)
      guard case .intervene(let intervention) = request,
        case .fork(_, _, _, let prompt) = intervention.action
      else { return nil }
      return prompt
    }
    #expect(try prompt("@\(folder.path("better.txt"))") == "Be kind.\nBe brief.")
    #expect(try prompt("Write to a@b.org.") == "Write to a@b.org.")
    #expect(throws: Failure.self) { try prompt("@\(folder.path("none.txt"))") }
    #expect(throws: Failure.self) { try prompt("@") }
  }

  @Test func `nodes go by their numbers`() throws {
    var tree = SearchTree(configuration: .forWords)
    tree.apply(.decided(.open(Opening(node: .root, numbers: [4, 7], skips: false))))
    func request(_ words: String...) throws -> ControlRequest {
      try ControlWords(words).request(in: tree, by: .person("ada"), because: "So.")
    }
    let child = NodeID.root.child(slot: 1)
    #expect(
      try request("prune", "7")
        == .intervene(Intervention(.prune(child), by: .person("ada"), because: "So.")))
    #expect(try request("undo") == .undo(by: .person("ada"), because: "So."))
    #expect(
      try request("set", "depth", "4") == .set(.depth(4), by: .person("ada"), because: "So."))
    #expect(
      try request("fork", "4", "Mine.")
        == .intervene(
          Intervention(
            .fork(parent: .root.child(slot: 0), slot: -1, number: 8, prompt: "Mine."),
            by: .person("ada"), because: "So.")))
    let error = #expect(throws: Failure.self) { try request("prune", "5") }
    #expect(error?.description == "there is no node 5 in this run; they go up to 7.")
  }
}

extension RunConfiguration {
  fileprivate static let forWords = RunConfiguration(
    name: "toy", preset: "paper", settings: SearchSettings(), seed: 1, initialPrompt: "Help.",
    queries: ["One?", "Two?"], examples: [], library: [], models: [:])
}
