import Glibc
import RunFile

/// The line to the process that is at work on a run, from this one. Blocks while it waits.
final class ControlLine: Sendable {
  /// How long it is waited for an answer; a writer that looks four times a second has long answered.
  static let patience = Duration.seconds(10)

  private let path: String
  private let control: RunControl

  /// - Throws: `RunFileError.noWriter` when no process is at work on the run.
  init(path: String) throws {
    self.path = path
    control = try RunControl(path: path)
  }

  deinit { control.close() }

  /// Asks, and waits until the writer has acted or said why not.
  ///
  /// - Throws: `RunFileError`, or a `Failure` when no answer came in time.
  func ask(
    _ request: ControlRequest, within patience: Duration = ControlLine.patience
  ) throws -> ControlAnswer {
    let id = try control.ask(request, at: RunFiles.now)
    let end = ContinuousClock.now + patience
    while true {
      if let answer = try control.answer(to: id) { return answer }
      if ContinuousClock.now > end { throw Failure(silence) }
      usleep(20_000)
    }
  }

  private var silence: String {
    let who = RunFile.writer(of: path).map { "process \($0)" } ?? "the process at work on it"
    return "\(path): no answer from \(who) within \(Self.patience.components.seconds) s. The "
      + "request stays in the file and is done as soon as that process gets to it; look at what it "
      + "says of itself, such as a full disk."
  }
}
