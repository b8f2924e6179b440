import Glibc

/// Small chat completions against a loopback server that can do far more, at several widths: rate,
/// CPU and memory of this program's whole way from a `ModelRequest` to its `ModelReply`, which `HTTP`
/// and `Models` are. The same load by the `curl` tool and, where it is installed, by openai-python
/// stands beside it.
///
/// Each load is a process of its own, as is the server, so all are measured alike: from before the
/// process starts until it has ended. They take turns, and the median of the turns counts.
struct HTTPBenchmark {
  var calls = 5000
  var widths = [1, 16, 64]
  var turns = 5

  /// What sends the load.
  private struct Client {
    var name: String
    /// The program and its arguments.
    var command: [String]
    /// Slow ones take one turn.
    var turns: Int
  }

  /// What a load took, by rate.
  private struct Measure: Comparable {
    var rate: Double
    var microsecondsPerCall: Double
    var megabytes: Double

    static func < (a: Measure, b: Measure) -> Bool { a.rate < b.rate }
  }

  func run() throws -> [BenchmarkLine] {
    let server = try HTTPBenchmarkServer.start()
    defer { server.stop() }
    return try widths.flatMap { width in
      let clients = clients(server, width: width)
      var measures = [[Measure]](repeating: [], count: clients.count)
      for turn in 0..<turns {
        for (index, client) in clients.enumerated() where turn < client.turns {
          if let measure = try measure(client) { measures[index].append(measure) }
        }
      }
      return zip(clients, measures).map { line($0.name, width: width, $1.sorted()) }
    }
  }

  private func clients(_ server: HTTPBenchmarkServer, width: Int) -> [Client] {
    func own(_ name: String, _ kind: HTTPBenchmarkLoad.Kind) -> Client {
      Client(
        name: name,
        command: [
          "/proc/self/exe", "http-load", kind.rawValue, server.port, "\(width)", "\(calls)",
        ],
        turns: turns)
    }
    return [
      own("espalier", .whole), own("espalier, streamed", .streamed),
      Client(name: "curl --parallel", command: curl(server.url, width: width), turns: turns),
      Client(name: "openai-python", command: openaiPython(server.url, width: width), turns: 1),
      own("bare sockets, the server's ceiling", .bare),
    ]
  }

  private func curl(_ url: String, width: Int) -> [String] {
    let body =
      #"{"model":"m","messages":[{"role":"user","content":"\#(HTTPBenchmarkLoad.question)"}]}"#
    return [
      "curl", "-s", "-o", "/dev/null", "-H", "Content-Type: application/json", "-d", body,
      "--parallel", "--parallel-immediate", "--parallel-max", "\(width)",
      "\(url)/v1/chat/completions?[1-\(calls)]",
    ]
  }

  private func openaiPython(_ url: String, width: Int) -> [String] {
    let script = """
      import asyncio
      from openai import AsyncOpenAI
      async def main():
          client = AsyncOpenAI(base_url="\(url)/v1", api_key="none")
          left = iter(range(\(calls)))
          async def work():
              for _ in left:
                  await client.chat.completions.create(
                      model="m",
                      messages=[{"role": "user", "content": "\(HTTPBenchmarkLoad.question)"}])
          await asyncio.gather(*[work() for _ in range(\(width))])
      asyncio.run(main())
      """
    return [Self.python, "-c", script]
  }

  /// - Returns: nil when the program isn't installed, or fails.
  private func measure(_ client: Client) throws -> Measure? {
    let clock = ContinuousClock()
    let start = clock.now
    guard let child = try? ChildProcess(client.command) else { return nil }
    let (status, use) = child.wait()
    let seconds = (clock.now - start) / .seconds(1)
    guard status == 0 else { return nil }
    return Measure(
      rate: Double(calls) / seconds, microsecondsPerCall: use.cpu / Double(calls) * 1e6,
      megabytes: Double(use.memory) / 1_048_576)
  }

  private func line(_ client: String, width: Int, _ turns: [Measure]) -> BenchmarkLine {
    let name = "http, \(width) in flight, \(client)"
    guard !turns.isEmpty else {
      let remedy =
        client == "openai-python" ? " (ESPALIER_BENCH_PYTHON names a Python with it)" : ""
      return BenchmarkLine(bench: name + ": skipped, not installed" + remedy, figures: [])
    }
    let median = turns[turns.count / 2]
    return BenchmarkLine(
      bench: name,
      figures: [
        ("calls_per_s", median.rate), ("cpu_us_per_call", median.microsecondsPerCall),
        ("peak_mb", median.megabytes),
      ])
  }

  /// A Python that has openai-python: by default the one on `PATH`.
  private static let python =
    getenv("ESPALIER_BENCH_PYTHON").map { String(cString: $0) } ?? "python3"
}
