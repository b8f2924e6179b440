/// Why there can be no full screen. Each text says what can be done about it; what there is instead is
/// the caller's to say.
package enum TerminalError: Error, Hashable, CustomStringConvertible {
  /// `path` cannot be opened, or is not a terminal.
  case noTerminal(path: String)
  /// TERM says a type that terminfo doesn't know, or is empty.
  case unknownType(String)
  /// The type, such as `dumb`, has no way to place the cursor.
  case cannotMoveCursor(type: String)
  /// The system refused a pipe, with this error number.
  case noResource(code: Int32)
  /// This process has one open already.
  case alreadyOpen

  package var description: String {
    switch self {
    case .noTerminal(let path):
      "there is no terminal at \(path)"
    case .unknownType(""):
      "TERM is not set, so the terminal's abilities are unknown: set it, for example"
        + " TERM=xterm-256color"
    case .unknownType(let type):
      "the terminal type \"\(type)\" (TERM) is not known on this machine: set TERM=xterm-256color or"
        + " install ncurses-term"
    case .cannotMoveCursor(let type):
      "a terminal of type \"\(type)\" (TERM) cannot place its cursor, so there can be no full screen"
    case .noResource(let code):
      "the system refused what the screen needs (error \(code)): close some programs"
    case .alreadyOpen:
      "this process is drawing on a terminal already"
    }
  }
}
