/// How the base model of a world answers under a prompt: the level of each trait, from its own
/// weaknesses and what the prompt cures of them.
struct Temper {
  enum Grade: Int, Comparable {
    /// The weakness shows.
    case poor
    case plain
    case good
    case excellent

    static func < (a: Grade, b: Grade) -> Bool { a.rawValue < b.rawValue }
  }

  private let levels: Traits<Double>
  private let chance: Chance

  /// - Parameters:
  ///   - chance: that of the world.
  ///   - examples: how many in-context examples the model sees: it learns a little from each.
  init(_ prompt: PromptReading, kind: QueryKind, examples: Int, chance: Chance) {
    self.chance = chance
    var levels = Traits(repeating: 0.0)
    for trait in Trait.allCases {
      var base = Self.nature(trait) + 0.16 * (chance.of(trait.rawValue).unit - 0.5)
      base += 0.02 * Double(min(examples, 3))
      var level = base + (0.97 - base) * prompt.strength[trait] * prompt.attention
      if prompt.mentions[trait] > 3 { level -= 0.08 * Double(prompt.mentions[trait] - 3) }
      level -= 0.1 * Double(prompt.oddRules)
      levels[trait] = level
    }
    // Lists are no help in a poem or in grief.
    if kind == .creative { levels[.creativity] -= 0.15 * prompt.strength[.structure] }
    if kind == .emotional { levels[.warmth] -= 0.12 * prompt.strength[.structure] }
    // Who guards against everything helps with less.
    if kind != .harmful { levels[.usefulness] -= 0.1 * prompt.strength[.safety] }
    levels[.focus] -= 0.12 * Double(prompt.fixations.count)
    self.levels = levels
  }

  /// The grade of the trait in the answer to this query. The luck of a query is the same for every
  /// prompt, so that of two prompts the one that asks better for a trait shows no less of it.
  func grade(_ trait: Trait, query: Chance, jitter: Double) -> Grade {
    let luck = query.of(trait.rawValue).unit - 0.5
    switch levels[trait] + 0.45 * luck + jitter {
    case ..<0.34: return .poor
    case ..<0.52: return .plain
    case ..<0.7: return .good
    default: return .excellent
    }
  }

  /// The level without any prompt.
  private static func nature(_ trait: Trait) -> Double {
    switch trait {
    case .safety: 0.32
    case .limits: 0.3
    case .warmth: 0.28
    case .structure: 0.36
    case .depth: 0.34
    case .brevity: 0.3
    case .evidence: 0.34
    case .asking: 0.3
    case .creativity: 0.36
    case .reasoning: 0.34
    case .tact: 0.38
    case .liveliness: 0.36
    case .plainness: 0.4
    case .focus: 0.42
    case .usefulness: 0.34
    }
  }
}
