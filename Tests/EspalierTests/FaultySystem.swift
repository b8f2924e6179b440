import Foundation

/// Has the disk of a program go wrong under it: a library that is loaded before its others, and does as
/// Tests/CFaultySystem says.
struct FaultySystem: CustomStringConvertible {
  enum Fault: String, CaseIterable {
    case kill, tear, full, broken
  }

  /// Where the disk goes wrong.
  var folder: String
  var fault: Fault?
  /// How many changes are made before the first that is not.
  var number = 0

  var description: String { "\(fault.map(\.rawValue) ?? "nothing") at change \(number)" }

  /// What the program is to find in its environment.
  var environment: [String: String] {
    var variables = [
      "LD_PRELOAD": URL(filePath: Program.path).deletingLastPathComponent()
        .appending(path: "libFaultySystem.so").path,
      "FAULTY_FOLDER": folder, "FAULTY_TALLY": folder + "-tally",
    ]
    if let fault {
      variables["FAULTY_AT"] = "\(number)"
      variables["FAULTY_HOW"] = fault.rawValue
    }
    return variables
  }

  /// How many changes a program has made that ran to its end.
  var tally: Int {
    get throws {
      let text = try String(contentsOfFile: folder + "-tally", encoding: .utf8)
      return Int(text.split(separator: "\n")[0]) ?? 0
    }
  }
}

/// Whether a test that only takes a sample of many cases by default is to take them all.
let isSoaking = ProcessInfo.processInfo.environment["ESPALIER_SOAK"] != nil

extension Array {
  /// All, where tests are soaked; otherwise so many, evenly spread, the first and the last among them.
  func sample(of size: Int) -> [Element] {
    if isSoaking || count <= size { return self }
    return (0..<size).map { self[$0 * (count - 1) / (size - 1)] }
  }

  /// Does something with each, two at a time.
  func forEachInPairs(
    _ body: @escaping @Sendable (Element) async throws -> Void
  ) async throws where Element: Sendable {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (index, element) in enumerated() {
        if index >= 2 { try await group.next() }
        group.addTask { try await body(element) }
      }
      try await group.waitForAll()
    }
  }
}
