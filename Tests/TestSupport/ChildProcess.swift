import Glibc

/// A program that a test starts.
///
/// It inherits nothing of the tests: no descriptor, such as a lock, and none of the signals that
/// their threads block, among them those that end programs.
package struct ChildProcess: Sendable {
  package struct Failure: Error, CustomStringConvertible {
    let program: String
    let code: Int32

    package var description: String {
      "\(program) can't be started: \(String(cString: strerror(code)))"
    }
  }

  package let id: Int32

  /// - Parameters:
  ///   - program: a path, or a name that is looked up in `PATH`.
  ///   - environment: nil for that of the tests.
  ///   - output, errors: open descriptors for its standard output and error. Its input is empty.
  package init(
    _ program: String, _ arguments: [String], environment: [String: String]? = nil,
    output: Int32, errors: Int32
  ) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, errors, 2)
    for descriptor in 3..<Int32(256) {
      posix_spawn_file_actions_addclose(&actions, descriptor)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    let words = Words([program] + arguments)
    let variables = environment.map { Words($0.map { "\($0.key)=\($0.value)" }) }
    var id = pid_t()
    let code = withExtendedLifetime((words, variables)) {
      posix_spawnp(
        &id, program, &actions, &attributes, words.pointers, variables?.pointers ?? environ)
    }
    guard code == 0 else { throw Failure(program: program, code: code) }
    self.id = id
  }

  package func send(_ signal: Int32) { kill(id, signal) }

  /// Blocks until its end, which is told once.
  ///
  /// - Returns: its exit code, or 128 and the signal that ended it.
  @discardableResult
  package func wait() -> Int32 { wait(options: 0) ?? -1 }

  /// As `wait`, if it has ended; nil while it runs.
  package func poll() -> Int32? { wait(options: WNOHANG) }

  private func wait(options: Int32) -> Int32? {
    var status: Int32 = 0
    var ended = waitpid(id, &status, options)
    while ended < 0 && errno == EINTR { ended = waitpid(id, &status, options) }
    guard ended == id else { return nil }
    let signal = status & 0x7F
    return signal == 0 ? status >> 8 & 0xFF : 128 + signal
  }

  /// Words as C wants them: an array that ends with a null.
  private final class Words {
    let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    private let count: Int

    init(_ words: [String]) {
      count = words.count
      pointers = .allocate(capacity: count + 1)
      for (index, word) in words.enumerated() { (pointers + index).initialize(to: strdup(word)) }
      (pointers + count).initialize(to: nil)
    }

    deinit {
      for index in 0..<count { free(pointers[index]) }
      pointers.deallocate()
    }
  }
}
