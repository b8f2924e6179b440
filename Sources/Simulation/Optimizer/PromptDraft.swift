/// A system prompt in its parts, for rewriting: an opening, bullets, and what follows them.
struct PromptDraft {
  var opening: [String] = []
  var bullets: [String] = []
  var closing: [String] = []

  init(_ prompt: String) {
    for line in prompt.lines where !line.isEmpty {
      if let mark = ["- ", "* ", "• "].first(where: { line.hasPrefix($0) }) {
        bullets.append(String(line.dropFirst(mark.count)))
      } else if line.first == " ", !bullets.isEmpty, closing.isEmpty {
        bullets[bullets.count - 1] += "\n" + line
      } else if bullets.isEmpty {
        opening.append(line)
      } else {
        closing.append(line)
      }
    }
  }

  var text: String {
    (opening + bullets.map { "- " + $0 } + closing).joined(separator: "\n")
  }
}
