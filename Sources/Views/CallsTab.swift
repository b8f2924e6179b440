import Screen
import Tree

/// Every call that was made for the node: what it was for, how it ended, what it took, and what the
/// server needed.
enum CallsTab {
  static func page(of state: State, width: Int) -> Page {
    var builder = PageBuilder(width: width)
    let calls = state.callList?.calls ?? []
    if calls.isEmpty {
      builder.add("No call has been made for it yet.", .muted)
    } else {
      list(total(of: calls, in: state), margin: 1, to: &builder)
      builder.blank()
    }
    var page = Page()
    for call in calls {
      if call.end == nil { page.focus = page.focus ?? builder.lines.count }
      add(call, state, to: &builder)
    }
    addNeeds(of: calls, to: &builder)
    addFolded(calls, state, to: &builder)
    page.lines = builder.lines
    return page
  }

  private static func add(
    _ call: CallList.Call, _ state: State, to builder: inout PageBuilder
  ) {
    var title = StyledText(" \(call.key.step.role.rawValue)  ", .header)
    title.append(Displayable(purpose(of: call.key, in: state)), .text, .bold)
    builder.add(wrapping: title, margin: 0)
    switch call.end {
    case nil: addFlight(call, state, to: &builder)
    case .cancelled: say("called back before the reply came", .muted, to: &builder)
    case .lost: say("lost when the program ended: it was asked again", .muted, to: &builder)
    case .completed(let completion): add(completion, state, to: &builder)
    }
  }

  // MARK: What it was for

  private static func purpose(of key: CallKey, in state: State) -> String {
    var words =
      switch key.step {
      case .aspects: "aspects for query \(key.query), shared by its level"
      case .proposal: proposal(of: key, in: state)
      case .answer: "answer to query \(key.query)"
      case .judgement: "judgement on query \(key.query)"
      }
    if key.sample > 0 { words += ", trial \(key.sample + 1)" }
    if key.attempt > 0 { words += ", asked again" }
    return words
  }

  private static func proposal(of key: CallKey, in state: State) -> String {
    guard let node = state.tree[key.node], let parent = node.parent.flatMap({ state.tree[$0] })
    else { return "proposal" }
    return "proposal \(node.slot + 1) for \(parent.number)"
  }

  // MARK: How it ended

  private static func addFlight(
    _ call: CallList.Call, _ state: State, to builder: inout PageBuilder
  ) {
    var words = "in flight"
    if let now = state.clock.now { words += ", \(Wording.clock(now - call.started))" }
    say(words, .running, to: &builder)
    guard let trouble = state.callTroubles[call.key] else { return }
    let when = trouble.waitWords(now: state.clock.now)
    say("\(when): \(trouble.message)", .warning, to: &builder)
  }

  private static func add(
    _ completion: Completion, _ state: State, to builder: inout PageBuilder
  ) {
    let (words, role) = outcome(completion.outcome, state)
    say(words, role, to: &builder)
    let cost = cost(of: completion, in: state)
    list(numbers(completion.usage, cost), margin: indent, to: &builder)
    for (failure, count) in counted(failuresBefore(completion, state)) {
      let lead = count == 1 ? "an attempt failed" : "\(count) attempts failed"
      say("\(lead): \(state.texts.string(failure))", .warning, to: &builder)
    }
  }

  private static func outcome(_ outcome: Outcome, _ state: State) -> (String, StyleRole) {
    func string(_ text: Text) -> String { state.texts.string(text) }
    switch outcome {
    case .aspects(let choice):
      let names = choice.aspects.map(\.name).joined(separator: ", ")
      return choice.origin == .library
        ? ("the library's own: \(names). \(string(choice.reasoning))", .warning)
        : ("chose \(names)", .text)
    case .proposed: return ("a rewrite came", .text)
    case .answered(let answer):
      return answer.end.words.map { ("answered, \($0)", .warning) } ?? ("answered", .text)
    case .judged(let evaluation): return ("judged \(Wording.score(evaluation.reward))", .text)
    case .unreadable(let fault, _): return ("unreadable: \(string(fault))", .unreadable)
    case .failed(let reason, isTransient: true):
      return ("no reply, to be asked again: \(string(reason))", .warning)
    case .failed(let reason, isTransient: false):
      return ("can't succeed: \(string(reason))", .failed)
    }
  }

  /// Attempts that failed before the last: of that the outcome tells.
  private static func failuresBefore(_ completion: Completion, _ state: State) -> [Text] {
    var failures = completion.delivery?.failures ?? []
    if case .failed(let reason, _) = completion.outcome, let last = failures.last,
      state.texts.string(reason).hasPrefix(state.texts.string(last))
    {
      failures.removeLast()
    }
    return failures
  }

  /// Equal failures as one, in the order of the first of each.
  private static func counted(_ failures: [Text]) -> [(Text, Int)] {
    failures.reduce(into: []) { counted, failure in
      if let index = counted.firstIndex(where: { $0.0 == failure }) {
        counted[index].1 += 1
      } else {
        counted.append((failure, 1))
      }
    }
  }

  // MARK: What the server needed

  private static func addNeeds(of calls: [CallList.Call], to builder: inout PageBuilder) {
    var needs: [(adaptations: String, roles: [Role])] = []
    for call in calls {
      guard case .completed(let completion)? = call.end,
        let adaptations = completion.delivery?.adaptations, !adaptations.isEmpty
      else { continue }
      let role = call.key.step.role
      if let index = needs.firstIndex(where: { $0.adaptations == adaptations }) {
        if !needs[index].roles.contains(role) { needs[index].roles.append(role) }
      } else {
        needs.append((adaptations, [role]))
      }
    }
    guard !needs.isEmpty else { return }
    builder.blank()
    builder.rule("asked otherwise than usual, as the server needs it")
    for (adaptations, roles) in needs {
      builder.add("\(roles.map(\.rawValue).joined(separator: ", ")): \(adaptations)")
    }
  }

  private static func addFolded(
    _ calls: [CallList.Call], _ state: State, to builder: inout PageBuilder
  ) {
    for case .completed(let completion)? in calls.map(\.end) {
      guard let folded = completion.delivery?.folded else { continue }
      builder.blank()
      builder.rule("the user's turn as it was sent, the prompt in it")
      builder.prose(state.texts.string(folded))
    }
  }

  // MARK: What it took

  private static func numbers(_ usage: Usage, _ cost: String?) -> [String] {
    guard usage.requests > 0 else { return ["from the cache"] }
    var words = ["\(Wording.fixed(usage.seconds, 1)) s"]
    if usage.requests > 1 { words.append("\(usage.requests) requests") }
    if usage.input + usage.output > 0 { words.append(tokens(usage)) }
    return words + (cost.map { [$0] } ?? [])
  }

  private static func tokens(_ usage: Usage) -> String {
    let about = usage.isEstimated ? "~" : ""
    let cached = usage.cachedInput > 0 ? " (\(Wording.count(usage.cachedInput)) cached)" : ""
    return "\(about)\(Wording.count(usage.input)) tokens in\(cached), "
      + "\(about)\(Wording.count(usage.output)) out"
  }

  /// nil for a simulated model, which costs nothing.
  private static func cost(of completion: Completion, in state: State) -> String? {
    let model = state.tree.configuration.models[completion.call.step.role]
    guard model?.isSimulated != true else { return nil }
    return completion.usage.cost.map(Wording.dollars) ?? "cost unknown"
  }

  private static func total(of calls: [CallList.Call], in state: State) -> [String] {
    var sum = Usage(requests: 0, cost: 0)
    var isFree = true
    for case .completed(let completion)? in calls.map(\.end) {
      let usage = completion.usage
      sum.input += usage.input
      sum.cachedInput += usage.cachedInput
      sum.output += usage.output
      sum.requests += usage.requests
      sum.isEstimated = sum.isEstimated || usage.isEstimated
      let isSimulated =
        state.tree.configuration.models[completion.call.step.role]?.isSimulated == true
      guard !isSimulated, usage.requests > 0 else { continue }
      isFree = false
      sum.cost = usage.cost.flatMap { cost in sum.cost.map { $0 + cost } }
    }
    var words = [Wording.plural(calls.count, "call")]
    if sum.requests > calls.count { words.append("\(sum.requests) requests") }
    if sum.input + sum.output > 0 { words.append(tokens(sum)) }
    if !isFree { words.append(sum.cost.map(Wording.dollars) ?? "cost unknown") }
    return words
  }

  // MARK: Lines

  /// Where what is said of a call begins.
  private static let indent = 3

  private static func say(_ words: String, _ role: StyleRole, to builder: inout PageBuilder) {
    for line in Displayable.lines(of: words) {
      builder.add(wrapping: StyledText(line, role), margin: indent)
    }
  }

  /// Pieces with dots between them, none of them broken where there is room for it.
  private static func list(_ pieces: [String], margin: Int, to builder: inout PageBuilder) {
    let room = builder.width - margin - 1
    var lines: [String] = []
    for piece in pieces {
      if let last = lines.last, last.count + piece.count + 3 <= room {
        lines[lines.count - 1] += " · \(piece)"
      } else {
        lines.append(piece)
      }
    }
    let start = Displayable(" ").repeated(margin)
    for line in lines {
      builder.add(StyledText("\(start)\(line)", .muted).truncated(to: builder.width))
    }
  }
}

extension CallTrouble {
  /// `again in 12 s`
  func waitWords(now: Double?) -> String {
    guard let until else { return "until another call finds the server back" }
    guard let now, until - now >= 0.5 else { return "trying again" }
    let left = Wording.roughly((until - now).rounded(.up))
    return isServerLeftAlone ? "the server is left alone for \(left)" : "again in \(left)"
  }
}
