import ArgumentParser
import Configuration
import DRPO
import Dispatch
import Engine
import Models
import RunFile
import Tree
import Workbench

/// Everything a run needs, put together: the file, the models, the engine; then shown on a screen or
/// told in lines.
struct Stage {
  let settings: Settings
  let file: RunFile
  let display: DisplayFlags
  var changes = Changes()

  /// Runs to the end or until it is told to rest, and ends the command with its exit code.
  func play() throws {
    defer { file.close() }
    let theatre = try Theatre(settings)
    let cache = try Replies.cache(settings)
    defer { cache?.close() }
    let endpoints = Cast.endpoints(settings, remembered: Lessons.recalled(from: file))
    let models = Replies.remembered(
      try Cast.models(settings, endpoints), settings, file: file, shared: cache)
    let embed = try Cast.embedding(settings, endpoints)
    defer { Lessons.keep(endpoints.capabilities, in: file) }
    let history = try file.events()
    let tree = SearchTree(configuration: file.configuration, events: history.lazy.map(\.event))
    if display.headless || display.json || !Theatre.isPossible {
      try HeadlessRun(stage: self, models: models, tree: tree, embed: embed).play()
      try epilogue()
    } else {
      let outcome = try theatre.show(
        LiveSource(
          file: file, tree: tree, history: history, models: models, embed: embed,
          changes: changes))
      try epilogue(wasAsked: outcome == .left)
    }
  }

  /// Says what came of it and how to go on, and saves the prompt where that was asked for.
  ///
  /// - Parameter wasAsked: whether the person at the screen asked to leave and saw everything saved,
  ///   which is no error; nil without a screen.
  private func epilogue(wasAsked: Bool? = nil) throws {
    let tree = SearchTree(
      configuration: file.configuration, events: try file.events().lazy.map(\.event))
    let result = RunResult(tree: tree, texts: file, path: file.path)
    if let path = settings.output.savePrompt?.value {
      try Files.write(result.prompt + "\n", to: path)
      Console.err("The best prompt is in \(path).")
    }
    Console.err(result.summary)
    if display.json {
      Console.out(try result.json)
    } else {
      Console.out(result.prompt)
    }
    if let line = result.resumeLine { Console.err(line) }
    switch wasAsked {
    case true?: break
    case false?: throw ExitCode(130)
    case nil: if let code = result.exitCode { throw ExitCode(code) }
    }
  }
}
