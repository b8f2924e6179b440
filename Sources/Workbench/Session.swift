package import Screen
import Tree
package import Views

/// One sitting of a person before a run, without terminal, clock or threads: what happens goes in,
/// with the time at which it does; requests, pictures and how long to sleep come out.
///
/// Times are in seconds of a clock that never goes back.
package struct Session {
  package private(set) var state: State
  /// How the person left; nil as long as they are there.
  package private(set) var outcome: Outcome?
  /// The terminal has to be painted anew, whatever it is believed to show.
  package private(set) var needsRepaint = false

  private var isDirty = true
  private var lastDraw: Double?
  private var lastTick: Double
  private var frame = 0
  private var isDraining = false
  /// When to leave although calls are still in flight.
  private var deadline: Double?
  /// Seconds since 1970 less the time of this session's clock.
  private let epoch: Double

  /// Most pictures a second.
  static let pace = 60.0
  /// Steps of the animation a second, while something moves.
  static let animation = 8.0
  /// Seconds that a signal leaves for what is in flight.
  static let grace = 2.0

  /// - Parameters:
  ///   - now: The time now.
  ///   - date: The same moment in seconds since 1970-01-01 UTC.
  package init(source: any RunSource, size: Size, now: Double, date: Double) {
    state = State(
      past: source.past, texts: source.texts, size: size, readOnly: source.readOnly,
      isElsewhere: source.isElsewhere, at: source.opensAt,
      expectedCalls: { [weak source] in source?.expectedCalls(in: $0) },
      eventWords: { [weak source] in source?.words(for: $0, in: $1) ?? "" })
    lastTick = now
    epoch = date - now
    _ = state.update(.tick(now: date, frame: 0))
  }

  // MARK: What happens

  package mutating func take(_ stroke: Stroke) -> [Request] {
    isDirty = true
    return perform(state.update(.key(stroke)))
  }

  package mutating func take(_ updates: [Update]) {
    for update in joined(updates) {
      isDirty = true
      _ = state.update(Message(update))
      // Nothing more can come: whoever waited for what was in flight may go.
      if case .ended = update, isDraining { leave(.left) }
    }
  }

  /// Events that came one after the other as one update: what follows from them is then worked out
  /// once.
  private func joined(_ updates: [Update]) -> [Update] {
    var joined: [Update] = []
    var events: [RecordedEvent] = []
    for update in updates {
      if case .events(let more) = update {
        events += more
        continue
      }
      if !events.isEmpty { joined.append(.events(events)) }
      events = []
      joined.append(update)
    }
    if !events.isEmpty { joined.append(.events(events)) }
    return joined
  }

  package mutating func resize(to size: Size) {
    isDirty = true
    needsRepaint = true
    _ = state.update(.resized(size))
  }

  /// Somebody outside wants the program to end: what is in flight gets a moment.
  package mutating func terminate(now: Double) -> [Request] {
    guard deadline == nil else { return [] }
    isDirty = true
    deadline = now + Self.grace
    let requests = isDraining ? [] : perform(state.update(.leave))
    if outcome != nil { outcome = .signalled }
    return requests
  }

  /// The terminal is gone: nobody sees anything any more.
  package mutating func hangUp() -> [Request] {
    outcome = .signalled
    return [.abort]
  }

  private mutating func perform(_ effects: [Effect]) -> [Request] {
    var requests: [Request] = []
    for effect in effects {
      switch effect {
      case .intervene(let action): requests.append(.intervene(action))
      case .set(let change): requests.append(.set(change))
      case .undo: requests.append(.undo)
      case .redo: requests.append(.redo)
      case .repaint: needsRepaint = true
      case .quit(.drain):
        isDraining = true
        requests.append(.drain)
      case .quit(.now):
        let isCutShort = !state.tree.inFlight.isEmpty && state.readOnly == nil
        leave(isCutShort ? .interrupted : .left)
        requests.append(.abort)
      }
    }
    return requests
  }

  private mutating func leave(_ how: Outcome) {
    if outcome == nil { outcome = deadline == nil ? how : .signalled }
  }

  // MARK: What is to be shown, and when

  /// The picture to show now; nil while the one that is shown will do.
  package mutating func picture(now: Double) -> Surface? {
    pass(to: now)
    guard isDirty, due(now) <= now else { return nil }
    isDirty = false
    lastDraw = now
    return state.draw()
  }

  package mutating func repainted() { needsRepaint = false }

  /// Seconds until something is to be done though nothing happens; nil for never.
  package func timeout(now: Double) -> Double? {
    let times = [isDirty ? due(now) : nil, nextTick, deadline].compactMap { $0 }
    return times.min().map { max(0, $0 - now) }
  }

  /// When the next picture may be shown.
  private func due(_ now: Double) -> Double { lastDraw.map { $0 + 1 / Self.pace } ?? now }

  private var nextTick: Double? {
    if state.isAnimated { return lastTick + 1 / Self.animation }
    // The clock of a run at work still goes.
    return state.isLive ? lastTick + 1 : nil
  }

  private mutating func pass(to now: Double) {
    if let deadline, now >= deadline { leave(.signalled) }
    guard let nextTick, now >= nextTick else { return }
    if state.isAnimated { frame += 1 }
    lastTick = now
    isDirty = true
    _ = state.update(.tick(now: now + epoch, frame: frame))
  }
}

extension Message {
  init(_ update: Update) {
    switch update {
    case .events(let events): self = .events(events)
    case .opened(let past): self = .opened(past)
    case .words(let call, let words): self = .words(call, words)
    case .trouble(let call, let trouble): self = .trouble(call, trouble)
    case .storage(let trouble): self = .storage(trouble: trouble)
    case .damaged(let text): self = .damaged(text)
    case .notice(let text): self = .notice(text)
    case .refused(let text): self = .refused(text)
    case .gone(let command): self = .gone(command)
    case .back: self = .back
    case .ended: self = .ended
    }
  }
}
