/// How a request begins, as hashes of growing parts of its words: two requests share as much of a
/// server's prefix cache as they have hashes in common.
struct PrefixTrace: Hashable, Sendable {
  private let hashes: [UInt64]

  /// Bytes between two hashes; a server's own blocks are of 16 tokens and more.
  private static let block = 256

  init(_ request: ModelRequest) {
    var hashes: [UInt64] = []
    // FNV-1a.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    var count = 0
    for message in request.messages {
      // A byte that no text has stands between the turns.
      for byte in Array(message.speaker.rawValue.utf8) + [0xff] + Array(message.content.utf8) {
        hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        count += 1
        if count % Self.block == 0 { hashes.append(hash) }
      }
    }
    self.hashes = hashes
  }

  /// How many blocks both begin with.
  func shared(with other: PrefixTrace) -> Int {
    let most = min(hashes.count, other.hashes.count)
    return (0..<most).first { hashes[$0] != other.hashes[$0] } ?? most
  }
}
