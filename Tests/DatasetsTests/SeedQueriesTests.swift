import Datasets
import FoundationEssentials
import Testing

/// The data of the paper's authors, which is beside the repository on some machines and not part
/// of it.
private enum SeedQueries {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "shared/seed-queries")

  static var isThere: Bool { FileManager.default.fileExists(atPath: folder.path) }

  static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appending(path: name)))
  }
}

@Suite(.enabled(if: SeedQueries.isThere, "../shared/seed-queries is not there"))
struct SeedQueriesTests {
  @Test(arguments: [
    ("drpo-seed-180.jsonl", 180), ("drpo-icl-16.jsonl", 16), ("drpo-aspects-55.jsonl", 55),
  ])
  func queries(name: String, count: Int) throws {
    let queries = try QueryFile.read(SeedQueries.bytes(name), name: name)
    #expect(queries.count == count)
  }

  @Test func examples() throws {
    let examples = try ExampleFile.read(
      SeedQueries.bytes("drpo-icl-16.jsonl"), name: "drpo-icl-16.jsonl")
    #expect(examples.count == 16)
  }
}
