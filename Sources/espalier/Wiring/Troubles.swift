import Locking

/// Joins servers that fail, which exist before a run does, with whoever tells of it.
final class Troubles: Sendable {
  private let listener = Locked<(@Sendable (String) -> Void)?>(nil)

  func tell(_ text: String) { listener.withLock { $0 }?(text) }

  func listen(_ listener: @escaping @Sendable (String) -> Void) {
    self.listener.withLock { $0 = listener }
  }
}
