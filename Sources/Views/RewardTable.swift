import Screen
import Tree

/// A bar for each aspect, with the scores of others on the same query beside it.
struct RewardTable {
  private let node: Node
  private let state: State
  private let width: Int
  private let evaluation: Evaluation
  private let peers: [Node]
  private let label: String
  private let nameWidth: Int
  private let barWidth: Int

  static func add(of node: Node, in state: State, to builder: inout PageBuilder) {
    guard let evaluation = node.evaluation, let reward = evaluation.reward else { return }
    let lead = "reward \(Wording.fixed(reward)) on "
    let query = state.query(of: node)
    builder.rule(
      "\(lead)\(PageBuilder.quoted(query, width: builder.width - lead.count - 4))")
    let table = RewardTable(node, evaluation, state, width: builder.width)
    builder.add(table.header)
    for score in evaluation.scores { builder.add(table.row(score)) }
    if evaluation.scores.count > 1 { builder.add(table.total(reward)) }
  }

  /// ` 3.25   Factuality 2   Clarity 4   siblings 2.75 2.75`
  static func oneLine(of node: Node, in state: State, width: Int) -> StyledText? {
    guard let evaluation = node.evaluation, let reward = evaluation.reward else { return nil }
    var line = StyledText(" \(Wording.fixed(reward))", Score.role(of: reward), .bold)
    for score in evaluation.scores {
      line.append("   \(score.aspect) ", .text)
      line.append(Displayable(Wording.mark(score.value)), Score.role(of: score.value))
    }
    let peers = state.tree.judgedSiblings(of: node).prefix(4)
    if !peers.isEmpty {
      line.append("   siblings", .muted)
      for peer in peers { line.append(" \(Wording.score(peer.reward))", .muted) }
    }
    return line.truncated(to: width)
  }

  private init(_ node: Node, _ evaluation: Evaluation, _ state: State, width: Int) {
    self.node = node
    self.state = state
    self.width = width
    self.evaluation = evaluation
    // Siblings grew from the same prompt; where there are none, others on the same query must do.
    let siblings = state.tree.judgedSiblings(of: node)
    label = siblings.isEmpty ? "same level" : "siblings"
    let widest = evaluation.scores.map { Displayable($0.aspect).width }.max() ?? 0
    nameWidth = min(max(6, widest), max(6, width / 3))
    barWidth = width >= 44 ? 10 : width >= 28 ? 5 : 0
    let room = max(0, width - nameWidth - barWidth - 8 - label.count - 2)
    peers =
      siblings.isEmpty
      ? state.tree.judgedPeers(of: node, most: room / 6) : Array(siblings.prefix(room / 6))
  }

  private var header: StyledText {
    var line = StyledText(" \(Displayable("aspect").padded(to: nameWidth)) ", .header)
    line.append(Displayable("").padded(to: barWidth), .header)
    line.append(Displayable("\(node.number)").padded(to: 6, .right), .header)
    guard !peers.isEmpty else { return line }
    for peer in peers {
      line.append(Displayable("\(peer.number)").padded(to: 6, .right), .header)
    }
    line.append("  \(label)", .muted)
    return line
  }

  private func row(_ score: Evaluation.Score) -> StyledText {
    let isYours = node.overrides[score.aspect] != nil
    var line = StyledText(" \(Displayable(score.aspect).padded(to: nameWidth)) ", .text)
    line.append(bar(score.value))
    line.append(
      Displayable(Wording.mark(score.value)).padded(to: 6, .right),
      isYours ? .yours : Score.role(of: score.value), .bold)
    for peer in peers {
      let value = peer.evaluation?.scores.first { $0.aspect == score.aspect }?.value
      let text = Displayable(value.map(Wording.mark) ?? "–")
      line.append(text.padded(to: 6, .right), .muted)
    }
    if isYours { line.append("  yours", .yours) }
    return line
  }

  private func total(_ reward: Double) -> StyledText {
    var line = StyledText(" \(Displayable("mean").padded(to: nameWidth)) ", .muted)
    line.append(Displayable("").padded(to: barWidth), .text)
    line.append(
      Displayable(Wording.fixed(reward)).padded(to: 6, .right), Score.role(of: reward), .bold)
    for peer in peers {
      line.append(Displayable(Wording.score(peer.reward)).padded(to: 6, .right), .muted)
    }
    return line
  }

  private func bar(_ value: Double) -> StyledText {
    let full = max(0, min(Int((value / 5 * Double(barWidth)).rounded()), barWidth))
    var bar = StyledText(Displayable("▇").repeated(full), Score.role(of: value))
    bar.append(Displayable(" ").repeated(barWidth - full), .barEmpty)
    return bar
  }
}

extension State {
  /// The query that the node answers.
  func query(of node: Node) -> String {
    let queries = tree.configuration.queries
    guard queries.indices.contains(node.level) else { return "" }
    return texts.string(queries[node.level])
  }
}
