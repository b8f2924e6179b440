import Engine
import RunFile
import Tree

/// Lets other processes have a say in a run that is live here: looks now and then for what they ask
/// through the file, has the engine do it in their order, and tells each what became of it.
///
/// It works off the engine's queue; a look that finds nothing reads a table that is all but empty.
final class ControlDesk: Sendable {
  private let file: RunFile
  private let task: Task<Void, Never>

  /// - Parameter interval: how often it looks.
  init(file: RunFile, engine: Engine, every interval: Duration = .milliseconds(250)) {
    self.file = file
    task = Task {
      while !Task.isCancelled {
        await Self.serve(file) { await engine.carryOut($0) }
        try? await Task.sleep(for: interval)
      }
    }
  }

  deinit { task.cancel() }

  /// Refuses what still waits. For when the engine has ended, before the file is closed.
  func close() async {
    task.cancel()
    await task.value
    await Self.serve(file) { _ in .refused(InterventionError.ended.description) }
  }

  private static func serve(
    _ file: RunFile, _ act: (ControlRequest) async -> ControlAnswer
  ) async {
    // A file that can't be read or written at the moment is one next time: until then the asking
    // process goes without an answer, and says so.
    guard let entries = try? file.requests(at: RunFiles.now) else { return }
    for entry in entries {
      let answer = await act(entry.request)
      try? file.answer(entry.id, answer, at: RunFiles.now)
    }
  }
}

extension Engine {
  fileprivate func carryOut(_ request: ControlRequest) async -> ControlAnswer {
    let result =
      switch request {
      case .intervene(let intervention): await intervene(intervention)
      case .set(let change, let author, let reason):
        await set(change, by: author, because: reason)
      case .undo(let author, let reason): await undo(by: author, because: reason)
      case .redo(let author, let reason): await redo(by: author, because: reason)
      }
    return switch result {
    case .success(let event): .done(ordinal: event.ordinal)
    case .failure(let error): .refused(error.description, instead: error.remedy)
    }
  }
}
