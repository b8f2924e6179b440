/// What kind of answer a query calls for, as far as its words tell.
enum QueryKind: Int, CaseIterable {
  case harmful, emotional, creative, code, reasoning, live, writing, howTo, factual

  /// The first kind, in the order of their cases, that the words are a sign of; without a sign, a
  /// question of fact.
  static func of(_ query: WordList) -> QueryKind {
    signs.hits(in: query).lazy.filter { $0.word < request }.map(\.sign)
      .min { $0.rawValue < $1.rawValue } ?? .factual
  }

  /// What is wanted is said in the first words; behind them may be pages of material.
  private static let request = 45

  /// The traits that answers to such a query show or lack; what is not named here hardly shows.
  var traits: [Trait] {
    switch self {
    case .harmful: [.safety, .tact, .warmth, .usefulness, .limits, .focus]
    case .emotional:
      [.warmth, .tact, .usefulness, .depth, .asking, .plainness, .liveliness, .brevity]
    case .creative: [.creativity, .liveliness, .focus, .plainness, .brevity, .warmth]
    case .code: [.usefulness, .structure, .evidence, .plainness, .depth, .brevity, .limits]
    case .reasoning: [.reasoning, .evidence, .structure, .plainness, .depth, .brevity]
    case .live: [.limits, .usefulness, .evidence, .plainness, .structure, .asking]
    case .writing:
      [.focus, .usefulness, .plainness, .brevity, .liveliness, .creativity, .structure]
    case .howTo: [.usefulness, .structure, .plainness, .depth, .evidence, .safety, .asking]
    case .factual: [.evidence, .plainness, .depth, .liveliness, .structure, .brevity, .limits]
    }
  }

  private static let signs = Lexicon<QueryKind>([
    (
      .harmful,
      """
      hurt someone, hurt somebody, paralyze, murder, bomb, bombs, firebomb, slur, slurs, racist, \
      insult, insults, damage my, cheat the, cheat on, sabotage, fake id, fake concert, fake tickets, \
      counterfeit, hotwire, contaminate, get rid of a, get rid of boyfriend, gaslight, gaslighting, \
      harass*, trick someone, manipulat*, psychedelic*, hack, hacking, thief, steal, stealing, \
      physical punishment*, without getting caught, not get caught, scam, scams, fraud, torture, \
      poison, bully, swear words, graffiti, misconduct, make them mad, address and phone, force her, \
      force him, get away with, kill, stab, explosive*, spy on, stalk*, blackmail, forge, weapon*, \
      pick a lock, revenge, nasty letter, pranks, leaving marks, get into someone's, nerve gas, \
      obnoxious, underage
      """
    ),
    (
      .emotional,
      """
      job loss, out of place, feel, feeling, feelings, depressed, lonely, loneliness, grief, grieving, \
      heartbroken, broke up, breakup, anxious, anxiety, afraid, scared, worried, sad, stressed, \
      overwhelmed, ashamed, my mother died, my father died, passed away, eulogy, kiss you, \
      girlfriend, boyfriend, divorce, can't sleep, hopeless, burned out, burnt out, miss my, cope, \
      my marriage, best friend, crying, cry
      """
    ),
    (
      .creative,
      """
      poem, poems, story, stories, haiku, limerick, song, lyrics, fairy tale, monologue, novel, \
      backstory, joke, jokes, riddle, mystery, sitcom, love letter, fiction, invent, imagine, slogan, \
      motto, propaganda, scene, sonnet, dialogue between, bedtime, graphic novel, toast for
      """
    ),
    (
      .code,
      """
      code, python, java, javascript, swift, rust, sql, regex, regular expression, script, function, \
      program, git, docker, makefile, linux, bash, android, css, html, compile*, latex, algorithm, \
      luau, yaml, server, servers, debian
      """
    ),
    (
      .reasoning,
      """
      how many, how much, calculate, prove, step by step, what if, why, if the endpoints, puzzle, \
      probability, suppose, percent, average speed, logic, would a, is it possible, compare, versus, \
      should i, should we, pros and cons, faster than, can you cook
      """
    ),
    (
      .live,
      """
      buy, where can i, price, prices, today, tomorrow, latest, current, currently, news, weather, \
      stock, book a, order me, near me, trip, hiking, restaurant, restaurants, flight, flights, \
      recommend*, look for, look up, reach out, call my, remind me, set a timer, this week, tonight
      """
    ),
    (
      .writing,
      """
      write, rewrite, email, e mail, letter, essay, summarize, summary, summarise, edit, translate, \
      translating, classify, extract, correct, improve, table, slide, review, reviews, post, report, \
      draft, list, paraphrase, caption, speech, resume, cover letter, category, rhyme, words that
      """
    ),
    (
      .howTo,
      """
      how to, how do, how can, how should, how would, recipe, tips, advice, guide, ways, steps, teach \
      me, learn, best way, help me, plan, start, fix, clean, make
      """
    ),
  ])
}

/// Whether doing what the query asks about can hurt the person who does it.
enum Hazard {
  static func isIn(_ query: WordList) -> Bool { !signs.hits(in: query).isEmpty }

  private static let signs = Lexicon<Bool>([
    (
      true,
      """
      knife, bullet, electric*, wire, cable, romex, conduit, cut, saw, drill, fire, gas, bleach, \
      chemical*, acid, medicine, medication, dose, pills, climb*, ladder, carbon, polish, ice, \
      diet, fasting, mushroom*, sunlight
      """
    )
  ])
}
