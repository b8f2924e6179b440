import Locking
import Workbench

/// What other threads leave for the main thread, which takes it when it likes.
final class UpdateMail: Sendable {
  private let waiting = Locked<[Update]>([])
  private let wake = Locked<(@Sendable () -> Void)?>(nil)

  func post(_ update: Update) {
    waiting.withLock { $0.append(update) }
    wake.withLock { $0 }?()
  }

  func take() -> [Update] {
    waiting.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
  }

  func onPost(_ act: @escaping @Sendable () -> Void) {
    wake.withLock { $0 = act }
  }
}
