import HTTP
import Models

/// What a run without a screen says while nothing comes: how long, how many attempts have failed, what
/// the last of them met, and when the next is made. It says so at growing intervals, for a server may be
/// away for hours.
///
/// Times are counted from any one moment.
struct Silence {
  private var start: Duration
  private var failures = 0
  private var last: String?
  /// The newest that has an end.
  private var setback: (end: Duration, isServerLeftAlone: Bool)?
  /// The length of silence after which the next line is due; nil for the first.
  private var due: Duration?

  /// Where attempts fail, and where replies only take their time.
  private static let (first, firstWithoutFailure) = (Duration.seconds(10), Duration.seconds(60))

  init(at now: Duration) { start = now }

  /// Words or a reply came, or nothing is wanted at the moment.
  mutating func end(at now: Duration) { self = Silence(at: now) }

  mutating func attemptFailed(_ message: String) {
    failures += 1
    last = message
  }

  mutating func callWaits(_ setback: Setback, at now: Duration) {
    last = setback.message
    if let wait = setback.wait { self.setback = (now + wait, setback.isServerLeftAlone) }
  }

  /// - Parameter calls: how many are under way.
  /// - Returns: nil where nothing is due.
  mutating func line(at now: Duration, calls: Int) -> String? {
    let silence = now - start
    guard silence >= due ?? (failures > 0 ? Self.first : Self.firstWithoutFailure) else {
      return nil
    }
    due = silence * 2
    let whole = Duration.seconds(silence.components.seconds)
    guard failures > 0, let last else {
      return
        "Nothing has come for \(whole.inWords); \(calls) call\(calls == 1 ? " is" : "s are") on "
        + (calls == 1 ? "its" : "their") + " way."
    }
    let attempts = "\(failures) attempt\(failures == 1 ? "" : "s") failed"
    return
      "Nothing has come for \(whole.inWords), and \(attempts), the last with: \(last)\(next(at: now))"
  }

  private func next(at now: Duration) -> String {
    guard let setback, setback.end - now >= .seconds(1) else { return "" }
    let words = Duration.seconds((setback.end - now).components.seconds).inWords
    return setback.isServerLeftAlone
      ? "; the server is left alone for \(words)" : "; asked again in \(words)"
  }
}
