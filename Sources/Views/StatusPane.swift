import Screen
import Tree

/// What the run is, how far it is, and what it costs.
enum StatusPane {
  /// The first line: what there is no room for goes, but never the state nor SIMULATED.
  static func drawTitle(into surface: inout Surface, _ state: State) {
    let width = surface.width
    let label = simulated(state, room: width)
    let room = width - (label.isEmpty ? 0 : label.width + 2)
    var pieces = titlePieces(state)
    while pieces.count > 1, line(pieces).width > room,
      let least = pieces.indices.min(by: { pieces[$0].weight < pieces[$1].weight })
    {
      pieces.remove(at: least)
    }
    surface.put(line(pieces).truncated(to: room), x: 0, y: 0)
    surface.put(label, x: width - label.width - 1, y: 0, .simulated, .bold)
  }

  /// The numbers, and what is wrong.
  static func draw(into surface: inout Surface, _ kind: Layout.Kind, _ state: State) {
    var lines: [StyledText] = []
    let width = surface.width - 1
    let most = kind == .wide || surface.height > 1 ? 2 : 1
    let troubles = troubles(of: state, width: width, most: most)
    if kind == .wide {
      lines = [results(state, in: width), costs(state)]
    } else if surface.height > troubles.count {
      let short = best(state)
      lines = [joined([short] + flights(state) + costPieces(state, isShort: true), in: width)]
    }
    surface.put((lines + troubles).map { $0.truncated(to: width) }, in: surface.bounds)
  }

  // MARK: The first line

  private struct Piece {
    var text: StyledText
    /// What is lighter goes first.
    var weight: Int
  }

  private static func line(_ pieces: [Piece]) -> StyledText {
    var line = StyledText()
    for piece in pieces {
      line.append(line.isEmpty ? " " : "  ", .text)
      line.append(piece.text)
    }
    return line
  }

  private static func titlePieces(_ state: State) -> [Piece] {
    let tree = state.tree
    let (word, role) = stateWord(of: state)
    var pieces = [
      Piece(text: StyledText("espalier", .title), weight: 5),
      Piece(text: StyledText(Displayable(tree.configuration.name), .muted), weight: 4),
      Piece(text: StyledText(Displayable(word), role, .bold), weight: 10),
    ]
    let level = max(0, tree.levels.count - 1)
    pieces.append(
      Piece(text: StyledText("level \(level) of \(tree.lastLevel)"), weight: 8))
    let more = tree.settings.maxDepthIncrease - tree.extensions.count
    if more > 0 { pieces.append(Piece(text: StyledText("(+≤\(more))", .muted), weight: 3)) }
    var preset = StyledText(Displayable(tree.configuration.preset), .muted)
    if tree.isSteered { preset.append(", steered", .yours) }
    pieces.append(Piece(text: preset, weight: 6))
    if state.layout.status == nil, let calls = costPieces(state, isShort: true).first {
      pieces.append(Piece(text: calls, weight: 7))
    }
    let models = models(of: tree.configuration)
    if !models.isEmpty {
      pieces.append(Piece(text: StyledText(Displayable(models), .muted), weight: 2))
    }
    return pieces
  }

  /// `RUNNING`, or what else the run is doing.
  static func stateWord(of state: State) -> (String, StyleRole) {
    let tree = state.tree
    if state.replay != nil { return ("REPLAY", .warning) }
    if state.rest == .draining { return ("QUITTING", .warning) }
    if let finish = tree.finish { return ("FINISHED (\(finish.why.rawValueInWords))", .done) }
    if state.readOnly != nil { return ("AT REST", .muted) }
    if state.rest == .ended { return ("AT REST", .muted) }
    if case .gone = state.rest, !tree.isPaused { return ("INTERRUPTED", .warning) }
    if tree.isPaused {
      return (tree.pauseReason == nil ? "PAUSED (you)" : "PAUSED", .paused)
    }
    if tree.isStopping { return ("STOPPING", .warning) }
    return ("RUNNING", .running)
  }

  /// Who plays the roles, each named once; simulated ones are said so elsewhere.
  private static func models(of configuration: RunConfiguration) -> String {
    var words: [String] = []
    let base = configuration.models[.base]
    if let base, !base.isSimulated { words.append(base.name) }
    for role in [Role.judge, .optimizer] {
      guard let model = configuration.models[role], !model.isSimulated,
        (model.name, model.endpoint) != (base?.name, base?.endpoint)
      else { continue }
      words.append("\(role.rawValue) \(model.name)")
    }
    return words.joined(separator: ", ")
  }

  /// SIMULATED, with the roles when others are real.
  private static func simulated(_ state: State, room: Int) -> Displayable {
    let models = state.tree.configuration.models
    let roles = Role.allCases.filter { models[$0]?.isSimulated == true }
    guard !roles.isEmpty else { return "" }
    if room < 30 { return "SIM" }
    guard roles.count < models.count, room >= 70 else { return "SIMULATED" }
    return "SIMULATED \(roles.map(\.rawValue).joined(separator: ", "))"
  }

  // MARK: Numbers

  private static func results(_ state: State, in room: Int) -> StyledText {
    joined([best(state)] + flights(state) + [state.lift?.text].compactMap { $0 }, in: room)
  }

  private static func costs(_ state: State) -> StyledText {
    joined(costPieces(state, isShort: false), in: .max)
  }

  /// Pieces with three blanks between them, as many as there is room for.
  private static func joined(_ pieces: [StyledText], in room: Int) -> StyledText {
    var line = StyledText(" ")
    for piece in pieces {
      let gap = line.width > 1 ? 3 : 0
      guard line.width + gap + piece.width <= room || line.width <= 1 else { break }
      line.append(Displayable(" ").repeated(gap), .text)
      line.append(piece)
    }
    return line
  }

  private static func best(_ state: State) -> StyledText {
    let best = state.tree[state.best] ?? state.tree.root
    guard let path = best.pathReward else { return StyledText(Displayable(noBest(state)), .muted) }
    var text = StyledText("best path ", .muted)
    text.append(Displayable(Wording.fixed(path)), .best, .bold)
    text.append(" (\(best.number))", .text)
    return text
  }

  /// While the first level is judged, some paths have a score and none is the best yet.
  private static func noBest(_ state: State) -> String {
    guard state.tree.finish != nil else { return "no best path yet" }
    return state.best == .root ? "the best is the initial prompt" : "no path was scored"
  }

  private static func flights(_ state: State) -> [StyledText] {
    guard !state.tree.isNothingInFlight else { return [StyledText("nothing in flight", .muted)] }
    var text = StyledText("in flight", .muted)
    for role in Role.allCases {
      let count = state.tree.inFlight.count { $0.step.role == role }
      if count > 0 { text.append(" \(role.rawValue) \(count)", .running) }
    }
    let embeddings = state.tree.retrieval.inFlight.count
    if embeddings > 0 { text.append(" embeddings \(embeddings)", .running) }
    return [text]
  }

  private static func costPieces(_ state: State, isShort: Bool) -> [StyledText] {
    let totals = state.tree.totals
    guard state.areCallsKnown else {
      return ["calls", "tokens", "cost"].map { StyledText(Displayable("\($0) unknown"), .muted) }
    }
    var calls = StyledText("calls ", .muted)
    calls.append(Displayable(totals.started), .text)
    if let expected = state.expected, expected > totals.started, state.tree.finish == nil {
      calls.append(" of ~\(expected)", .muted)
    }
    if let most = state.tree.settings.maxCalls {
      calls.append(isShort ? "/\(most)" : ", at most \(most)", .muted)
    }
    if totals.cached > 0, !isShort { calls.append(", \(totals.cached) from the cache", .muted) }
    var tokens = StyledText("tokens ", .muted)
    let about = totals.isEstimated ? "~" : ""
    tokens.append(
      "\(about)\(Wording.count(totals.input)) in, \(about)\(Wording.count(totals.output)) out",
      .text)
    if let most = state.tree.settings.maxTokens {
      tokens.append(", at most \(Wording.count(most))", .muted)
    }
    var time = StyledText(Displayable(Wording.clock(state.elapsed)), .text)
    if let most = state.tree.settings.maxMinutes {
      time.append(" of \(Wording.clock(most * 60))", .muted)
    }
    if let left = state.secondsLeft, !isShort {
      time.append(", about \(Wording.roughly(left)) to go", .muted)
    }
    let cost = cost(state).map { [$0] } ?? []
    return isShort ? [calls] + cost + [time, tokens] : [calls, tokens] + cost + [time]
  }

  /// `$0.41 of $5.00`; nil where nothing costs anything.
  private static func cost(_ state: State) -> StyledText? {
    let (totals, most) = (state.tree.totals, state.tree.settings.maxCost)
    guard !state.tree.configuration.isFree || most != nil else { return nil }
    let known = totals.cost.map { "$" + Wording.fixed($0) }
    var text = StyledText(Displayable(known ?? "cost unknown"), known == nil ? .muted : .text)
    if let most { text.append(" of $\(Wording.fixed(most))", .muted) }
    return text
  }

  // MARK: Trouble

  /// What a person has to know now, most important first.
  static func troubles(of state: State, width: Int, most: Int) -> [StyledText] {
    var lines: [StyledText] = []
    if let damage = state.damage { lines.append(line("", damage, .error, width)) }
    if let trouble = state.storageTrouble {
      lines.append(line("not saved: ", trouble, .error, width))
    }
    let tree = state.tree
    var roles = RoleTrouble.all(in: state)
    if tree.isPaused, tree.finish == nil, let reason = tree.pauseReason {
      let why = state.texts.string(reason)
      // What a role waits for is often what the run was paused for: said once.
      let culprit = roles.firstIndex { $0.message == why }.map { roles.remove(at: $0).names }
      let lead = culprit.map { "paused, \($0): " } ?? "paused: "
      lines.append(line(lead, why, .paused, width))
      if let replies = tree.leastUseful?.replies, let last = replies.last, replies.count > 1 {
        let reply = state.texts.string(last.reply)
        if !reply.isEmpty { lines.append(line("the last reply: ", reply, .muted, width)) }
      }
    }
    lines += roles.map { line($0.lead, $0.message, .warning, width) }
    // It will not pass, so it takes no room where there is little.
    if most > 1, let setback = tree.retrieval.setback, tree.finish == nil {
      lines.append(
        line("examples by their words (BM25): ", setback.reason(state.texts), .warning, width))
    }
    return Array(lines.prefix(most))
  }

  private static func line(
    _ lead: String, _ text: String, _ role: StyleRole, _ width: Int
  ) -> StyledText {
    let rest = Displayable.summary(of: text, width: max(0, width - lead.count - 1))
    var line = StyledText(" \(lead)", role, .bold)
    line.append(rest, role)
    return line
  }
}

extension FinishReason {
  fileprivate var rawValueInWords: String {
    switch self {
    case .depth: "depth reached"
    case .queries: "queries used up"
    case .stopped: "stopped"
    case .calls: "calls used up"
    case .tokens: "tokens used up"
    case .cost: "budget used up"
    case .minutes: "time used up"
    case .nothingAlive: "nothing alive"
    }
  }
}

extension State {
  /// Whether it is known what the run took; not of one that another program made.
  fileprivate var areCallsKnown: Bool { presentTree.totals.areKnown }

  /// A guess at the seconds to go, from the calls so far; nil when there are too few to tell.
  var secondsLeft: Double? {
    let done = tree.totals.completed
    guard isLive, !tree.isPaused, rest == .none, done >= 10, let expected, expected > done,
      elapsed > 1
    else { return nil }
    return elapsed / Double(done) * Double(expected - done)
  }
}
