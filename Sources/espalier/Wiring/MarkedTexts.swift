import Tree

/// The texts of a run file for who only looks at it: one that is lost is seen to be, and is not taken
/// for an empty one.
struct MarkedTexts: TextSource {
  static let mark = "(This text is lost or damaged: see espalier file check.)"

  private let texts: any TextSource

  init(_ texts: any TextSource) { self.texts = texts }

  func content(of id: TextID) -> String? { texts.content(of: id) ?? Self.mark }
}
