import Glibc
import JSON
import Models

/// Runs the benchmarks, or those that the arguments name; prints for each finding a line for people
/// and one JSON object a line for machines.
@main struct Benchmarks {
  typealias Report = (_ line: String, _ json: String) -> Void

  private static let all: [(name: String, run: @Sendable (Report) async throws -> Void)] = [
    ("search", { report in for line in try await SearchBenchmark.run() { line.tell(report) } }),
    ("tree", { report in for line in TreeBenchmark.run() { line.tell(report) } }),
    ("runfile", { report in for line in try await RunFileBenchmark.run() { line.tell(report) } }),
    (
      "http",
      { report in
        try await HTTPBenchmark().run { report($0, String(decoding: $1.bytes, as: UTF8.self)) }
      }
    ),
  ]

  static func main() async {
    let names = CommandLine.arguments.dropFirst()
    if names.first == "http-server" { HTTPBenchmarkServer.serve() }
    if let unknown = names.first(where: { name in !all.contains { $0.name == name } }) {
      let known = all.map(\.name).joined(separator: ", ")
      print("There is no benchmark \"\(unknown)\". There are: \(known).")
      exit(2)
    }
    for benchmark in all where names.isEmpty || names.contains(benchmark.name) {
      do {
        try await benchmark.run { line, json in
          print(line)
          print(json)
        }
      } catch {
        print("\(benchmark.name) could not be measured: \(error)")
        exit(1)
      }
    }
  }
}

extension BenchmarkLine {
  fileprivate func tell(_ report: Benchmarks.Report) { report(text, json) }
}
