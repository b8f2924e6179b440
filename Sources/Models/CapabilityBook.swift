import Locking

/// What has been learned of one model behind one server, by all calls to it.
final class CapabilityBook: Sendable {
  private let known: Locked<Capabilities>

  init(_ remembered: Capabilities = Capabilities()) { known = Locked(remembered) }

  var capabilities: Capabilities { known.withLock { $0 } }

  /// Takes over what a call learned that had been sent with `used`. What another call learned in the
  /// meantime stays.
  func learn(_ learned: Capabilities, from used: Capabilities) {
    known.withLock { known in
      if known == used { known = learned }
    }
  }
}
