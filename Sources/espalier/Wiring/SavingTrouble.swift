import HTTP

/// What a run without a screen says while it can't be saved, which is tried again every few seconds: at
/// once, then at growing intervals, for it may last until a person comes.
///
/// Times are counted from any one moment.
struct SavingTrouble {
  private var current: (trouble: String, start: Duration, due: Duration)?
  private var isLeaving = false

  /// After the first line.
  private static let interval = Duration.seconds(10)

  /// - Parameter trouble: why the run can't be saved at the moment; nil when it can again.
  /// - Returns: nil where nothing is due.
  mutating func take(_ trouble: String?, at now: Duration) -> String? {
    guard let trouble else {
      defer { current = nil }
      return current.map { _ in "The run can be saved again." }
    }
    if let (last, start, due) = current, last == trouble {
      guard now >= due else { return nil }
      current?.due = now + (now - start)
      let passed = Duration.seconds((now - start).components.seconds).inWords
      return "The run still can't be saved, after \(passed): \(trouble)\(advice)"
    }
    current = (trouble, now, now + Self.interval)
    return "The run can't be saved: \(trouble)\(advice)"
  }

  /// A person wants to leave.
  /// - Returns: nil where nothing is wrong.
  mutating func leave() -> String? {
    isLeaving = true
    return current.map { "\($0.trouble)\(advice)" }
  }

  private var advice: String {
    isLeaving
      ? " The run leaves as soon as it is saved. Ctrl-C again leaves at once, without what has come "
        + "since: that will be asked again." : ""
  }
}
