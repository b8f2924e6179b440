import Glibc
import Locking
import Screen

/// Standard output and standard error, in whole pieces.
///
/// Where standard output can't be written, that is told once, nothing more goes there, and the command
/// goes on: a run is saved all the same. Its exit code tells in the end.
enum Console {
  /// What was wrong with standard output, by `errno`.
  private static let fault = Locked<Int32?>(nil)

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

  /// As a terminal may have it: nothing in it acts on that.
  static func shown(_ text: String) -> String {
    Displayable.lines(of: text).map(\.string).joined(separator: "\n")
  }

  static func write(_ text: String, _ terminator: String, to descriptor: Int32) {
    if descriptor == STDOUT_FILENO && isBroken { return }
    let isWritten = Files.write(Array((text + terminator).utf8), to: descriptor)
    if !isWritten && descriptor == STDOUT_FILENO { note(errno) }
  }

  /// Whether standard output has failed, so that nobody reads what a command still finds out.
  static var isBroken: Bool { fault.withLock { $0 != nil } }

  private static func note(_ code: Int32) {
    fault.withLock { $0 = $0 ?? code }
    // Who closes a pipe has read enough.
    if code == EPIPE { return }
    err("Error: standard output could not be written whole: \(String(cString: strerror(code))).")
  }
}

// MARK: - The beginning and the end of the program

extension Console {
  /// What a shell says of a program that a closed pipe has ended, as it does most.
  private static let closedPipe = 128 + SIGPIPE

  /// Keeps the numbers of those streams that the program was started without, so that no file gets one
  /// of them and is written into. To read or write there stays an error.
  static func reserve() {
    for (stream, access) in [
      (STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY),
    ] where fcntl(stream, F_GETFD) < 0 {
      // The lowest that is free, which is this one.
      _ = open("/dev/null", access)
    }
  }

  /// Closes standard output, where a disk may only now say that it is full.
  ///
  /// - Parameter code: with which the command ended.
  /// - Returns: with which the program is to end.
  static func finish(_ code: Int32) -> Int32 {
    if !isBroken, Glibc.close(STDOUT_FILENO) != 0 { note(errno) }
    guard code == 0, let fault = fault.withLock({ $0 }) else { return code }
    return fault == EPIPE ? closedPipe : 1
  }
}
