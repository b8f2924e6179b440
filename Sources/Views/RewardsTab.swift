import Screen
import Tree

/// How the judge scored the node's own trial, aspect by aspect, and why.
enum RewardsTab {
  static func page(of state: State, width: Int) -> Page {
    var builder = PageBuilder(width: width)
    let node = state.selected
    addPath(of: node, in: state, to: &builder)
    RewardTable.add(of: node, in: state, to: &builder)
    let scores = node.evaluation?.scores ?? []
    for score in scores {
      builder.blank()
      addRationale(score, of: node, in: state, to: &builder)
    }
    if scores.isEmpty { addPending(node, state, to: &builder) }
    if !node.trial.faults.isEmpty || node.trial.failure != nil {
      builder.blank()
      Faults.add(node.trial.faults, reason: node.trial.failure, state, to: &builder)
      addPolicy(node, state, to: &builder)
    }
    var page = Page()
    page.lines = builder.lines
    return page
  }

  private static func addPath(of node: Node, in state: State, to builder: inout PageBuilder) {
    guard node.level > 0, let path = node.pathReward, node.reward != nil else { return }
    var line: Displayable = "path reward \(Wording.fixed(path))"
    if let rank = state.tree.rank(of: node), rank.count > 1 {
      line += ", \(Wording.ordinal(rank.place)) of \(rank.count) at level \(node.level)"
    }
    builder.add(line, .text)
    addLift(of: node, in: state, to: &builder)
    builder.blank()
  }

  /// By the judge's scores: a person's are no measurement.
  private static func addLift(of node: Node, in state: State, to builder: inout PageBuilder) {
    guard node.prompt != state.tree.root.prompt, let reward = node.trial.evaluation?.reward,
      let initial = state.tree.initialReward(at: node.level)
    else { return }
    let difference = Wording.signed(reward - initial, 2)
    builder.add(
      "\(difference) over the initial prompt's \(Wording.fixed(initial)) on the same query", .text)
  }

  private static func addRationale(
    _ score: Evaluation.Score, of node: Node, in state: State, to builder: inout PageBuilder
  ) {
    var title = StyledText(" \(score.aspect) ", .header, .bold)
    title.append(Displayable(Wording.mark(score.value)), Score.role(of: score.value), .bold)
    if node.overrides[score.aspect] != nil {
      let judged = node.trial.evaluation?.scores.first { $0.aspect == score.aspect }?.value
      let note = judged.map { ", the judge gave \(Wording.mark($0))" } ?? ""
      title.append(" yours\(note)", .yours)
    }
    builder.add(title)
    let rationale = state.texts.string(score.rationale)
    if rationale.isEmpty {
      builder.prose("(no rationale)", .muted)
    } else {
      builder.prose(rationale)
    }
  }

  private static func addPending(_ node: Node, _ state: State, to builder: inout PageBuilder) {
    if let words = state.partial(.judgement, of: node) {
      builder.add("The judge is writing:", .muted)
      builder.prose(words, .running)
    } else if !node.isSettled {
      let aspects = state.tree.aspects[node.level]?.aspects.map(\.name) ?? []
      builder.add("Not judged yet.", .muted)
      if !aspects.isEmpty {
        builder.add("It will be judged on \(aspects.joined(separator: ", ")).", .muted)
      }
    }
  }

  private static func addPolicy(_ node: Node, _ state: State, to builder: inout PageBuilder) {
    guard node.trial.isUnreadable, node.overrides.isEmpty else { return }
    switch state.tree.settings.unreadable {
    case .zero: builder.add("By the paper's rule it counts as 0.", .muted)
    case .unscored:
      builder.add("It has no score, and ranks below every sibling that has one.", .muted)
    }
  }
}
