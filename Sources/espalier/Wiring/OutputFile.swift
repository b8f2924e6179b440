import Glibc
import RunFile

/// A file that a person has named for a text of ours, a prompt or an export.
struct OutputFile {
  let path: String

  /// - Throws: a `Failure` where the text would replace a run, or no file can be made.
  func check() throws {
    if isStandardOutput { return }
    let old = Files.status(path)
    if old?.isFolder == true { throw Failure("\(path) is a folder. Name a file in it.") }
    let target = try target
    // First by what a link leads to: its own name says nothing, and would be looked behind.
    if [target, path].contains(where: RunFile.isTaken) {
      throw Failure(
        "\(path) is the name of a run or of a database, and neither is ever replaced. Choose "
          + "another.")
    }
    let folder = Self.folder(of: target)
    if old?.isRegular != false, access(folder.isEmpty ? "." : folder, W_OK) != 0 {
      throw fault(inFolderOf: target)
    }
  }

  /// Whether both are one file, which need not be there yet.
  func isSame(as other: String) throws -> Bool {
    if let mine = Files.status(path), let its = Files.status(other) { return mine.isSame(as: its) }
    return try Self.resolved(target) == Self.resolved(OutputFile(path: other).target)
  }

  /// Whether it is the other file, a database, or one that belongs to it.
  func isPart(of other: String) throws -> Bool {
    try ([other] + RunFile.companions(of: other)).contains(where: isSame)
  }

  /// Replaces the file at once and whole, so that a crash or a full disk leaves the old one or the new
  /// one; where the path is a link, the file that it leads to. A device or a pipe is written into.
  ///
  /// `-` is standard output, and so is what leads to the same place, such as `/dev/stdout`.
  func write(_ text: String) throws {
    if isStandardOutput { return Console.out(text, terminator: "") }
    try check()
    let old = Files.status(path)
    // A link to a descriptor of ours, as in `/dev/fd`, may tell of a name that leads elsewhere.
    if let old, try !old.isRegular || Files.status(target)?.isSame(as: old) != true {
      try pour(text)
    } else {
      try replace(by: text, mode: old.map { $0.st_mode & 0o777 })
    }
  }

  /// Whether what is written there goes to standard output, which may be a file.
  var isStandardOutput: Bool {
    var output = stat()
    return path == "-"
      || fstat(STDOUT_FILENO, &output) == 0
        && Files.status(path)?.isSame(as: output) == true
  }

  private func pour(_ text: String) throws {
    let file = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC)
    guard file >= 0 else { throw fault }
    let shown = Console.isTerminal(file) ? Console.shown(text) : text
    let isWritten = Files.write(Array(shown.utf8), to: file)
    let code = errno
    guard close(file) == 0 else { throw fault }
    errno = code
    guard isWritten else { throw fault }
  }

  /// - Parameter mode: of the file that was there. One that was not is its owner's alone, as the run file
  ///   is that it tells of.
  private func replace(by text: String, mode: mode_t?) throws {
    let target = try target
    let draft = "\(target).new-\(getpid())"
    unlink(draft)
    let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw fault(inFolderOf: target) }
    let isWritten =
      fchmod(file, mode ?? 0o600) == 0 && Files.write(Array(text.utf8), to: file)
      && fsync(file) == 0
    let code = errno
    close(file)
    errno = code
    guard isWritten, rename(draft, target) == 0 else {
      let fault = self.fault
      unlink(draft)
      throw fault
    }
  }

  private var fault: Failure { Files.fault("can't be written", path) }

  private func fault(inFolderOf target: String) -> Failure {
    let folder = Self.folder(of: target)
    let name = folder.utf8.count > 1 ? String(folder.dropLast()) : folder
    return Files.fault(
      "can't be written, as no file can be made in \(name.isEmpty ? "this folder" : name)", path)
  }
}

// MARK: - Links

extension OutputFile {
  /// As many as the kernel follows.
  private static let mostLinks = 40

  /// The path without the links that it ends with; the last may lead to nothing.
  private var target: String {
    get throws {
      var target = path
      for _ in 0..<Self.mostLinks {
        guard let link = try link(at: target) else { return target }
        target = link.utf8.first == UInt8(ascii: "/") ? link : Self.folder(of: target) + link
      }
      errno = ELOOP
      throw fault
    }
  }

  /// Where the link leads; nil for what is none.
  private func link(at path: String) throws -> String? {
    var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(path, &bytes, bytes.count)
    guard count >= 0 else { return nil }
    guard let link = String(validating: bytes[..<count], as: UTF8.self) else {
      errno = EILSEQ
      throw fault
    }
    return link
  }

  /// With the slash at its end; nothing for a name alone.
  private static func folder(of path: String) -> String { String(path[..<nameStart(in: path)]) }

  /// Behind the last slash, which is one Character with what follows where a name begins with a
  /// combining mark.
  private static func nameStart(in path: String) -> String.Index {
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map(path.utf8.index(after:)) ?? path.startIndex
  }

  /// The path from the root on, without any link above the file.
  private static func resolved(_ path: String) -> String {
    let folder = folder(of: path)
    guard let real = realpath(folder.isEmpty ? "." : folder, nil) else { return path }
    defer { free(real) }
    return String(cString: real) + "/" + path[nameStart(in: path)...]
  }
}
