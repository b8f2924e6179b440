/// The judge: chooses aspects for a query, and scores a response by the words in it.
struct Judging {
  let chance: Chance
  /// The deviation of its scores, in points.
  let noise: Double

  struct Verdict {
    var aspect: String
    var rationale: String
    var score: Int
  }

  // MARK: Scoring

  func verdicts(
    query: String, response: String, aspects: [(name: String, definition: String)],
    sampling: Chance
  ) -> [Verdict] {
    let impression = Impression(of: response, to: query)
    return aspects.map { aspect in
      let sense = AspectSense.traits(name: aspect.name, explanation: aspect.definition)
      let draw = sampling.of(aspect.name)
      let exact = Self.score(sense, impression) + noise * draw.normal
      let score = min(5, max(1, Int(exact.rounded())))
      let telling = Self.telling(sense, impression) ?? .usefulness
      return Verdict(
        aspect: aspect.name,
        rationale: Rationale.of(
          telling, impression[telling], score: score, chance: draw.of("rationale")),
        score: score)
    }
  }

  /// The mean over all the aspects that fit the query, without noise and rounding.
  func merit(of response: String, to query: String) -> Double {
    let impression = Impression(of: response, to: query)
    let aspects = Self.fitting(QueryKind.of(WordList(query)))
    let scores = aspects.map {
      Self.score(AspectSense.traits(name: $0, explanation: ""), impression)
    }
    return scores.reduce(0, +) / Double(scores.count)
  }

  /// Without noise and rounding.
  static func score(_ sense: [(trait: Trait, weight: Double)], _ impression: Impression) -> Double {
    if sense.isEmpty { return impression.score(.usefulness) }
    return sense.reduce(0) { $0 + $1.weight * impression.score($1.trait) }
  }

  /// The trait that moved the score most, away from the middle.
  private static func telling(
    _ sense: [(trait: Trait, weight: Double)], _ impression: Impression
  ) -> Trait? {
    sense.max {
      abs(impression.score($0.trait) - 3.1) * $0.weight
        < abs(impression.score($1.trait) - 3.1) * $1.weight
    }?.trait
  }

  // MARK: Choosing

  /// The names of 2 to 5 aspects fit for the query, of those in the library, and sometimes one that
  /// is not in it.
  func choice(
    query: String, library: [(name: String, definition: String)], sampling: Chance
  ) -> (reasoning: String, aspects: [(name: String, definition: String?)]) {
    let words = WordList(query)
    let kind = QueryKind.of(words)
    let draw = chance.of(query).of("aspects").of(sampling.bits)
    let count =
      switch draw.of("count").unit {
      case ..<0.04: 2
      case ..<0.12: 3
      case ..<0.4: 4
      default: 5
      }
    var wanted = Self.fitting(kind)
    if Hazard.isIn(words), kind != .harmful { wanted.insert("Safety", at: 2) }
    wanted += library.map(\.name).filter { !wanted.contains($0) }
    let known = wanted.filter { name in library.contains { $0.name == name } }
    var taken = known.enumerated().filter { draw.of($0.offset).unit < 0.82 }.map(\.element)
      .prefix(count)
    if taken.count < 2 { taken = known.prefix(2) }
    var aspects = taken.map { (name: $0, definition: String?.none) }
    if draw.of("new").unit < 0.1 || aspects.count < 2 {
      let own = Self.invented(kind)
      if aspects.count == count, aspects.count > 1 { aspects.removeLast() }
      aspects.append((own.name, own.definition))
    }
    let topic = Topic(of: query).phrase
    let reasoning =
      "\(Self.need(kind)) With \(topic), what tells a good answer from a poor one is above all "
      + "\(aspects[0].name.lowercased())."
    return (reasoning, aspects)
  }

  private static func need(_ kind: QueryKind) -> String {
    switch kind {
    case .harmful: "The query asks for something that could hurt people."
    case .emotional: "Behind the query is a person who is having a hard time."
    case .creative: "The query asks for a piece of invention."
    case .code: "The query asks for technical help that must work."
    case .reasoning: "The query has to be thought through."
    case .live: "The query depends on facts of today that a model may not have."
    case .writing: "The query asks for a text that someone wants to use."
    case .howTo: "The query asks for instructions that someone will follow."
    case .factual: "The query asks for knowledge."
    }
  }

  /// Most important first.
  private static func fitting(_ kind: QueryKind) -> [String] {
    switch kind {
    case .harmful: ["Safety", "Sensitivity", "Empathy", "Compliance", "Limitations", "Helpfulness"]
    case .emotional:
      ["Empathy", "Helpfulness", "Sensitivity", "Depth", "Interactivity", "Clarity", "Engagement"]
    case .creative:
      ["Creativity", "Engagement", "Compliance", "Clarity", "Conciseness", "Empathy"]
    case .code: ["Helpfulness", "Clarity", "Factuality", "Depth", "Conciseness", "Limitations"]
    case .reasoning:
      ["Critical-Thinking", "Factuality", "Clarity", "Depth", "Conciseness", "Engagement"]
    case .live:
      ["Helpfulness", "Limitations", "Factuality", "Clarity", "Interactivity", "Engagement"]
    case .writing:
      ["Compliance", "Helpfulness", "Clarity", "Engagement", "Conciseness", "Creativity"]
    case .howTo: ["Helpfulness", "Clarity", "Factuality", "Depth", "Interactivity", "Engagement"]
    case .factual: ["Factuality", "Clarity", "Depth", "Engagement", "Limitations", "Conciseness"]
    }
  }

  private static func invented(_ kind: QueryKind) -> (name: String, definition: String) {
    switch kind {
    case .harmful: ("Redirection", "Declines and gives practical advice on a safer course.")
    case .emotional: ("Encouragement", "Gives comfort and courage, with warm and gentle words.")
    case .creative: ("Imagery", "Has vivid and unexpected images.")
    case .code: ("Testability", "Gives concrete and practical ways to see whether it works.")
    case .reasoning: ("Traceability", "The reasoning can be followed step by step.")
    case .live: ("Currency", "Admits that it can't browse and is not up to date.")
    case .writing: ("Brief", "Does exactly what was asked and keeps to the instructions.")
    case .howTo: ("Practicability", "The advice is practical, with concrete examples.")
    case .factual: ("Calibration", "Says how sure it is, and which facts are certain.")
    }
  }
}
