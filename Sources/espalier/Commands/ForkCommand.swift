import ArgumentParser
import RunFile
import Tree

/// Starts a run that shares the past of another.
struct ForkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fork",
    abstract: "Start a run that shares the past of another, and its paid calls.",
    discussion: """
      --at N forks before node N was decided on: before it was opened, or, where it was passed over, \
      before the first node of its level was. --at eN forks after event N, and shares it. A what-if \
      without an intervention is a fork before it: event 131 pruned a node, so fork at e130.

      The new run is not started: "espalier resume NEW" goes on with it, asking nothing again that \
      was answered before the fork. A live run can be forked too.
      """)

  @Argument(help: "The run file.") var file: String
  @Option(help: ArgumentHelp("A node, as 12, or an event, as e131.", valueName: "node|event"))
  var at: ForkPoint
  @Option(name: .customLong("run"), help: "The new run file.") var newFile: String

  func run() throws {
    let run = try RunFile.open(file, for: .reading)
    defer { run.close() }
    let events = try run.events().map(\.event)
    let count = try at.count(in: events, of: run.configuration)
    try RunFile.fork(
      file, before: count, named: RunFiles.newName(), to: newFile, time: RunFiles.now)
    let tree = SearchTree(configuration: run.configuration, events: events.prefix(count))
    Console.page(
      "\(newFile) shares \(count) of \(events.count) events with \(file), and "
        + "\(tree.totals.completed) finished calls.")
    Console.err("Go on with it: espalier resume \(newFile.shellWord)")
  }
}
