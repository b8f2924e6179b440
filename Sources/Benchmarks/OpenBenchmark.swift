import FoundationEssentials

/// How long a person waits for a saved run: `espalier open` on a terminal of its own, from the start
/// of the process to the first picture of the tree and to the last, and `ncdu -f` beside it on a tree
/// of the same shape.
struct OpenBenchmark {
  let folder: String

  /// The program that was built beside this one.
  private static var espalier: String {
    URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "espalier").path
  }

  /// At most so many times each, and no more once so many seconds have passed: on a busy machine one
  /// look takes seconds.
  private static let repetitions = 11
  private static let patience = Duration.seconds(40)

  /// - Parameter files: runs of the same shape, by what is special about them.
  func race(nodes: Int, _ files: [(name: String, path: String)]) throws -> [BenchmarkLine] {
    let listing = "\(folder)/ncdu-\(nodes).json"
    try Data(Self.listing(nodes: nodes).utf8).write(to: URL(filePath: listing))
    let names = files.map { "espalier open, \(nodes) nodes\($0.name)" }
    let commands = files.map { [Self.espalier, "open", $0.path] }
    var sights = [[TerminalChild.Sight]](repeating: [], count: files.count)
    var rival: [TerminalChild.Sight] = []
    // In turn, so that what else the machine does hits all alike.
    let start = ContinuousClock().now
    for round in 0..<Self.repetitions
    where round == 0 || ContinuousClock().now - start < Self.patience {
      for (index, command) in commands.enumerated() {
        sights[index].append(try TerminalChild(command).watch(for: "the initial prompt"))
      }
      if Self.hasRival {
        rival.append(try TerminalChild(["ncdu", "-f", listing]).watch(for: "ncdu"))
      }
    }
    var lines = zip(names, sights).map { BenchmarkLine(bench: $0, figures: Self.figures($1)) }
    if rival.isEmpty {
      lines.append(BenchmarkLine(bench: "ncdu -f: skipped, as there is no ncdu here", figures: []))
    } else {
      lines.append(BenchmarkLine(bench: "ncdu -f, \(nodes) nodes", figures: Self.figures(rival)))
      let settled = rival.map(\.settled).median
      for (name, sights) in zip(names, sights) {
        lines.append(
          BenchmarkLine(
            bench: "\(name), against ncdu",
            figures: [("settled_ratio", sights.map(\.settled).median / settled)]))
      }
    }
    return lines
  }

  /// What each further node takes of memory, from two sizes of one program.
  static func memory(_ few: BenchmarkLine, _ many: BenchmarkLine, nodes: Int) -> BenchmarkLine {
    func bytes(_ line: BenchmarkLine) -> Double {
      line.figures.first { $0.name == "memory_kb" }.map { $0.value * 1024 } ?? 0
    }
    return BenchmarkLine(
      bench: "\(many.bench), memory",
      figures: [("bytes_per_node", (bytes(many) - bytes(few)) / Double(nodes))])
  }

  private static func figures(
    _ sights: [TerminalChild.Sight]
  ) -> [(name: String, value: Double)] {
    [
      ("painted_ms", sights.map(\.painted).median * 1000),
      ("best_painted_ms", (sights.map(\.painted).min() ?? 0) * 1000),
      ("settled_ms", sights.map(\.settled).median * 1000),
      ("best_settled_ms", (sights.map(\.settled).min() ?? 0) * 1000),
      ("memory_kb", sights.map { Double($0.memory) / 1024 }.median),
    ]
  }

  private static var hasRival: Bool {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .contains { FileManager.default.isExecutableFile(atPath: "\($0)/ncdu") }
  }

  /// A tree of folders and files in the form that `ncdu -o` writes: as many entries, and three in each
  /// folder, as the run has nodes.
  private static func listing(nodes: Int) -> String {
    var json = #"[1,0,{"progname":"ncdu","progver":"1.18","timestamp":0},"#
    func write(_ node: Int) {
      let children = (3 * node + 1..<3 * node + 4).filter { $0 < nodes }
      let entry = #"{"name":"candidate \#(node)","asize":\#(node),"dsize":4096}"#
      json += children.isEmpty ? entry : "[\(entry)"
      for child in children {
        json += ",\n"
        write(child)
      }
      if !children.isEmpty { json += "]" }
    }
    write(0)
    return json + "]\n"
  }
}
