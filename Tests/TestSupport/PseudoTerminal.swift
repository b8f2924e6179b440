import Glibc
package import Screen

/// A terminal that is only a pair of descriptors: for tests that look at the bytes a program sends, and send
/// keys as bytes.
package final class PseudoTerminal {
  /// The path that the program opens as its terminal.
  package let path: String

  /// Everything that was sent to the terminal so far, as far as `read` was called.
  package private(set) var output = ""

  private let control: Int32

  /// Kept open, so that the terminal outlives the programs that open and close it.
  private let device: Int32

  package struct Failure: Error {
    let code: Int32
  }

  package init(size: Size) throws {
    var ends: (control: Int32, device: Int32) = (-1, -1)
    guard openpty(&ends.control, &ends.device, nil, nil, nil) == 0,
      let name = ttyname(ends.device)
    else { throw Failure(code: errno) }
    (control, device) = ends
    path = String(cString: name)
    for end in [control, device] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(control, F_SETFL, O_NONBLOCK)
    resize(size)
  }

  deinit {
    close(control)
    close(device)
  }

  /// Gives it another size. Nobody is told: a program hears of it by SIGWINCH only if this is the terminal of its
  /// session.
  package func resize(_ size: Size) {
    var window = winsize(
      ws_row: UInt16(size.height), ws_col: UInt16(size.width), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(control, UInt(TIOCSWINSZ), &window)
  }

  /// Presses keys, as the bytes that a terminal would send.
  package func press(_ keys: String) {
    let bytes = Array(keys.utf8)
    _ = write(control, bytes, bytes.count)
  }

  /// Takes what has been sent to the terminal since the last call.
  @discardableResult
  package func read() -> String {
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = Glibc.read(control, &part, part.count)
      if count <= 0 { break }
      bytes += part[..<count]
    }
    let text = String(decoding: bytes, as: UTF8.self)
    output += text
    return text
  }

  /// Takes what is sent to the terminal until a text is among it, and returns all that was taken; without it
  /// after `deadline`. What a program wrote arrives a moment later, also when the program has ended.
  @discardableResult
  package func read(until text: String, deadline: Duration = .seconds(10)) -> String {
    let end = ContinuousClock.now + deadline
    var taken = ""
    while true {
      taken += read()
      if taken.contains(text) || ContinuousClock.now > end { return taken }
      usleep(1_000)
    }
  }

  /// Whether the terminal collects lines and echoes them, as a shell wants to find it.
  package var isSane: Bool {
    var modes = termios()
    guard tcgetattr(device, &modes) == 0 else { return false }
    let wanted = tcflag_t(ICANON | ECHO | ISIG)
    return modes.c_lflag & wanted == wanted
  }
}
