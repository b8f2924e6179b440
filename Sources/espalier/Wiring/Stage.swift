import ArgumentParser
import Configuration
import DRPO
import Dispatch
import Engine
import Models
import RunFile
import Tree
import Workbench

/// Everything a run needs besides its file, put together before there is one: a mistake in the
/// settings leaves no run behind. Then the run is shown on a screen or told in lines.
struct Stage {
  private let settings: Settings
  private let display: DisplayFlags
  private let theatre: Theatre
  private let endpoints: Endpoints
  private let models: [Role: PlayedRole]
  private let embedder: Embedder?
  private let cache: ReplyCache?
  private let troubles: Troubles

  /// - Parameter path: of the run; nil for a name that is free.
  init(_ settings: Settings, _ display: DisplayFlags, for path: String?) throws {
    self.settings = settings
    self.display = display
    try Self.checkFiles(settings.output, path)
    theatre = try Theatre(settings)
    let troubles = Troubles()
    self.troubles = troubles
    endpoints = Cast.endpoints(settings) { troubles.tell($0) }
    models = try Cast.models(settings, endpoints)
    embedder = try Cast.embedder(settings, endpoints)
    cache = try Replies.cache(settings)
  }

  /// - Throws: a `Failure` where what the run is to write would replace the run, its cache, or what is
  ///   beside either while it is open.
  private static func checkFiles(_ output: OutputChoices, _ run: String?) throws {
    let cache = output.noCache.value ? nil : output.cache?.value
    if let run, let cache {
      if try OutputFile(path: cache).isSame(as: run) {
        throw Failure(
          "\(cache) is the run itself, which can't be its own --cache. Choose another.")
      }
      if try OutputFile(path: cache).isPart(of: run) || OutputFile(path: run).isPart(of: cache) {
        throw Failure("\(cache) can't be the --cache of \(run): one would replace the other.")
      }
    }
    guard let path = output.savePrompt?.value else { return }
    let file = OutputFile(path: path)
    if file.isStandardOutput {
      throw Failure(
        "--save-prompt needs a file other than standard output: there the prompt goes by itself, "
          + "without --json.")
    }
    try file.check()
    for other in [run, cache].compactMap({ $0 }) where try file.isPart(of: other) {
      throw Failure("--save-prompt can't replace \(path), which the run needs. Choose another.")
    }
  }

  /// - Throws: a `Failure` where the settings forbid a new run its first call.
  func check(_ plan: RunPlan) throws {
    try Cast.checkRoom(in: settings, for: plan.configuration, models)
  }

  /// Runs to the end or until it is told to rest, and ends the command with its exit code. Closes the
  /// file.
  func play(_ file: RunFile, _ changes: Changes = Changes()) throws {
    defer { file.close() }
    endpoints.recall(Lessons.recalled(from: file))
    defer {
      Lessons.keep(endpoints.capabilities, in: file)
      cache?.close()
    }
    let models = Replies.remembered(models, settings, file: file, shared: cache)
    let embedder = embedder.map { Replies.remembered($0, file: file, shared: cache) }
    // All of it is read, as nothing is added to a history that does not hold together.
    let past = RunPast(configuration: file.configuration, events: try file.events())
    if display.headless || display.json || !Theatre.isPossible {
      let unsaved = try HeadlessRun(
        file: file, start: past.moment, models: models, embedder: embedder, changes: changes,
        troubles: troubles
      ).play()
      try epilogue(file, unsaved)
    } else {
      let (source, outcome) = try theatre.show(
        try LiveSource(
          file: file, past: past, models: models, embedder: embedder, changes: changes),
        otherwise: "--headless")
      let unsaved = source.waitForEnd()
      try epilogue(file, unsaved, wasAsked: outcome == .left && unsaved == nil)
    }
  }

  /// Says what came of it and how to go on, and saves the prompt where that was asked for.
  ///
  /// - Parameter wasAsked: whether the person at the screen asked to leave and saw everything saved,
  ///   which is no error; nil without a screen.
  private func epilogue(
    _ file: RunFile, _ unsaved: Unsaved?, wasAsked: Bool? = nil
  ) throws {
    let result = try RunResult(file, models, unsaved)
    Console.err(result.summary)
    if display.json {
      Console.out(try result.json)
    } else {
      Console.out(result.prompt)
    }
    // After the prompt has been told: it is not lost where it can't be written.
    if let path = settings.output.savePrompt?.value {
      try OutputFile(path: path).write(result.prompt + "\n")
      Console.err("The best prompt is in \(path).")
    }
    Console.err(result.advice)
    switch wasAsked {
    case true?: break
    case false?: throw ExitCode(130)
    case nil: if let code = result.exitCode { throw ExitCode(code) }
    }
  }
}
