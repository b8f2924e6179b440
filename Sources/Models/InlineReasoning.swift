/// Separates what a model thought aloud inside its text, `<think>…</think>`, from what it said.
///
/// Some templates put the opening mark into the prompt, so a text may have only the closing one.
struct InlineReasoning {
  let reasoning: String
  let text: String

  init(in text: String) {
    let said = text.drop(while: \.isWhitespace)
    guard said.hasPrefix("<think>") || text.firstRange(of: "<think>") == nil,
      let close = said.firstRange(of: "</think>")
    else {
      // Cut off in the midst of its thoughts: nothing was said.
      let isOpen = said.hasPrefix("<think>")
      reasoning = isOpen ? String(said.dropFirst("<think>".count)) : ""
      self.text = isOpen ? "" : text
      return
    }
    let thought = said[..<close.lowerBound]
    reasoning = String(thought.hasPrefix("<think>") ? thought.dropFirst("<think>".count) : thought)
    self.text = String(said[close.upperBound...].drop(while: \.isWhitespace))
  }
}
