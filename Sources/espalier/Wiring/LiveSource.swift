import DRPO
import Engine
import HTTP
import RunFile
import Tree
import Workbench

/// A run as its engine makes it, for the workbench.
final class LiveSource: RunSource {
  let configuration: RunConfiguration
  let texts: any TextSource
  let history: [RecordedEvent]
  var readOnly: String? { nil }

  private let engine: Engine
  private let mail: Mail

  /// What the engine's queue leaves for the main thread.
  private final class Mail: Sendable {
    private let waiting = Locked<[Update]>([])
    private let wake = Locked<(@Sendable () -> Void)?>(nil)

    func post(_ update: Update) {
      waiting.withLock { $0.append(update) }
      wake.withLock { $0 }?()
    }

    func take() -> [Update] {
      waiting.withLock { waiting in
        defer { waiting = [] }
        return waiting
      }
    }

    func onPost(_ act: @escaping @Sendable () -> Void) {
      wake.withLock { $0 = act }
    }
  }

  /// Starts the engine.
  init(
    file: RunFile, tree: SearchTree, history: [RecordedEvent], models: [Role: PlayedRole],
    changes: Changes
  ) {
    configuration = file.configuration
    texts = file
    self.history = history
    let mail = Mail()
    self.mail = mail
    let engine = Engine(
      tree: tree, texts: file, models: models, sink: RunFileSink(file: file)
    ) { mail.post(Update($0)) }
    self.engine = engine
    let actions = changes.actions(on: tree)
    Task { await engine.run(stayingOpen: true) }
    Task {
      for action in actions {
        _ = await engine.intervene(Intervention(action, by: .person(Person.name)))
      }
    }
  }

  func expectedCalls(in tree: SearchTree) -> Int? { ExpectedCalls(tree).total }

  func take() -> [Update] { mail.take() }

  func onUpdate(_ wake: @escaping @Sendable () -> Void) { mail.onPost(wake) }

  func send(_ request: Request) {
    let (engine, mail) = (engine, mail)
    Task {
      let author = Intervention.Author.person(Person.name)
      let answer: Result<RecordedEvent, InterventionError>
      switch request {
      case .intervene(let action): answer = await engine.intervene(Intervention(action, by: author))
      case .undo: answer = await engine.undo(by: author)
      case .redo: answer = await engine.redo(by: author)
      case .drain: return await engine.drain()
      case .abort: return await engine.abort()
      }
      if case .failure(let error) = answer { mail.post(.refused(error.description)) }
    }
  }
}

extension Update {
  fileprivate init(_ update: EngineUpdate) {
    switch update {
    case .events(let events): self = .events(events)
    case .words(let call, let words): self = .words(call, words)
    case .storage(let trouble): self = .storage(trouble: trouble)
    case .ended: self = .ended
    }
  }
}
