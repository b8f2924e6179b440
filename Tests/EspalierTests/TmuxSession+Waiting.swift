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
    try await look("\"\(text)\"", deadline) { screen in
      screen.contains(text) ? true : nil
    }
  }

  /// Waits for the end of what runs in it, and returns its exit status.
  func end(within deadline: Duration = .seconds(60)) async throws -> Int32 {
    try await look("the end", deadline) { _ in
      // tmux may know that it has ended before it knows how.
      guard let status = try exitStatus(), status >= 0 else { return nil }
      return status
    }
  }

  @discardableResult
  private func look<Value>(
    _ what: String, _ deadline: Duration, for find: (String) throws -> Value?
  ) async throws -> Value {
    let end = ContinuousClock.now + deadline
    while true {
      let screen = try capture()
      if let value = try find(screen) { return value }
      if ContinuousClock.now > end { throw Unseen(what: what, screen: screen) }
      try await Task.sleep(for: .milliseconds(20))
    }
  }
}
