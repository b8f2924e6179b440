import Locking

/// Tells the calls that wait for a place that one before them learned that none can succeed: a refused
/// key is found out once, and not by all of them.
///
/// A call that begins later tries anew: a person may have acted.
final class StopNotice: Sendable {
  private struct State: Sendable {
    var count = 0
    var error: ModelError?
  }

  private let state = Locked(State())

  /// How many stops there have been: a call remembers it when it begins.
  var count: Int { state.withLock { $0.count } }

  func stopped(by error: ModelError) {
    state.withLock { state in
      state.count += 1
      state.error = error
    }
  }

  /// - Throws: the error of a stop since the call began.
  func check(since count: Int) throws {
    let error = state.withLock { $0.count > count ? $0.error : nil }
    if let error { throw error }
  }
}
