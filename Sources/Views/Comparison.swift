import Screen
import TextDiff
import Tree

/// Two nodes side by side: prompts with the words that differ, scores, and answers.
struct Comparison {
  let left: NodeID
  let right: NodeID
  private(set) var rows: [Row] = []
  private(set) var top = 0
  private(set) var height = 1
  private var key: Key?

  enum Row {
    case pair(StyledText, StyledText)
    case whole(StyledText)
  }

  private struct Key: Equatable {
    var size: Size
    var version: Int
  }

  init(left: NodeID, right: NodeID) {
    self.left = left
    self.right = right
  }

  mutating func scroll(by lines: Int) {
    top = max(0, min(top + lines, rows.count - height))
  }

  /// Writes the rows anew when the screen or the tree has changed.
  mutating func settle(in state: State) {
    height = max(1, state.size.height - 3)
    let key = Key(size: state.size, version: state.version)
    if key != self.key, let left = state.tree[left], let right = state.tree[right] {
      self.key = key
      rows = ComparisonBuilder(left: left, right: right, state: state).rows
    }
    scroll(by: 0)
  }
}

/// Columns of the two sides on a screen.
struct ComparisonColumns {
  /// Of the left side, and where the line between them is.
  let left: Int
  let right: Int

  init(width: Int) {
    left = max(0, (width - 3) / 2)
    right = max(0, width - 3 - left)
  }
}

private struct ComparisonBuilder {
  let left: Node
  let right: Node
  let state: State
  private let columns: ComparisonColumns
  private(set) var rows: [Comparison.Row] = []

  init(left: Node, right: Node, state: State) {
    self.left = left
    self.right = right
    self.state = state
    columns = ComparisonColumns(width: state.size.width)
    addHeads()
    addPrompts()
    addScores()
    addAnswers()
  }

  private mutating func addHeads() {
    add(
      pages { builder, node in
        builder.add(
          "\(state.changes[node.id] ?? ChangeWords.of(node, in: state.tree, texts: state.texts))",
          .accent)
        let word = StateWord(of: node, in: state)
        let path = Wording.score(node.pathReward)
        let reward = Wording.score(node.reward)
        builder.add(
          "path \(path) · own reward \(reward) · level \(node.level), \(word.text)", .muted)
        builder.add(StyledText())
      })
  }

  /// Lines that correspond stand beside each other.
  private mutating func addPrompts() {
    let texts = [left, right].map { node in node.prompt.map { state.texts.string($0) } ?? "" }
    for row in SideBySide.rows(left: texts[0], right: texts[1]) {
      add(
        (
          lines(of: row.left, row.kind == .removed ? "-" : nil, .removed, columns.left),
          lines(of: row.right, row.kind == .added ? "+" : nil, .added, columns.right)
        ))
    }
  }

  private func lines(
    of line: SideBySide.Line?, _ gutter: Displayable?, _ role: StyleRole, _ width: Int
  ) -> [StyledText] {
    guard let line else { return [] }
    guard !line.spans.isEmpty else { return [StyledText()] }
    var text = StyledText()
    for span in line.spans {
      text.append(
        Displayable(span.text), span.isChanged ? role : .text,
        span.isChanged && gutter == nil ? .underline : [])
    }
    var builder = PageBuilder(width: width)
    let mark = gutter.map { StyledText($0 + " ", role, .bold) }
    builder.add(wrapping: text, margin: PageBuilder.gutterWidth, gutter: mark)
    return builder.lines
  }

  // MARK: Scores

  private mutating func addScores() {
    guard left.evaluation != nil || right.evaluation != nil else { return }
    if left.level == right.level {
      rows.append(.whole(rule("rewards, both on \(quoted(state.query(of: left)))")))
    } else {
      rows.append(.whole(rule("rewards")))
      rows.append(
        .whole(
          StyledText(
            "  They answered different queries, so their scores are not to be compared.", .muted)))
    }
    let names = aspectNames
    let width = names.map { Displayable($0).width }.max() ?? 0
    let name = min(max(6, width), max(6, state.size.width / 3))
    rows.append(.whole(scoreHeader(name)))
    for aspect in names { rows.append(.whole(scoreRow(aspect, name))) }
    rows.append(.whole(scoreRow(nil, name)))
  }

  private var aspectNames: [String] {
    let first = left.evaluation?.scores.map(\.aspect) ?? []
    let second = right.evaluation?.scores.map(\.aspect) ?? []
    return first + second.filter { !first.contains($0) }
  }

  private func scoreHeader(_ name: Int) -> StyledText {
    var line = StyledText("  \(Displayable("aspect").padded(to: name))", .header)
    line.append(Displayable("\(left.number)").padded(to: 7, .right), .header)
    line.append(Displayable("\(right.number)").padded(to: 7, .right), .header)
    if left.level == right.level {
      line.append(
        Displayable("\(right.number) − \(left.number)").padded(to: 12, .right), .header)
    }
    return line
  }

  private func scoreRow(_ aspect: String?, _ name: Int) -> StyledText {
    let values = [left, right].map { node in
      aspect == nil
        ? node.reward : node.evaluation?.scores.first { $0.aspect == aspect }?.value
    }
    var line = StyledText("  \(Displayable(aspect ?? "mean").padded(to: name))", .text)
    for value in values {
      let text = value.map { aspect == nil ? Wording.fixed($0) : Wording.mark($0) } ?? "–"
      line.append(Displayable(text).padded(to: 7, .right), Score.role(of: value), .bold)
    }
    if left.level == right.level, let a = values[0], let b = values[1] {
      line.append(Displayable(Wording.signed(b - a)).padded(to: 12, .right), .text)
    }
    return line
  }

  // MARK: Answers

  private mutating func addAnswers() {
    if left.level == right.level {
      rows.append(.whole(rule("both answers to \(quoted(state.query(of: left)))")))
    } else {
      rows.append(.whole(rule("the answers, each to the query of its level")))
      add(
        pages { builder, node in
          builder.prose(state.query(of: node), .muted)
          builder.add(StyledText())
        })
    }
    add(
      pages { builder, node in
        if let answer = node.trial.answer {
          builder.prose(state.texts.string(answer.response))
          if let notice = answer.end.notice {
            builder.add(wrapping: StyledText(Displayable(notice), .warning), margin: 0)
          }
        } else if let words = state.partial(.answer, of: node) {
          builder.addPartial(answer: words)
        } else {
          builder.add("Not answered yet.", .muted)
        }
      })
  }

  // MARK: Rows

  private func pages(
    _ write: (inout PageBuilder, Node) -> Void
  ) -> ([StyledText], [StyledText]) {
    var first = PageBuilder(width: columns.left)
    var second = PageBuilder(width: columns.right)
    write(&first, left)
    write(&second, right)
    return (first.lines, second.lines)
  }

  private mutating func add(_ sides: ([StyledText], [StyledText])) {
    for index in 0..<max(sides.0.count, sides.1.count) {
      rows.append(
        .pair(
          index < sides.0.count ? sides.0[index] : StyledText(),
          index < sides.1.count ? sides.1[index] : StyledText()))
    }
  }

  private func rule(_ title: Displayable) -> StyledText {
    var line = StyledText("─ ", .border)
    line.append(title.truncated(to: max(0, state.size.width - 6)), .header)
    return line
  }

  private func quoted(_ text: String) -> Displayable {
    PageBuilder.quoted(text, width: max(0, state.size.width - 30))
  }
}
