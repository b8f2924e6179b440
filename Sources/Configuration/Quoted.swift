/// Text of a person in quotation marks, with nothing in it that could move a cursor, shortened, and
/// without what looks like a key.
func quoted(_ text: String) -> String {
  if looksLikeKey(text) { return "a value that looks like a key (not shown)" }
  let shown = text.count > 60 ? text.prefix(60) + "…" : text[...]
  return String(shown).debugDescription
}

/// Whether a word of the text begins as the keys of many servers do.
private func looksLikeKey(_ text: String) -> Bool {
  text.split { !$0.isLetter && !$0.isNumber && $0 != "-" && $0 != "_" }.contains {
    $0.hasPrefix("sk-")
  }
}
