import ArgumentParser
import Configuration
import RunFile

/// Shows a run without going on with it.
struct OpenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: "Look at a finished or interrupted run.",
    discussion: "Nothing is changed and no model is called; \"resume\" goes on with a run.")

  @Argument(help: "The run file.") var file: String
  @Option(help: "A theme by name, or a theme file.") var theme: String?
  @Option(help: "Configuration file, in place of the one in ~/.config/espalier.")
  var config: String?

  func run() throws {
    var flags = Flags()
    flags.theme = theme
    let settings = try Surroundings(configFlag: config).settle(flags)
    let run = try RunFile.open(file, for: .reading)
    defer { run.close() }
    _ = try Theatre(settings).show(FileSource(run))
  }
}
