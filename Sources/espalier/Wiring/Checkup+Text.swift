import Engine

/// The checkup as people read it, in 80 columns.
extension Checkup {
  private static let width = 80

  var text: String {
    var lines: [String] = []
    for part in roles {
      lines.append(part.role + (part.isSimulated ? " (SIMULATED)" : ""))
      for line in part.settings + part.findings { lines += Self.row(line) }
      lines += Self.row(Line(name: "one search", value: Self.words(part.needs), origin: nil))
      for problem in part.problems { lines += Self.wrapped("  WRONG: ", problem) }
      lines.append("")
    }
    if let embeddings {
      lines.append("embeddings")
      for line in embeddings.settings + embeddings.findings { lines += Self.row(line) }
      lines += Self.row(Line(name: "one search", value: Self.words(embeddings.needs), origin: nil))
      for problem in embeddings.problems { lines += Self.wrapped("  WRONG: ", problem) }
      lines.append("")
    }
    if !network.isEmpty { lines += ["network"] + network.flatMap(Self.row) + [""] }
    lines.append("search")
    for line in budgets { lines += Self.row(line) }
    lines += Self.row(Line(name: "in all", value: total, origin: nil))
    for problem in problems { lines += Self.wrapped("  WRONG: ", problem) }
    for warning in warnings { lines += Self.wrapped("  note: ", warning) }
    return lines.joined(separator: "\n")
  }

  private var total: String {
    let cost = usd.map { "$" + $0.inCents } ?? "cost unknown"
    return "about \(calls) calls, \(tokens) tokens, \(cost)"
  }

  private static func words(_ needs: Needs) -> String {
    let cost = needs.usd.map { "$" + $0.inCents } ?? "cost unknown"
    let calls = "\(needs.calls) call\(needs.calls == 1 ? "" : "s")"
    return "about \(calls), \(needs.inputTokens) tokens in, "
      + "\(needs.outputTokens) out, \(cost)"
  }

  /// `  name             value                      (origin)`, on as many lines as it takes.
  private static func row(_ line: Line) -> [String] {
    let name = "  " + line.name
    let lead = name + String(repeating: " ", count: max(1, 20 - name.count))
    guard let origin = line.origin else { return wrapped(lead, line.value) }
    let start = lead + line.value
    let gap = max(2, 50 - start.count)
    let whole = start + String(repeating: " ", count: gap) + origin
    return whole.count <= width ? [whole] : wrapped(lead, line.value + " (\(origin))")
  }

  /// The text after a lead, its further lines under its first.
  private static func wrapped(_ lead: String, _ text: String) -> [String] {
    var lines = [lead]
    var isEmpty = true
    for word in text.split(whereSeparator: \.isWhitespace) {
      let more = isEmpty ? String(word) : " " + word
      if !isEmpty, lines[lines.count - 1].count + more.count > width {
        lines.append(String(repeating: " ", count: lead.count) + word)
      } else {
        lines[lines.count - 1] += more
      }
      isEmpty = false
    }
    return lines
  }
}
