package import Models
import Tree

/// The model of embeddings by which in-context examples are found.
package struct Embedder: Sendable {
  package var model: any EmbeddingModel
  /// Where the model is: vectors of the same name from elsewhere are others. Free of keys.
  package var endpoint: String
  /// Nil where it is unknown.
  package var price: TokenPrice?
  /// Where vectors are found again that another run has paid for.
  package var store: (any ReplyStore)?

  package init(
    model: any EmbeddingModel, endpoint: String, price: TokenPrice? = nil,
    store: (any ReplyStore)? = nil
  ) {
    self.model = model
    self.endpoint = endpoint
    self.price = price
    self.store = store
  }

  /// As the log names it.
  var name: String { "\(model.name) at \(endpoint)" }
}

/// A text to be embedded.
typealias NamedText = (id: TextID, content: String)

extension Embedder {
  /// How a request ended, for the engine.
  struct Landing: Sendable {
    var reply: EmbeddingReply
    /// Those in the reply.
    var vectors: [NamedVector] = []
  }

  /// What a request may take, by an estimate that would rather be too high.
  func most(for texts: [NamedText]) -> Usage {
    let input = texts.reduce(0) { $0 + $1.content.estimatedTokens }
    return Usage(
      input: input, isEstimated: true, cost: price?.cost(of: TokenUsage(input: input)))
  }

  /// Vectors that are in the store.
  @concurrent
  func known(of texts: [NamedText]) async -> [NamedVector] {
    var known: [NamedVector] = []
    for text in texts {
      guard let reply = await store?.reply(to: key(of: text)),
        let vector = VectorText.read(reply.text),
        vector.count == known.first?.vector.count ?? vector.count
      else { continue }
      known.append((text.id, vector))
    }
    return known
  }

  /// Sends a request.
  ///
  /// - Parameter dimension: of the vectors there are; nil where there is none.
  @concurrent
  func ask(
    _ request: EmbeddingRequest, _ texts: [NamedText], dimension: Int?
  ) async -> Landing {
    let spending = Spending()
    let clock = ContinuousClock()
    let start = clock.now
    var landing = Landing(reply: EmbeddingReply(lost: request))
    do {
      let embeddings = try await Spending.$current.withValue(spending) {
        try await model.embeddings(of: texts.map(\.content))
      }
      landing.reply.usage = Usage(
        input: embeddings.usage.input, isEstimated: embeddings.usage.isEstimated,
        requests: embeddings.requests, cost: price?.cost(of: embeddings.usage))
      let lengths = Set(embeddings.vectors.map(\.count)).union(dimension.map { [$0] } ?? [])
      if embeddings.vectors.count == texts.count, lengths.count == 1 {
        landing.vectors = zip(texts, embeddings.vectors).map { ($0.id, $1) }
        landing.reply.vectors = Text(VectorText.write(landing.vectors))
        for (text, vector) in zip(texts, embeddings.vectors) {
          await store?.keep(ModelReply(text: VectorText.write(vector)), to: key(of: text))
        }
      } else {
        landing.reply.setback = .failed(
          Text("\(name) does not give one vector for each text, or not all of one length."))
      }
    } catch {
      landing.reply.usage = Usage(spending.sum, seconds: 0)
      if !error.isCallBack { landing.reply.setback = .failed(Text(String(describing: error))) }
    }
    landing.reply.usage.seconds = (clock.now - start).inSeconds
    return landing
  }

  private func key(of text: NamedText) -> [UInt8] {
    ModelRequest(messages: [.init(.user, text.content)]).canonicalBytes(
      in: RequestScope(endpoint: endpoint, model: model.name, role: "embeddings"))
  }
}
