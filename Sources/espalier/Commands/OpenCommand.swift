import ArgumentParser
import Configuration
import RunFile

/// Shows a run without going on with it.
struct OpenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: "Look at a run, or follow one that is live elsewhere.",
    discussion: """
      No model is called. A run that another process is at work on is followed, with all keys: what \
      you do is done by that process, and q leaves it running. Any other run is shown as it is, and \
      nothing is changed; "resume" goes on with it. With [ and ] it is stepped through event by event, \
      with { and } level by level. FILE may also be a published tree or path, as "import" takes it.
      """)

  @Argument(help: "The run file.") var file: String
  @Option(help: ArgumentHelp("Begin in the past, after this event.", valueName: "event"))
  var at: Int?
  @Option(help: "A theme by name, or a theme file.") var theme: String?
  @Option(help: "Configuration file, in place of the one in ~/.config/espalier.")
  var config: String?

  func run() throws {
    var flags = Flags()
    flags.theme = theme
    let settings = try Surroundings(configFlag: config).settle(flags)
    let instead = "espalier show \(file.shellWord)"
    if let written = try WrittenRun.read(file) {
      let source = try WrittenSource(written, of: file, at: at)
      try Theatre(settings).show(source, otherwise: instead)
      return
    }
    let run = try RunFile.open(file, for: .reading)
    defer { run.close() }
    if let at { try Past.check(at, in: run.count()) }
    let theatre = try Theatre(settings)
    if RunFile.writer(of: file) == nil {
      // Read whole before the terminal is taken: damage is told on it, not behind it.
      let source = try FileSource(run, at: at)
      try theatre.show(source, otherwise: instead)
    } else {
      let source = try FollowSource(run, at: at)
      try theatre.show(source, otherwise: instead)
      if let process = RunFile.writer(of: file) {
        Console.err("The run goes on in process \(process).")
      }
    }
  }
}
