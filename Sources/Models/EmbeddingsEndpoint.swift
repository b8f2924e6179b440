import HTTP
import JSON

/// Turns texts into vectors by `/v1/embeddings`: near in meaning, near in direction.
package struct EmbeddingsEndpoint: Sendable {
  let configuration: OpenAIEndpoint.Configuration
  let address: OpenAIAddress
  let client: HTTPClient
  let retrier: Retrier

  /// How many texts go in one request: some servers take no more than 100.
  private static let batch = 64

  /// One vector a text, in the order of the texts, all of one length.
  ///
  /// - Throws: `ModelError` or `CancellationError`.
  package func vectors(for texts: [String]) async throws -> [[Float]] {
    let starts = stride(from: 0, to: texts.count, by: Self.batch)
    let batches = try await withThrowingTaskGroup(
      of: (Int, [[Float]]).self, returning: [Int: [[Float]]].self
    ) { group in
      for start in starts {
        let batch = Array(texts[start..<min(start + Self.batch, texts.count)])
        group.addTask { (start, try await embed(batch)) }
      }
      return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    let all = starts.flatMap { batches[$0] ?? [] }
    guard Set(all.map(\.count)).count <= 1 else {
      throw ModelError.rejected("\(retrier.name): the vectors are of different lengths")
    }
    return all
  }

  private func embed(_ batch: [String]) async throws -> [[Float]] {
    let body: JSON = [
      "model": .string(configuration.model), "input": .array(batch.map(JSON.string)),
      "encoding_format": "float",
    ]
    let reader = FailureReader(configuration, address)
    return try await retrier.run { _ in
      let transfer = await client.send(
        configuration.request(
          .post(body.bytes), to: address.url(of: "embeddings"), bodyLimit: 64 << 20),
        into: BodyCollector())
      let document = try reader.document(transfer)
      guard let vectors = Self.read(document, count: batch.count) else {
        throw reader.incomplete("the reply does not hold one vector for each text")
      }
      return vectors
    }.0
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
        guard case .number(let value) = number, value.isFinite else { return nil }
        return Float(value)
      }
      guard vector.count == numbers.count else { return nil }
      vectors[index] = vector
    }
    return vectors.compactMap { $0 }
  }
}
