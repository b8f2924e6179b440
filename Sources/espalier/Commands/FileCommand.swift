import ArgumentParser
import RunFile

/// The care of run files.
struct FileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "file", abstract: "Check, repair or compact a run file.",
    subcommands: [Check.self, Repair.self, Compact.self])

  /// Says what state a file is in.
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "Read a run file whole and say what state it is in.",
      discussion: "Exit code 1 when it is damaged, or its snapshot is.")

    @Argument(help: "The run file.") var file: String

    func run() throws {
      let report = try RunFile.check(file)
      Console.page(report.lines.joined(separator: "\n"))
      if !report.isSound || report.hasBadSnapshot { throw ExitCode(1) }
    }
  }

  /// Recovers what is good of a damaged file.
  struct Repair: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "repair",
      abstract: "Make a new run file of the longest good part of a damaged one.",
      discussion: "The damaged file is left as it is.")

    @Argument(help: "The damaged run file.") var file: String
    @Option(name: .customLong("into"), help: "The new run file.") var newFile: String

    func run() throws {
      let report = try repaired()
      let damage = report.damageLines
      Console.page((damage.isEmpty ? ["Nothing is damaged."] : damage).joined(separator: "\n"))
      Console.page("\(newFile) holds the \(report.events) good events.")
      Console.err("Go on with it: espalier resume \(newFile.shellWord)")
    }

    private func repaired() throws -> RunFileReport {
      do {
        return try RunFile.repair(file, into: newFile)
      } catch RunFileError.damaged(file, let damage) {
        throw Failure("nothing of \(file) can be recovered: \(damage). It was left as it is.")
      } catch RunFileError.exists(let path) {
        throw Failure(
          "\(path) exists already, and a run is never overwritten. Choose another name with --into."
        )
      }
    }
  }

  /// Makes a file smaller.
  struct Compact: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "compact", abstract: "Give back to the disk what a run file does not need.",
      discussion: """
        The run stays what it is. --drop-replies also drops the raw replies of the ledger, which \
        nothing but a look at them needs.
        """)

    @Argument(help: "The run file; nobody may be at work on it.") var file: String
    @Flag(name: .customLong("drop-replies"), help: "Drop the raw replies of the models.")
    var dropsReplies = false

    func run() throws {
      let size = try RunFile.compact(file, droppingReplies: dropsReplies)
      Console.page("\(file): \(size.before) bytes before, \(size.after) now.")
    }
  }
}

extension RunFileReport {
  /// What people are told of it.
  fileprivate var lines: [String] {
    var lines = ["\(path): \(events) events, \(size) bytes"]
    if let writer { lines.append("Process \(writer) is at work on it.") }
    if isSound {
      lines.append("Sound: every event, every text and every call is as it was written.")
    } else {
      lines += damageLines
      lines.append("espalier file repair \(path.shellWord) --into NEW recovers what is good.")
    }
    let remedy = "espalier file compact \(path.shellWord) makes a new one."
    switch snapshot {
    case .none, .good: break
    case .damaged: lines.append("Its snapshot is damaged and is not used. \(remedy)")
    case .untrue:
      lines.append(
        "Its snapshot is not what its events tell, and it may open as what it is not. \(remedy)")
    }
    return lines
  }

  /// A line for each, but for lost texts and calls, of which there may be hundreds.
  fileprivate var damageLines: [String] {
    let most = 3
    var counts: [String: Int] = [:]
    var lines: [String] = []
    for damage in damage {
      if let kind = damage.kindOfMany {
        counts[kind, default: 0] += 1
        if counts[kind, default: 0] > most { continue }
      }
      lines.append("Damaged: \(damage).")
    }
    for (kind, count) in counts.sorted(by: { $0.key < $1.key }) where count > most {
      lines.append("Damaged: so are \(count - most) more \(kind).")
    }
    return lines
  }

  fileprivate var hasBadSnapshot: Bool { snapshot == .damaged || snapshot == .untrue }
}

extension RunFileError.Damage {
  /// What it befalls, where that may be hundreds.
  fileprivate var kindOfMany: String? {
    switch self {
    case .text: "texts"
    case .calls, .reply: "places of the ledger"
    default: nil
    }
  }
}
