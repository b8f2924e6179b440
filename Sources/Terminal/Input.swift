import CTerminal
package import Screen

/// A key, as views and the workbench speak of it. Which sequence the terminal sent for it is not known here.
package enum Key: Hashable, Sendable {
  case character(Character)
  /// A letter with Ctrl: `control("c")`.
  case control(Character)
  case up
  case down
  case left
  case right
  case pageUp
  case pageDown
  case home
  case end
  case enter
  case tab
  /// Shift-Tab.
  case backTab
  case escape
  case backspace
  case delete
}

/// What reached the program through its terminal.
package enum Input: Hashable, Sendable {
  case key(Key)

  /// The terminal has this size now. Also after the program was stopped and continued: in both cases the next
  /// frame must be drawn.
  case resized(Size)

  /// SIGTERM or SIGQUIT.
  case terminate

  /// SIGHUP, or the terminal is gone. Nothing that is drawn will be seen.
  case hangup

  /// SIGINT from another process. Ctrl-C on the keyboard is the key `control("c")`.
  case interrupt
}

extension Key {
  /// The key for what the C side read; nil for one that no one uses.
  init?(kind: Int, value: UInt32) {
    if kind == CT_KEY {
      guard let key = Self.named[Int(value)] else { return nil }
      self = key
      return
    }
    switch value {
    case 9: self = .tab
    case 10, 13: self = .enter
    case 27: self = .escape
    case 8, 127: self = .backspace
    case 0..<32:
      self = .control(Character(Unicode.Scalar(UInt8(value == 0 ? 0x20 : value + 0x60))))
    case 128..<160: return nil
    default:
      guard let scalar = Unicode.Scalar(value) else { return nil }
      self = .character(Character(scalar))
    }
  }

  private static let named: [Int: Key] = [
    CT_UP: .up, CT_DOWN: .down, CT_LEFT: .left, CT_RIGHT: .right, CT_PAGE_UP: .pageUp,
    CT_PAGE_DOWN: .pageDown, CT_HOME: .home, CT_END: .end, CT_BACKSPACE: .backspace,
    CT_DELETE: .delete, CT_BACKTAB: .backTab, CT_ENTER: .enter,
  ]
}
