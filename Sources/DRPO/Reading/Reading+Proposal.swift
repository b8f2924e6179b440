package import Tree

extension Reading {
  private static let longestSummary = 6
  private static let proposalForm =
    #"{"analysis": "…", "summary": "…", "prompt": "…"}, each a string"#

  /// Reads a reply to `Texts.rewriting`. A summary that ran over its six words is cut, with "…".
  ///
  /// - Parameters:
  ///   - prompt: what is replaced. Its placeholders must be in the new prompt.
  ///   - locked: spans that the new prompt must hold if `prompt` holds them.
  package static func proposal(_ reply: String, replacing prompt: String, locked: [String])
    -> Result<Proposal, Fault>
  {
    only(in: reply) { (value) throws(Fault) -> Proposal in
      let written = try value.member(
        "prompt", "new_prompt", "system_prompt", "new_system_prompt", "improved_prompt")
      guard let next = written?.string.map(trimmed) else {
        throw .wrongForm(expected: proposalForm)
      }
      guard !next.isEmpty else { throw .emptyPrompt }
      let present = Placeholders.found(in: next)
      let lost = Placeholders.found(in: prompt).filter { !present.contains($0) }
      guard lost.isEmpty else { throw .lostPlaceholders(lost) }
      let broken = locked.filter { span in
        let span = LockedSpan(span)
        return span.occurs(in: prompt) && !span.occurs(in: next)
      }
      guard broken.isEmpty else { throw .lostLocked(broken) }
      return Proposal(
        prompt: Text(next),
        analysis: Text(trimmed(try value.member("analysis", "reasoning")?.string ?? "")),
        summary: Text(summary(try value.member("summary", "change")?.string ?? "")))
    }
  }

  private static func summary(_ written: String) -> String {
    let words = written.split(whereSeparator: \.isWhitespace)
    let kept = words.prefix(longestSummary).joined(separator: " ")
    return words.count > longestSummary ? kept + "…" : kept
  }
}
