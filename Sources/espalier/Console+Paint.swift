import Glibc
import Screen

// Styled lines on standard output, for the commands that draw no screen.

extension Console {
  /// Whether colours may be used there: on a terminal that has them, for a person who does not refuse
  /// them (https://no-color.org).
  static var isColorful: Bool {
    guard isTerminal(STDOUT_FILENO) else { return false }
    if let refusal = getenv("NO_COLOR"), refusal.pointee != 0 { return false }
    return getenv("TERM").map { String(cString: $0) != "dumb" } ?? false
  }

  /// Columns of the terminal that standard output goes to; nil where it goes elsewhere.
  static var width: Int? {
    var size = winsize()
    guard isTerminal(STDOUT_FILENO), ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0,
      size.ws_col > 0
    else { return nil }
    return Int(size.ws_col)
  }

  /// Lines that are sanitized already, as the type says, with colours where they are wanted.
  static func paint(_ lines: [StyledText]) {
    let isColorful = isColorful
    let text = lines.map { line in
      isColorful ? line.runs.map(colored).joined() : line.string
    }
    write(text.joined(separator: "\n"), "\n", to: STDOUT_FILENO)
  }

  private static func colored(_ run: StyledText.Run) -> String {
    let codes: String? =
      switch run.style.role {
      case .added: "32;4"
      case .removed: "31;4"
      case .title, .header: "1"
      case .muted, .border: "2"
      case .warning, .simulated: "33;1"
      case .kept, .done, .best: "32"
      case .running: "36"
      case .failed, .error: "31"
      case .paused: "33"
      default: nil
      }
    guard let codes else { return run.text.string }
    return "\u{1b}[\(codes)m\(run.text.string)\u{1b}[0m"
  }
}
