import Glibc
import Screen

/// Standard output and standard error, in whole pieces.
enum Console {
  /// A page for people, with texts of models in it: sanitized wherever it goes, as the end of a pipe may
  /// be a terminal, too.
  static func page(_ text: String) { write(shown(text), "\n", to: STDOUT_FILENO) }

  /// A result that programs take, a prompt or an export. To a terminal it goes through the sanitizer, to
  /// a file or a pipe as it is.
  static func out(_ text: String, terminator: String = "\n") {
    write(isTerminal(STDOUT_FILENO) ? shown(text) : text, terminator, to: STDOUT_FILENO)
  }

  /// What happens meanwhile, and errors: always sanitized.
  static func err(_ text: String, terminator: String = "\n") {
    write(shown(text), terminator, to: STDERR_FILENO)
  }

  /// A line that the next one writes over.
  static func progress(_ text: String) {
    write("\r\u{1b}[K" + shown(text), "", to: STDERR_FILENO)
  }

  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  private static func shown(_ text: String) -> String {
    Displayable.lines(of: text).map(\.string).joined(separator: "\n")
  }

  static func write(_ text: String, _ terminator: String, to descriptor: Int32) {
    var bytes = Array((text + terminator).utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        bytes = bytes.dropFirst(count)
      } else if errno != EINTR && errno != EAGAIN {
        return
      }
    }
  }
}
