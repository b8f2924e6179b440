extension ModelReply {
  /// Why the reply can't be taken for what the model wanted to say, in words; nil when it can.
  ///
  /// A text cut at the limit of tokens has no fault by this: a rambling answer is judged for it. Who
  /// needs the whole text looks at `finish`.
  package var fault: String? {
    switch finish {
    case .contentFilter: return "the content filter cut the reply"
    case .refusal(let words): return "the model refused: \(words)"
    case .toolCalls: return "the model asked for tools instead of answering"
    case .other(let reason): return "the model stopped for an unknown reason (\(reason))"
    case .stop, .length: break
    }
    guard text.allSatisfy(\.isWhitespace) else { return nil }
    if reasoning != nil && finish == .length {
      return "the model spent its whole limit of tokens on reasoning"
    }
    return reasoning == nil ? "the reply was empty" : "the model reasoned but said nothing"
  }
}
