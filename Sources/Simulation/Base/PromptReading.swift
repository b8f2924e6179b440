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
    var words = 0
    var bullets = 0
    var reconciles = false
    for line in prompt.split(whereSeparator: \.isNewline) {
      if line.hasPrefix("- ") || line.hasPrefix("* ") { bullets += 1 }
      for sentence in Self.sentences(of: line) {
        let list = WordList(String(sentence))
        words += list.words.count
        let signs = Self.signs.hits(in: list).map(\.sign)
        if signs.contains(.reconciliation) { reconciles = true }
        if signs.contains(.oddRule) { oddRules += 1 }
        if signs.contains(.fixation) {
          fixations.append(Topic(of: String(sentence)).phrase)
        } else {
          weigh(list, isOpening: sentence.hasPrefix("You are"))
        }
      }
    }
    attention = 1 - 0.4 * min(1, max(0, Double(words - 140) / 220))
    attention -= 0.03 * Double(max(0, bullets - 8))
    attention = max(0.4, attention)
    collide(.brevity, .depth, by: reconciles ? 0.08 : 0.45)
    collide(.creativity, .evidence, by: 0.12)
    collide(.liveliness, .plainness, by: 0.08)
    collide(.evidence, .liveliness, by: 0.08)
  }

  /// One sentence counts for what it speaks of, the less the more it speaks of at once.
  private mutating func weigh(_ list: WordList, isOpening: Bool) {
    var phrases = Traits(repeating: Set<Int>())
    var spokenOf: [Trait] = []
    for hit in Trait.asked(in: list) {
      if phrases[hit.sign].isEmpty { spokenOf.append(hit.sign) }
      phrases[hit.sign].insert(hit.phrase)
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

  private static func sentences(of line: Substring) -> [Substring] {
    line.split { $0 == "." || $0 == ";" || $0 == "!" || $0 == "?" }
      .map { $0.drop { $0 == " " || $0 == "-" || $0 == "*" } }
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
