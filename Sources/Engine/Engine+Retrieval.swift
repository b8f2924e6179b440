import Tree

/// In-context examples by their meaning. No answer begins before it is known which are near.
extension Engine {
  func retrieve() {
    let configuration = tree.configuration
    guard let embed, !configuration.examples.isEmpty else { return }
    retrieval = Task { [texts = caller.texts] in
      do {
        let vectors = try await ExampleVectors(of: configuration, texts: texts, by: embed)
        post(.retrieved(.success(vectors)))
      } catch {
        post(.retrieved(.failure(error)))
      }
    }
  }

  func take(_ result: Result<ExampleVectors, any Error>) {
    retrieval = nil
    switch result {
    case .success(let vectors): caller.adopt(vectors)
    case .failure(let error):
      observer(
        .notice("Examples are found by their words (BM25): there are no embeddings. \(error)"))
    }
  }
}
