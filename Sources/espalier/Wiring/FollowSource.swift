import DRPO
import Dispatch
import RunFile
import Tree
import Workbench

/// A run that another process is at work on, followed through its file. What a person wants goes to
/// that process the same way; leaving leaves it alone.
final class FollowSource: RunSource {
  let past: RunPast
  let texts: any TextSource
  var readOnly: String? { nil }
  let opensAt: Int?

  private let path: String
  private let line: ControlLine
  private let mail = UpdateMail()
  /// One request after another, in the order of the keys.
  private let requests = DispatchQueue(label: "espalier.control")
  private let following: Task<Void, Never>

  /// How often it looks whether the other process is still there.
  private static let watch = Duration.milliseconds(500)

  /// - Throws: `RunFileError.noWriter` when no process is at work on the run.
  init(_ file: RunFile, at ordinal: Int?) throws {
    opensAt = ordinal
    path = file.path
    texts = file
    line = try ControlLine(path: file.path)
    let opening = try RunOpening(file, whole: ordinal != nil)
    past = opening.past
    let mail = mail
    following = Task.detached {
      async let end: Void = Self.follow(file, after: opening, into: mail)
      async let watch: Void = Self.watch(file, for: mail)
      _ = await (end, watch)
    }
  }

  deinit { following.cancel() }

  private static func follow(
    _ file: RunFile, after opening: RunOpening, into mail: UpdateMail
  ) async {
    let ordinal = opening.finish(into: mail)
    do {
      for try await events in file.follow(from: ordinal) { mail.post(.events(events)) }
    } catch {
      mail.post(.refused(String(describing: error)))
    }
  }

  /// Says so when the writer has ended. Should another go on with the run, its events say so.
  private static func watch(_ file: RunFile, for mail: UpdateMail) async {
    var wasThere = true
    while !Task.isCancelled {
      let isThere = RunFile.writer(of: file.path) != nil
      if wasThere, !isThere { mail.post(.ended) }
      wasThere = isThere
      try? await Task.sleep(for: watch)
    }
  }

  func expectedCalls(in tree: SearchTree) -> Int? { ExpectedCalls(tree).total }

  func take() -> [Update] { mail.take() }

  func onUpdate(_ wake: @escaping @Sendable () -> Void) { mail.onPost(wake) }

  func send(_ request: Request) {
    let author = Intervention.Author.person(Person.name)
    switch request {
    case .intervene(let action): ask(.intervene(Intervention(action, by: author)))
    case .set(let change): ask(.set(change, by: author))
    case .undo: ask(.undo(by: author))
    case .redo: ask(.redo(by: author))
    // The run is another process's: there is nothing to wait for.
    case .drain, .abort: mail.post(.ended)
    }
  }

  private func ask(_ request: ControlRequest) {
    requests.async { [line, mail] in
      do {
        if case .refused(let why, _) = try line.ask(request) { mail.post(.refused(why)) }
      } catch {
        mail.post(.refused(String(describing: error)))
      }
    }
  }
}
