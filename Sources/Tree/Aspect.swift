/// One criterion of a judgement, from the library or invented by the judge for a query.
package struct Aspect: Hashable, Sendable, Codable {
  package var name: String
  /// What the judge is told that the aspect means.
  package var definition: String

  package init(name: String, definition: String) {
    self.name = name
    self.definition = definition
  }
}

/// The aspects that count for one query.
package struct AspectChoice: Hashable, Sendable, Codable {
  package enum Origin: String, Hashable, Sendable, Codable {
    case judge
    /// The judge's choice was unreadable twice: the library's default five.
    case library
    /// Known from an imported tree.
    case imported
  }

  package var aspects: [Aspect]
  /// Why the judge chose them.
  package var reasoning: Text
  package var origin: Origin

  package init(aspects: [Aspect], reasoning: Text, origin: Origin) {
    self.aspects = aspects
    self.reasoning = reasoning
    self.origin = origin
  }
}
