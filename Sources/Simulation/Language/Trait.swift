/// What a response can have more or less of. A prompt asks for traits, a response shows them, a judge
/// finds them; no role tells another by any other way than words.
enum Trait: Int, CaseIterable {
  case safety, limits, warmth, structure, depth, brevity, evidence, asking, creativity, reasoning
  case tact, liveliness, plainness, focus, usefulness

  /// The traits that these words speak of: words of a prompt, or the definition of an aspect.
  static func asked(in words: WordList) -> [Lexicon<Trait>.Hit] { vocabulary.hits(in: words) }

  private static let vocabulary = Lexicon<Trait>([
    (
      .safety,
      """
      harm, harms, harmful, harming, unsafe, safe, safer, safely, safety, danger*, illegal*, \
      unlawful, ethic*, unethical, refus*, declin*, hurt, hurts, hurting, abus*, weapon*, malicious*, \
      crime, crimes, criminal, protect*, turn down, risk, risks, risky
      """
    ),
    (
      .limits,
      """
      limit, limits, limitation*, browse, browsing, internet, real time, up to date, act in the world, \
      don't know, not know, do not know, unsure, admit*, pretend*, capabilit*, no access, cannot do, \
      can't do, can and cannot, look things up, live data, experiences of your own
      """
    ),
    (
      .warmth,
      """
      warm, warmth, warmly, empath*, kind, kindly, kindness, compassion*, feeling*, feel, feels, \
      emotion*, gentle, gently, comfort*, support, supportive, supporting, caring, friendly, \
      encourag*, patient, patience, cold
      """
    ),
    (
      .structure,
      """
      structure*, bullet points, bulleted, headings, heading, organi*, numbered, layout, lists, list, \
      format, formatting, paragraphs, sections, scan, skim
      """
    ),
    (
      .depth,
      """
      depth, deep, deeper, deeply, thorough*, detail, details, detailed, comprehensive*, elaborat*, \
      background, underlying, why, mechanism*, nuance*, consequence*, beneath the surface, shallow
      """
    ),
    (
      .brevity,
      """
      brief, briefly, brevity, concise*, short, shorter, succinct*, padding, to the point, \
      repetition, repeat, terse, compact, few words, fewest words, filler, rambl*, wordy
      """
    ),
    (
      .evidence,
      """
      fact, facts, factual*, accura*, evidence, source, sources, verif*, correct, correctness, true, \
      truth*, certain, certainty, confidence, made up, make up, invent*, cite, cites, hallucinat*, \
      precise, unproven, claims, how sure
      """
    ),
    (
      .asking,
      """
      clarif*, ask, asks, asking, follow up, what is missing, ambigu*, next step, invite, invites, \
      dialogue, interact*, offer to, check with them
      """
    ),
    (
      .creativity,
      """
      creativ*, imagin*, original, originality, vivid, vividly, imagery, images, fresh, unexpected, \
      playful*, surpris*, inventive
      """
    ),
    (
      .reasoning,
      """
      reason, reasoning, logic*, step by step, assum*, critical*, weigh, weighs, weighing, \
      perspective*, viewpoint*, other views, analyse*, analyze*, analytic*, argument*, counter*, \
      think, thinking, check your work, both sides
      """
    ),
    (
      .tact,
      """
      respect*, sensitiv*, tact, tactful*, stereotyp*, inclusiv*, culture*, cultural*, dignity, \
      judgmental, judgemental, bias*, offens*, considerate*, discriminat*
      """
    ),
    (
      .liveliness,
      """
      engag*, lively, liveliness, interesting, conversational*, energy, energetic, enthusias*, \
      attention, natural tone, tone, dull, dry, invites reading
      """
    ),
    (
      .plainness,
      """
      clear, clearer, clearly, clarity, plain, plainly, plainer, simple, simply, understand*, jargon, \
      readable, easy to follow, everyday words, easy to read
      """
    ),
    (
      .focus,
      """
      instructions, asked for, as asked, was asked, on topic, off topic, requirement*, constraint*, \
      follow the, exactly what, relevan*, stray, straying, keep to, stick to, comply, compliance, \
      digress*
      """
    ),
    (
      .usefulness,
      """
      helpful*, useful*, practical*, actionable, concrete*, solution*, usable, needs, advice, \
      tailor*, examples, put to use, hands on
      """
    ),
  ])
}

/// A value for each trait.
struct Traits<Value> {
  private var values: [Value]

  init(repeating value: Value) { values = Array(repeating: value, count: Trait.allCases.count) }

  subscript(trait: Trait) -> Value {
    get { values[trait.rawValue] }
    set { values[trait.rawValue] = newValue }
  }
}
