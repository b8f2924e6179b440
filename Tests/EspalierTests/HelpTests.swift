import TestSupport
import Testing

/// What a newcomer asks first.
struct HelpTests {
  @Test(arguments: [[], ["run"], ["open"], ["resume"], ["verify"], ["config"]])
  func `the help of a command fits 80 columns`(_ command: [String]) async throws {
    let folder = try Folder()
    let end = try await Program.run(
      command + ["--help"], environment: ["COLUMNS": "80"], in: folder)
    #expect(end.code == 0)
    #expect(end.errors.isEmpty)
    let lines = end.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.first?.hasPrefix("OVERVIEW: ") == true)
    for line in lines { #expect(line.count <= 80, "\(line)") }
    // Everything that can be given is explained: no flag stands there without its words.
    let options = lines.drop { $0 != "OPTIONS:" }.filter { $0.hasPrefix("  -") }
    #expect(command == ["verify"] || !options.isEmpty)
  }

  @Test func `the version is a line`() async throws {
    let end = try await Program.run("--version", in: try Folder())
    #expect(end.code == 0)
    #expect(end.output.split(separator: "\n").count == 1)
    #expect(end.output.first?.isNumber == true)
  }
}
