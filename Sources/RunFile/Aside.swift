package import Tree

/// What the writer of a run tells those who follow it besides what is in the file. Nothing depends on
/// it: a follower that misses it sees the same run, a moment later.
package enum Aside: Hashable, Sendable, Codable {
  /// Words of a reply that is on its way, and how many bytes of UTF-8 of it came before them.
  case words(CallKey, String, after: Int)
  case trouble(CallKey, CallTrouble)
  /// The run can't be saved at the moment, and why; nil when it can again.
  case storage(trouble: String?)
  case notice(String)

  /// A line of JSON.
  var line: [UInt8] {
    guard let json = try? EventCoding.encode(self) else { return [] }
    return Array(json.utf8) + [UInt8(ascii: "\n")]
  }

  /// - Returns: nil for what this version does not know.
  init?(line: some Sequence<UInt8>) {
    let json = String(decoding: Array(line), as: UTF8.self)
    guard let aside = try? EventCoding.decode(Aside.self, from: json) else { return nil }
    self = aside
  }
}
