/// A node's lineage: the hash of its parent's identity and its slot there.
///
/// It follows that a run that is asked again, in whatever order the answers come, gives every node
/// the same identity.
package struct NodeID: Hashable, Sendable {
  package let rawValue: UInt64

  package init(rawValue: UInt64) { self.rawValue = rawValue }

  /// The node of the initial prompt.
  package static let root = NodeID(rawValue: 0)

  /// - Parameter slot: 0 and up for the proposals of an opened node, -1 and down for its forks.
  package func child(slot: Int) -> NodeID {
    var hash = StableHash()
    hash.combine(rawValue)
    hash.combine(slot)
    return NodeID(rawValue: hash.finalize())
  }
}

extension NodeID: LosslessStringConvertible {
  /// Sixteen hexadecimal digits.
  package var description: String { hexadecimal(rawValue) }

  package init?(_ description: String) {
    guard let value = UInt64(description, radix: 16) else { return nil }
    self.init(rawValue: value)
  }
}

extension NodeID: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let digits = try container.decode(String.self)
    guard let id = NodeID(digits) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "\"\(digits)\" is not the identity of a node")
    }
    self = id
  }
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
