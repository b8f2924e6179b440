import Locking

/// Streams the text of a call over several attempts, so that no word is shown twice: a new attempt is
/// silent while it repeats what the broken one had said, and stays silent when it says something
/// else. The reply has the whole text in any case.
struct ResumedText: Sendable {
  private struct State: Sendable {
    var shown: [UInt8] = []
    var attempt = 1
    /// Bytes of the current attempt so far; nil once it said something else than was shown.
    var said: Int? = 0
  }

  private let state = Locked(State())
  private let onText: @Sendable (String) -> Void

  init(_ onText: @escaping @Sendable (String) -> Void) { self.onText = onText }

  /// Where an attempt's text goes, given the attempt's number from 1.
  func attempt(_ number: Int) -> @Sendable (String) -> Void {
    { piece in
      guard !piece.isEmpty else { return onText(piece) }
      let new: String? = state.withLock { state in
        if state.attempt != number {
          state.attempt = number
          state.said = 0
        }
        guard let said = state.said else { return nil }
        let bytes = Array(piece.utf8)
        let known = min(bytes.count, state.shown.count - said)
        guard bytes[..<known].elementsEqual(state.shown[said..<said + known]) else {
          state.said = nil
          return nil
        }
        state.said = said + bytes.count
        state.shown += bytes[known...]
        return known < bytes.count ? String(decoding: bytes[known...], as: UTF8.self) : nil
      }
      if let new { onText(new) }
    }
  }
}
