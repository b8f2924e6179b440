import TestSupport
import Testing

/// What a newcomer asks first.
struct HelpTests {
  @Test func `the help of every command fits 80 columns`() async throws {
    let folder = try Folder()
    let overview = try await Self.help([], in: folder)
    // "  run (default)           Search for …"
    let commands = overview.drop { $0 != "SUBCOMMANDS:" }.dropFirst().prefix { !$0.isEmpty }
      .filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
      .compactMap { $0.split(separator: " ").first.map(String.init) }
    #expect(Set(["run", "open", "resume", "verify", "config"]).isSubset(of: commands))
    for command in commands { _ = try await Self.help([command], in: folder) }
  }

  private static func help(_ command: [String], in folder: Folder) async throws -> [Substring] {
    let end = try await Program.run(
      command + ["--help"], environment: ["COLUMNS": "80"], in: folder)
    #expect(end.code == 0)
    #expect(end.errors.isEmpty)
    let lines = end.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.first?.hasPrefix("OVERVIEW: ") == true, "\(command)")
    let usage = (["USAGE: espalier"] + command).joined(separator: " ")
    #expect(lines.contains { $0.hasPrefix(usage) }, "\(command)")
    for line in lines { #expect(line.count <= 80, "\(command): \(line)") }
    return lines
  }

  @Test func `the version is a line`() async throws {
    let end = try await Program.run("--version", in: try Folder())
    #expect(end.code == 0)
    #expect(end.output.split(separator: "\n").count == 1)
    #expect(end.output.first?.isNumber == true)
  }
}
