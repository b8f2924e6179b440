import Screen
import Tree

/// What the optimizer read of the parent, what it thought, and what it then did.
enum FeedbackTab {
  static func page(of state: State, width: Int) -> Page {
    var builder = PageBuilder(width: width)
    let node = state.selected
    switch node.origin {
    case .root: builder.add("The initial prompt: nobody has rewritten it.", .muted)
    case .fork: builder.add("Your own prompt: the optimizer had no part in it.", .yours)
    case .copy:
      builder.add("Not rewritten: the judgement of the parent left nothing to improve.", .muted)
    case .rewrite: addThoughts(node, state, to: &builder)
    }
    if let parent = node.parent.flatMap({ state.tree[$0] }) {
      builder.blank()
      addRead(parent, state, to: &builder)
    }
    addChildren(node, state, to: &builder)
    var page = Page()
    page.lines = builder.lines
    return page
  }

  private static func addThoughts(_ node: Node, _ state: State, to builder: inout PageBuilder) {
    guard let proposal = node.proposal else {
      if let words = state.partial(.proposal, of: node) {
        builder.add("The optimizer is writing:", .muted)
        builder.prose(words, .running)
      } else if !node.isDeadSlot {
        builder.add("The optimizer has not answered yet.", .muted)
      }
      Faults.add(node.proposalFaults, reason: node.proposalFailure, state, to: &builder)
      return
    }
    builder.rule("what it changed")
    let summary = state.texts.string(proposal.summary)
    builder.prose(summary.isEmpty ? state.changes[node.id] ?? "" : summary, .accent)
    builder.rule("what it thought")
    let analysis = state.texts.string(proposal.analysis)
    builder.prose(analysis.isEmpty ? "(it gave no analysis)" : analysis)
  }

  private static func addRead(_ parent: Node, _ state: State, to builder: inout PageBuilder) {
    guard let evaluation = parent.evaluation, let reward = evaluation.reward else {
      builder.rule("\(parent.number) had no judgement")
      return
    }
    let lead = "what it read: \(parent.number) had \(Wording.fixed(reward)) on "
    builder.rule(
      "\(lead)\(PageBuilder.quoted(state.query(of: parent), width: builder.width - lead.count - 4))"
    )
    for score in evaluation.scores {
      var line = StyledText(" \(score.aspect) ", .text, .bold)
      line.append(Displayable(Wording.mark(score.value)), Score.role(of: score.value), .bold)
      builder.add(line)
      builder.prose(state.texts.string(score.rationale))
    }
  }

  private static func addChildren(_ node: Node, _ state: State, to builder: inout PageBuilder) {
    let children = node.children.compactMap { state.tree[$0] }
    guard !children.isEmpty else { return }
    builder.blank()
    builder.rule("what became of it")
    for child in children {
      let word = StateWord(of: child, in: state)
      var line = StyledText(" \(child.number)  ", .text, .bold)
      let change =
        state.changes[child.id]
        ?? ChangeWords.of(
          child, in: state.tree, texts: state.texts)
      line.append(Displayable.summary(of: change, width: max(0, builder.width - 24)), .text)
      line.append("  \(word.text)", word.role)
      if let reward = child.reward { line.append(" \(Wording.fixed(reward))", .text) }
      builder.add(line.truncated(to: builder.width))
    }
  }
}
