import ArgumentParser
import Configuration
import Tree

/// Goes on with a run.
struct ResumeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "Go on with a run, asking no finished call again.",
    discussion: """
      The models are those the run was started with, unless flags name others. With --depth a \
      finished run grows deeper.
      """)

  @Argument(help: "The run file.") var file: String
  @Option(help: "A new depth limit: prompts on a path, the initial one included.") var depth: Int?
  @OptionGroup(title: "Models") var models: ModelFlags
  @OptionGroup(title: "Display") var display: DisplayFlags

  func run() throws {
    let recorded = try RunFiles.look(at: file)
    let settings = try settings(of: recorded, in: Surroundings(configFlag: models.config))
    for warning in settings.warnings + RunPlan.swaps(settings, recorded) {
      Console.err("espalier: \(warning)")
    }
    let stage = try Stage(settings, display, for: file)
    let changes = Changes(
      depth: depth, maxCalls: models.maxCalls, maxTokens: models.maxTokens,
      maxCost: models.maxUSD, maxMinutes: models.maxMinutes)
    try stage.play(try RunFiles.open(file, settings), changes)
  }

  /// What the run was started with, but for what is told otherwise.
  func settings(of recorded: RunConfiguration, in surroundings: Surroundings) throws -> Settings {
    var flags = Flags()
    models.fill(&flags)
    try flags.recall(recorded)
    var settings = try surroundings.settle(flags)
    if models.latency == nil, let latency = RunFiles.latency(of: file) {
      settings.search.latency.value = latency
    }
    return settings
  }
}
