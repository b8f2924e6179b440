import Foundation
import TestSupport
import Testing

/// 0 done, 1 error, 2 usage, 130 interrupted.
struct ExitCodeTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var arguments: [String]
    var environment: [String: String] = [:]
    var code: Int32
    /// All of it has to be in what is said on standard error.
    var says: [String]

    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(
      name: "unknown flag", arguments: ["run", "--headles"], code: 2,
      says: ["--headles", "--headless", "Usage: espalier run"]),
    Case(
      name: "control: unknown action", arguments: ["control", "none.espalier", "dance"], code: 2,
      says: ["there is no action \"dance\"", "prune N"]),
    Case(
      name: "control: no number", arguments: ["control", "none.espalier", "set", "beam", "wide"],
      code: 2, says: ["beam needs a whole number"]),
    Case(
      name: "control: no run", arguments: ["control", "none.espalier", "pause"], code: 1,
      says: ["none.espalier"]),
    Case(
      name: "export: the past of all there is",
      arguments: ["export", "none.espalier", "--format", "jsonl", "--at", "3"], code: 2,
      says: ["fork the run there first"]),
    Case(
      name: "unknown command", arguments: ["grow"], code: 2,
      says: ["There is no command grow. There are run, open, resume"]),
    Case(
      name: "a slip in a command", arguments: ["shw", "a.espalier"], code: 2,
      says: ["There is no command shw. Did you mean show?"]),
    Case(
      name: "a slip in a command of a command", arguments: ["file", "chek", "a.espalier"], code: 2,
      says: ["There is no command chek. Did you mean check?"]),
    Case(
      name: "no command at all", arguments: ["a.espalier"], code: 2, says: ["a.espalier"]),
    Case(
      name: "import: a newer export", arguments: ["import", "newer.jsonl", "--run", "a.espalier"],
      code: 1,
      says: ["newer.jsonl was written by a newer espalier (format 2; this one knows up to 1)"]),
    Case(
      name: "a word for a number", arguments: ["run", "--beam", "two"], code: 2, says: ["--beam"]),
    Case(
      name: "a number out of range", arguments: ["run", "--beam", "0"], code: 2, says: ["--beam"]),
    Case(
      name: "a flag without its value", arguments: ["run", "--seed"], code: 2, says: ["--seed"]),
    Case(name: "no file to resume", arguments: ["resume"], code: 2, says: ["<file>"]),
    Case(
      name: "unknown preset", arguments: ["run", "--headless", "--preset", "papr"], code: 2,
      says: ["--preset", "paper"]),
    Case(
      name: "an address that is none", arguments: ["run", "--model", "x", "--url", "localhost:80"],
      code: 2, says: ["--url", "http://"]),
    Case(
      name: "a server without a model", arguments: ["run", "--url", "http://127.0.0.1:1"], code: 2,
      says: ["--model NAME"]),
    Case(
      name: "a bad variable", arguments: ["run", "--headless"],
      environment: ["ESPALIER_DEPTH": "deep"], code: 1, says: ["ESPALIER_DEPTH"]),
    Case(
      name: "a bad line in the configuration",
      arguments: ["run", "--headless", "--config", "bad.toml"],
      code: 1, says: ["bad.toml:2: ", "dept"]),
    Case(
      name: "no such configuration", arguments: ["run", "--headless", "--config", "none.toml"],
      code: 1, says: ["none.toml", "No such file"]),
    Case(
      name: "no such query file", arguments: ["run", "--headless", "--queries", "none.jsonl"],
      code: 1, says: ["none.jsonl", "No such file"]),
    Case(
      name: "a bad row", arguments: ["run", "--headless", "--queries", "bad.jsonl"], code: 1,
      says: ["bad.jsonl, line 2, column 11: broken JSON"]),
    Case(
      name: "no queries", arguments: ["run", "--headless", "--queries", "empty.jsonl"], code: 1,
      says: ["empty.jsonl"]),
    Case(
      name: "no such prompt file", arguments: ["run", "--headless", "--prompt", "@none.txt"],
      code: 1, says: ["none.txt", "No such file"]),
    Case(
      name: "no such theme", arguments: ["run", "--headless", "--theme", "mauve"], code: 1,
      says: ["mauve"]),
    Case(
      name: "resume: not a run", arguments: ["resume", "bad.jsonl"], code: 1, says: ["not a run"]),
    Case(name: "resume: no file", arguments: ["resume", "none.espalier"], code: 1, says: ["none"]),
    Case(name: "open: not a run", arguments: ["open", "bad.toml"], code: 1, says: ["not a run"]),
    Case(
      name: "open: other JSON", arguments: ["open", "bad.jsonl"], code: 1,
      says: ["bad.jsonl: Line 2 is not JSON"]),
    Case(
      name: "verify: not a run", arguments: ["verify", "bad.toml"], code: 1, says: ["not a run"]),
    Case(
      name: "verify: other JSON", arguments: ["verify", "other.json"], code: 1,
      says: ["other.json"]),
  ]

  @Test(arguments: cases) func `a mistake is told, with its exit code`(_ mistake: Case) async throws
  {
    let folder = try Folder()
    try folder.write("{\"query\": \"What is dew?\"}\n{\"query\": }\n", to: "bad.jsonl")
    try folder.write("", to: "empty.jsonl")
    try folder.write("{\"kind\":\"run\",\"format\":2}\n", to: "newer.jsonl")
    try folder.write("[search]\ndept = 3\n", to: "bad.toml")
    try folder.write("{\"nodes\": 3}", to: "other.json")
    let end = try await Program.run(
      mistake.arguments, environment: mistake.environment, in: folder)
    #expect(end.code == mistake.code, "\(end.errors)")
    #expect(end.output.isEmpty)
    for text in mistake.says { #expect(end.errors.contains(text), "\(end.errors)") }
    #expect(!folder.exists("runs"), "a mistake leaves no run behind")
  }

  @Test func `a damaged file is not gone on with, and left as it was`() async throws {
    let folder = try Folder()
    let whole = try await Program.run(RunTests.small + ["--run", "a.espalier"], in: folder)
    #expect(whole.code == 0)
    // One letter of one stored event.
    var bytes = try folder.bytes("a.espalier")
    let place = try #require(bytes.firstRange(of: Data("\"judgement\"".utf8)))
    bytes[place.lowerBound + 1] = UInt8(ascii: "J")
    try bytes.write(to: URL(filePath: folder.path("a.espalier")))
    for command in ["resume", "open", "verify"] {
      let end = try await Program.run(command, "a.espalier", in: folder)
      #expect(end.code == 1)
      #expect(end.errors.contains("a.espalier is damaged"), "\(command): \(end.errors)")
    }
    #expect(try folder.bytes("a.espalier") == bytes)
  }
}
