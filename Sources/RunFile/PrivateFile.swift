import Glibc

/// Files and folders that only their owner may read.
enum PrivateFile {
  /// Makes the folder and those above it that are missing, each with mode 0700.
  static func makeFolder(_ path: String) throws {
    if path.isEmpty || isFolder(path) { return }
    try makeFolder(parent(of: path))
    if mkdir(path, 0o700) != 0, errno != EEXIST {
      throw RunFileError.notWritable(path: path, reason: lastFault)
    }
  }

  /// Makes an empty file with mode 0600, whatever the umask, in place of one that may be there.
  static func makeAnew(_ path: String) throws {
    unlink(path)
    let descriptor = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw RunFileError.notWritable(path: path, reason: lastFault)
    }
    close(descriptor)
  }

  /// Gives the file at `source` the name `path` in one step, and never replaces another file.
  static func place(_ source: String, at path: String) throws {
    guard link(source, path) == 0 else {
      if errno == EEXIST { throw RunFileError.exists(path: path) }
      throw RunFileError.notWritable(path: path, reason: lastFault)
    }
    unlink(source)
    synchronizeFolder(of: path)
  }

  /// After it the content of the file survives a loss of power.
  static func synchronize(_ path: String) throws {
    let descriptor = open(path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw RunFileError.notWritable(path: path, reason: lastFault)
    }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else {
      throw RunFileError.failed(path: path, reason: lastFault)
    }
  }

  /// After it the names in the folder survive a loss of power.
  private static func synchronizeFolder(of path: String) {
    let descriptor = open(parent(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  static func parent(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  static func exists(_ path: String) -> Bool { size(of: path) != nil }

  /// In bytes; nil when there is no such file.
  static func size(of path: String) -> Int? {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : nil
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// What the last failed call of the system says.
  static var lastFault: String { String(cString: strerror(errno)) }
}

extension PrivateFile {
  static func remove(_ path: String) { unlink(path) }

  /// The first bytes of the file; fewer when it has not so many.
  static func start(of path: String, count: Int) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw RunFileError.failed(path: path, reason: lastFault) }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: count)
    let found = read(descriptor, &bytes, count)
    guard found >= 0 else { throw RunFileError.failed(path: path, reason: lastFault) }
    return Array(bytes[..<found])
  }
}

extension PrivateFile {
  /// What the folder holds; nothing when it can't be read.
  static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder.isEmpty ? "." : folder) else { return [] }
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
