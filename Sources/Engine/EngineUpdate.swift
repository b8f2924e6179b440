package import Models
package import Tree

/// What the engine tells whoever watches it, in order.
package enum EngineUpdate: Sendable {
  /// Committed events.
  case events([RecordedEvent])
  /// The next words of a reply that is on its way; none while the model thinks aloud.
  case words(CallKey, String)
  /// A call in flight waits for its server.
  case setback(CallKey, Setback)
  /// The run can't be saved at the moment, and why; nil when it can again. No new call goes out
  /// meanwhile.
  case storage(trouble: String?)
  /// What a person should know now, in a sentence: a budget is nearly used up, for one.
  case notice(String)
  /// `run` is about to return.
  case ended(Ending)
}

/// Why the engine came to rest.
package enum Ending: Hashable, Sendable {
  /// The search is over; the tree says with what.
  case finished
  /// It was asked to finish what was in flight and to stop there.
  case drained
  /// It was told to stop at once.
  case aborted
}

/// What was to be stored when the engine was told not to wait for that any longer.
package struct Unsaved: Sendable {
  /// Those that had come of models: they will be asked for again.
  package var replies = 0
  /// Why nothing could be stored.
  package let trouble: any Error
}

extension RunEvent {
  /// A model has answered, be it with what can't be used.
  var isReply: Bool {
    guard case .completed(let completion) = self else { return false }
    if case .failed = completion.outcome { return false }
    return true
  }
}

/// When a person's intervention can't be done, or there is nobody to do it.
package enum InterventionError: Error, Hashable, Sendable, CustomStringConvertible {
  case refused(Refusal)
  case ended

  package var description: String {
    switch self {
    case .refused(let refusal): refusal.description
    case .ended: "The engine has come to rest. Resume the run to go on with it."
    }
  }

  package var remedy: Remedy? {
    guard case .refused(let refusal) = self else { return nil }
    return refusal.remedy
  }
}
