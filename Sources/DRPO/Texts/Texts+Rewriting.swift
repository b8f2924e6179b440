package import Tree

extension Texts {
  /// Asks the optimizer for a better prompt. Read by `Reading.proposal`.
  ///
  /// - Parameters:
  ///   - evaluation: how `response`, given under `prompt`, was judged.
  ///   - recentPrompts: the last prompts of the path, oldest first; the last is `prompt` itself.
  ///   - wishes: what the person who steers the search has asked for: not data but instructions.
  ///   - locked: spans that the new prompt must keep; those that `prompt` does not have are passed
  ///     over, here as in the reading.
  ///   - texts: where rationales are found that the evaluation does not hold.
  package static func rewriting(
    prompt: String, query: String, response: String, evaluation: Evaluation,
    recentPrompts: [String], wishes: [String] = [], locked: [String] = [],
    texts: some TextSource = TextsInMemory()
  ) -> Conversation {
    var earlier = recentPrompts
    if earlier.last == prompt { earlier.removeLast() }
    let judgement = evaluation.scores.map { score in
      "- \(oneLine(score.aspect)): \(mark(score.value)) of 5. "
        + oneLine(texts.string(score.rationale))
    }.joined(separator: "\n")
    let placeholders = Placeholders.found(in: prompt)
    let kept = locked.filter { LockedSpan($0).occurs(in: prompt) }
    let tags = Delimiters(
      around: earlier + wishes + kept + [prompt, query, response, judgement])

    var parts: [String] = []
    if !earlier.isEmpty {
      parts.append(
        "Earlier versions of the prompt, oldest first:\n"
          + earlier.map { tags.block("earlier-prompt", $0) }.joined(separator: "\n"))
    }
    parts.append("The current prompt, to be rewritten:\n" + tags.block("current-prompt", prompt))
    parts.append("The query it was tried on:\n" + tags.block("query", query))
    parts.append("The response it led to:\n" + tags.block("response", response))
    parts.append(
      "How the judge scored that response:\n" + tags.block("evaluation", judgement))
    if !wishes.isEmpty {
      parts.append(
        "What the owner of the prompt wishes, to be followed in the new prompt:\n"
          + wishes.map { "- " + oneLine($0) }.joined(separator: "\n"))
    }
    if !kept.isEmpty {
      parts.append(
        "Passages that the new prompt must contain, word for word:\n"
          + kept.map { tags.block("locked", $0) }.joined(separator: "\n"))
    }
    if !placeholders.isEmpty {
      parts.append(
        "Placeholders that the new prompt must contain, exactly as written: "
          + placeholders.joined(separator: " "))
    }
    parts.append(
      "Write the analysis, the summary and the complete new prompt. Reply with the JSON object "
        + "only.")
    return Conversation(
      system: rewriter, turns: [.init(.user, parts.joined(separator: "\n\n"))],
      schema: ReplySchema.proposal)
  }

  private static let rewriter = """
    You improve the system prompt of an assistant.

    You are given its current prompt, one query it was tried on, the response it led to, and a \
    judge's scores and rationales for that response. Find out what in the prompt, or missing from \
    it, led to the weaknesses, and write a better prompt. The query is only an example: the prompt \
    will meet thousands of others of every kind (facts, how-to, reasoning, creative work, personal \
    trouble, harmful requests), and it must serve them all.

    Rules for the new prompt:
    - It is complete and replaces the current one: a short opening that says who the assistant is \
    and how it works, then at most 8 bullets that begin with "- ".
    - Change as little as gives the improvement. Add at most 2 new bullets in one step; rather \
    sharpen, merge or drop bullets than pile them up. Keep what works.
    - Aim at the aspects with the lowest scores, without giving up the others.
    - Stay general: never mention the query, its topic or its words, and give no rule that only \
    helps for queries like this one.
    - Say what to do in plain words, each thing once. No examples, no headings, no mention of \
    judges or scores.
    - An assistant without tools knows only what it was trained on and can't act in the world; do \
    not make it promise otherwise.
    - Keep every {placeholder} in braces exactly as it is, and every passage that is said to be \
    locked word for word.

    Earlier versions of the prompt show what has been tried: do not go back to one of them.

    \(aboutData)

    Reply with one JSON object and nothing else, in this form:
    {"analysis": "what weakened the response and what in the prompt should change, in two to four \
    sentences", "summary": "the change in at most six words", "prompt": "the complete new prompt"}
    """

  /// A score as it is read aloud: 4, not 4.0.
  private static func mark(_ value: Double) -> String {
    if let whole = Int(exactly: value) { return String(whole) }
    return String(value)
  }
}
