import Glibc

/// Another program on a terminal of its own, as a person would start it.
final class TerminalChild {
  enum Failure: Error, CustomStringConvertible {
    case noTerminal(Int32)
    case notStarted(String, Int32)
    case showsNothing(String, marker: String)
    case neverSettles(String)

    var description: String {
      switch self {
      case .noTerminal(let code): "there is no pseudo-terminal (\(code))"
      case .notStarted(let name, let code): "\(name) did not start (\(code))"
      case .showsNothing(let name, let marker): "\(name) ended, and never showed \"\(marker)\""
      case .neverSettles(let name): "\(name) was not done in \(TerminalChild.patience) s"
      }
    }
  }

  /// What a person saw of it, in seconds from the start of the process.
  struct Sight {
    /// What was looked for came up.
    var painted: Double
    /// Nothing was written any more.
    var settled: Double
    /// Private memory that was resident then, in bytes.
    var memory: Int
  }

  private let command: [String]
  private let id: pid_t
  private let terminal: Int32
  private let start: ContinuousClock.Instant

  /// Seconds after which it is given up.
  private static let patience = 60.0

  static let columns = 120
  static let rows = 40

  /// - Parameter command: the program, searched on `PATH`, and its arguments.
  init(_ command: [String]) throws {
    self.command = command
    terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var (isLocked, number): (CInt, CInt) = (0, 0)
    guard terminal >= 0, ioctl(terminal, Self.setLock, &isLocked) == 0,
      ioctl(terminal, Self.getNumber, &number) == 0
    else { throw Failure.noTerminal(errno) }
    var size = winsize(
      ws_row: UInt16(Self.rows), ws_col: UInt16(Self.columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(terminal, UInt(TIOCSWINSZ), &size)

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // The first terminal that the leader of a session opens is the session's own.
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/pts/\(number)", O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Self.newSession)

    var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) }
    arguments.append(nil)
    var environment: [UnsafeMutablePointer<CChar>?] = Self.environment.map { strdup($0) }
    environment.append(nil)
    defer { for string in arguments + environment { free(string) } }
    var id: pid_t = 0
    start = ContinuousClock().now
    let code = posix_spawnp(&id, command[0], &actions, &attributes, arguments, environment)
    guard code == 0 else {
      close(terminal)
      throw Failure.notStarted(command[0], code)
    }
    self.id = id
  }

  /// `TIOCSPTLCK` and `TIOCGPTN`, which are expressions that Swift does not see.
  private static let setLock: UInt = 0x4004_5431
  private static let getNumber: UInt = 0x8004_5430

  /// `POSIX_SPAWN_SETSID`, which only `_GNU_SOURCE` shows.
  private static let newSession: Int16 = 0x80

  private static var environment: [String] {
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin"
    let home = getenv("HOME").map { String(cString: $0) } ?? "/"
    return ["PATH=\(path)", "HOME=\(home)", "TERM=xterm-256color", "LC_ALL=C.UTF-8"]
  }

  /// Watches until nothing is written and nothing is computed any more, then types `q` and waits for
  /// the end.
  func watch(for marker: String) throws -> Sight {
    defer {
      close(terminal)
      kill(id, SIGKILL)
      var status: Int32 = 0
      waitpid(id, &status, 0)
    }
    var output: [UInt8] = []
    var painted: Double?
    var settled = 0.0
    var busy = -1
    while let more = read(within: 250) {
      guard seconds < Self.patience else { throw Failure.neverSettles(command[0]) }
      if more.isEmpty {
        defer { busy = ticks }
        // On a busy machine it may be a while before it gets to anything.
        if busy == ticks, painted != nil { break }
        continue
      }
      settled = seconds
      guard painted == nil else { continue }
      output += more
      if String(decoding: output, as: UTF8.self).contains(marker) { painted = settled }
    }
    guard let painted else { throw Failure.showsNothing(command[0], marker: marker) }
    let memory = memory
    _ = write(terminal, "q", 1)
    while read(within: 2_000)?.isEmpty == false {}
    return Sight(painted: painted, settled: settled, memory: memory)
  }

  private var seconds: Double { (ContinuousClock().now - start) / .seconds(1) }

  /// - Returns: empty when nothing came in time; nil at the end.
  private func read(within milliseconds: Int32) -> [UInt8]? {
    var descriptor = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
    guard poll(&descriptor, 1, milliseconds) > 0 else { return [] }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = Glibc.read(terminal, &bytes, bytes.count)
    return count > 0 ? Array(bytes[..<count]) : nil
  }

  /// Time that it has computed, in ticks of the system's clock.
  private var ticks: Int {
    // After the name, which may hold anything, in its parentheses.
    let fields = status("stat").split(separator: ")").last?.split(separator: " ") ?? []
    return fields.count > 12 ? (Int(fields[11]) ?? 0) + (Int(fields[12]) ?? 0) : 0
  }

  private var memory: Int {
    let line = status("status").split(separator: "\n").first { $0.hasPrefix("RssAnon:") }
    return (line?.split(separator: " ").dropLast().last.flatMap { Int($0) } ?? 0) << 10
  }

  private func status(_ name: String) -> String {
    guard let file = fopen("/proc/\(id)/\(name)", "r") else { return "" }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 8_192)
    return String(decoding: bytes[..<fread(&bytes, 1, bytes.count, file)], as: UTF8.self)
  }
}
