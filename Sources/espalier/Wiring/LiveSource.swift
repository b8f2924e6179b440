import DRPO
@preconcurrency import Dispatch
import Engine
import Locking
import RunFile
import Tree
import Workbench

/// A run as its engine makes it, for the workbench.
final class LiveSource: RunSource {
  let past: RunPast
  let texts: any TextSource
  var readOnly: String? { nil }

  private let engine: Engine
  private let mail = UpdateMail()
  private let desk: ControlDesk
  /// What a person wants, in the order of the keys.
  private let wishes: AsyncStream<Wish>.Continuation
  private let hasEnded = DispatchSemaphore(value: 0)
  private let unsaved = Locked<Unsaved?>(nil)

  private enum Wish: Sendable {
    case intervene(Intervention.Action)
    case set(SettingChange)
    case undo
    case redo
  }

  /// Starts the engine.
  ///
  /// - Throws: `RunFileError` where the ledger can't be read.
  init(
    file: RunFile, past: RunPast, models: [Role: PlayedRole], embedder: Embedder?,
    changes: Changes
  ) throws {
    texts = file
    self.past = past
    let tree = past.moment.tree
    let mail = mail
    let speaker = AsideSpeaker(file)
    let engine = Engine(
      tree: tree, texts: file, models: models, sink: RunFileSink(file: file),
      earlier: .seconds(past.moment.work.seconds), lost: try file.lost(), embedder: embedder
    ) { update in
      mail.post(Update(update))
      speaker?.take(update)
    }
    self.engine = engine
    let desk = ControlDesk(file: file, engine: engine)
    self.desk = desk
    let (stream, wishes) = AsyncStream.makeStream(of: Wish.self)
    self.wishes = wishes
    for action in changes.actions(on: tree) { wishes.yield(.intervene(action)) }
    let (hasEnded, unsaved) = (hasEnded, unsaved)
    Task {
      _ = await engine.run(stayingOpen: true)
      await desk.close()
      let rest = await engine.unsaved
      unsaved.withLock { $0 = rest }
      wishes.finish()
      hasEnded.signal()
    }
    Task {
      for await wish in stream {
        if let refusal = await Self.carryOut(wish, engine) { mail.post(.refused(refusal)) }
      }
    }
  }

  /// Waits until the engine has stored what it had, and no longer than a person would.
  ///
  /// - Returns: what it could not store.
  func waitForEnd() -> Unsaved? {
    _ = hasEnded.wait(timeout: .now() + .seconds(2))
    return unsaved.withLock { $0 }
  }

  func expectedCalls(in tree: SearchTree) -> Int? { ExpectedCalls(tree).total }

  func take() -> [Update] { mail.take() }

  func onUpdate(_ wake: @escaping @Sendable () -> Void) { mail.onPost(wake) }

  func send(_ request: Request) {
    let engine = engine
    switch request {
    case .intervene(let action): wishes.yield(.intervene(action))
    case .set(let change): wishes.yield(.set(change))
    case .undo: wishes.yield(.undo)
    case .redo: wishes.yield(.redo)
    // These two wait for nobody: the engine may be held up by a full disk.
    case .drain: Task { await engine.drain() }
    case .abort: Task { await engine.abort() }
    }
  }

  /// - Returns: why it could not be done.
  private static func carryOut(_ wish: Wish, _ engine: Engine) async -> String? {
    let author = Intervention.Author.person(Person.name)
    let answer =
      switch wish {
      case .intervene(let action): await engine.intervene(Intervention(action, by: author))
      case .set(let change): await engine.set(change, by: author)
      case .undo: await engine.undo(by: author)
      case .redo: await engine.redo(by: author)
      }
    guard case .failure(let error) = answer else { return nil }
    return error.description
  }
}

extension Update {
  fileprivate init(_ update: EngineUpdate) {
    switch update {
    case .events(let events): self = .events(events)
    case .words(let call, let words): self = .words(call, words)
    case .setback(let call, let setback): self = .trouble(call, CallTrouble(setback))
    case .storage(let trouble): self = .storage(trouble: trouble)
    case .notice(let text): self = .notice(text)
    case .ended: self = .ended
    }
  }
}
