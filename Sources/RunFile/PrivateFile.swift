import Glibc

/// Files and folders that only their owner may read.
enum PrivateFile {
  /// Makes the folder and those above it that are missing, each with mode 0700.
  static func makeFolder(_ path: String) throws {
    if path.isEmpty || isFolder(path) { return }
    try makeFolder(parent(of: path))
    if mkdir(path, 0o700) != 0, errno != EEXIST { throw writeFault(path) }
    try synchronizeFolder(of: path)
  }

  /// Makes an empty file with mode 0600, whatever the umask, in place of one that may be there.
  static func makeAnew(_ path: String) throws {
    unlink(path)
    let descriptor = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw writeFault(path) }
    close(descriptor)
  }

  /// Gives the file at `source` the name `path` in one step, and never replaces another file.
  static func place(_ source: String, at path: String) throws {
    guard link(source, path) == 0 else {
      if errno == EEXIST { throw RunFileError.exists(path: path) }
      throw writeFault(path)
    }
    unlink(source)
    do {
      try synchronizeFolder(of: path)
    } catch {
      unlink(path)
      throw error
    }
  }

  /// After it the content of the file survives a loss of power.
  static func synchronize(_ path: String) throws {
    let descriptor = open(path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { throw writeFault(path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw syncFault(path) }
  }

  /// After it the names in the folder survive a loss of power, where the file system can have that.
  private static func synchronizeFolder(of path: String) throws {
    let descriptor = open(parent(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw syncFault(path) }
  }

  static func parent(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The path of what belongs to a file and is named as the file with `suffix` behind it.
  ///
  /// Where `path` is a symbolic link it lies beside the file that this leads to: SQLite has its files
  /// there, and by whatever path somebody names a run, there is one lock of it.
  static func companion(_ suffix: String, of path: String) -> String {
    guard let real = realpath(path, nil) else { return path + suffix }
    defer { free(real) }
    // A folder above it may have a name that is not UTF-8.
    return (String(validatingCString: real) ?? path) + suffix
  }

  static func exists(_ path: String) -> Bool { size(of: path) != nil }

  /// In bytes; nil when there is no such file.
  static func size(of path: String) -> Int? {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : nil
  }

  /// In bytes, of a run file and what lies beside it.
  static func wholeSize(of path: String) -> Int {
    ["", "-wal", "-lock"].reduce(0) { $0 + (size(of: companion($1, of: path)) ?? 0) }
  }

  private static func isFolder(_ path: String) -> Bool { kind(of: path) == S_IFDIR }

  /// By the constants of stat(2), links followed; nil when there is nothing.
  private static func kind(of path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }

  /// Refuses what it might take for ever to open, such as a pipe, before it is opened.
  /// - Throws: `RunFileError.missing`, `.notAFile`, or why it can't be looked at.
  static func checkIsFile(_ path: String) throws {
    guard let kind = kind(of: path) else { throw readFault(path) }
    if kind != S_IFREG { throw RunFileError.notAFile(path: path, isFolder: kind == S_IFDIR) }
  }

  /// What the last failed call of the system says.
  static func canMakeFile(beside path: String) -> Bool {
    let folder = parent(of: path)
    return access(folder.isEmpty ? "." : folder, W_OK) == 0
  }

  static var lastFault: String { String(cString: strerror(errno)) }

  /// Why the file could not be made, by the last failed call of the system.
  static func writeFault(_ path: String) -> RunFileError {
    isFull(errno) ? .diskFull(path: path) : .notWritable(path: path, reason: lastFault)
  }

  /// Why the file could not be read, by the last failed call of the system.
  private static func readFault(_ path: String) -> RunFileError {
    switch errno {
    case ENOENT, ENOTDIR: .missing(path: path)
    case EACCES, EPERM: .notReadable(path: path, reason: lastFault)
    default: .failed(path: path, reason: lastFault)
    }
  }

  private static func syncFault(_ path: String) -> RunFileError {
    isFull(errno) ? .diskFull(path: path) : .failed(path: path, reason: lastFault)
  }

  private static func isFull(_ code: Int32) -> Bool { code == ENOSPC || code == EDQUOT }

  /// Whether the disk of the file has no space left. SQLite does not say so of each change that fails
  /// for it.
  static func isDiskFull(_ path: String) -> Bool {
    var disk = statvfs()
    guard statvfs(parent(of: path), &disk) == 0 else { return false }
    return disk.f_bavail < 8 || disk.f_files > 0 && disk.f_favail == 0
  }
}

extension PrivateFile {
  static func remove(_ path: String) { unlink(path) }

  /// The first bytes of the file; fewer when it has not so many.
  static func start(of path: String, count: Int) throws -> [UInt8] {
    // What was a file a moment ago may be a pipe.
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw readFault(path) }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: count)
    let found = read(descriptor, &bytes, count)
    guard found >= 0 else { throw RunFileError.failed(path: path, reason: lastFault) }
    return Array(bytes[..<found])
  }
}

extension PrivateFile {
  /// What a file is by whatever name it is called.
  struct Identity: Hashable, Sendable {
    let device: dev_t
    let number: ino_t
  }

  /// nil when there is no such file.
  static func identity(of path: String) -> Identity? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return Identity(device: status.st_dev, number: status.st_ino)
  }

  static func isLink(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }
}

extension PrivateFile {
  /// What the folder holds; nothing when there is none.
  /// - Throws: `RunFileError` when it can't be read.
  static func names(in folder: String) throws -> [String] {
    guard let stream = opendir(folder.isEmpty ? "." : folder) else {
      if errno == ENOENT { return [] }
      throw readFault(folder)
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      names.append(name)
    }
    return names
  }
}
