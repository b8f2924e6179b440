/// What a stream says, without what the model thinks aloud in its text: as `InlineReasoning`, piece by
/// piece. Thoughts of which only the end is marked can't be told from what is said before that comes:
/// that a model has such has to be known from an earlier reply.
struct SpokenText: Sendable {
  private enum Phase: Sendable {
    /// All so far may become the opening mark.
    case undecided(String)
    /// The last characters of the thoughts, which may begin the closing mark.
    case thinking(String)
    /// Between the thoughts and the first word.
    case silent
    case speaking
  }

  private static let open = "<think>"
  private static let close = "</think>"
  private var phase: Phase

  /// - Parameters:
  ///   - isAllSaid: marks have no meaning in the text.
  ///   - beginsWithThoughts: also where no mark opens them. Nothing is said of a text without an end
  ///     of thoughts, until it is whole.
  init(isAllSaid: Bool, beginsWithThoughts: Bool = false) {
    phase = isAllSaid ? .speaking : beginsWithThoughts ? .thinking("") : .undecided("")
  }

  /// - Returns: what of the next piece, or of those held back, is said.
  mutating func add(_ piece: String) -> String {
    switch phase {
    case .speaking: return piece
    case .silent:
      let said = piece.drop(while: \.isWhitespace)
      if !said.isEmpty { phase = .speaking }
      return String(said)
    case .undecided(let held):
      let text = held + piece
      let start = text.drop(while: \.isWhitespace)
      if Self.open.hasPrefix(start) && start.count < Self.open.count {
        phase = .undecided(text)
        return ""
      }
      guard start.hasPrefix(Self.open) else {
        phase = .speaking
        return text
      }
      phase = .thinking("")
      return add(String(start.dropFirst(Self.open.count)))
    case .thinking(let tail):
      let thoughts = tail + piece
      guard let end = thoughts.firstRange(of: Self.close) else {
        phase = .thinking(String(thoughts.suffix(Self.close.count - 1)))
        return ""
      }
      phase = .silent
      return add(String(thoughts[end.upperBound...]))
    }
  }
}
