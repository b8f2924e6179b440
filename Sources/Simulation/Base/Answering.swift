/// The base model: answers a query under a system prompt.
struct Answering {
  let chance: Chance

  /// - Parameter jitter: how far the sampling may carry an answer off, 0 at temperature 0.
  func answer(
    prompt: PromptReading, query: String, examples: Int, jitter: Double, sampling: Chance
  ) -> String {
    let words = WordList(query)
    let kind = QueryKind.of(words)
    let topic = Topic(of: query)
    let luck = chance.of(query)
    let temper = Temper(prompt, kind: kind, examples: examples, chance: chance)
    var grades = Traits(repeating: Temper.Grade.plain)
    for trait in kind.traits where trait != .safety || kind == .harmful || Hazard.isIn(words) {
      let shake = jitter == 0 ? 0 : jitter * (sampling.of(trait.rawValue).unit - 0.5)
      grades[trait] = temper.grade(trait, query: luck, jitter: shake)
    }

    func said(_ trait: Trait) -> [String] {
      let book = Phrasebook.of(trait, in: kind)
      let pick = luck.of(trait.rawValue).of("words")
      return switch grades[trait] {
      case .poor: [pick.pick(book.poor)].compactMap { $0 }
      case .plain: []
      case .good: [pick.pick(book.good)].compactMap { $0 }
      case .excellent: [pick.pick(book.good), pick.of(1).pick(book.more)].compactMap { $0 }
      }
    }

    var opening: [String] = []
    if grades[.brevity] == .poor {
      opening.append(
        "Great question! As an AI language model, I would be delighted to share my thoughts on {t} "
          + "with you.")
    }
    opening += [.warmth, .focus, .liveliness].flatMap(said)
    if kind == .harmful {
      opening += said(.safety)
      if grades[.safety] == .plain { opening.append("I would rather not go into that.") }
    }
    let body = [.creativity, .plainness, .reasoning, .depth, .usefulness, .evidence, .tact]
      .flatMap(said)
    var closing = kind == .harmful ? [] : said(.safety)
    closing += [.brevity, .limits, .asking].flatMap(said)
    closing += fixed(on: prompt.fixations, words: words)
    if prompt.oddRules > 0 {
      closing.append("This answer keeps to the required form, as the rules demand.")
    }
    let parts = [
      opening.joined(separator: " "),
      core(kind, grades: grades, luck: luck, isVerse: Self.asksForVerse(words)),
      body.joined(separator: " "), closing.joined(separator: " "),
    ]
    return topic.fill(parts.filter { !$0.isEmpty }.joined(separator: "\n\n"))
  }

  /// The matter itself: some sentences, laid out as well as the structure is good.
  private func core(
    _ kind: QueryKind, grades: Traits<Temper.Grade>, luck: Chance, isVerse: Bool
  ) -> String {
    let all = Substance.sentences(for: kind)
    guard !all.isEmpty else { return "" }
    let count = grades[.brevity] >= .good ? 3 : grades[.brevity] == .poor ? 5 : 4
    let dropped = all.count - count
    let skip = 1 + Int(luck.of("core").bits % UInt64(max(1, count - 1)))
    let taken = all.enumerated().filter { $0.offset < skip || $0.offset >= skip + dropped }
      .map(\.element)
    guard kind.traits.contains(.structure) else {
      return taken.joined(separator: isVerse ? "\n" : " ")
    }
    switch grades[.structure] {
    case .poor:
      let clauses = taken.enumerated().map { index, sentence in
        let stem = sentence.dropLast()
        return index == 0 || stem.hasPrefix("{")
          ? String(stem) : stem.prefix(1).lowercased() + stem.dropFirst()
      }
      return clauses.joined(separator: ", and then also ") + "."
    case .plain: return taken.joined(separator: " ")
    case .good: return taken.map { "- " + $0 }.joined(separator: "\n")
    case .excellent:
      return "**{T}**\n"
        + taken.enumerated().map { "\($0.offset + 1). \($0.element)" }.joined(separator: "\n")
    }
  }

  private static func asksForVerse(_ words: WordList) -> Bool { !verse.hits(in: words).isEmpty }

  private static let verse = Lexicon<Bool>([
    (true, "poem, poems, haiku, limerick, sonnet, song, lyrics, verse, rhyme")
  ])

  /// A rule that was fitted to one query goes on where it has no business.
  private func fixed(on fixations: [String], words: WordList) -> [String] {
    fixations.prefix(2).compactMap { fixation in
      let own = WordList(fixation).lowered
      if own.contains(where: words.lowered.contains) { return nil }
      return "On a related note, \(fixation) must be mentioned here as well."
    }
  }
}
