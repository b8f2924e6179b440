import Models

/// What a request asks for, as far as its words tell: the simulated model plays every role from the
/// same texts as a real one.
enum Errand {
  case answer(prompt: String, examples: Int, query: String)
  case chooseAspects(query: String, library: [(name: String, definition: String)])
  case judge(query: String, response: String, aspects: [(name: String, definition: String)])
  case rewrite(Rewriting.Task)

  init(_ request: ModelRequest) {
    let system = request.messages.first { $0.speaker == .system }?.content ?? ""
    let users = request.messages.filter { $0.speaker == .user }
    if request.format == .json, let first = users.first?.content {
      let data = TaggedData(first)
      if let prompt = data["current-prompt"].first {
        self = .rewrite(Self.rewriting(of: prompt, data, outside: data.outside))
        return
      }
      if let response = data["response"].first, let query = data["query"].first {
        self = .judge(
          query: query, response: response,
          aspects: Self.definitions((data["aspects"].first ?? "").lines))
        return
      }
      if let query = data["query"].first {
        self = .chooseAspects(
          query: query, library: Self.definitions(Self.list(after: "library", in: system)))
        return
      }
    }
    self = .answer(
      prompt: system, examples: max(0, users.count - 1), query: users.last?.content ?? "")
  }

  private static func rewriting(of prompt: String, _ data: TaggedData, outside: String)
    -> Rewriting.Task
  {
    let scores = definitions((data["evaluation"].first ?? "").lines).map { line in
      let mark = line.definition.split(separator: " ").first.flatMap { Double($0) }
      let rationale = line.definition.split(separator: " ").dropFirst(3).joined(separator: " ")
      return (aspect: line.name, score: mark ?? 3, rationale: rationale)
    }
    let wishes = list(after: "wishes", in: outside).map { String($0.dropFirst(2)) }
    return Rewriting.Task(
      prompt: prompt, query: data["query"].first ?? "", scores: scores, wishes: wishes,
      locked: data["locked"])
  }

  /// The lines "- name: definition".
  private static func definitions(_ lines: [String]) -> [(name: String, definition: String)] {
    lines.compactMap { line in
      guard line.hasPrefix("- "), let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) else {
        return nil
      }
      let definition = line[line.utf8.index(after: colon)...].drop { $0 == " " }
      return (String(line[..<colon].dropFirst(2)), String(definition))
    }
  }

  /// The lines "- …" that follow the first line which ends with a colon and has this word in it.
  private static func list(after word: String, in text: String) -> [String] {
    let lines = text.lines
    guard let start = lines.firstIndex(where: { $0.hasSuffix(":") && $0.mentions(word) }) else {
      return []
    }
    return Array(lines[(start + 1)...].prefix { $0.hasPrefix("- ") })
  }
}

/// The data of a message, between tags such as `<query-0123abcd>`, by name.
struct TaggedData {
  private var blocks: [(name: String, content: String)] = []
  /// What stands outside the tags.
  private(set) var outside = ""

  init(_ message: String) {
    let lines = message.lines
    var code: Substring?
    var index = 0
    while index < lines.count {
      guard let tag = Self.tag(lines[index]), code == nil || code == tag.code,
        let end = lines[index...].firstIndex(of: "</\(tag.name)-\(tag.code)>")
      else {
        outside += lines[index] + "\n"
        index += 1
        continue
      }
      // The first tag is outside all data; its code is that of all others.
      code = tag.code
      blocks.append((String(tag.name), lines[(index + 1)..<end].joined(separator: "\n")))
      index = end + 1
    }
  }

  subscript(name: String) -> [String] { blocks.filter { $0.name == name }.map(\.content) }

  private static func tag(_ line: String) -> (name: Substring, code: Substring)? {
    guard line.hasPrefix("<"), line.hasSuffix(">"), !line.hasPrefix("</") else { return nil }
    let inner = line.dropFirst().dropLast()
    guard let dash = inner.lastIndex(of: "-") else { return nil }
    return (inner[..<dash], inner[inner.index(after: dash)...])
  }
}
