/// A model that turns texts into vectors, by which in-context examples are found.
package struct EmbeddingsChoices: Hashable, Sendable {
  package var model: Setting<String>
  package var address: Setting<ServerAddress>
  /// Nil where the server wants none.
  package var key: Setting<SecretKey>?
  /// As a role's.
  package var prices: ModelPrices?

  static let keyVariable = "ESPALIER_EMBEDDINGS_API_KEY"
}

extension RoleResolver {
  /// Nil where nobody named a model: then examples are found by their words.
  func embeddings() throws(ConfigurationError) -> EmbeddingsChoices? {
    guard let model = try layers.text(.embeddingsModel) else {
      guard let address = try layers.text(.embeddingsAddress) else { return nil }
      throw .refused(
        address.origin,
        problem: "this is a server for embeddings without a model: --embeddings NAME")
    }
    var address = baseAddress
    if let said = try layers.text(.embeddingsAddress) {
      do {
        address = Setting(try ServerAddress(parsing: said.value), from: said.origin)
      } catch {
        throw .refused(said.origin, problem: "\(error)")
      }
    }
    return EmbeddingsChoices(
      model: model, address: address,
      key: try keys.key(in: EmbeddingsChoices.keyVariable, at: address.value),
      prices: prices[model.value])
  }
}
