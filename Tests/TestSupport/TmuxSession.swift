import Glibc
package import Screen

/// A program in a real terminal, that of tmux: for tests that press keys and look at the screen.
///
/// Each session is a tmux server of its own, without anyone's configuration. `stop` ends it, and so does the end of
/// this object; what runs in it gets SIGHUP.
package final class TmuxSession {
  package enum Failure: Error, CustomStringConvertible {
    case tmux(arguments: [String], status: Int32, output: String)
    case timedOut(waitingFor: String, screen: String)

    package var description: String {
      switch self {
      case .tmux(let arguments, let status, let output):
        "tmux \(arguments.joined(separator: " ")) ended with \(status): \(output)"
      case .timedOut(let what, let screen):
        "waited in vain for \(what); the screen shows:\n\(screen)"
      }
    }
  }

  /// Whether there is a tmux on this machine. Tests that need it are skipped visibly without: `.enabled(if:)`.
  package static let isAvailable = (try? tmux(["-V"]))?.status == 0

  private let socket: String
  private var isRunning = true

  /// Starts a command line of the shell. `environment` is added to what the tests run in; TERM is that of tmux with 256
  /// colours, the locale is C.UTF-8, and LINES and COLUMNS are unset, unless it says otherwise.
  package init(
    _ command: String, size: Size = Size(width: 80, height: 24),
    environment: [String: String] = [:]
  ) throws {
    socket = "espalier-\(getpid())-\(UInt32.random(in: .min ... .max))"
    var variables = ["TERM": "tmux-256color", "LC_ALL": "C.UTF-8"]
    variables.merge(environment) { _, own in own }
    let settings = variables.sorted { $0.key < $1.key }
      .map { "\($0.key)=\(Self.quoted($0.value))" }
    let line = "env -u LINES -u COLUMNS -u NO_COLOR \(settings.joined(separator: " ")) \(command)"
    try run([
      "-f", "/dev/null", "new-session", "-d", "-x", "\(size.width)", "-y", "\(size.height)", line,
      ";", "set-option", "-g", "status", "off",
      ";", "set-option", "-g", "window-size", "manual",
      ";", "set-option", "-g", "remain-on-exit", "on",
      ";", "set-option", "-s", "escape-time", "0",
    ])
  }

  deinit {
    stop()
  }

  /// A text as one word of a shell command.
  package static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
      + "'"
  }

  /// Presses keys by tmux's names: `"Up"`, `"Enter"`, `"C-c"`, `"x"`.
  package func sendKeys(_ keys: String...) throws {
    try run(["send-keys", "-t", "0"] + keys)
  }

  /// Types a text letter by letter.
  package func type(_ text: String) throws {
    try run(["send-keys", "-t", "0", "-l", text])
  }

  /// What the screen shows, without blanks at the ends of rows.
  package func capture() throws -> String {
    try run(["capture-pane", "-p", "-t", "0"])
  }

  /// What the screen shows with the escape sequences for its colours and weights.
  package func captureWithEscapes() throws -> String {
    try run(["capture-pane", "-p", "-e", "-t", "0"])
  }

  package func resize(_ size: Size) throws {
    try run(["resize-window", "-t", "0", "-x", "\(size.width)", "-y", "\(size.height)"])
  }

  /// The device of the terminal, for a test that draws on it itself.
  package func device() throws -> String {
    try ask("#{pane_tty}")
  }

  /// The process that was started.
  package func processID() throws -> Int32 {
    Int32(try ask("#{pane_pid}")) ?? -1
  }

  /// The exit status of the command; nil while it runs, 128 and more after a signal.
  package func exitStatus() throws -> Int32? {
    let answer = try ask("#{pane_dead} #{pane_dead_status} #{pane_dead_signal}")
    let parts = answer.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.first == "1", parts.count == 3 else { return nil }
    if let status = Int32(parts[1]) ?? Int32(parts[2]).map({ 128 + $0 }) { return status }
    // A pane is dead when its terminal is closed; how the process ended should be known a moment
    // later. But tmux 3.3a now and then misses the end of a child, which stays a zombie: remind it.
    if let server = Int32(try ask("#{pid}")) { kill(server, SIGCHLD) }
    return nil
  }

  /// Where the terminal's cursor is, and whether it can be seen.
  package func cursor() throws -> (place: Point, isVisible: Bool) {
    let parts = try ask("#{cursor_x} #{cursor_y} #{cursor_flag}").split(separator: " ")
      .compactMap { Int($0) }
    guard parts.count == 3 else { return (Point(x: -1, y: -1), false) }
    return (Point(x: parts[0], y: parts[1]), parts[2] == 1)
  }

  /// Looks at the screen until it is as wanted, and returns it then. Throws after `deadline`.
  @discardableResult
  package func waitUntil(
    _ what: String, deadline: Duration = .seconds(20), _ condition: (String) throws -> Bool
  ) throws -> String {
    let end = ContinuousClock.now + deadline
    while true {
      let screen = try capture()
      if try condition(screen) { return screen }
      if ContinuousClock.now > end { throw Failure.timedOut(waitingFor: what, screen: screen) }
      usleep(10_000)
    }
  }

  /// Looks at the screen until it shows a text.
  @discardableResult
  package func waitFor(_ text: String, deadline: Duration = .seconds(20)) throws -> String {
    try waitUntil("\"\(text)\"", deadline: deadline) { $0.contains(text) }
  }

  /// Waits for the command to end, and returns its exit status.
  package func waitForExit(deadline: Duration = .seconds(20)) throws -> Int32 {
    var status: Int32?
    try waitUntil("the end of the program", deadline: deadline) { _ in
      status = try exitStatus()
      return status != nil
    }
    return status ?? -1
  }

  /// Ends the tmux server and all that runs in it, and waits for its end.
  package func stop() {
    guard isRunning else { return }
    isRunning = false
    let server = try? pid_t(ask("#{pid}"))
    _ = try? Self.tmux(["-L", socket, "kill-server"])
    let end = ContinuousClock.now + .seconds(5)
    while let server, Self.isAlive(server) {
      // A program that does not end by SIGHUP keeps its server waiting.
      if ContinuousClock.now > end { kill(server, SIGKILL) }
      usleep(2_000)
    }
    unlink("/tmp/tmux-\(getuid())/\(socket)")
  }

  /// Whether a process runs: one that has ended and that nobody has asked for yet does not.
  private static func isAlive(_ process: pid_t) -> Bool {
    guard let file = fopen("/proc/\(process)/stat", "re") else { return false }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard fgets(&line, Int32(line.count), file) != nil else { return false }
    return strstr(line, ") Z ") == nil
  }

  private func ask(_ format: String) throws -> String {
    let answer = try run(["display-message", "-p", "-t", "0", format])
    return String(answer.prefix { $0 != "\n" })
  }

  @discardableResult
  private func run(_ arguments: [String]) throws -> String {
    let (status, output) = try Self.tmux(["-L", socket] + arguments)
    guard status == 0 else {
      throw Failure.tmux(arguments: arguments, status: status, output: output)
    }
    return output
  }

  /// Runs tmux to its end: a client, which never runs long. The server that it may start outlives it
  /// with all that it inherits.
  private static func tmux(_ arguments: [String]) throws -> (status: Int32, output: String) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw PseudoTerminal.Failure(code: errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[0]) }
    let client: ChildProcess
    do {
      defer { close(ends[1]) }
      client = try ChildProcess("tmux", ["-u"] + arguments, output: ends[1], errors: ends[1])
    }
    var output: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(ends[0], &part, part.count)
      if count <= 0 { break }
      output += part[..<count]
    }
    return (client.wait(), String(decoding: output, as: UTF8.self))
  }
}
