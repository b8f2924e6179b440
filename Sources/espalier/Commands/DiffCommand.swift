import ArgumentParser
import Export
import Screen
import TextDiff
import Tree

/// Compares two prompts.
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Compare two prompts, of two runs or of one.",
    usage: "espalier diff <first> [<second>] [<options>]",
    discussion: """
      Without --node it is the best of each run that is compared. On a terminal the prompts stand \
      side by side; elsewhere, and with --plain, changes are marked in the text as \
      [-removed-]{+added+}.
      """)

  @Argument(help: "A run file.") var first: String
  @Argument(help: "Another one; left out, it is the same.") var second: String?
  @Option(help: "The number of a node in the first, or \"best\".") var node: NodeChoice?
  @Option(
    name: .customLong("other-node"), help: "The number of a node in the second, or \"best\".")
  var otherNode: NodeChoice?
  @Flag(help: "One column, for a pager.") var plain = false

  /// With fewer columns two texts beside each other can't be read.
  private static let leastWidth = 60

  func validate() throws {
    if [node, otherNode].contains(where: { $0?.scope == .all }) {
      throw ValidationError("Two prompts are compared: name a node, or \"best\", not \"all\".")
    }
    if second == nil, node == nil, otherNode == nil {
      throw ValidationError("Name a second run file, or two nodes: --node N --other-node M.")
    }
  }

  func run() throws {
    let left = try Side(first, of: node)
    let right = try Side(second ?? first, of: otherNode)
    if left.prompt.utf8.elementsEqual(right.prompt.utf8) {
      Console.page("--- \(left.title)\n+++ \(right.title)\n\nThe prompts are the same.")
    } else if !plain, let width = Console.width, width >= Self.leastWidth {
      Console.paint(
        SideBySidePage(width: width, isMarked: !Console.isColorful)
          .lines(left.title, left.prompt, right.title, right.prompt))
    } else {
      Console.page("--- \(left.title)\n+++ \(right.title)\n\n" + marked(left, right))
    }
  }

  private func marked(_ left: Side, _ right: Side) -> String {
    TextDiff.words(from: left.prompt, to: right.prompt).map { change in
      switch change.kind {
      case .same: change.text
      case .removed: "[-\(change.text)-]"
      case .added: "{+\(change.text)+}"
      }
    }
    .joined()
  }

  /// One of the two prompts, and what to call it.
  private struct Side {
    var title: String
    var prompt: String

    init(_ path: String, of choice: NodeChoice?) throws {
      let run = try SavedRun(path)
      defer { run.close() }
      let record = run.record()
      let node =
        if case .node(let number)? = choice?.scope { try record.node(numbered: number) } else {
          record.best
        }
      prompt = try record.exported(as: .prompt, of: .node(number: node.number))
      try run.checkTexts()
      let simulated = record.tree.configuration.isSimulated ? ", SIMULATED" : ""
      title =
        "\(record.tree.configuration.name), node \(node.number) at level \(node.level)\(simulated)"
    }
  }
}
