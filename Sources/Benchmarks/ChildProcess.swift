import Glibc

/// Another program, run beside this one.
final class ChildProcess {
  enum Failure: Error, CustomStringConvertible {
    case notStarted(String, Int32)

    var description: String {
      switch self {
      case .notStarted(let name, let code): "\(name) did not start (\(code))"
      }
    }
  }

  let id: pid_t
  /// What it writes to its standard output.
  private let output: Int32
  private var input: Int32

  /// - Parameter command: the program, searched on `PATH`, and its arguments.
  init(_ command: [String]) throws {
    var pipes: [Int32] = [-1, -1]
    var inputs: [Int32] = [-1, -1]
    guard pipe(&pipes) == 0, pipe(&inputs) == 0 else {
      throw Failure.notStarted(command[0], errno)
    }
    for descriptor in pipes + inputs { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_adddup2(&actions, pipes[1], 1)
    posix_spawn_file_actions_adddup2(&actions, inputs[0], 0)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    defer { posix_spawn_file_actions_destroy(&actions) }
    var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) }
    arguments.append(nil)
    defer { for argument in arguments { free(argument) } }
    var id: pid_t = 0
    let code = posix_spawnp(&id, command[0], &actions, nil, arguments, environ)
    close(pipes[1])
    close(inputs[0])
    guard code == 0 else {
      close(pipes[0])
      close(inputs[1])
      throw Failure.notStarted(command[0], code)
    }
    self.id = id
    output = pipes[0]
    input = inputs[1]
  }

  /// The first line of its output, without its end.
  func readLine() -> String {
    var line: [UInt8] = []
    var byte: UInt8 = 0
    while read(output, &byte, 1) == 1, byte != 0x0a { line.append(byte) }
    return String(decoding: line, as: UTF8.self)
  }

  /// Waits for its end.
  ///
  /// - Returns: its exit status, or -1 when a signal ended it. The memory is the highest seen by
  ///   looking every few milliseconds: what Linux counts itself starts with that of the process it
  ///   was forked from.
  func wait() -> (status: Int32, use: ProcessUse) {
    var memory = 0
    var end = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
    var byte: UInt8 = 0
    while true {
      memory = ProcessUse.highestMemory(of: id) ?? memory
      if poll(&end, 1, 5) > 0, read(output, &byte, 1) <= 0 { break }
    }
    var status: Int32 = 0
    var usage = rusage()
    while wait4(id, &status, 0, &usage) < 0, errno == EINTR {}
    close(output)
    endInput()
    var use = ProcessUse(usage)
    use.memory = memory
    return (status & 0x7f == 0 ? status >> 8 & 0xff : -1, use)
  }

  /// Its standard input ends.
  func endInput() {
    if input >= 0 { close(input) }
    input = -1
  }
}
