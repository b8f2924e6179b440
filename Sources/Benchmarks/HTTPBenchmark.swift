import Glibc
import HTTP
import JSON
import Models

/// Small chat completions against a loopback server that can do far more, at several widths: what a
/// call costs this side. The same load by `curl --parallel` and, where it is installed, by
/// openai-python stands beside it.
///
/// The server is a process of its own (`espalier-bench http-server`), so that its work isn't counted as
/// ours.
struct HTTPBenchmark {
  var calls = 5000
  var widths = [1, 16, 64]

  /// What a load took.
  struct Measure {
    var client: String
    var width: Int
    var calls: Int
    var seconds: Double
    /// User and system time of the client's process, in seconds.
    var cpu: Double
    /// The client's memory at its highest, in bytes; nil for a rival, whose count Linux starts with
    /// that of the process it was forked from.
    var memory: Int?

    var rate: Double { Double(calls) / seconds }
    var microsecondsPerCall: Double { cpu / Double(calls) * 1e6 }
  }

  /// - Parameter report: gets each result, as a line for people and as one for machines.
  func run(report: (_ line: String, _ json: JSON) -> Void) async throws {
    let server = try HTTPBenchmarkServer.start()
    defer { server.stop() }
    for width in widths {
      for measure in [
        try await espalier(server.url, width: width, streams: false),
        try await espalier(server.url, width: width, streams: true),
        try curl(server.url, width: width),
        try openaiPython(server.url, width: width),
      ].compactMap({ $0 }) {
        report(measure.line, measure.json)
      }
    }
  }

  private func espalier(_ url: String, width: Int, streams: Bool) async throws -> Measure {
    let endpoints = Endpoints(client: HTTPClient())
    let model = try endpoints.model(
      OpenAIEndpoint.Configuration(
        baseURL: url, model: "m", streams: streams, maxConcurrency: width))
    let request = ModelRequest(messages: [.init(.user, Self.question)])
    func load(_ calls: Int) async throws {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for index in 0..<calls {
          if index >= width { try await group.next() }
          group.addTask { _ = try await model.reply(to: request) }
        }
        try await group.waitForAll()
      }
    }
    try await load(width)
    let before = ProcessUse.own
    let clock = ContinuousClock()
    let time = try await clock.measure { try await load(calls) }
    return Measure(
      client: streams ? "espalier, streamed" : "espalier", width: width, calls: calls,
      seconds: time / .seconds(1), cpu: ProcessUse.own.cpu - before.cpu,
      memory: ProcessUse.own.memory)
  }

  private func curl(_ url: String, width: Int) throws -> Measure? {
    let body = #"{"model":"m","messages":[{"role":"user","content":"\#(Self.question)"}]}"#
    let parallel =
      width == 1
      ? [] : ["--parallel", "--parallel-immediate", "--parallel-max", "\(width)"]
    return try rival(
      "curl", width: width,
      ["curl", "-s", "-o", "/dev/null", "-H", "Content-Type: application/json", "-d", body]
        + parallel + ["\(url)/v1/chat/completions?[1-\(calls)]"])
  }

  private func openaiPython(_ url: String, width: Int) throws -> Measure? {
    let script = """
      import asyncio, sys
      try: from openai import AsyncOpenAI
      except ImportError: sys.exit(77)
      async def main():
          client = AsyncOpenAI(base_url="\(url)/v1", api_key="none")
          left = iter(range(\(calls)))
          async def work():
              for _ in left:
                  await client.chat.completions.create(
                      model="m", messages=[{"role": "user", "content": "\(Self.question)"}])
          await asyncio.gather(*[work() for _ in range(\(width))])
      asyncio.run(main())
      """
    return try rival("openai-python", width: width, ["python3", "-c", script])
  }

  /// - Returns: nil when the program isn't installed.
  private func rival(_ name: String, width: Int, _ command: [String]) throws -> Measure? {
    let clock = ContinuousClock()
    let start = clock.now
    let child = try ChildProcess(command)
    let (status, use) = child.wait()
    let seconds = (clock.now - start) / .seconds(1)
    guard status == 0 else { return nil }
    return Measure(
      client: name, width: width, calls: calls, seconds: seconds, cpu: use.cpu)
  }

  private static let question = "Is this answer helpful? Score it from 1 to 5 with a reason."
}

extension HTTPBenchmark.Measure {
  fileprivate var line: String {
    "http  \(client), \(width) in flight: \(Int(rate)) calls a second, "
      + "\(Int(microsecondsPerCall)) µs CPU a call"
      + (memory.map { ", \($0 >> 20) MiB" } ?? "")
  }

  fileprivate var json: JSON {
    [
      "bench": "http", "client": .string(client), "width": .number(Double(width)),
      "calls": .number(Double(calls)), "rate": .number(rate.rounded()),
      "cpu_us": .number(microsecondsPerCall.rounded()),
      "memory": memory.map { .number(Double($0)) } ?? .null,
    ]
  }
}
