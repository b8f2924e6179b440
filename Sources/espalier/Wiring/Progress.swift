import DRPO
import Engine
import Export
import Locking
import Tree

/// Tells in lines, or by a bar on a terminal, how far a run without a screen is.
final class Progress: Sendable {
  private struct Told {
    var tree: SearchTree
    var level = -1
    var onPause: (@Sendable () -> Void)?
    /// Told lately; the same is not told again and again.
    var troubles: [String] = []
    var silence: Silence
    var saving = SavingTrouble()

    mutating func isNews(_ trouble: String) -> Bool {
      guard !troubles.contains(where: { trouble.firstRange(of: $0) != nil }) else { return false }
      troubles = troubles.suffix(7) + [trouble]
      return true
    }
  }

  private let told: Locked<Told>
  private let texts: any TextSource
  private let isBar = Console.isTerminal(2)
  private let start = ContinuousClock.now

  init(tree: SearchTree, texts: any TextSource) {
    told = Locked(Told(tree: tree, silence: Silence(at: .zero)))
    self.texts = texts
  }

  /// - Parameter act: called once the run has paused itself. Set it before the run begins.
  func onPause(_ act: @escaping @Sendable () -> Void) {
    told.withLock { $0.onPause = act }
  }

  func take(_ update: EngineUpdate) {
    switch update {
    case .events(let events):
      say(
        told.withLock { told in
          if events.contains(where: \.event.isReply) { told.silence.end(at: now) }
          return Self.take(events, into: &told, texts)
        })
      if isBar { Console.progress(told.withLock { Self.bar($0.tree) }) }
    case .storage(let trouble):
      say(told.withLock { $0.saving.take(trouble, at: now) }.map { [$0] } ?? [])
    case .notice(let text): say(text)
    case .words: told.withLock { $0.silence.end(at: now) }
    case .setback(_, let setback): told.withLock { $0.silence.callWaits(setback, at: now) }
    case .ended: break
    }
  }

  private var now: Duration { ContinuousClock.now - start }

  /// A moment has passed.
  func tick() {
    let now = now
    let line: String? = told.withLock { told in
      guard !told.tree.isPaused, told.tree.finish == nil else {
        told.silence.end(at: now)
        return nil
      }
      return told.silence.line(at: now, calls: told.tree.inFlight.count)
    }
    if let line { say(line) }
  }

  /// A person wants to leave, and what is in flight is waited for.
  func leave() {
    let advice = told.withLock { $0.saving.leave() }
    say(advice ?? "Finishing what is in flight. Ctrl-C again leaves at once.")
  }

  /// - Parameter trouble: what was wrong with an attempt at a server.
  func take(trouble: String) {
    say(
      told.withLock { told in
        told.silence.attemptFailed(trouble)
        return told.isNews(trouble) ? [trouble] : []
      })
  }

  private func say(_ line: String) { say([line]) }

  /// Lines of their own, below the bar where there is one.
  private func say(_ lines: [String]) {
    for line in lines { Console.err((isBar ? "\n" : "") + line) }
  }

  func end() {
    if isBar { Console.err("") }
  }

  private static func take(
    _ events: [RecordedEvent], into told: inout Told, _ texts: any TextSource
  ) -> [String] {
    var lines: [String] = []
    for event in events {
      told.tree.apply(event.event)
      switch event.event {
      case .intervened(let intervention):
        if let line = line(intervention, in: told.tree, texts) { lines.append(line) }
        if intervention.action == .pause, intervention.author == .program { told.onPause?() }
      case .completed(let completion):
        if let fault = fault(in: completion.outcome).map(texts.string), told.isNews(fault) {
          lines.append("\(completion.call.step.role): \(fault)")
        }
      default: break
      }
    }
    let level = told.tree.levels.count - 1
    if level > told.level, !Console.isTerminal(2) {
      told.level = level
      lines.append(line(told.tree))
    }
    return lines
  }

  /// What is wrong with a reply. A server that can't be reached tells by its attempts.
  private static func fault(in outcome: Outcome) -> Text? {
    switch outcome {
    case .unreadable(let fault, _): fault
    case .failed(let reason, isTransient: false): reason
    case .aspects(let choice) where choice.origin == .library: choice.reasoning
    case .aspects, .proposed, .answered, .judged, .failed(_, isTransient: true): nil
    }
  }

  /// What a person did from another terminal, or that the run pauses.
  private static func line(
    _ intervention: Intervention, in tree: SearchTree, _ texts: any TextSource
  ) -> String? {
    switch (intervention.author, intervention.action) {
    case (.person, _): EventWords.line(for: .intervened(intervention), in: tree, texts)
    // The reason is told by the result, which comes next.
    case (.program, .pause):
      tree.inFlight.isEmpty ? nil : "Pausing: what is in flight lands first."
    case (.program, _): nil
    }
  }

  private static func line(_ tree: SearchTree) -> String {
    let best = tree.best
    let reward = best.pathReward.map { ", path reward \($0.sixPlaces)" } ?? ""
    return
      "level \(tree.levels.count - 1) of \(tree.lastLevel): \(tree.totals.completed) calls, "
      + "best so far node \(best.number)\(reward)"
  }

  private static func bar(_ tree: SearchTree) -> String {
    let expected = max(ExpectedCalls(tree).total, tree.totals.completed, 1)
    let width = 24
    let filled = tree.totals.completed * width / expected
    let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
    return "[\(bar)] \(tree.totals.completed) of ~\(expected) calls, "
      + "level \(tree.levels.count - 1) of \(tree.lastLevel)"
  }
}

extension RunEvent {
  /// A model's server had something to say.
  fileprivate var isReply: Bool {
    switch self {
    case .completed(let completion):
      if case .failed(_, isTransient: true) = completion.outcome { false } else { true }
    case .flight(.embedded): true
    case .flight, .decided, .intervened: false
    }
  }
}
