import CTerminal
import Glibc

/// Wakes the main thread from `Terminal.wait`, from any thread: an event arrived, say.
///
/// Wakes that come before the next wait are one wake.
package final class Waker: Sendable {
  /// A pipe, open as long as this exists: its end to wait for, and the one to write to.
  let waitEnd: Int32
  private let wakeEnd: Int32

  /// Throws `noResource` when the process has no descriptors left.
  package init() throws(TerminalError) {
    var ends: [Int32] = [-1, -1]
    guard ct_make_pipe(&ends) == 0 else { throw .noResource(code: errno) }
    waitEnd = ends[0]
    wakeEnd = ends[1]
  }

  deinit {
    close(waitEnd)
    close(wakeEnd)
  }

  package func wake() {
    ct_wake(wakeEnd)
  }
}
