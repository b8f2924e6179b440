package import Tree

/// Where a run comes from and where a person's wishes go: a live engine, or a run file that is read.
///
/// `take` and `send` are called on the main thread only; the source does its work elsewhere.
package protocol RunSource: AnyObject, Sendable {
  var texts: any TextSource { get }
  /// The run as it stands when the workbench opens. `take` tells the events after it, each once.
  var past: RunPast { get }
  /// Why nothing can be changed in this run, in a sentence for a person; nil where it can.
  var readOnly: String? { get }
  /// Whether another process is at work on the run, so that leaving leaves it running.
  var isElsewhere: Bool { get }
  /// Where in the past to begin, as it was after the event of this ordinal; nil for the present.
  var opensAt: Int? { get }

  /// Calls that the run will have made when it ends; nil when nobody can tell.
  func expectedCalls(in tree: SearchTree) -> Int?

  /// What an event was, in a line of plain words.
  ///
  /// - Parameter tree: The run right after it.
  func words(for event: RunEvent, in tree: SearchTree) -> String

  /// What has happened since it was asked last, in order; never waits.
  func take() -> [Update]

  /// Calls `wake`, on any thread, whenever there is something to take.
  func onUpdate(_ wake: @escaping @Sendable () -> Void)

  /// Passes on what a person wants; never waits. What comes of it is told by `take`: an event, or
  /// that it was refused.
  func send(_ request: Request)
}

extension RunSource {
  package var opensAt: Int? { nil }
  package var isElsewhere: Bool { false }
}

/// What a source tells.
package enum Update: Sendable {
  /// Committed events, in order.
  case events([RecordedEvent])
  /// The whole of a run of which `past` was only the beginning: that of a long run takes a while.
  case opened(RunPast)
  /// The next words of a reply that is on its way; none while the model thinks aloud.
  case words(CallKey, String)
  /// A call in flight waits for its server.
  case trouble(CallKey, CallTrouble)
  /// The run can't be saved at the moment, and why; nil when it can again.
  case storage(trouble: String?)
  /// The file turned out to be damaged: what is known of the run is only a part, or false. Why, and
  /// what to do.
  case damaged(String)
  /// What a person should know now, in a sentence.
  case notice(String)
  /// A request can't be done, and why.
  case refused(String)
  /// The other process that was at work on the run is gone; the command to go on with.
  case gone(String)
  /// A process is at work on the run again, or was so all the time.
  case back
  /// Nothing more is to come: the run was drained or aborted, or the file has been read.
  case ended
}

/// What a person wants of a run.
package enum Request: Hashable, Sendable {
  case intervene(Intervention.Action)
  case set(SettingChange)
  case undo
  case redo
  /// Start nothing new; `ended` when what is in flight has landed.
  case drain
  /// Call back what is in flight; `ended` at once.
  case abort
}

/// How a person left the workbench.
package enum Outcome: Hashable, Sendable {
  /// By asking, and everything that was in flight has been saved, or nothing was.
  case left
  /// At once, while calls were in flight: they will be asked again.
  case interrupted
  /// By a signal, or because the terminal is gone.
  case signalled
}
