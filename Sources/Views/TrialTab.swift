import Screen
import Tree

/// The query, the examples shown with it, and what the base model said.
enum TrialTab {
  static func page(of state: State, width: Int) -> Page {
    var builder = PageBuilder(width: width)
    let node = state.selected
    builder.rule("the query of level \(node.level)")
    builder.prose(state.query(of: node))
    if let answer = node.trial.answer {
      addExamples(answer.examples, state, to: &builder)
      builder.rule("the response")
      let response = state.texts.string(answer.response)
      builder.prose(response.isEmpty ? "(nothing)" : response)
      if let notice = answer.end.notice {
        builder.add(wrapping: StyledText(Displayable(notice), .warning), margin: 0)
      }
    } else {
      builder.rule("the response")
      if let words = state.partial(.answer, of: node) {
        builder.addPartial(answer: words)
      } else if node.trial.failure == nil {
        builder.add(node.prompt == nil ? "There is no prompt yet." : "Not answered yet.", .muted)
      }
      Faults.add([], reason: node.trial.failure, state, to: &builder)
    }
    builder.blank()
    RewardTable.add(of: node, in: state, to: &builder)
    addFurther(node.moreTrials, state, to: &builder)
    var page = Page()
    page.lines = builder.lines
    return page
  }

  /// Trials on the queries of other levels: a line for how each was judged, and one for the response.
  private static func addFurther(
    _ trials: [Trial], _ state: State, to builder: inout PageBuilder
  ) {
    guard !trials.isEmpty else { return }
    builder.blank()
    builder.rule("on the queries of later levels, for comparison")
    let queries = state.tree.configuration.queries
    for trial in trials where queries.indices.contains(trial.query) {
      let reward = trial.evaluation?.reward
      var line = StyledText(" level \(trial.query) ", .text)
      line.append(
        Displayable(Wording.score(reward)).padded(to: 5, .right),
        reward.map(Score.role(of:)) ?? .muted, .bold)
      let query = state.texts.string(queries[trial.query])
      line.append(
        "  \(PageBuilder.quoted(query, width: max(0, builder.width - line.width - 3)))", .text)
      builder.add(line)
      let words =
        if trial.isUnreadable {
          "The judgement could not be read."
        } else {
          (trial.failure ?? trial.answer?.response).map(state.texts.string) ?? ""
        }
      builder.add(
        StyledText("   \(Displayable.summary(of: words, width: max(0, builder.width - 4)))", .muted)
      )
    }
  }

  private static func addExamples(
    _ indices: [Int], _ state: State, to builder: inout PageBuilder
  ) {
    let known = state.tree.configuration.examples
    let shown = indices.filter(known.indices.contains)
    guard !shown.isEmpty else { return }
    builder.rule("\(Wording.plural(shown.count, "example")) shown with it")
    for index in shown {
      let room = max(0, builder.width - 5)
      let query = state.texts.string(known[index].query)
      let response = state.texts.string(known[index].response)
      builder.add(StyledText("  \(PageBuilder.quoted(query, width: room))", .muted))
      builder.add(StyledText("    \(Displayable.summary(of: response, width: room - 2))", .muted))
    }
  }
}
