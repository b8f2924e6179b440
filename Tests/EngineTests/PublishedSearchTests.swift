import DRPO
import Engine
import Import
import Models
import TestSupport
import Testing
import Tree

/// The whole engine, with models that say what the models of a published search said, in any order.
@Suite struct PublishedSearchTests {
  @Test(
    .enabled(if: PublishedRuns.areHere, PublishedRuns.whyNot), arguments: PublishedRuns.names,
    [1, 2, 3] as [UInt64])
  func `it grows node for node`(name: String, order: UInt64) async throws {
    let published = try PublishedTree(json: PublishedRuns.text(name))
    let expected = SearchTree(configuration: published.configuration, events: published.events)
    let script = Script(of: published)
    let run = Rehearsal(
      published.configuration,
      model: ShuffledModel(
        ScriptedModel { try script.reply(to: $0) }, seed: order))
    #expect(await run.run() == .finished)
    let tree = await run.engine.tree

    #expect(tree.nodes.count == expected.nodes.count)
    for node in expected.nodes {
      let twin = try #require(tree[node.id], "\(node.number)")
      #expect(twin.number == node.number)
      #expect(twin.prompt == node.prompt)
      #expect(twin.trial.answer?.response == node.trial.answer?.response)
      #expect(twin.reward == node.reward)
      #expect(twin.pathReward == node.pathReward)
      #expect(twin.opening == node.opening)
      #expect(twin.children == node.children)
      #expect(
        Self.scores(twin).sorted { $0.key < $1.key } == Self.scores(node).sorted { $0.key < $1.key }
      )
    }
    #expect(tree.extensions == expected.extensions)
    #expect(tree.finish == expected.finish)
    #expect(tree.levels == expected.levels)
    #expect(tree.ignored == 0)
    let log = await run.log
    let report = Conformance(
      configuration: published.configuration, events: log,
      statedPathReward: published.cumulativeReward)
    #expect(report.difference == nil)
  }

  private static func scores(_ node: Node) -> [(key: String, value: Double)] {
    (node.trial.evaluation?.scores ?? []).map { ($0.aspect, $0.value) }
  }
}

private func == (a: [(key: String, value: Double)], b: [(key: String, value: Double)]) -> Bool {
  a.elementsEqual(b) { $0 == $1 }
}

/// What the models of a published search said, by the draw of the call, which is its request's seed.
private struct Script: Sendable {
  private var replies: [UInt64: String] = [:]

  struct Unasked: Error {}

  init(of published: PublishedTree) {
    let tree = SearchTree(configuration: published.configuration, events: published.events)
    for query in published.configuration.queries.indices {
      // Where no judgement could be read, nobody knows the aspects.
      let aspects = tree.aspects[query]?.aspects.map(\.name) ?? ["Wit", "Order"]
      let list = aspects.map { "{\"name\": \(Self.quoted($0)), \"definition\": \"As published.\"}" }
      say("{\"aspects\": [\(list.joined(separator: ", "))]}", to: .aspects(query: query))
    }
    for node in tree.nodes {
      func call(_ step: Step, _ attempt: Int = 0) -> CallKey {
        let query = step == .proposal ? node.level - 1 : node.level
        return CallKey(node: node.id, step: step, query: query, attempt: attempt)
      }
      say(
        "Here it is:\n```json\n{\"prompt\": \(Self.quoted(node.prompt?.content ?? ""))}\n```",
        to: call(.proposal))
      say(node.trial.answer?.response.content ?? "", to: call(.answer))
      guard let evaluation = node.trial.evaluation else {
        for attempt in 0..<2 { say("I can't judge this.", to: call(.judgement, attempt)) }
        continue
      }
      let scores = evaluation.scores.map { score in
        """
        {"aspect": \(Self.quoted(score.aspect)), "score": "\(Int(score.value))", \
        "rationale": \(Self.quoted(score.rationale.content ?? ""))}
        """
      }
      say("{\"scores\": [\(scores.joined(separator: ", "))]}", to: call(.judgement))
    }
  }

  func reply(to request: ModelRequest) throws -> String {
    guard let reply = replies[request.seed] else { throw Unasked() }
    return reply
  }

  private mutating func say(_ reply: String, to call: CallKey) {
    replies[call.draw(seed: 0)] = reply
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case "\u{0}"..<"\u{20}":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
