import Dispatch
import Glibc

/// Ctrl-C and SIGTERM while there is no screen: each is counted and told.
final class Interruptions {
  private let sources: [any DispatchSourceSignal]

  /// - Parameter told: called on a queue of its own with how many have come so far.
  init(told: @escaping @Sendable (Int) -> Void) {
    let queue = DispatchQueue(label: "espalier.signals")
    // Touched on the queue only.
    nonisolated(unsafe) var count = 0
    sources = [SIGINT, SIGTERM, SIGHUP].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        count += 1
        told(count)
      }
      source.resume()
      return source
    }
  }

  func end() {
    for source in sources { source.cancel() }
  }
}
