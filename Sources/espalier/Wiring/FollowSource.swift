import DRPO
import Dispatch
import Glibc
import Locking
import RunFile
import Tree
import Workbench

/// A run that another process is at work on, followed through its file. What a person wants goes to
/// that process the same way; leaving leaves it alone.
final class FollowSource: RunSource {
  let past: RunPast
  let texts: any TextSource
  var readOnly: String? { nil }
  var isElsewhere: Bool { true }
  let opensAt: Int?

  private let path: String
  private let line: ControlLine
  private let mail = UpdateMail()
  /// One request after another, in the order of the keys.
  private let requests = DispatchQueue(label: "espalier.control")
  private let following: Task<Void, Never>
  private let isLeft = Locked(false)

  /// How often it looks whether the other process is still there.
  private static let watch = Duration.milliseconds(500)
  /// How many looks in a row have to find nobody.
  private static let enough = 2
  /// Between two attempts to listen to it, in microseconds.
  private static let pause: UInt32 = 250_000

  /// - Throws: `RunFileError.noWriter` when no process is at work on the run.
  init(_ file: RunFile, at ordinal: Int?) throws {
    opensAt = ordinal
    path = file.path
    texts = MarkedTexts(file)
    line = try ControlLine(path: file.path)
    let opening = try RunOpening(file, whole: ordinal != nil)
    past = opening.past
    let (mail, isLeft) = (mail, isLeft)
    following = Task.detached {
      let moment = opening.finish(into: mail)
      let calls = Locked(FollowedCalls(inFlight: moment.tree.inFlight))
      Self.listen(to: file, calls, into: mail) { isLeft.withLock { $0 } }
      async let end: Void = Self.follow(file, from: moment.count, calls, into: mail)
      async let watch: Void = Self.watch(file, for: mail)
      _ = await (end, watch)
    }
  }

  deinit {
    following.cancel()
    isLeft.withLock { $0 = true }
  }

  /// - Parameter calls: locked until what came of an event or an aside is posted, so that both come in
  ///   their order.
  private static func follow(
    _ file: RunFile, from ordinal: Int, _ calls: Locked<FollowedCalls>, into mail: UpdateMail
  ) async {
    do {
      for try await events in file.follow(from: ordinal) {
        calls.withLock { calls in
          for update in calls.take(events) { mail.post(update) }
        }
      }
    } catch {
      mail.post(.refused(String(describing: error)))
    }
  }

  /// Passes on what the writer says besides, whoever that is at the time.
  private static func listen(
    to file: RunFile, _ calls: Locked<FollowedCalls>, into mail: UpdateMail,
    until isLeft: @escaping @Sendable () -> Bool
  ) {
    DispatchQueue(label: "espalier.asides").async {
      while !isLeft() {
        let listener = AsideListener(file)
        while !isLeft(), let asides = listener?.next() {
          calls.withLock { calls in
            for aside in asides {
              if let update = calls.take(aside) { mail.post(update) }
            }
          }
        }
        if !isLeft() { usleep(pause) }
      }
    }
  }

  /// Says so when the writer has ended, or was ended, and when there is one again.
  ///
  /// A lock that was removed by hand is back before the second look.
  private static func watch(_ file: RunFile, for mail: UpdateMail) async {
    var absences = 0
    while !Task.isCancelled {
      let isThere = RunFile.writer(of: file.path) != nil
      if isThere, absences >= enough { mail.post(.back) }
      absences = isThere ? 0 : absences + 1
      if absences == enough { mail.post(.gone("espalier resume \(file.path.shellWord)")) }
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
