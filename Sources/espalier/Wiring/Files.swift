import Glibc

/// Whole files that are read, with errors that name them.
enum Files {
  static func read(_ path: String) throws -> [UInt8] {
    guard let file = fopen(path, "rb") else { throw fault("can't be read", path) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      bytes += buffer[..<count]
      if count < buffer.count { break }
    }
    guard ferror(file) == 0 else { throw fault("can't be read", path) }
    return bytes
  }

  /// Whether it is there and no folder, pipe or device; to open some of these takes for ever.
  static func isRegular(_ path: String) -> Bool { status(path)?.isRegular == true }

  /// Links followed; nil when there is nothing.
  static func status(_ path: String) -> stat? {
    var status = stat()
    return stat(path, &status) == 0 ? status : nil
  }

  /// Without the mark that some editors put before UTF-8.
  static func text(_ path: String) throws -> String {
    var bytes = try read(path)[...]
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { bytes = bytes.dropFirst(3) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      if bytes.starts(with: "SQLite format 3".utf8) {
        throw Failure("\(path) is a database, such as a run file is, and no text.")
      }
      throw Failure("\(path) is not UTF-8 text. Save it as UTF-8.")
    }
    return text
  }

  /// Writes all of it, and waits where there is no room at the moment, as in a pipe.
  ///
  /// - Returns: false with `errno` set where it can't be written.
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        var room = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&room, 1, -1)
      } else if errno != EINTR {
        return false
      }
    }
    return true
  }

  /// Why not, by the last failed call of the system.
  static func fault(_ what: String, _ path: String) -> Failure {
    Failure("\(path) \(what): \(String(cString: strerror(errno))).")
  }
}

extension stat {
  var isRegular: Bool { st_mode & S_IFMT == S_IFREG }
  var isFolder: Bool { st_mode & S_IFMT == S_IFDIR }

  func isSame(as other: stat) -> Bool { st_ino == other.st_ino && st_dev == other.st_dev }
}
