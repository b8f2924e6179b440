import CTerminal
import Glibc
package import Screen
package import Theme

/// The terminal of this process: keys in, surfaces out.
///
/// For one thread, the main one, as ncurses is; the type is not `Sendable`, and the compiler sees to it. Only
/// its `waker` may be used elsewhere. There is one at a time.
///
/// The loop that uses it: take all of `nextInput()`, `draw` if something changed, then `wait`.
package final class Terminal {
  /// The theme of the next `draw`.
  package var theme: Theme {
    didSet {
      shown = nil
      looks = [:]
    }
  }

  /// Wakes `wait` from any thread.
  package let waker: Waker

  /// How many colours are used: none under `NO_COLOR`.
  package let colors: ColorDepth

  /// Whether the locale lets us draw more than ASCII. If not, `draw` replaces what it has to.
  package let isUTF8: Bool

  /// What the terminal shows, as far as ncurses was told.
  private var shown: Surface?
  private var looks: [Style: Look] = [:]
  /// Of the cell that is being put; kept for its room.
  private var scalars: [UInt32] = []
  private var isOpen = true
  private var isHungUp = false
  private var isHangupTold = false

  /// Takes the terminal and enters the full screen. Everything it would ask the environment can be given.
  package init(
    theme: Theme, path: String = "/dev/tty", type: String? = environmentValue("TERM"),
    isColorless: Bool = environmentValue("NO_COLOR").map { !$0.isEmpty } ?? false
  ) throws(TerminalError) {
    let waker = try Waker()
    let type = type ?? ""
    switch Int(ct_open(path, type, isColorless ? 1 : 0)) {
    case CT_OK: break
    case CT_UNKNOWN_TYPE: throw .unknownType(type)
    case CT_CANNOT_MOVE_CURSOR: throw .cannotMoveCursor(type: type)
    case CT_NO_RESOURCE: throw .noResource(code: errno)
    case CT_ALREADY_OPEN: throw .alreadyOpen
    default: throw .noTerminal(path: path)
    }
    self.theme = theme
    self.waker = waker
    colors = ColorDepth(count: Int(ct_colors()))
    isUTF8 = ct_is_utf8() != 0
  }

  deinit {
    close()
  }

  package var size: Size {
    guard isOpen else { return Size(width: 0, height: 0) }
    var width: Int32 = 0
    var height: Int32 = 0
    ct_size(&width, &height)
    return Size(width: Int(width), height: Int(height))
  }

  /// Leaves the full screen and restores the terminal. A second call does nothing.
  package func close() {
    guard isOpen else { return }
    isOpen = false
    ct_close()
  }

  // MARK: Drawing

  /// Shows a surface: sends only what differs from the last one. Of another size than the terminal's, it is cut or
  /// blanks are added.
  package func draw(_ surface: Surface) {
    guard isOpen else { return }
    let fitted = fit(surface)
    let previous = shown?.gridSize == fitted.gridSize ? shown : nil
    let width = fitted.gridSize.width
    var style = Style(.text)
    var look = look(of: style)
    for (place, cell) in fitted.cells.enumerated() where cell.width > 0 {
      if cell == previous?.cells[place] { continue }
      // Neighbours mostly look alike.
      if cell.style != style {
        style = cell.style
        look = self.look(of: cell.style)
      }
      put(cell, look, x: place % width, y: place / width)
    }
    let cursor = fitted.cursor ?? Point(x: -1, y: -1)
    ct_show(Int32(cursor.x), Int32(cursor.y))
    shown = fitted
  }

  /// The next `draw` sends everything, for a terminal on which another program has written.
  package func repaint() {
    guard isOpen else { return }
    shown = nil
    ct_repaint()
  }

  private func fit(_ surface: Surface) -> Surface {
    let glyphs = isUTF8 ? theme.glyphs : .ascii
    let drawn = glyphs == .unicode ? surface : surface.drawn(with: glyphs)
    return drawn.fitted(to: size)
  }

  private func put(_ cell: Cell, _ look: Look, x: Int, y: Int) {
    scalars.removeAll(keepingCapacity: true)
    for scalar in cell.character.unicodeScalars { scalars.append(scalar.value) }
    ct_put(
      Int32(x), Int32(y), scalars, Int32(scalars.count), Int32(cell.width),
      Int32(look.modifiers.rawValue), Int32(look.foreground ?? -1), Int32(look.background ?? -1))
  }

  private func look(of style: Style) -> Look {
    if let known = looks[style] { return known }
    let look = theme.look(of: style, depth: colors)
    looks[style] = look
    return look
  }

  // MARK: Input

  /// The next thing that happened, if any; never waits. Ctrl-Z and SIGTSTP stop the program in here, and
  /// what is returned after it was continued is `resized`.
  package func nextInput() -> Input? {
    guard isOpen else { return nil }
    if isHungUp, !isHangupTold {
      isHangupTold = true
      return .hangup
    }
    while let event = nextEvent() {
      if let input = answer(event) { return input }
    }
    guard let key = nextKey() else { return nil }
    return key == .control("z") ? suspend() : .key(key)
  }

  /// Sleeps until there is input, someone calls the waker, or so much time has passed (nil: for ever).
  package func wait(timeout: Duration? = nil) {
    guard isOpen else { return }
    let found = Int(ct_wait(Self.milliseconds(timeout), waker.waitEnd))
    if found & CT_WOKEN != 0 { ct_drain(waker.waitEnd) }
    if found & CT_HUNG_UP != 0 { isHungUp = true }
  }

  /// Leaves the full screen, stops the program as a shell expects of Ctrl-Z, and comes back when it is
  /// continued. The answer is the size that the terminal then has.
  @discardableResult
  package func suspend() -> Input {
    if isOpen { ct_suspend() }
    shown = nil
    return .resized(size)
  }

  /// The next signal that arrived.
  private func nextEvent() -> Int? {
    let event = Int(ct_next_signal())
    return event == CT_NO_SIGNAL ? nil : event
  }

  /// The next key that someone may have use for.
  private func nextKey() -> Key? {
    var value: UInt32 = 0
    while true {
      let kind = Int(ct_read(&value))
      if kind == CT_NOTHING { return nil }
      if let key = Key(kind: kind, value: value) { return key }
    }
  }

  private func answer(_ event: Int) -> Input? {
    switch event {
    case CT_RESIZED:
      ct_take_size()
      return .resized(size)
    case CT_TERMINATE: return .terminate
    case CT_HANGUP: return .hangup
    case CT_INTERRUPT: return .interrupt
    case CT_SUSPEND: return suspend()
    case CT_CONTINUED:
      ct_resume()
      shown = nil
      return .resized(size)
    default: return nil
    }
  }

  /// As poll(2) wants it, rounded up so that a short wait is not a busy one.
  private static func milliseconds(_ timeout: Duration?) -> Int32 {
    guard let timeout else { return -1 }
    let (seconds, attoseconds) = timeout.components
    if seconds < 0 || attoseconds < 0 { return 0 }
    let fraction = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    return Int32(clamping: min(seconds, 86_400) * 1000 + fraction)
  }
}

/// A variable of this process's environment.
package func environmentValue(_ name: String) -> String? {
  getenv(name).map { String(cString: $0) }
}
