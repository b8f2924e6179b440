import HTTP
import JSON

/// Turns texts into vectors by `/v1/embeddings`.
package struct EmbeddingsEndpoint: EmbeddingModel {
  let configuration: OpenAIEndpoint.Configuration
  let address: OpenAIAddress
  let client: HTTPClient
  let clock: ModelClock
  let retrier: Retrier
  /// Told of every attempt.
  let observe: @Sendable (AttemptRecord) -> Void

  package var name: String { configuration.model }

  package func setWindingDown(_ isWindingDown: Bool) {
    retrier.gate.setWindingDown(isWindingDown)
  }

  package func carryOn() { retrier.gate.reopen() }

  package func embeddings(of texts: [String]) async throws -> Embeddings {
    var (embeddings, losses) = try await retrier.run { _ in try await attempt(texts) }
    embeddings.requests += losses.requests
    if let lost = losses.usage { embeddings.usage = embeddings.usage + lost }
    return embeddings
  }

  private func attempt(_ texts: [String]) async throws -> Embeddings {
    let started = clock.elapsed()
    func record(_ usage: TokenUsage?, failure: String? = nil) {
      observe(
        AttemptRecord(
          server: address.name, model: name, seconds: (clock.elapsed() - started) / .seconds(1),
          usage: usage, cost: configuration.cost(of: usage ?? TokenUsage()), failure: failure))
    }
    do {
      let embeddings = try await ask(texts)
      record(embeddings.usage)
      return embeddings
    } catch let failure as AttemptFailure {
      record(failure.usage, failure: failure.message)
      throw failure
    }
  }

  private func ask(_ texts: [String]) async throws -> Embeddings {
    let body: JSON = [
      "model": .string(configuration.model), "input": .array(texts.map(JSON.string)),
      "encoding_format": "float",
    ]
    let reader = FailureReader(configuration, address)
    let transfer = await client.send(
      configuration.request(
        .post(body.bytes), to: address.url(of: "embeddings"), bodyLimit: 64 << 20),
      into: BodyCollector())
    let document = try reader.document(transfer)
    let usage = TokenUsage(reported: document["usage"], embedding: texts)
    guard let vectors = Self.read(document, count: texts.count) else {
      var failure = reader.incomplete("the reply does not hold one vector for each text")
      // The server has done its work, such as it is.
      failure.usage = usage
      throw failure
    }
    return Embeddings(vectors: vectors, usage: usage)
  }

  /// Servers may give them in any order: the index tells.
  private static func read(_ document: JSON, count: Int) -> [[Float]]? {
    guard let data = document["data"]?.array, data.count == count else { return nil }
    var vectors = [[Float]?](repeating: nil, count: count)
    for (place, item) in data.enumerated() {
      let index = item["index"]?.integer ?? place
      guard vectors.indices.contains(index), vectors[index] == nil,
        let numbers = item["embedding"]?.array, !numbers.isEmpty
      else { return nil }
      let vector = numbers.compactMap { number -> Float? in
        guard case .number(let value) = number else { return nil }
        return Float(value).isFinite ? Float(value) : nil
      }
      guard vector.count == numbers.count else { return nil }
      vectors[index] = vector
    }
    let all = vectors.compactMap { $0 }
    return Set(all.map(\.count)).count == 1 ? all : nil
  }
}
