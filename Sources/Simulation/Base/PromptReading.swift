/// What a system prompt does to the base model, by what it says.
struct PromptReading {
  /// How strongly the prompt asks for each trait, `0...1`.
  private(set) var strength = Traits(repeating: 0.0)
  /// How many sentences ask for it: three that say the same make the model overdo it.
  private(set) var mentions = Traits(repeating: 0)
  /// The subjects of rules that were fitted to one query, such as "silver rings".
  private(set) var fixations: [String] = []
  /// Rules of form that fit no query in particular.
  private(set) var oddRules = 0
  /// How much of the prompt the model keeps in mind, `0...1`: less the longer it is.
  private(set) var attention = 1.0

  init(_ prompt: String) {
    let list = WordList(prompt, endingAtSemicolons: true)
    var reconciles = false
    var fixed: Set<Int> = []
    for hit in Self.signs.hits(in: list) {
      switch hit.sign {
      case .fixation:
        fixed.insert(list.sentences[hit.word])
        fixations.append(Topic(of: list.quote(from: hit.word, atMost: 20)).phrase)
      case .oddRule: oddRules += 1
      case .reconciliation: reconciles = true
      }
    }
    let hits = Trait.asked(in: list)
    var start = 0
    while start < hits.count {
      let sentence = list.sentences[hits[start].word]
      let end =
        hits[start...].firstIndex { list.sentences[$0.word] != sentence } ?? hits.endIndex
      // A rule for one query says nothing to the others.
      if !fixed.contains(sentence) {
        weigh(hits[start..<end], isOpening: list.isOpening(sentence))
      }
      start = end
    }
    let words = list.words.count
    let bullets = prompt.lines.count { $0.hasPrefix("- ") || $0.hasPrefix("* ") }
    attention = 1 - 0.4 * min(1, max(0, Double(words - 140) / 220))
    attention -= 0.03 * Double(max(0, bullets - 8))
    attention = max(0.4, attention)
    collide(.brevity, .depth, by: reconciles ? 0.08 : 0.45)
    collide(.creativity, .evidence, by: 0.12)
    collide(.liveliness, .plainness, by: 0.08)
    collide(.evidence, .liveliness, by: 0.08)
  }

  /// One sentence counts for what it speaks of, the less the more it speaks of at once.
  private mutating func weigh(_ hits: ArraySlice<Lexicon<Trait>.Hit>, isOpening: Bool) {
    var phrases = Traits(repeating: [Int]())
    var spokenOf: [Trait] = []
    for hit in hits {
      if phrases[hit.sign].isEmpty { spokenOf.append(hit.sign) }
      if !phrases[hit.sign].contains(hit.phrase) { phrases[hit.sign].append(hit.phrase) }
    }
    for trait in spokenOf {
      var weight = min(0.9, 0.6 + 0.15 * Double(phrases[trait].count - 1))
      weight /= Double(spokenOf.count).squareRoot()
      if isOpening { weight *= 0.5 }
      strength[trait] = 1 - (1 - strength[trait]) * (1 - weight)
      mentions[trait] += 1
    }
  }

  /// Who asks for both gets less of each.
  private mutating func collide(_ one: Trait, _ other: Trait, by loss: Double) {
    let (a, b) = (strength[one], strength[other])
    strength[one] = a * (1 - loss * b)
    strength[other] = b * (1 - loss * a)
  }

  private enum Sign {
    case fixation, oddRule, reconciliation
  }

  private static let signs = Lexicon<Sign>([
    (
      .fixation,
      """
      when asked about, when the query is about, when the question is about, whenever the user \
      mentions, always mention, always bring up, for questions about, if asked about
      """
    ),
    (
      .oddRule,
      """
      in exactly three, in exactly five, begin every, start every, end every, in capital*, \
      every answer must, the same sentence, no matter what, at all costs
      """
    ),
    (
      .reconciliation,
      """
      as long as the, match the length, length the, in proportion, proportionate, only as much, \
      where the question deserves, no longer than the
      """
    ),
  ])
}

extension WordList {
  /// Whether the sentence tells the model who it is.
  fileprivate func isOpening(_ sentence: Int) -> Bool {
    guard let first = sentences.firstIndex(of: sentence), first + 1 < words.count else {
      return false
    }
    return bytes[words[first]].elementsEqual("you".utf8)
      && bytes[words[first + 1]].elementsEqual("are".utf8)
  }
}
