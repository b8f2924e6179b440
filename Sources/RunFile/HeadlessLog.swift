/// A log whose header is not as it was written, so that SQLite finds nothing in it.
///
/// A log begins anew by a header over the old one, when all that was in it is in the run's file, and no
/// frame is written behind that header before it is on the disk (`sqlite3WalFrames`, with `synchronous`
/// NORMAL as with FULL). So half of a header, which is what a crash leaves, stands before a log that says
/// nothing but what the file says. Behind one that was damaged there may be more.
struct HeadlessLog {
  private let frames: LogFrames
  private let header: [UInt8]

  /// Whether something was committed to the log that the run's file has not.
  static func holdsMore(than path: String, descriptor: Int32, header: [UInt8]) -> Bool {
    guard let file = FileWithoutLog(path) else { return false }
    // Of the two ways to count the sums, one makes a chain of the frames.
    let logs = [false, true].map { isBigEndian in
      HeadlessLog(
        frames: LogFrames(
          descriptor: descriptor, start: header.count, pageSize: file.pageSize,
          isBigEndian: isBigEndian), header: header)
    }
    return (logs.first { $0.chainStart != nil } ?? logs[0]).holdsMore(than: file)
  }

  private func holdsMore(than file: FileWithoutLog) -> Bool {
    var index = start
    guard var frame = frames[index] else { return false }
    // By page, the frame that has it as it was last.
    var latest: [Int: Int] = [:]
    var uncommitted: [Int: Int] = [:]
    var fileSize = 0
    while true {
      uncommitted[frame.page] = index
      if frame.isCommit {
        latest.merge(uncommitted) { $1 }
        uncommitted = [:]
        fileSize = frame.fileSize
      }
      index += 1
      guard let next = frames[index], next.follows(frame) else { break }
      frame = next
    }
    return frames.hasFollowedCommit(from: index, salts: frame.salts)
      || latest.contains { page, index in
        page <= fileSize && file.page(page) != frames[index].map { Array($0.content) }
      }
  }

  /// The first frame of the log; where that is damaged too, the next that another follows.
  private var start: Int {
    guard let first = frames[0], let start = chainStart, let chained = frames[start] else {
      return 0
    }
    // A log of one frame, before what is left of earlier and longer ones.
    let isYounger = (1..<1 << 16).contains(first.generation &- chained.generation)
    return first.salts == chained.salts || isYounger ? 0 : start
  }

  /// The first frame that is known to be followed by, or to follow, what it should.
  private var chainStart: Int? {
    guard var frame = frames[0] else { return nil }
    let isBigEndian = frames.isBigEndian
    if frame.follows(LogChecksums(in: header, at: 24, isBigEndian: isBigEndian))
      || frame.follows(LogChecksums(of: header[..<24], isBigEndian: isBigEndian))
    {
      return 0
    }
    var index = 0
    while let next = frames[index + 1] {
      if next.follows(frame) { return index }
      frame = next
      index += 1
    }
    return nil
  }
}
