import Glibc

/// Runs the benchmarks, or those that the arguments name; prints for each finding a line for people
/// and one JSON object a line for machines.
@main struct Benchmarks {
  /// Each tells a line as soon as it is known: some take minutes.
  typealias Tell = @Sendable (BenchmarkLine) -> Void

  private static let all: [(name: String, run: @Sendable (Tell) async throws -> Void)] = [
    ("search", { try await SearchBenchmark.run().forEach($0) }),
    ("tree", { TreeBenchmark.run().forEach($0) }),
    ("runfile", { try await RunFileBenchmark.run($0) }),
    ("http", { try HTTPBenchmark().run().forEach($0) }),
  ]

  static func main() async {
    let names = CommandLine.arguments.dropFirst()
    if names.first == "http-server" { HTTPBenchmarkServer.serve() }
    do {
      if names.first == "http-load", let load = HTTPBenchmarkLoad(names.dropFirst()) {
        return try await load.run()
      }
      if let unknown = names.first(where: { name in !all.contains { $0.name == name } }) {
        let known = all.map(\.name).joined(separator: ", ")
        print("There is no benchmark \"\(unknown)\". There are: \(known).")
        exit(2)
      }
      for benchmark in all where names.isEmpty || names.contains(benchmark.name) {
        try await benchmark.run { line in
          print(line.text)
          print(line.json)
          fflush(nil)
        }
      }
    } catch {
      print("it could not be measured: \(error)")
      exit(1)
    }
  }
}
