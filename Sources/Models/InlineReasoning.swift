/// Separates what a model thought aloud inside its text, `<think>…</think>`, from what it said.
///
/// Some templates put the opening mark into the prompt, so a text may have only the closing one.
struct InlineReasoning {
  let reasoning: String
  let text: String
  /// Only the end of the thoughts was marked.
  let isUnopened: Bool

  init(in text: String) {
    let said = text.drop(while: \.isWhitespace)
    let isOpen = said.hasPrefix("<think>")
    guard let close = said.firstMark("</think>"), isOpen || said.firstMark("<think>") == nil else {
      // Cut off in the midst of its thoughts: nothing was said.
      isUnopened = false
      reasoning = isOpen ? String(said.dropFirst("<think>".count)) : ""
      self.text = isOpen ? "" : text
      return
    }
    isUnopened = !isOpen
    let thought = said[..<close.lowerBound]
    reasoning = String(isOpen ? thought.dropFirst("<think>".count) : thought)
    self.text = String(said[close.upperBound...].drop(while: \.isWhitespace))
  }
}

extension Substring {
  /// Where a mark that starts with `<` stands first. Byte by byte: `firstRange(of:)`, which looks at
  /// characters, would take longer than all else that is done to a short reply.
  fileprivate func firstMark(_ mark: String) -> Range<Index>? {
    let mark = mark.utf8
    var rest = utf8
    while let start = rest.firstIndex(of: UInt8(ascii: "<")) {
      rest = rest[start...]
      if rest.starts(with: mark) { return start..<rest.index(start, offsetBy: mark.count) }
      rest = rest.dropFirst()
    }
    return nil
  }
}
