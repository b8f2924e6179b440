import RunFile
import Tree
import Workbench

/// A run file that is only looked at.
final class FileSource: RunSource {
  let past: RunPast
  let texts: any TextSource
  let readOnly: String?
  let opensAt: Int?

  private let mail = UpdateMail()
  private let work: Task<Void, Never>

  init(_ file: RunFile, at ordinal: Int?) throws {
    let opening = try RunOpening(file, whole: ordinal != nil)
    past = opening.past
    opensAt = ordinal
    texts = MarkedTexts(file)
    readOnly = Self.notice(of: opening.past.moment.tree, file.path)
    let mail = mail
    work = Task.detached(priority: .utility) {
      // Not in the way of the first picture: to read a long run keeps all cores busy.
      try? await Task.sleep(for: .milliseconds(30))
      _ = opening.finish(into: mail)
      // Nor of the next.
      try? await Task.sleep(for: .seconds(1))
      Self.verify(file, for: mail)
    }
  }

  deinit { work.cancel() }

  /// Why nothing can be changed, and how the run is gone on with where anything is left to be done.
  private static func notice(of tree: SearchTree, _ path: String) -> String {
    let look = "This is a look at the file."
    if let finish = tree.finish, !finish.why.leavesAnythingOut {
      return "\(look) The search is over, and nothing is changed here."
    }
    return "\(look) Go on with the run: espalier resume \(path.shellWord)"
  }

  /// What nobody has looked at is read after all: damage has to be told.
  private static func verify(_ file: RunFile, for mail: UpdateMail) {
    do {
      try file.verify { !Task.isCancelled }
      try file.verifyRest { !Task.isCancelled }
    } catch {
      mail.post(.damaged(String(describing: error)))
    }
  }

  func expectedCalls(in tree: SearchTree) -> Int? { nil }
  func take() -> [Update] { mail.take() }
  func onUpdate(_ wake: @escaping @Sendable () -> Void) { mail.onPost(wake) }
  func send(_ request: Request) {}
}
