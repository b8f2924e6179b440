/// Why a call waits before it is sent (again).
package struct Setback: Hashable, Sendable {
  /// What happened last, with server and model; free of keys.
  package var message: String
  /// Until the next attempt; nil while another call finds out whether the server is back.
  package var wait: Duration?
  /// The server has failed so often that all calls to it wait.
  package var isServerLeftAlone: Bool

  package init(message: String, wait: Duration?, isServerLeftAlone: Bool) {
    self.message = message
    self.wait = wait
    self.isServerLeftAlone = isServerLeftAlone
  }
}
