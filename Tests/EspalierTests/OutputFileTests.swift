import Glibc
import RunFile
import Testing

@testable import espalier

@Suite struct OutputFileTests {
  let folder: Folder

  init() throws { folder = try Folder() }

  private func file(_ name: String) -> OutputFile { OutputFile(path: folder.path(name)) }

  @Test func `a new file is its owner's alone`() throws {
    try file("new.md").write("A prompt.")
    #expect(try folder.text("new.md") == "A prompt.")
    #expect(try folder.permissions("new.md") == 0o600)
    #expect(try folder.names() == ["new.md"])
  }

  @Test func `a file that is replaced keeps its mode`() throws {
    let path = try folder.write("Old.", to: "a.md")
    #expect(chmod(path, 0o640) == 0)
    try file("a.md").write("New.")
    #expect(try folder.text("a.md") == "New.")
    #expect(try folder.permissions("a.md") == 0o640)
  }

  @Test(arguments: [true, false])
  func `a link stays, and the file that it leads to is replaced or made`(isThere: Bool) throws {
    #expect(mkdir(folder.path("texts"), 0o700) == 0)
    if isThere { try folder.write("Old.", to: "texts/a.md") }
    #expect(symlink("a.md", folder.path("texts/link")) == 0)
    #expect(symlink("texts/link", folder.path("link")) == 0)
    try file("link").write("New.")
    #expect(try folder.text("texts/a.md") == "New.")
    #expect(try folder.names() == ["link", "texts"])
    #expect(try folder.names("texts") == ["a.md", "link"])
    var status = stat()
    #expect(lstat(folder.path("link"), &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
  }

  @Test func `links that lead in a circle are told`() throws {
    #expect(symlink("b", folder.path("a")) == 0 && symlink("a", folder.path("b")) == 0)
    let error = #expect(throws: Failure.self) { try file("a").write("New.") }
    #expect(error?.description.contains("Too many levels of symbolic links") == true)
  }

  @Test func `a pipe is written into, and stays one`() throws {
    let path = folder.path("pipe")
    #expect(mkfifo(path, 0o600) == 0)
    let reader = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    defer { close(reader) }
    try file("pipe").write("A prompt.")
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = read(reader, &bytes, bytes.count)
    #expect(String(decoding: bytes.prefix(max(0, count)), as: UTF8.self) == "A prompt.")
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
  }

  @Test func `a folder is refused`() throws {
    let error = #expect(throws: Failure.self) { try OutputFile(path: folder.path).check() }
    #expect(error?.description == "\(folder.path) is a folder. Name a file in it.")
  }

  @Test func `no run, no database and nothing beside one is replaced`() throws {
    try ReplyCache(path: folder.path("replies")).close()
    let cache = try folder.bytes("replies")
    #expect(symlink("replies", folder.path("link")) == 0)
    #expect(symlink("a.espalier", folder.path("dangling")) == 0)
    for name in [
      "a.espalier", "a.espalier-wal", "a.espalier-lock", "replies", "replies-wal", "link",
      "dangling",
    ] {
      let error = #expect(throws: Failure.self) { try file(name).write("New.") }
      #expect(error?.description.contains("neither is ever replaced") == true)
    }
    #expect(try folder.bytes("replies") == cache)
    #expect(try folder.names() == ["dangling", "link", "replies"])
  }

  /// To look into it would cost this process its locks.
  @Test func `a database that is open here is known without a look`() throws {
    let cache = try ReplyCache(path: folder.path("replies"))
    defer { cache.close() }
    #expect(RunFile.isTaken(folder.path("replies")))
    // Nor is what belongs to it.
    #expect(symlink("replies-shm", folder.path("link")) == 0)
    let locks = try heldLocks()
    #expect(!locks.isEmpty)
    for name in ["replies-shm", "replies-wal", "link"] {
      #expect(throws: Failure.self, "\(name)") { try file(name).check() }
    }
    #expect(try heldLocks() == locks)
  }

  /// What the system says of the locks that this process has on the file beside the cache.
  private func heldLocks() throws -> [String] {
    var status = stat()
    #expect(stat(folder.path("replies-shm"), &status) == 0)
    let locks = String(decoding: try Files.read("/proc/locks"), as: UTF8.self)
    return locks.split(separator: "\n").map { $0.split(separator: " ").dropFirst() }
      .filter { $0.contains("\(getpid())") && $0.contains { $0.hasSuffix(":\(status.st_ino)") } }
      .map { $0.joined(separator: " ") }
  }

  @Test func `a file is known by all of its names, and before it is there`() throws {
    try folder.write("", to: "a")
    #expect(mkdir(folder.path("texts"), 0o700) == 0)
    // The last begins with a combining mark.
    let names = ["a", "b", "\u{301}b"]
    for name in names { #expect(symlink("../\(name)", folder.path("texts/\(name)")) == 0) }
    for name in names {
      for other in [name, "./\(name)", "texts/\(name)", "texts/../\(name)"] {
        #expect(try file(other).isSame(as: folder.path(name)), "\(other)")
      }
    }
    #expect(try !file("a").isSame(as: folder.path("b")))
    #expect(try !file("b").isSame(as: folder.path("c")))
  }
}

// MARK: - By the commands

/// What people tell the program to write to.
struct NamedOutputTests {
  @Test func `to save the prompt costs no run, and a mistake there leaves none`() async throws {
    let folder = try Folder()
    let run = RunTests.small
    let whole = try await Program.run(
      run + ["--run", "a.espalier", "--save-prompt", "a.md", "--cache", "replies"], in: folder)
    #expect(whole.code == 0, "\(whole.errors)")
    let (bytes, names) = (try folder.bytes("a.espalier"), try folder.names())
    for arguments in [
      run + ["--run", "b.espalier", "--save-prompt", "b.espalier"],
      run + ["--run", "b", "--save-prompt", "./b"],
      run + ["--run", "b", "--cache", "c", "--save-prompt", "c"],
      run + ["--run", "b", "--save-prompt", "b-wal"],
      run + ["--run", "./b", "--save-prompt", "b-lock"],
      run + ["--run", "b", "--cache", "c", "--save-prompt", "c-shm"],
      run + ["--run", "b", "--cache", "b-lock"], run + ["--run", "c-wal", "--cache", "c"],
      run + ["--run", "b", "--cache", "b"], run + ["--save-prompt", "a.espalier"],
      run + ["--save-prompt", "replies"], run + ["--save-prompt", "."],
      run + ["--save-prompt", "-"], run + ["--json", "--save-prompt", "/dev/stdout"],
      run + ["--save-prompt", "no/such/folder.txt"],
      ["resume", "a.espalier", "--headless", "--save-prompt", "a.espalier"],
    ] {
      let end = try await Program.run(arguments, in: folder)
      #expect(end.code == 1, "\(arguments)")
      #expect(end.output.isEmpty && end.errors.hasPrefix("Error: "), "\(arguments) \(end.errors)")
    }
    let left = try folder.names().filter {
      !$0.hasPrefix("output-") && !$0.hasPrefix("errors-")
    }
    #expect(left == names.filter { !$0.hasPrefix("output-") && !$0.hasPrefix("errors-") })
    #expect(try folder.bytes("a.espalier") == bytes)
  }

  @Test(arguments: ["-", "/proc/self/fd/1"])
  func `an export can name standard output`(_ name: String) async throws {
    let folder = try Folder()
    let run = try await Program.run(RunTests.small + ["--run", "a.espalier"], in: folder)
    let end = try await Program.run(
      "export", "a.espalier", "--format", "prompt", "-o", name, in: folder)
    #expect(end.code == 0, "\(end.errors)")
    #expect(end.output == run.output)
    #expect(try !folder.names().contains("-"))
  }
}
