import Glibc
import Screen
import Terminal
import TestSupport
import Testing
import Theme

/// The terminal by what a real one shows. The test draws on the terminal of a tmux pane in which nothing else runs.
extension TerminalRoom {
  @Suite(.enabled(if: TmuxSession.isAvailable, "needs tmux")) struct TerminalPictureTests {
    private let tmux: TmuxSession
    private let terminal: Terminal

    init() throws {
      tmux = try TmuxSession("sh -c 'echo ready; exec sleep 600'", size: Size(width: 30, height: 7))
      try tmux.waitFor("ready")
      terminal = try Terminal(
        theme: Theme.named("espalier-dark"), path: tmux.device(), type: "tmux-256color",
        isColorless: false)
    }

    private func picture() -> Surface {
      var surface = Surface(terminal.size)
      surface.drawBox(surface.bounds, title: StyledText("Tree", .title))
      surface.put("┣ 日本語 e\u{301} ▇▇·", x: 2, y: 1, .kept)
      surface.put("family \("👨\u{200D}👩\u{200D}👧"), flag \("🇩🇪"), end", x: 2, y: 2)
      surface.put("\("\u{1B}[31m\u{202E}")", x: 2, y: 3)
      surface.put("newer \("\u{1FAE8}") end", x: 2, y: 4)
      surface.placeCursor(x: 2, y: 1)
      return surface
    }

    @Test func `a real terminal shows the surface`() throws {
      let surface = picture()
      terminal.draw(surface)
      let screen = try tmux.waitFor("end")
      // What is newer than the C library is U+FFFD, in as many columns.
      let isKnown = surface.text.contains("\u{1FAE8}") && screen.contains("\u{1FAE8}")
      expectPicture(
        screen,
        """
        ┌─ Tree ─────────────────────┐
        │ ┣ 日本語 e\u{301} ▇▇·             │
        │ family 👨, flag DE, end    │
        │ ␛[31m‹U+202E›              │
        │ newer \(isKnown ? "\u{1FAE8}" : "\u{FFFD} ") end               │
        │                            │
        └────────────────────────────┘
        """)
      let cursor = try tmux.cursor()
      #expect(cursor.place == Point(x: 2, y: 1))
      #expect(cursor.isVisible)
    }

    @Test func `weight and colours arrive`() throws {
      terminal.draw(picture())
      try tmux.waitFor("end")
      let row = try #require(tmux.captureWithEscapes().split(separator: "\n").dropFirst().first)
      #expect(
        row.contains("\u{1B}[1m\u{1B}[38;5;114m"), "kept is bold and green: \(row.debugDescription)"
      )
    }

    @Test func `a new size is drawn without garbage`() throws {
      terminal.draw(picture())
      try tmux.waitFor("end")
      try tmux.resize(Size(width: 20, height: 4))
      try tmux.waitUntil("the new size") { _ in
        kill(getpid(), SIGWINCH)
        while terminal.nextInput() != nil {}
        return terminal.size == Size(width: 20, height: 4)
      }
      var surface = Surface(terminal.size)
      surface.drawBox(surface.bounds)
      surface.put("small", x: 2, y: 1)
      terminal.draw(surface)
      let screen = try tmux.waitFor("small")
      expectPicture(
        screen,
        """
        ┌──────────────────┐
        │ small            │
        │                  │
        └──────────────────┘
        """)
    }

    @Test func `keys of a real terminal arrive, and it is left as it was`() throws {
      terminal.draw(picture())
      try tmux.waitFor("end")
      try tmux.sendKeys("Up", "x", "C-c", "Escape")
      var inputs: [Input] = []
      while inputs.count < 4 {
        if let input = terminal.nextInput() {
          inputs.append(input)
        } else {
          terminal.wait(timeout: .seconds(10))
        }
      }
      #expect(
        inputs == [.key(.up), .key(.character("x")), .key(.control("c")), .key(.escape)])
      terminal.close()
      let screen = try tmux.waitFor("ready")
      #expect(!screen.contains("Tree"))
      #expect(try tmux.cursor().isVisible)
    }
  }
}
