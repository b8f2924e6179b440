import Foundation
import Glibc
import HTTP
import Locking
import TestSupport

/// The real program, run as people run it, in a folder of its own that is gone afterwards.
///
/// Waiting never blocks a thread: the servers of tests need them.
final class Program: Sendable {
  /// What a run of it left behind.
  struct Ending: Sendable {
    /// 128 and the signal where a signal ended it.
    var code: Int32
    var output: String
    var errors: String
  }

  struct TimedOut: Error, CustomStringConvertible {
    let what: String
    let errors: String

    var description: String { "waited in vain for \(what); standard error says:\n\(errors)" }
  }

  /// Beside the program that runs these tests.
  static let path = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appending(path: "espalier").path

  private let process: ChildProcess
  private let streams: (output: String, errors: String)
  private let code = Locked<Int32?>(nil)

  /// Starts it with an empty input and, besides what is given here, only `HOME` (the folder), a
  /// `PATH` and a locale in its environment.
  ///
  /// - Parameter wrapper: a program that becomes this one, and its arguments.
  init(
    _ arguments: [String], environment: [String: String] = [:], in folder: Folder,
    by wrapper: [String] = []
  ) throws {
    let number = folder.count()
    streams = (folder.path("output-\(number)"), folder.path("errors-\(number)"))
    var variables = ["HOME": folder.path, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]
    variables.merge(environment) { _, own in own }
    let ends = [streams.output, streams.errors].map { (path: String) in
      open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    }
    defer { for end in ends { close(end) } }
    // `env` becomes the program, so that the process is the program's.
    process = try ChildProcess(
      "env", ["--chdir=\(folder.path)"] + wrapper + [Self.path] + arguments, environment: variables,
      output: ends[0], errors: ends[1])
  }

  deinit {
    guard code.withLock({ $0 }) == nil else { return }
    process.send(SIGKILL)
    process.wait()
  }

  /// Runs it to its end.
  static func run(
    _ arguments: String..., environment: [String: String] = [:], in folder: Folder
  ) async throws -> Ending {
    try await run(arguments, environment: environment, in: folder)
  }

  static func run(
    _ arguments: [String], environment: [String: String] = [:], in folder: Folder
  ) async throws -> Ending {
    try await Program(arguments, environment: environment, in: folder).end()
  }

  var id: Int32 { process.id }

  /// What it has said on standard error so far.
  var errors: String { Self.text(streams.errors) }

  /// What it has said on standard output so far.
  var output: String { Self.text(streams.output) }

  func send(_ signal: Int32) { process.send(signal) }

  func end(within deadline: Duration = .seconds(60)) async throws -> Ending {
    let code = try await wait("its end", within: deadline) { poll() }
    return Ending(code: code, output: output, errors: errors)
  }

  /// Looks again and again until there is something, and returns it.
  @discardableResult
  func wait<Value>(
    _ what: String, within deadline: Duration = .seconds(60), for look: () throws -> Value?
  ) async throws -> Value {
    let end = ContinuousClock.now + deadline
    while true {
      if let value = try look() { return value }
      if ContinuousClock.now > end { throw TimedOut(what: what, errors: errors) }
      try await Task.sleep(for: .milliseconds(2))
    }
  }

  private static func text(_ path: String) -> String {
    String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
  }

  /// The exit code, once it has one: a process tells it a single time.
  private func poll() -> Int32? {
    code.withLock { code in
      if code == nil { code = process.poll() }
      return code
    }
  }
}
