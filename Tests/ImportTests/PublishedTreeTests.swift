import Foundation
import Testing
import Tree

@testable import Import

@Suite struct PublishedTreeTests {
  @Test func `a small tree becomes a run`() throws {
    let tree = try PublishedTree(json: Published.small)
    let fold = SearchTree(configuration: tree.configuration, events: tree.events)

    let picture = fold.nodes.map { node in
      let reward = node.pathReward.map { "\($0)" } ?? "-"
      return "\(node.number) \(node.level) \(node.origin) \(fold.state(of: node)) \(reward)"
    }
    #expect(
      picture == [
        "0 0 root kept -",
        "1 1 rewrite kept 5.0",
        "2 1 rewrite unreadable 0.0",
        "3 2 copy kept 4.5",
      ])
    #expect(fold.ignored == 0)
    #expect(fold.extensions == [1])
    #expect(fold.finish?.node == tree.identity(of: 3))
    #expect(fold.finish?.why == .depth)
    #expect(fold.aspects[0]?.aspects.map(\.name) == ["Wit", "Clarity"])
    #expect(fold.node(numbered: 2)?.trial.isUnreadable == true)
    #expect(fold.isSteered == false)
  }

  @Test(arguments: [
    ("{", "Line 1 is not JSON: a field's name in quotes should be here. Check"),
    ("[1,\n2", "Line 2 is not JSON: a comma or ] should be here. Check"),
    (Published.small + "x", "text after its end"),
    (#"{"best": {"node": 1}, "preset": "paper", "nodes": []}"#, "export --format json\" writes"),
    (#"[{"role": "system", "content": "x"}]"#, "export --format messages\" writes"),
    (Published.changed("\"terminal_node\": 3,", ""), "\"terminal_node\" is missing"),
    (Published.changed("\"terminal_node\": 3,", "\"terminal_node\": 9,"), "Node 9 can't be placed"),
    (Published.changed("\"parent\": 1", "\"parent\": 7"), "its parent does not come before it"),
    (
      Published.changed("\"depth\": 2, \"reward\": 4.0", "\"depth\": 3, \"reward\": 4.0"),
      "its depth is 3, its parent's 1"
    ),
    (Published.changed("\"score\": \"4\"", "\"score\": \"good\""), "\"score\" of Wit of node 3"),
    (
      Published.changed(
        "\"query\": \"q1\", \"response\": \"c\"", "\"query\": \"q9\", \"response\": \"c\""),
      "another query"
    ),
  ])
  func `a broken tree is refused with its fault`(json: String, fault: String) {
    let error = #expect(throws: ImportError.self) { try PublishedTree(json: json) }
    #expect(
      error?.description.contains(fault) == true, "\(error.map(String.init(describing:)) ?? "")")
  }

  @Test(
    .enabled(if: Published.isHere, "needs ../shared/published-runs"), arguments: Published.files)
  func `the authors' trees fold to their path rewards`(name: String) throws {
    let tree = try PublishedTree(json: try Published.text(of: name))
    let fold = SearchTree(configuration: tree.configuration, events: tree.events)

    #expect(fold.ignored == 0)
    #expect(fold.nodes.map(\.number) == tree.nodes.map(\.id))
    #expect(fold.levels.count == 30)
    #expect(fold.depthLimit == 30)
    #expect(fold.settings.unreadable == .zero)
    for node in tree.nodes {
      let twin = try #require(fold.node(numbered: node.id))
      #expect(twin.id == tree.identity(of: node.id))
      #expect(twin.level == node.depth)
      #expect(twin.prompt?.content == node.systemPrompt)
      #expect(twin.trial.answer?.response.content == node.response)
      #expect(fold.configuration.queries[twin.level].content == node.query)
      #expect((node.id == 0 ? 0 : twin.reward) == node.reward)
      #expect(twin.parent.flatMap { fold[$0]?.number } == node.parent)
    }
    let finish = try #require(fold.finish)
    #expect(fold[finish.node]?.number == tree.terminalNode)
    #expect(fold[finish.node]?.pathReward == tree.cumulativeReward)
    #expect(finish.why == .depth)
    #expect(fold.unsettled.isEmpty)
  }
}

private enum Published {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../shared/published-runs").standardized

  static let files = [
    "llama2-70b-chat", "llama2-7b-chat-hf", "llama3-8b-instruct", "mistral-7b-instruct-v0.1",
    "mistral-7b-v0.1",
  ]

  static var isHere: Bool { FileManager.default.fileExists(atPath: folder.path) }

  static func text(of name: String) throws -> String {
    try String(contentsOf: folder.appending(path: name + ".json"), encoding: .utf8)
  }

  static func changed(_ old: String, _ new: String) -> String {
    small.replacingOccurrences(of: old, with: new)
  }

  static let small = """
    {
      "source": "here", "base_model": "small", "judge": "wise",
      "search": {"algorithm": "beam", "beam_size": 1, "n_actions": 2, "depth": 2,
        "max_depth_increase": 10},
      "cumulative_reward": 4.5, "terminal_node": 3,
      "nodes": [
        {"id": 0, "parent": null, "depth": 0, "reward": 0.0, "system_prompt": "p", "query": "q0",
          "response": "a", "evaluation": {"Wit": {"rationale": "dull", "score": "3"},
            "Clarity": {"rationale": "caf\\u00e9", "score": 4}}},
        {"id": 1, "parent": 0, "depth": 1, "reward": 5.0, "system_prompt": "pp", "query": "q1",
          "response": "b", "evaluation": {"Wit": {"rationale": "fine", "score": "5"}}},
        {"id": 2, "parent": 0, "depth": 1, "reward": 0.0, "system_prompt": "ppp",
          "query": "q1", "response": "c", "evaluation": {}},
        {"id": 3, "parent": 1, "depth": 2, "reward": 4.0, "system_prompt": "pp", "query": "q2",
          "response": "d", "evaluation": {"Wit": {"rationale": "good", "score": "4"}}}
      ]
    }
    """
}
