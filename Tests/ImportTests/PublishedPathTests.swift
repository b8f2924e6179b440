import Foundation
import Testing
import Tree

@testable import Import

/// The authors' `output.json`: the path to the best prompt, and nothing else.
@Suite struct PublishedPathTests {
  private static let small = """
    {"level 1": {"Prompt": "Help.", "Evaluation of the prompt": {
        "Wit": {"rationale": "None.", "score": "2"}, "Clarity": {"rationale": "Some.", "score": 4}}},
     "level 2": {"Prompt": "Help well.", "Evaluation of the prompt": {
        "Depth": {"rationale": "Deep.", "score": "5"}}},
     "level 3": {"Prompt": "Help well.", "Evaluation of the prompt": {}}}
    """

  @Test func `a path becomes a run`() throws {
    #expect(PublishedPath.isForm(of: Self.small))
    let path = try PublishedPath(json: Self.small)
    let configuration = path.configuration(named: "quiet-cedar")
    let fold = SearchTree(configuration: configuration, events: path.events)
    #expect(fold.ignored == 0)
    #expect(fold.nodes.map(\.level) == [0, 1, 2])
    #expect(fold.nodes.map(\.origin) == [.root, .rewrite, .copy])
    #expect(fold.nodes.map { $0.prompt?.content } == ["Help.", "Help well.", "Help well."])
    #expect(fold.nodes.map(\.reward) == [3, 5, 0])
    #expect(fold.aspects[0]?.aspects.map(\.name) == ["Wit", "Clarity"])
    #expect(fold.finish?.node == fold.nodes[2].id)
    #expect(fold.finish?.why == .depth)
    #expect(!configuration.isSimulated)
  }

  @Test(arguments: [
    ("{}", "\"level 1\" is missing"),
    ("{\"level 2\": {}}", "\"level 1\" is missing"),
    ("{\"level 1\": {}}", "\"Prompt\" of level 1 is missing"),
    ("{\"level 1\": {\"Prompt\": \"x\"}}", "\"Evaluation of the prompt\" of level 1 is missing"),
    (
      """
      {"level 1": {"Prompt": "x", "Evaluation of the prompt": {"Wit": {"score": "x"}}}}
      """, "\"score\" of Wit of level 1 is missing"
    ),
    ("{\"level 1\"", "Line 1 is not JSON"),
  ])
  func `what is wrong is named`(json: String, fault: String) {
    let error = #expect(throws: ImportError.self) { try PublishedPath(json: json) }
    #expect(error?.description.hasPrefix(fault) == true, "\(error.debugDescription)")
  }

  @Test func `a tree is not a path`() {
    #expect(!PublishedPath.isForm(of: "{\"search\": {}, \"nodes\": []}"))
    #expect(!PublishedPath.isForm(of: "no JSON"))
  }
}
