/// The optimizer: reads how a response was judged and changes the prompt. It mostly helps; at times
/// it fits a rule to the one query, swells, or drops what was good.
struct Rewriting {
  struct Task {
    var prompt: String
    var query: String
    /// Aspect, score and rationale.
    var scores: [(aspect: String, score: Double, rationale: String)]
    var wishes: [String]
    var locked: [String]
  }

  struct Outcome {
    var analysis: String
    var summary: String
    var prompt: String
  }

  private static let mostBullets = 8

  let task: Task
  /// Of this request: its words, seed and sample.
  let chance: Chance

  func outcome() -> Outcome {
    var draft = PromptDraft(task.prompt)
    var summary: [String] = []
    var reason = ""
    let weaknesses = weaknesses()
    let weak = weaknesses.map(\.trait)
    if let wish = task.wishes.first(where: { !task.prompt.contains($0) }) {
      add(wish.prefix(1).uppercased() + wish.dropFirst(), to: &draft)
      summary.append("follows the wish")
    }
    switch chance.of("move").unit {
    case ..<0.09:
      summary.append(overfit(&draft))
      reason = " For a query like this one, a rule of its own would have helped."
    case ..<0.16:
      summary.append(bloat(&draft, weak))
      reason = " It has to be spelled out for every situation."
    case ..<0.23 where open(draft).count > 2:
      summary.append(drop(&draft))
      reason = " But one of the rules did nothing for the response and can go."
    case ..<0.3:
      summary.append(reopen(&draft))
      if let first = weak.first { _ = address(first, in: &draft, draw: chance.of("first")) }
    default:
      summary += improve(&draft, weak)
    }
    let words = summary.joined(separator: ", ").split(separator: " ").prefix(6)
    return Outcome(
      analysis: analysis(weaknesses.first) + reason, summary: words.joined(separator: " "),
      prompt: draft.text)
  }

  // MARK: What is wrong

  private struct Weakness {
    var trait: Trait
    /// Index into the scores of the task.
    var aspect: Int
    /// The lower the more pressing.
    var score: Double
  }

  /// The traits of the weakest aspects, weakest first; equal ones in an order of chance.
  private func weaknesses() -> [Weakness] {
    var found: [Weakness] = []
    for (index, score) in task.scores.enumerated() where score.score < 5 {
      let sense = AspectSense.traits(name: score.aspect, explanation: score.rationale)
      for part in sense where part.weight >= 0.3 {
        let shake = 0.9 * chance.of("weak").of(index).of(part.trait.rawValue).unit
        found.append(
          Weakness(
            trait: part.trait, aspect: index,
            score: score.score + shake + 0.5 * (1 - part.weight)))
      }
    }
    found.sort { $0.score < $1.score }
    var first: [Weakness] = []
    for entry in found where !first.contains(where: { $0.trait == entry.trait }) {
      first.append(entry)
    }
    return first
  }

  private func analysis(_ weakness: Weakness?) -> String {
    guard let weakness else {
      return "There is little in the scores to go by. The prompt is sharpened in general."
    }
    let aspect = task.scores[weakness.aspect]
    var sentences = [
      "What holds the response back is its \(aspect.aspect.lowercased()). \(aspect.rationale)",
      PromptReading(task.prompt).strength[weakness.trait] > 0.5
        ? "The prompt asks for that, but not in a way that takes hold."
        : "Nothing in the prompt asks for that.",
    ]
    if let clause = chance.of("analysis").pick(Advice.on(weakness.trait).clauses) {
      sentences.append("It could say: \(clause).")
    }
    let others = task.scores.indices.filter { $0 != weakness.aspect && task.scores[$0].score < 4 }
      .map { task.scores[$0].aspect.lowercased() }
    if !others.isEmpty {
      sentences.append("There is also room in \(others.joined(separator: " and ")).")
    }
    return sentences.joined(separator: " ")
  }

  // MARK: What is done about it

  private func improve(_ draft: inout PromptDraft, _ weak: [Trait]) -> [String] {
    var done: [String] = []
    if let ballast = ballast(draft), chance.of("ballast").unit < 0.5 {
      draft.bullets.remove(at: ballast)
      done.append("less ballast")
    }
    let steps = chance.of("steps").unit < 0.45 ? 2 : 1
    for (index, trait) in weak.enumerated() where done.count < steps {
      if address(trait, in: &draft, draw: chance.of("step").of(index)) {
        done.append(Advice.on(trait).summary)
      }
    }
    return done.isEmpty ? [reopen(&draft)] : done
  }

  /// Asks for the trait: by a new bullet, by one more clause on a short bullet where there are
  /// enough, or by wording an old bullet anew.
  ///
  /// - Returns: false when the prompt asks for it often enough.
  private func address(_ trait: Trait, in draft: inout PromptDraft, draw: Chance) -> Bool {
    let text = draft.text
    let asked = PromptReading(text).strength[trait]
    guard asked < 0.8 || draw.of("again").unit < 0.2 else { return false }
    let unused = Advice.on(trait).clauses.filter { !text.mentions($0) }
    guard let clause = draw.pick(unused) else { return false }
    let isReconciling =
      (trait == .brevity && text.mentions("depth"))
      || (trait == .depth && text.mentions("concise"))
    let rule =
      isReconciling && draw.of("wise").unit < 0.6
      ? "match the length to the question, and \(clause)" : clause
    if asked > 0.45, draw.of("sharpen").unit < 0.6,
      let old = open(draft).first(where: { speaks(draft.bullets[$0], of: trait) })
    {
      draft.bullets[old] = sentence(rule)
      return true
    }
    return add(sentence(rule), to: &draft)
  }

  /// A bullet that is too long or made for one query: what a good editor strikes out first.
  private func ballast(_ draft: PromptDraft) -> Int? {
    open(draft).first {
      let reading = PromptReading(draft.bullets[$0])
      return !reading.fixations.isEmpty || reading.oddRules > 0
        || draft.bullets[$0].split(separator: " ").count > 40
    }
  }

  /// A new bullet, or where there are eight, one more clause on the shortest.
  ///
  /// - Returns: false where there is no room left.
  @discardableResult
  private func add(_ bullet: String, to draft: inout PromptDraft) -> Bool {
    if draft.bullets.count < Self.mostBullets {
      let place = Int(chance.of(bullet).bits % UInt64(draft.bullets.count + 1))
      draft.bullets.insert(bullet, at: draft.bullets.count < 2 ? draft.bullets.count : place)
      return true
    }
    if let shortest = open(draft).min(by: {
      draft.bullets[$0].utf8.count < draft.bullets[$1].utf8.count
    }) {
      let old = draft.bullets[shortest]
      guard old.split(separator: " ").count < 24 else { return false }
      let stem = old.hasSuffix(".") ? String(old.dropLast()) : old
      draft.bullets[shortest] = stem + "; " + bullet.prefix(1).lowercased() + bullet.dropFirst()
      return true
    }
    return false
  }

  // MARK: What goes wrong

  /// A rule made for the one query.
  private func overfit(_ draft: inout PromptDraft) -> String {
    let topic = Topic(of: task.query).phrase
    let rule =
      chance.of("rule").pick([
        "When asked about \(topic), name the three best known ones first.",
        "Always mention \(topic) where the subject comes near it.",
        "For questions about \(topic), begin with a definition.",
        "Answer in exactly three parts, and start every part with its number.",
      ]) ?? ""
    add(rule, to: &draft)
    let words = topic.split(separator: " ").prefix(2).joined(separator: " ")
    return rule.hasPrefix("Answer in") ? "fixed form in three parts" : "a rule for \(words)"
  }

  private func bloat(_ draft: inout PromptDraft, _ weak: [Trait]) -> String {
    let trait = weak.first ?? .usefulness
    if let clause = chance.of("bloat").pick(Advice.on(trait).clauses) {
      add(
        "In each and every situation that may arise in the course of a conversation, whatever its "
          + "subject and whoever the person may be, make it a habit to \(clause), and do so with "
          + "the diligence that one would expect from a professional of long standing who has seen "
          + "many such situations and who has learned from each of them what there was to learn",
        to: &draft)
    }
    return "wordier, \(Advice.on(trait).summary)"
  }

  private func drop(_ draft: inout PromptDraft) -> String {
    guard let index = chance.of("drop").pick(open(draft)) else { return "shorter" }
    let words = draft.bullets.remove(at: index).split(separator: " ").prefix(3)
    return "drops \"\(words.joined(separator: " "))\""
  }

  private func reopen(_ draft: inout PromptDraft) -> String {
    let text = draft.opening.joined(separator: "\n")
    guard !isBound(text), text.split(separator: " ").count < 24 else {
      return "same with other emphasis"
    }
    let openings = [
      "You are a capable assistant, and you answer people's questions with care.",
      "You are an assistant that people rely on for their daily questions.",
      "You are a thoughtful assistant for all kinds of requests.",
      "You are an experienced assistant who takes each request seriously.",
    ].filter { $0 != text }
    draft.opening = [chance.of("opening").pick(openings) ?? text]
    return "new opening"
  }

  // MARK: What may be touched

  /// The bullets that nothing protects.
  private func open(_ draft: PromptDraft) -> [Int] {
    draft.bullets.indices.filter { !isBound(draft.bullets[$0]) }
  }

  /// Holds a placeholder, or a piece of what is locked.
  private func isBound(_ text: String) -> Bool {
    if text.utf8.contains(UInt8(ascii: "{")) { return true }
    if task.locked.isEmpty { return false }
    let words = Set(WordList(text).lowered.map(Array.init))
    return task.locked.contains { span in
      text.mentions(span) || span.mentions(text)
        || WordList(span).lowered.map(Array.init).filter(words.contains).count > 1
    }
  }

  private func speaks(_ text: String, of trait: Trait) -> Bool {
    Trait.asked(in: WordList(text)).contains { $0.sign == trait }
  }

  private func sentence(_ clause: String) -> String {
    clause.prefix(1).uppercased() + clause.dropFirst() + "."
  }
}
