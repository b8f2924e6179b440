import DRPO
import Tree

/// In-context examples by their meaning. No answer begins before it is known which are near to its
/// query, or that this can't be known.
extension Engine {
  /// What is under way.
  struct Retrieving {
    var tasks: [Int: Task<Void, Never>] = [:]
    /// The texts of each request.
    var asked: [Int: Set<TextID>] = [:]
    /// Texts that were looked for in the embedder's store.
    var sought: Set<TextID> = []
    var isSeeking = false

    var isUnderWay: Bool { isSeeking || !asked.isEmpty }
  }

  /// Takes over the vectors that the run has paid for already.
  func recallVectors() {
    guard let embedder = caller.embedder else { return }
    for text in tree.retrieval[embedder.name]?.vectors ?? [] {
      caller.adopt(VectorText.readAll(caller.texts.string(text)))
    }
  }

  func waitsForVectors(_ call: CallKey) -> Bool {
    guard call.step == .answer, let embedder = caller.embedder, tree.settings.examplesShown > 0,
      !tree.configuration.examples.isEmpty, tree.retrieval[embedder.name]?.setback == nil,
      let query = query(of: call)
    else { return false }
    return !caller.vectors.covers(query.id)
  }

  private func query(of call: CallKey) -> Text? {
    let queries = tree.configuration.queries
    return queries.indices.contains(call.query) ? queries[call.query] : nil
  }

  /// Sees to it that the vectors come for which calls wait.
  func retrieve(for waiting: [CallKey], _ turn: inout Turn) {
    guard let call = waiting.first(where: waitsForVectors), let query = query(of: call),
      let embedder = caller.embedder, !retrieving.isSeeking
    else { return }
    let asked = retrieving.asked.values.reduce(into: Set()) { $0.formUnion($1) }
    let expected = tree.textsToEmbed
    let texts = (expected + (expected.contains(query) ? [] : [query]))
      .filter { !caller.vectors.isKnown($0.id) && !asked.contains($0.id) }
      .map { NamedText(id: $0.id, content: caller.texts.string($0)) }
    let unsought = texts.filter { !retrieving.sought.contains($0.id) }
    if embedder.store != nil, !unsought.isEmpty {
      return seek(unsought, of: embedder)
    }
    for start in stride(from: 0, to: texts.count, by: SearchTree.textsARequest) {
      let batch = Array(texts[start..<min(start + SearchTree.textsARequest, texts.count)])
      let most = embedder.most(for: batch)
      let minutes = workingTime.minutes
      if let why = budget.obstacle(to: Claim(most), after: 0, in: tree, minutes: minutes) {
        // What is on its way may take less than was set aside for it; and where there is no room for
        // the call either, the run is at its end, and how it finds examples is left open.
        let ends = budget.obstacle(to: claim(for: call), after: 0, in: tree, minutes: minutes)
        guard tasks.isEmpty, tree.isNothingInFlight, ends == nil else { return }
        return take(
          EmbeddingReply(
            number: tree.retrieval.nextNumber, model: embedder.name, texts: texts.count,
            usage: Usage(requests: 0, cost: 0), setback: .budget(why)), into: &turn)
      }
      let request = EmbeddingRequest(
        number: tree.retrieval.nextNumber, model: embedder.name, texts: batch.count, most: most)
      add(.flight(.embedding(request)), to: &turn)
      retrieving.asked[request.number] = Set(batch.map(\.id))
      turn.embeddings.append((request, batch))
    }
  }

  /// Looks for vectors that another run has paid for.
  private func seek(_ texts: [NamedText], of embedder: Embedder) {
    retrieving.isSeeking = true
    retrieving.sought.formUnion(texts.map(\.id))
    Task {
      let found = await embedder.known(of: texts)
      post(.recalled(found))
    }
  }

  func take(recalled found: [NamedVector], into turn: inout Turn) {
    retrieving.isSeeking = false
    guard let embedder = caller.embedder, !found.isEmpty, rest < .aborting else { return }
    take(
      EmbeddingReply(
        number: tree.retrieval.nextNumber, model: embedder.name, texts: found.count,
        vectors: Text(VectorText.write(found)), usage: Usage(requests: 0, cost: 0)),
      found, into: &turn)
  }

  /// What is sent is in the log.
  func send(_ request: EmbeddingRequest, _ texts: [NamedText]) {
    guard let embedder = caller.embedder else { return }
    retrieving.tasks[request.number] = Task { [dimension = caller.vectors.dimension] in
      post(.embedded(await embedder.ask(request, texts, dimension: dimension)))
    }
  }

  func land(_ landing: Embedder.Landing, into turn: inout Turn) {
    retrieving.tasks[landing.reply.number] = nil
    retrieving.asked[landing.reply.number] = nil
    // One that was called back has its end in the log already.
    guard tree.retrieval.inFlight[landing.reply.number] != nil else { return }
    take(landing.reply, landing.vectors, into: &turn)
  }

  private func take(
    _ reply: EmbeddingReply, _ vectors: [NamedVector] = [], into turn: inout Turn
  ) {
    let counts = tree.retrieval[reply.model]?.setback == nil
    add(.flight(.embedded(reply)), to: &turn)
    if counts {
      caller.adopt(vectors)
      if let setback = reply.setback { turn.notices.append(setback.words(caller.texts)) }
    }
  }

  /// Counts requests of which nothing more will be heard.
  func loseEmbeddings(_ turn: inout Turn) {
    for (number, request) in tree.retrieval.inFlight.sorted(by: { $0.key < $1.key }) {
      retrieving.tasks.removeValue(forKey: number)?.cancel()
      retrieving.asked[number] = nil
      add(.flight(.embedded(EmbeddingReply(lost: request))), to: &turn)
    }
  }
}
