import ArgumentParser
import Configuration

/// A new search.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Search for a better prompt, and watch it (the default).",
    discussion: """
      Every run is a file, by default in runs/ under a name of its own, which "open" shows and \
      "resume" goes on with. q finishes what is in flight and leaves; a second q leaves at once.
      """)

  @OptionGroup(title: "Models") var models: ModelFlags
  @OptionGroup(title: "Search") var search: SearchFlags
  @OptionGroup(title: "Display") var display: DisplayFlags

  func run() throws {
    var flags = Flags()
    models.fill(&flags)
    search.fill(&flags)
    let surroundings = try Surroundings(configFlag: models.config)
    let settings = try surroundings.settle(flags)
    let plan = try RunPlan(settings)
    for warning in settings.warnings + plan.warnings { Console.err("espalier: \(warning)") }
    let stage = try Stage(settings, display, for: settings.output.runFile?.value)
    try stage.check(plan)
    try stage.play(try RunFiles.create(plan, settings))
  }
}
