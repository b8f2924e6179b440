import Glibc

/// Runs the benchmarks, or those that the arguments name; prints for each finding a line for people
/// and one JSON object a line for machines.
@main struct Benchmarks {
  private static let all: [(name: String, run: @Sendable () async throws -> [BenchmarkLine])] = [
    ("search", { try await SearchBenchmark.run() }),
    ("tree", { TreeBenchmark.run() }),
    ("runfile", { try await RunFileBenchmark.run() }),
    ("http", { try HTTPBenchmark().run() }),
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
        for line in try await benchmark.run() {
          print(line.text)
          print(line.json)
        }
      }
    } catch {
      print("it could not be measured: \(error)")
      exit(1)
    }
  }
}
