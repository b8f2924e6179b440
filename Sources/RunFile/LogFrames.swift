import Glibc

/// The frames of a log, by their place in it.
struct LogFrames {
  let descriptor: Int32
  /// In bytes, where the first begins.
  let start: Int
  /// In bytes.
  let pageSize: Int
  /// How its sums are counted.
  let isBigEndian: Bool

  subscript(index: Int) -> LogFrame? {
    let size = LogFrame.headerSize + pageSize
    return Self.read(size, of: descriptor, at: start + index * size).map {
      LogFrame(bytes: $0, isBigEndian: isBigEndian)
    }
  }

  /// Whether the end of a transaction is there and after it, as it was written, the start of the next.
  ///
  /// What a transaction that failed has left where the next was shorter does not look so.
  /// - Parameter salts: those of the log.
  func hasFollowedCommit(from start: Int, salts: ArraySlice<UInt8>) -> Bool {
    var index = start
    var commit: LogFrame?
    while let frame = self[index] {
      if let commit, frame.follows(commit) { return true }
      commit = frame.salts == salts && frame.isCommit ? frame : nil
      index += 1
    }
    return false
  }

  /// Whether SQLite has pages of so many bytes.
  static func canBe(pageSize: Int) -> Bool {
    (512...65_536).contains(pageSize) && pageSize & (pageSize - 1) == 0
  }

  /// - Returns: nil where the file has not so many bytes there.
  static func read(_ count: Int, of descriptor: Int32, at offset: Int) -> [UInt8]? {
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, found in
      found = max(0, pread(descriptor, buffer.baseAddress, count, off_t(offset)))
    }
    return bytes.count == count ? bytes : nil
  }
}

/// A page as it was after a transaction, with what is said of it.
struct LogFrame {
  static let headerSize = 24

  private let bytes: [UInt8]
  /// As they stand in it: over the log up to its end.
  let sums: LogChecksums

  init(bytes: [UInt8], isBigEndian: Bool) {
    self.bytes = bytes
    sums = LogChecksums(in: bytes, at: 16, isBigEndian: isBigEndian)
  }

  /// Counted from 1.
  var page: Int { Int(bytes.word(0)) }
  /// Of the run's file in pages, after the transaction that the frame is the last of; else 0.
  var fileSize: Int { Int(bytes.word(4)) }
  var isCommit: Bool { fileSize != 0 }
  /// Drawn for each log, the first four bytes counted up: one that was there before the log began anew
  /// has others.
  var salts: ArraySlice<UInt8> { bytes[8..<16] }
  /// How often the log had begun anew, counted from some number.
  var generation: UInt32 { bytes.word(8) }
  var content: ArraySlice<UInt8> { bytes[Self.headerSize...] }

  /// Whether it was written behind a frame, or the header, with these sums, and is as it was.
  func follows(_ earlier: LogChecksums) -> Bool {
    var sums = earlier
    sums.add(bytes[..<8])
    sums.add(content)
    return sums == self.sums
  }

  func follows(_ earlier: LogFrame) -> Bool { salts == earlier.salts && follows(earlier.sums) }
}

/// The two sums that SQLite runs over a log, in words of 32 bits.
struct LogChecksums: Equatable {
  private let isBigEndian: Bool
  private var first: UInt32 = 0
  private var second: UInt32 = 0

  /// - Parameter bytes: what they are over from the start; a multiple of 8.
  init(of bytes: ArraySlice<UInt8>, isBigEndian: Bool) {
    self.isBigEndian = isBigEndian
    add(bytes)
  }

  /// Those that stand in the log.
  init(in bytes: [UInt8], at offset: Int, isBigEndian: Bool) {
    self.isBigEndian = isBigEndian
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
  /// Four of them as a number, the highest first.
  func word(_ offset: Int) -> UInt32 {
    self[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
  }
}
