import Glibc

/// The `-wal` of a run that nobody writes, looked at without SQLite, by sqlite.org/walformat.html.
///
/// SQLite reads it up to the first frame that is not as it was written. This is right for what a crash
/// leaves, and loses all that follows where the log has been damaged: the two must be told apart.
struct Log {
  private let descriptor: Int32
  private let header: [UInt8]

  /// In bytes.
  private static let headerSize = 32
  private static let frameHeaderSize = 24

  /// Whether there is more in the log of the run than SQLite would find in it.
  ///
  /// - Returns: false as well where only its last transaction is not whole. A loss of power leaves
  ///   that: a transaction is on the disk before the next begins, but its own frames come there in any
  ///   order.
  static func isDamaged(of path: String) -> Bool {
    let descriptor = open(PrivateFile.companion("-wal", of: path), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    guard let header = read(headerSize, of: descriptor, at: 0) else { return false }
    return Log(descriptor: descriptor, header: header).isDamaged
  }

  private var isDamaged: Bool {
    var sums = Checksums(isBigEndian: header[3] & 1 == 1)
    sums.add(header[..<24])
    let pageSize = Int(header.word(8))
    guard header.word(0) | 1 == 0x377f_0683, sums == Checksums(of: header, at: 24, like: sums),
      (512...65_536).contains(pageSize), pageSize & (pageSize - 1) == 0
    else {
      // A log begins anew by a header over the old one, when all that was in it is in the run's file:
      // half of that header is what a loss of power leaves, and looks like a damaged one.
      return false
    }
    let size = Self.frameHeaderSize + pageSize
    var offset = Self.headerSize
    while let frame = frame(at: offset, size: size), frame.follows(sums) {
      sums = frame.sums
      offset += size
    }
    return hasFollowedCommit(from: offset, size: size)
  }

  /// Whether the end of a transaction is there and after it, as it was written, the start of the next.
  ///
  /// What a transaction that failed has left where the next was shorter does not look so.
  private func hasFollowedCommit(from start: Int, size: Int) -> Bool {
    var offset = start
    var commit: Frame?
    while let frame = frame(at: offset, size: size) {
      if let commit, frame.follows(commit.sums) { return true }
      commit = frame.isOfThisLog && frame.isCommit ? frame : nil
      offset += size
    }
    return false
  }

  private func frame(at offset: Int, size: Int) -> Frame? {
    Self.read(size, of: descriptor, at: offset).map { bytes in
      Frame(
        bytes: bytes, isOfThisLog: bytes[8..<16] == header[16..<24],
        sums: Checksums(
          of: bytes, at: 16, like: Checksums(isBigEndian: header[3] & 1 == 1)))
    }
  }

  /// - Returns: nil where the file has not so many bytes there.
  private static func read(_ count: Int, of descriptor: Int32, at offset: Int) -> [UInt8]? {
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, found in
      found = max(0, pread(descriptor, buffer.baseAddress, count, off_t(offset)))
    }
    return bytes.count == count ? bytes : nil
  }
}

/// A page as it was after a transaction, with what is said of it.
private struct Frame {
  let bytes: [UInt8]
  /// It carries the salts of the header; one that was there before the log began anew has others.
  let isOfThisLog: Bool
  /// As they stand in it: over the log up to its end.
  let sums: Checksums

  /// It is the last of a transaction.
  var isCommit: Bool { bytes.word(4) != 0 }

  /// Whether it was written behind a frame, or the header, with these sums, and is as it was.
  func follows(_ earlier: Checksums) -> Bool {
    guard isOfThisLog else { return false }
    var sums = earlier
    sums.add(bytes[..<8])
    sums.add(bytes[24...])
    return sums == self.sums
  }
}

/// The two sums that SQLite runs over a log, in words of 32 bits.
private struct Checksums: Equatable {
  private let isBigEndian: Bool
  private var first: UInt32 = 0
  private var second: UInt32 = 0

  init(isBigEndian: Bool) { self.isBigEndian = isBigEndian }

  /// Those that stand in the log.
  init(of bytes: [UInt8], at offset: Int, like other: Checksums) {
    isBigEndian = other.isBigEndian
    first = bytes.word(offset)
    second = bytes.word(offset + 4)
  }

  /// - Parameter bytes: a multiple of 8.
  mutating func add(_ bytes: ArraySlice<UInt8>) {
    var (first, second) = (first, second)
    bytes.withUnsafeBytes { bytes in
      for offset in stride(from: 0, to: bytes.count, by: 8) {
        let one = bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
        let two = bytes.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self)
        first &+= (isBigEndian ? UInt32(bigEndian: one) : UInt32(littleEndian: one)) &+ second
        second &+= (isBigEndian ? UInt32(bigEndian: two) : UInt32(littleEndian: two)) &+ first
      }
    }
    (self.first, self.second) = (first, second)
  }
}

extension [UInt8] {
  fileprivate func word(_ offset: Int) -> UInt32 {
    self[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
  }
}
