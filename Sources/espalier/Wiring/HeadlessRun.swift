import DRPO
import Dispatch
import Engine
import Locking
import RunFile
import Tree

/// A run without a screen: progress on stderr, a bar on a terminal and plain lines otherwise.
struct HeadlessRun {
  let file: RunFile
  let start: RunMoment
  let models: [Role: PlayedRole]
  let embedder: Embedder?
  let changes: Changes
  let troubles: Troubles

  private var tree: SearchTree { start.tree }

  /// Blocks the main thread until the run has come to rest.
  ///
  /// - Returns: what could not be stored, where it was left without that.
  func play() throws -> Unsaved? {
    let progress = Progress(tree: tree, texts: file)
    troubles.listen { progress.take(trouble: $0) }
    let speaker = AsideSpeaker(file)
    let engine = Engine(
      tree: tree, texts: file, models: models, sink: RunFileSink(file: file),
      earlier: .seconds(start.work.seconds), lost: try file.lost(), embedder: embedder
    ) { update in
      progress.take(update)
      speaker?.take(update)
    }
    let actions = changes.actions(on: tree)
    Console.err(opening(after: actions))
    let signals = Interruptions { count in
      Task {
        if count == 1 {
          progress.leave()
          await engine.drain()
        } else {
          await engine.abort()
        }
      }
    }
    let done = DispatchSemaphore(value: 0)
    let unsaved = Locked<Unsaved?>(nil)
    // A run that paused itself has nobody here to go on with it.
    progress.onPause { Task { await engine.drain() } }
    Task {
      let desk = ControlDesk(file: file, engine: engine)
      _ = await engine.run(
        beginningWith: actions.map { Intervention($0, by: .person(Person.name)) })
      await desk.close()
      let rest = await engine.unsaved
      unsaved.withLock { $0 = rest }
      done.signal()
    }
    while done.wait(timeout: .now() + .seconds(1)) == .timedOut { progress.tick() }
    signals.end()
    progress.end()
    return unsaved.withLock { $0 }
  }

  /// What is ahead, before the first call.
  private func opening(after actions: [Intervention.Action]) -> String {
    var tree = tree
    for action in actions where tree.refusal(of: action) == nil {
      tree.apply(.intervened(Intervention(action, by: .program)))
    }
    var line = "\(tree.configuration.name): about \(ExpectedCalls(tree).total) calls expected"
    if tree.totals.started > 0 { line += ", \(tree.totals.started) made so far" }
    if let limit = tree.settings.maxCalls { line += ", at most \(limit)" }
    return line + ". Run file \(file.path)"
  }
}
