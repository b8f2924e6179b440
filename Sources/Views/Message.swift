package import Screen
package import Tree

/// Everything that ever changes a `State`: there is no other way in.
package enum Message: Sendable {
  case key(Stroke)
  /// Committed events, in order.
  case events([RecordedEvent])
  /// The whole of a run of which only the beginning was known.
  case opened(RunPast)
  /// The next words of a reply that is on its way; none while the model thinks aloud.
  case words(CallKey, String)
  /// A call in flight waits for its server.
  case trouble(CallKey, CallTrouble)
  /// The run can't be saved at the moment, and why; nil when it can again.
  case storage(trouble: String?)
  /// The file of the run is damaged, in a few sentences.
  case damaged(String)
  /// What a person should know now, in a sentence.
  case notice(String)
  /// What was asked for can't be done, and why.
  case refused(String)
  /// The other process that was at work on the run is gone; the command to go on with.
  case gone(String)
  /// A process is at work on the run again, or was so all the time.
  case back
  /// Nothing more is to come.
  case ended
  /// Time passes: seconds since 1970-01-01 UTC, and the number of the animation's picture.
  case tick(now: Double, frame: Int)
  case resized(Size)
  /// Leave, as if `q` had been pressed: somebody outside asked for it.
  case leave
}

/// What a person asked for that a `State` can't do by itself.
package enum Effect: Hashable, Sendable {
  case intervene(Intervention.Action)
  case set(SettingChange)
  case undo
  case redo
  case quit(Quit)
  /// Paint everything anew: something else has written on the terminal.
  case repaint

  package enum Quit: Hashable, Sendable {
    /// Start nothing new, and leave when what is in flight has landed.
    case drain
    /// Leave at once.
    case now
  }
}
