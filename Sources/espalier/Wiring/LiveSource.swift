import DRPO
import Engine
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
  private let mail = UpdateMail()
  private let desk: ControlDesk

  /// Starts the engine.
  init(
    file: RunFile, tree: SearchTree, history: [RecordedEvent], models: [Role: PlayedRole],
    changes: Changes
  ) {
    configuration = file.configuration
    texts = file
    self.history = history
    let mail = mail
    let engine = Engine(
      tree: tree, texts: file, models: models, sink: RunFileSink(file: file)
    ) { mail.post(Update($0)) }
    self.engine = engine
    let desk = ControlDesk(file: file, engine: engine)
    self.desk = desk
    let actions = changes.actions(on: tree)
    Task {
      _ = await engine.run(stayingOpen: true)
      await desk.close()
    }
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
