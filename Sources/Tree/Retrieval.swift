/// By what in-context examples are found, and what is known for it: vectors of texts, where a model of
/// embeddings is named. Each request for them is a call like others, and belongs to no node.
package struct Retrieval: Hashable, Sendable {
  /// Requests on their way, by their numbers.
  package internal(set) var inFlight: [Int: EmbeddingRequest] = [:]
  /// The number that the next request gets.
  package internal(set) var nextNumber = 0
  /// What each model has told, in the order of their first replies: vectors of one are of no use beside
  /// those of another.
  package internal(set) var models: [Model] = []

  package struct Model: Hashable, Sendable {
    package var name: String
    /// Those that count: once there is a setback, no more do.
    package var vectors: [Text] = []
    package var setback: RetrievalSetback?
  }

  package subscript(name: String) -> Model? { models.first { $0.name == name } }

  /// Why examples are found by their words for want of vectors; nil where they are not.
  package var setback: RetrievalSetback? { models.last?.setback }
}

/// Texts that go to a model of embeddings.
package struct EmbeddingRequest: Hashable, Sendable, Codable {
  /// Counted from 0 in a run.
  package var number: Int
  /// The model and where it is.
  package var model: String
  /// How many texts.
  package var texts: Int
  /// What it may take.
  package var most: Usage

  package init(number: Int, model: String, texts: Int, most: Usage) {
    self.number = number
    self.model = model
    self.texts = texts
    self.most = most
  }
}

/// What came of a request for embeddings, or that there was none: a cache had the vectors, or nothing
/// may be asked for.
package struct EmbeddingReply: Hashable, Sendable, Codable {
  package var number: Int
  package var model: String
  package var texts: Int
  /// The vectors, each with what it is the vector of, in a form that the engine knows; nil where none
  /// came.
  package var vectors: Text?
  /// Without a request where a cache had them.
  package var usage: Usage
  /// Nil with vectors, and where the request was called back.
  package var setback: RetrievalSetback?

  package init(
    number: Int, model: String, texts: Int, vectors: Text? = nil, usage: Usage,
    setback: RetrievalSetback? = nil
  ) {
    self.number = number
    self.model = model
    self.texts = texts
    self.vectors = vectors
    self.usage = usage
    self.setback = setback
  }

  /// Nothing more will be heard of the request; its server may charge for all that it may have taken.
  package init(lost request: EmbeddingRequest) {
    self.init(
      number: request.number, model: request.model, texts: request.texts, usage: request.most)
  }
}

/// Why examples are found by their words though a model of embeddings is named. It holds for the rest
/// of the run: a resumed one does what the one before would have done.
package enum RetrievalSetback: Hashable, Sendable, Codable {
  /// The vectors may take more than is left of this.
  case budget(FinishReason)
  case failed(Text)

  package func reason(_ texts: some TextSource) -> String {
    switch self {
    case .budget(let which):
      "embeddings may take more than is left of the budget of \(which.rawValue)."
    case .failed(let why): "there are no embeddings. \(texts.string(why))"
    }
  }

  /// Sentences for a person.
  package func words(_ texts: some TextSource) -> String {
    "Examples are found by their words (BM25) for the rest of the run: \(reason(texts))"
  }
}

extension SearchTree {
  mutating func take(_ request: EmbeddingRequest) -> Bool {
    guard request.number >= retrieval.nextNumber else { return false }
    retrieval.nextNumber = request.number &+ 1
    retrieval.inFlight[request.number] = request
    totals.retrieval.started += 1
    return true
  }

  mutating func take(_ reply: EmbeddingReply) -> Bool {
    let wasInFlight = retrieval.inFlight.removeValue(forKey: reply.number) != nil
    guard wasInFlight || reply.number >= retrieval.nextNumber else { return false }
    retrieval.nextNumber = max(retrieval.nextNumber, reply.number &+ 1)
    totals.count(reply, wasAsked: wasInFlight)
    guard reply.vectors != nil || reply.setback != nil else { return true }
    let known = retrieval.models.firstIndex { $0.name == reply.model }
    let index = known ?? retrieval.models.endIndex
    if known == nil { retrieval.models.append(Retrieval.Model(name: reply.model)) }
    guard retrieval.models[index].setback == nil else { return true }
    if let vectors = reply.vectors {
      retrieval.models[index].vectors.append(Text(stored: vectors.id))
    }
    retrieval.models[index].setback = reply.setback
    return true
  }
}
