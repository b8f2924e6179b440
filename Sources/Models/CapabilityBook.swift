import Locking

/// What has been learned of one model behind one server, by all calls to it.
final class CapabilityBook: Sendable {
  private struct Known {
    var capabilities: Capabilities
    /// Replies in a row that are not of the format that was asked for, and which that was.
    var misses = (count: 0, of: "")
  }

  private let known: Locked<Known>

  init(_ remembered: Capabilities = Capabilities()) {
    known = Locked(Known(capabilities: remembered))
  }

  var capabilities: Capabilities { known.withLock { $0.capabilities } }

  /// Takes over what a call learned that had been sent with `used`. What another call learned in the
  /// meantime stays.
  func learn(_ learned: Capabilities, from used: Capabilities) {
    known.withLock { known in
      if known.capabilities == used { known.capabilities = learned }
    }
  }

  /// A server that holds a model to a format lets nothing else through, unless something went wrong
  /// with one reply. From two in a row it is taken for one that ignores it, and asked otherwise.
  private static let missesThatTell = 2

  /// Takes note of a whole reply.
  ///
  /// - Parameter format: that was asked for, by its `type` on the wire.
  func saw(_ format: String, isKept: Bool) {
    known.withLock { known in
      if known.misses.of != format || isKept { known.misses = (0, format) }
      guard !isKept else { return }
      known.misses.count += 1
      let next = Capabilities.JSONMode(insteadOf: format)
      guard known.misses.count >= Self.missesThatTell,
        known.capabilities.jsonMode.isStricter(than: next)
      else { return }
      known.capabilities.jsonMode = next
      known.capabilities.ignoresFormats = true
    }
  }
}
