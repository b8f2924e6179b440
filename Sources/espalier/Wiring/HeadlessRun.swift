import DRPO
import Dispatch
import Engine
import Glibc
import RunFile
import Tree

/// A run without a screen: progress on stderr, a bar on a terminal and plain lines otherwise.
struct HeadlessRun {
  let stage: Stage
  let models: [Role: PlayedRole]
  let tree: SearchTree
  let embed: Embedding?

  /// Blocks the main thread until the run has come to rest.
  func play() throws {
    let progress = Progress(tree: tree, texts: stage.file)
    let engine = Engine(
      tree: tree, texts: stage.file, models: models, sink: RunFileSink(file: stage.file),
      earlier: WorkingTime.spent(on: tree.configuration, try stage.file.events()),
      embed: embed
    ) { update in progress.take(update) }
    let expected = ExpectedCalls(tree)
    Console.err(
      "\(tree.configuration.name): about \(expected.total) calls expected. Run file \(stage.file.path)"
    )
    let signals = Interruptions { count in
      Task {
        if count == 1 {
          Console.err("\nFinishing what is in flight. Ctrl-C again leaves at once.")
          await engine.drain()
        } else {
          await engine.abort()
        }
      }
    }
    let done = DispatchSemaphore(value: 0)
    let changes = stage.changes.actions(on: tree)
    Task {
      async let ending = engine.run()
      for action in changes {
        _ = await engine.intervene(Intervention(action, by: .person(Person.name)))
      }
      // A run that paused itself has nobody here to go on with it.
      progress.onPause { Task { await engine.drain() } }
      _ = await ending
      done.signal()
    }
    done.wait()
    signals.end()
    progress.end()
  }
}

/// Who an intervention is by, when it comes from this terminal.
enum Person {
  static var name: String {
    for variable in ["USER", "LOGNAME"] {
      if let value = getenv(variable), value.pointee != 0 { return String(cString: value) }
    }
    return "someone"
  }
}
