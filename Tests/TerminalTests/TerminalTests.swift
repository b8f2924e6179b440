import Glibc
import Screen
import Terminal
import TestSupport
import Testing
import Theme

/// The terminal by its bytes. One after the other: a process has one terminal, and one set of signal handlers.
extension TerminalRoom {
  @Suite struct TerminalTests {
    private let pseudo: PseudoTerminal
    private let theme: Theme

    init() throws {
      pseudo = try PseudoTerminal(size: Size(width: 40, height: 6))
      theme = try Theme.named("espalier-dark")
    }

    private func open(type: String = "xterm-256color", isColorless: Bool = false) throws -> Terminal
    {
      try Terminal(theme: theme, path: pseudo.path, type: type, isColorless: isColorless)
    }

    /// Waits for input as the main loop does, and takes it.
    private func next(_ terminal: Terminal) -> Input? {
      if let input = terminal.nextInput() { return input }
      terminal.wait(timeout: .seconds(10))
      return terminal.nextInput()
    }

    @Test func `it has the terminal's size and colours`() throws {
      let terminal = try open()
      #expect(terminal.size == Size(width: 40, height: 6))
      #expect(terminal.colors == .c256)
      #expect(terminal.isUTF8)
    }

    @Test(arguments: [("xterm", ColorDepth.c8), ("vt100", .mono), ("linux", .c8)])
    func `it falls back to what the terminal has`(type: String, depth: ColorDepth) throws {
      let terminal = try open(type: type)
      #expect(terminal.colors == depth)
      var surface = Surface(terminal.size)
      surface.put("kept", x: 0, y: 0, .kept)
      terminal.draw(surface)
      #expect(pseudo.read(until: "kept").contains("kept"))
    }

    @Test func `without colour no colour is sent`() throws {
      let terminal = try open(isColorless: true)
      var surface = Surface(terminal.size)
      for (y, role) in StyleRole.allCases.prefix(6).enumerated() {
        surface.put("text", x: 0, y: y, role)
      }
      terminal.draw(surface)
      terminal.close()
      let sent = pseudo.read(until: "\u{1B}[?1049l")
      #expect(terminal.colors == .mono)
      #expect(!sent.contains("\u{1B}[38;") && !sent.contains("\u{1B}[48;"))
    }

    @Test func `a locale without UTF-8 gets ASCII`() async throws {
      let path = pseudo.path
      await #expect(processExitsWith: .exitCode(0)) { [path = path as String] in
        setenv("LC_ALL", "C", 1)
        let theme = try Theme.named("espalier-dark")
        let terminal = try Terminal(theme: theme, path: path, type: "xterm-256color")
        guard !terminal.isUTF8 else { exit(3) }
        var surface = Surface(terminal.size)
        surface.drawBox(surface.bounds)
        surface.put("┗━ é日", x: 2, y: 1)
        terminal.draw(surface)
        terminal.close()
        exit(0)
      }
      let sent = pseudo.read(until: "\u{1B}[?1049l")
      #expect(sent.contains("#= ??"))
      #expect(sent.utf8.allSatisfy { $0 < 0x80 })
    }

    @Test func `closing restores the terminal, once`() throws {
      let terminal = try open()
      #expect(!pseudo.isSane)
      terminal.close()
      #expect(pseudo.isSane)
      let sent = pseudo.read(until: "\u{1B}[?1049l")
      #expect(sent.contains("\u{1B}[?1049l"), "leaves the full screen")
      #expect(sent.contains("\u{1B}[?12l\u{1B}[?25h"), "shows the cursor")
      terminal.close()
      #expect(pseudo.read() == "")
      #expect(terminal.nextInput() == nil)
    }

    @Test func `a second one is refused while one is open`() throws {
      let terminal = try open()
      #expect(throws: TerminalError.alreadyOpen) { try open() }
      terminal.close()
      try open().close()
    }

    @Test func `what cannot be a full screen says why`() {
      #expect(throws: TerminalError.cannotMoveCursor(type: "dumb")) { try open(type: "dumb") }
      #expect(throws: TerminalError.unknownType("")) { try open(type: "") }
      #expect(throws: TerminalError.unknownType("no-such-type")) { try open(type: "no-such-type") }
      #expect(throws: TerminalError.noTerminal(path: "/dev/null")) {
        try Terminal(theme: theme, path: "/dev/null", type: "xterm")
      }
      #expect(pseudo.isSane)
    }

    @Test func `only what changed is sent`() throws {
      let terminal = try open()
      var surface = Surface(terminal.size)
      for y in 0..<6 { surface.put("a row of the tree \(y)", x: 0, y: y) }
      terminal.draw(surface)
      pseudo.read(until: "tree 5")
      terminal.draw(surface)
      surface.put("B", x: 0, y: 3)
      terminal.draw(surface)
      let sent = pseudo.read(until: "B")
      #expect(sent.contains("B") && sent.utf8.count < 60, "\(sent.debugDescription)")
      terminal.theme = try Theme.named("espalier-light")
      terminal.draw(surface)
      #expect(pseudo.read(until: "5").contains("\u{1B}[38;5;235"))
    }

    static let keys: [(String, [Key])] = [
      ("x", [.character("x")]), ("é", [.character("é")]), ("日", [.character("日")]),
      ("\r", [.enter]), ("\n", [.enter]), ("\t", [.tab]), ("\u{1B}[Z", [.backTab]),
      ("\u{7F}", [.backspace]), ("\u{8}", [.backspace]), ("\u{3}", [.control("c")]),
      ("\u{1}", [.control("a")]), ("\u{1B}", [.escape]),
      ("\u{1B}OA\u{1B}[A", [.up, .up]), ("\u{1B}OB\u{1B}[B", [.down, .down]),
      ("\u{1B}OC\u{1B}[C", [.right, .right]), ("\u{1B}OD\u{1B}[D", [.left, .left]),
      ("\u{1B}[5~\u{1B}[6~", [.pageUp, .pageDown]),
      ("\u{1B}[H\u{1B}OH\u{1B}[1~", [.home, .home, .home]),
      ("\u{1B}[F\u{1B}OF\u{1B}[4~", [.end, .end, .end]), ("\u{1B}[3~", [.delete]),
      ("ab", [.character("a"), .character("b")]),
    ]

    @Test(arguments: keys) func `keys are decoded`(bytes: String, keys: [Key]) throws {
      let terminal = try open()
      pseudo.press(bytes)
      for key in keys { #expect(next(terminal) == .key(key)) }
      #expect(terminal.nextInput() == nil)
    }

    @Test func `a new size arrives with the signal`() throws {
      let terminal = try open()
      for size in [
        Size(width: 20, height: 6), Size(width: 200, height: 60), Size(width: 1, height: 1),
      ] {
        pseudo.resize(size)
        kill(getpid(), SIGWINCH)
        #expect(next(terminal) == .resized(size))
        #expect(terminal.nextInput() == nil)
        var surface = Surface(Size(width: 80, height: 24))
        surface.put("日本語", x: 0, y: 0)
        terminal.draw(surface)
        pseudo.read()
      }
    }

    @Test(arguments: [
      (SIGTERM, Input.terminate), (SIGQUIT, .terminate), (SIGHUP, .hangup), (SIGINT, .interrupt),
    ])
    func `signals reach the loop, and the old handlers come back`(signal: Int32, input: Input)
      throws
    {
      let before = handler(of: signal)
      let terminal = try open()
      #expect(handler(of: signal) != before)
      kill(getpid(), signal)
      #expect(next(terminal) == input)
      terminal.close()
      #expect(handler(of: signal) == before)
    }

    private func handler(of signal: Int32) -> UInt {
      var action = sigaction()
      sigaction(signal, nil, &action)
      return unsafeBitCast(action.__sigaction_handler.sa_handler, to: UInt.self)
    }

    @Test func `any thread can wake the loop`() async throws {
      let terminal = try open()
      let waker = terminal.waker
      waker.wake()
      waker.wake()
      terminal.wait()
      terminal.wait(timeout: .zero)
      #expect(terminal.nextInput() == nil)
      let thread = Thread { waker.wake() }
      terminal.wait()
      thread.join()
    }

    @Test func `a terminal that is gone is a hang-up, once`() throws {
      var other: PseudoTerminal? = try PseudoTerminal(size: Size(width: 10, height: 3))
      let path = try #require(other?.path)
      let terminal = try Terminal(theme: theme, path: path, type: "xterm", isColorless: false)
      other?.read()
      other = nil
      #expect(next(terminal) == .hangup)
      terminal.draw(Surface(width: 10, height: 3))
      terminal.wait(timeout: .milliseconds(1))
      #expect(terminal.nextInput() == nil)
      terminal.close()
    }

    @Test func `a crash leaves a sane terminal, and then its message`() async throws {
      let path = pseudo.path
      await #expect(processExitsWith: .signal(SIGILL)) { [path = path as String] in
        let device = Glibc.open(path, O_RDWR | O_NOCTTY)
        dup2(device, STDERR_FILENO)
        let theme = try Theme.named("espalier-dark")
        let terminal = try Terminal(theme: theme, path: path, type: "xterm-256color")
        terminal.draw(Surface(terminal.size))
        Self.trap(terminal.size.width)
      }
      #expect(pseudo.isSane)
      pseudo.read(until: "Fatal error: Index out of range")
      let parts = pseudo.output.split(separator: "\u{1B}[?1049l")
      #expect(parts.count == 2, "\(pseudo.output.debugDescription)")
      #expect(parts.first?.contains("\u{1B}[?1049h") == true)
      #expect(parts.first?.contains("Fatal error") == false)
      #expect(parts.first?.hasSuffix("\u{1B}[?1l\u{1B}>") == true)
      #expect(parts.last?.contains("Fatal error: Index out of range") == true)
    }

    @Test func `a suspended program leaves a sane terminal, and comes back`() async throws {
      let path = pseudo.path
      // The thread has it to itself until it is joined.
      nonisolated(unsafe) let pseudo = pseudo
      nonisolated(unsafe) var wasSane: Bool?
      let thread = Thread { wasSane = Self.continueWhenStopped(pseudo) }
      await #expect(processExitsWith: .success) { [path = path as String] in
        // A job of its own, as a shell would make it: stopping it must not stop the tests.
        setpgid(0, 0)
        let theme = try Theme.named("espalier-dark")
        let terminal = try Terminal(theme: theme, path: path, type: "xterm-256color")
        let device = Glibc.open(path, O_RDWR | O_NOCTTY)
        var surface = Surface(terminal.size)
        surface.put("\(getpid()) is up", x: 0, y: 0)
        terminal.draw(surface)
        kill(getpid(), SIGTSTP)
        terminal.wait()
        guard terminal.nextInput() == .resized(terminal.size) else { exit(3) }
        terminal.draw(surface)
        terminal.close()
        close(device)
        exit(0)
      }
      thread.join()
      #expect(wasSane == true)
      #expect(pseudo.isSane)
      pseudo.read(until: "\u{1B}[?1049l")
      let visits = pseudo.output
        .split(separator: "\u{1B}[?1049h", omittingEmptySubsequences: false).dropFirst()
      #expect(visits.count == 2)
      #expect(visits.allSatisfy { $0.contains(" is up") && $0.contains("\u{1B}[?1049l") })
    }

    /// Waits until the process that says "… is up" is stopped, and continues it. Says whether it left the terminal
    /// sane; nil if it did not stop in time.
    private static func continueWhenStopped(_ pseudo: PseudoTerminal) -> Bool? {
      let end = ContinuousClock.now + .seconds(20)
      while ContinuousClock.now < end {
        usleep(10_000)
        pseudo.read()
        guard let words = pseudo.output.split(separator: " is up").first,
          words.endIndex < pseudo.output.endIndex,
          let process = pid_t(String(words.reversed().prefix { $0.isNumber }.reversed())),
          let file = fopen("/proc/\(process)/stat", "r")
        else { continue }
        var line = [CChar](repeating: 0, count: 256)
        fgets(&line, 256, file)
        fclose(file)
        let text = String(decoding: line.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard text.contains(") T ") else { continue }
        let isSane = pseudo.isSane
        kill(process, SIGCONT)
        return isSane
      }
      return nil
    }

    /// Traps as an error in the program would: an index out of range.
    private static func trap(_ index: Int) {
      _ = [1, 2, 3][index]
    }
  }
}

/// A thread that runs one block, without Foundation.
private final class Thread {
  private var handle = pthread_t()

  init(_ body: @escaping @Sendable () -> Void) {
    let box = Unmanaged.passRetained(Box(body))
    pthread_create(
      &handle, nil,
      { pointer in
        if let pointer { Unmanaged<Box>.fromOpaque(pointer).takeRetainedValue().body() }
        return nil
      }, box.toOpaque())
  }

  func join() {
    pthread_join(handle, nil)
  }

  private final class Box: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
}
