import Glibc

/// The `-wal` of a run that nobody writes, looked at without SQLite, by sqlite.org/walformat.html.
///
/// SQLite reads it up to the first frame that is not as it was written. This is right for what a crash
/// leaves, and loses all that follows where the log has been damaged: the two must be told apart.
enum Log {
  private static let headerSize = 32

  /// Whether there is more in the log of the run than SQLite would find in it.
  ///
  /// - Returns: false as well where only its last transaction is not whole. A loss of power leaves
  ///   that: a transaction is on the disk before the next begins, but its own frames come there in any
  ///   order.
  static func isDamaged(of path: String) -> Bool {
    let descriptor = open(PrivateFile.companion("-wal", of: path), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    guard let header = LogFrames.read(headerSize, of: descriptor, at: 0) else { return false }
    let isBigEndian = header[3] & 1 == 1
    let sums = LogChecksums(of: header[..<24], isBigEndian: isBigEndian)
    let pageSize = Int(header.word(8))
    guard header.word(0) | 1 == 0x377f_0683, LogFrames.canBe(pageSize: pageSize),
      sums == LogChecksums(in: header, at: 24, isBigEndian: isBigEndian)
    else { return HeadlessLog.holdsMore(than: path, descriptor: descriptor, header: header) }
    let frames = LogFrames(
      descriptor: descriptor, start: headerSize, pageSize: pageSize, isBigEndian: isBigEndian)
    let salts = header[16..<24]
    var (last, count) = (sums, 0)
    while let frame = frames[count], frame.salts == salts, frame.follows(last) {
      last = frame.sums
      count += 1
    }
    return frames.hasFollowedCommit(from: count, salts: salts)
  }
}
