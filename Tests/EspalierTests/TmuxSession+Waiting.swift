import TestSupport

/// Waiting that blocks no thread: other tests, and their programs, go on meanwhile.
extension TmuxSession {
  struct Unseen: Error, CustomStringConvertible {
    let what: String
    let screen: String
    var description: String { "waited in vain for \(what); the screen shows:\n\(screen)" }
  }

  /// Looks at the screen until it shows a text.
  func see(_ text: String, within deadline: Duration = .seconds(60)) async throws {
    let end = ContinuousClock.now + deadline
    while true {
      let screen = try capture()
      if screen.contains(text) { return }
      if ContinuousClock.now > end { throw Unseen(what: "\"\(text)\"", screen: screen) }
      try await Task.sleep(for: .milliseconds(20))
    }
  }
}
