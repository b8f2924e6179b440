import Screen
import TextDiff
import Tree

/// The prompt with what changed from the parent, and in short how it did.
enum PromptTab {
  static func page(of state: State, width: Int) -> Page {
    var builder = PageBuilder(width: width)
    var page = Page()
    let node = state.selected
    if let prompt = node.prompt {
      let text = state.texts.string(prompt)
      if let parent = node.parent.flatMap({ state.tree[$0] })?.prompt, node.origin != .copy {
        page.focus = add(text, since: state.texts.string(parent), to: &builder)
      } else {
        builder.prose(text)
        if node.origin == .copy { addCopyNote(node, state, to: &builder) }
      }
    } else {
      addMissing(node, state, to: &builder)
    }
    builder.blank()
    RewardTable.add(of: node, in: state, to: &builder)
    addWeakest(of: node, in: state, to: &builder)
    addUse(of: node, in: state, to: &builder)
    page.lines = builder.lines
    page.footer = RewardTable.oneLine(of: node, in: state, width: width)
    return page
  }

  /// - Returns: the first line that changed.
  private static func add(
    _ text: String, since parent: String, to builder: inout PageBuilder
  ) -> Int? {
    var focus: Int?
    for row in SideBySide.rows(left: parent, right: text) {
      if row.kind != .same, focus == nil { focus = builder.lines.count }
      switch row.kind {
      case .same, .added: add(row.right, gutter: row.kind == .added ? "+" : nil, .added, &builder)
      case .removed: add(row.left, gutter: "-", .removed, &builder)
      case .changed:
        let onlyLost = row.right?.spans.contains(where: \.isChanged) == false
        // Words that went leave no mark on the line as it is now.
        if onlyLost { add(row.left, gutter: "-", .removed, &builder) }
        add(row.right, gutter: onlyLost ? "+" : nil, .changed, &builder)
      }
    }
    return focus
  }

  private static func add(
    _ line: SideBySide.Line?, gutter: Displayable?, _ role: StyleRole,
    _ builder: inout PageBuilder
  ) {
    guard let line else { return }
    var text = StyledText()
    for span in line.spans {
      let isMarked = span.isChanged && role == .changed
      text.append(
        Displayable(span.text), span.isChanged ? role : .text, isMarked ? .underline : [])
    }
    if line.spans.isEmpty, gutter == nil {
      builder.add(StyledText())
      return
    }
    let mark = gutter.map { StyledText($0 + " ", role, .bold) }
    let room = PageBuilder.gutterWidth
    builder.add(wrapping: text, margin: room, gutter: mark)
  }

  private static func addCopyNote(_ node: Node, _ state: State, to builder: inout PageBuilder) {
    builder.blank()
    let parent = node.parent.flatMap { state.tree[$0] }
    if let parent, let reward = parent.evaluation?.reward {
      builder.add(
        "The same prompt as \(parent.number): its mean of \(Wording.fixed(reward)) left nothing to improve.",
        .muted)
    } else {
      builder.add("The same prompt as its parent's: there was no judgement to learn from.", .muted)
    }
  }

  private static func addMissing(_ node: Node, _ state: State, to builder: inout PageBuilder) {
    if let words = state.partial(.proposal, of: node) {
      builder.add("The optimizer is writing:", .muted)
      builder.prose(words, .running)
      return
    }
    Faults.add(node.proposalFaults, reason: node.proposalFailure, state, to: &builder)
    if !node.isDeadSlot { builder.add("No prompt yet: the optimizer is to rewrite.", .muted) }
  }

  private static func addWeakest(of node: Node, in state: State, to builder: inout PageBuilder) {
    guard let scores = node.evaluation?.scores,
      let weakest = scores.min(by: { $0.value < $1.value })
    else { return }
    let rationale = state.texts.string(weakest.rationale)
    guard !rationale.isEmpty else { return }
    builder.rule("the judge on \(weakest.aspect)")
    builder.prose(rationale)
  }

  private static func addUse(of node: Node, in state: State, to builder: inout PageBuilder) {
    let children = node.children.compactMap { state.tree[$0] }
    let analysis = children.lazy.compactMap { child in
      child.proposal.map { state.texts.string($0.analysis) }
    }.first { !$0.isEmpty }
    guard let analysis else { return }
    builder.rule("what the optimizer did with it")
    builder.prose(analysis)
  }
}

extension PageBuilder {
  /// Columns before a prompt, for the mark of a line that changed.
  static var gutterWidth: Int { 2 }
}

extension State {
  /// What has come so far of the reply to a call for the node; empty while the model thinks.
  func partial(_ step: Step, of node: Node) -> String? {
    words.filter {
      $0.key.node == node.id && $0.key.step == step && $0.key.sample == 0 && !$0.key.isForLift
    }
    .max { $0.key.attempt < $1.key.attempt }?.value
  }
}

extension PageBuilder {
  /// An answer as far as it has come. What a model thinks aloud before it is no part of it.
  mutating func addPartial(answer words: String) {
    if words.isEmpty {
      add("The model is thinking…", .muted)
    } else {
      prose(words + " …", .running)
    }
  }
}

/// Replies that could not be read, and calls that can never succeed.
enum Faults {
  private static let beginning = 600

  static func add(
    _ faults: [Fault], reason: Text?, _ state: State, to builder: inout PageBuilder
  ) {
    if let reason {
      builder.add("This can't succeed: \(state.texts.string(reason))", .failed)
    }
    for fault in faults {
      let attempt = fault.attempt == 0 ? "The reply" : "The reply to the second try"
      builder.add(
        "\(attempt) could not be read: \(state.texts.string(fault.fault))", .unreadable)
      let reply = state.texts.string(fault.reply)
      builder.add("It began:", .muted)
      builder.prose(reply.isEmpty ? "(nothing)" : String(reply.prefix(beginning)), .muted)
      builder.blank()
    }
  }
}
