import ArgumentParser
import DRPO
import Import
import Tree

/// Checks a run against the algorithm.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Check that a run obeys the algorithm.",
    discussion: """
      Takes a run file, or a search tree in the form of the trees that the paper's authors \
      published (a JSON object with "search" and "nodes"). Every selection, every skipped rewrite \
      and the end are compared with what the beam would do on the tree as it was at that moment. \
      Exit code 1, with the first difference, when one is not.
      """)

  @Argument(help: "A run file, or a published tree as JSON.") var file: String

  func run() throws {
    let report = try Self.report(on: file)
    Console.page(report.summary)
    if let difference = report.difference {
      Console.page("It differs: \(difference)")
      throw ExitCode(1)
    }
  }

  private static func report(on path: String) throws -> Conformance {
    if case .tree(let published) = try WrittenRun.read(path) {
      return Conformance(
        configuration: published.configuration, events: published.events,
        statedPathReward: published.cumulativeReward)
    }
    let run = try SavedRun(path)
    defer { run.close() }
    return Conformance(configuration: run.configuration, events: run.events.map(\.event))
  }
}

extension Conformance {
  /// `selections 57/57 · skips 57/57 · terminal 115 = 115 · path reward 4.289655 = 4.289655`
  var summary: String {
    func both<Value: Equatable>(_ a: Value?, _ b: Value?, _ words: (Value) -> String) -> String {
      "\(a.map(words) ?? "none") \(a == b ? "=" : "≠") \(b.map(words) ?? "none")"
    }
    var parts = [
      "selections \(selections.right)/\(selections.all)", "skips \(skips.right)/\(skips.all)",
    ]
    if terminal == nil {
      parts.append("not finished")
    } else {
      parts.append("terminal " + both(terminal, expectedTerminal) { "\($0)" })
      parts.append("path reward " + both(pathReward, expectedPathReward) { $0.sixPlaces })
    }
    return parts.joined(separator: " · ")
  }
}

extension Double {
  /// Six digits behind the point.
  var sixPlaces: String {
    let millionths = (self * 1_000_000).rounded()
    guard abs(millionths) < 1e15 else { return "\(self)" }
    let whole = Int(millionths)
    let rest = String(abs(whole) % 1_000_000)
    let sign = whole < 0 ? "-" : ""
    return "\(sign)\(abs(whole) / 1_000_000)." + String(repeating: "0", count: 6 - rest.count)
      + rest
  }
}
