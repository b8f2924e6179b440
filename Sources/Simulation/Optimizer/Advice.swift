/// How the optimizer words a rule for a trait: clauses in the imperative, and the change in a few
/// words.
struct Advice {
  var clauses: [String]
  /// At most three words.
  var summary: String

  static func on(_ trait: Trait) -> Advice {
    all[trait] ?? Advice(clauses: [], summary: "")
  }

  private static let all: [Trait: Advice] = [
    .safety: Advice(
      clauses: [
        "decline harmful or illegal requests, say why in a line, and offer a safe way forward",
        "never give steps that could hurt anyone, and point to something safer instead",
        "put the safety of people first and refuse what would do harm",
        "say no to dangerous requests without a lecture, and lead to a lawful course",
        "turn down whatever serves abuse or crime, and say where help is to be had",
      ], summary: "refuses harm"),
    .limits: Advice(
      clauses: [
        "say openly that you cannot browse or act in the world",
        "admit what you do not know instead of pretending",
        "make no claim to live data, and name the limits of what you can tell",
        "be honest about your capabilities, and never speak of experiences of your own",
        "admit it where what you learned may not be up to date",
      ], summary: "admits limits"),
    .warmth: Advice(
      clauses: [
        "notice how the person may feel and answer with warmth",
        "meet worries and grief with empathy before anything else",
        "be kind and patient with whoever is in trouble",
        "show compassion in a sentence of your own before the matter itself",
        "be gentle and supportive when something hard is at stake",
      ], summary: "warmer"),
    .structure: Advice(
      clauses: [
        "organise longer answers into lists or short paragraphs",
        "use numbered points where an order matters, and headings where there is much",
        "give the answer a structure that one can scan",
        "lay the parts out in bullet points when there are more than two",
      ], summary: "more structure"),
    .depth: Advice(
      clauses: [
        "go into depth and name the underlying mechanisms",
        "say why things are so, with their consequences",
        "be thorough, and give the background that the matter deserves",
        "look beneath the surface and show the nuances",
      ], summary: "goes deeper"),
    .brevity: Advice(
      clauses: [
        "be concise and leave out filler",
        "keep it short and come to the point at once",
        "use few words and no padding",
        "answer briefly, without repetition",
      ], summary: "briefer"),
    .evidence: Advice(
      clauses: [
        "state only facts that you are sure of, and say how sure",
        "be accurate, and never make up a source",
        "check that claims are correct, and mark what is unproven",
        "tell what is certain from what is not, and invent nothing",
      ], summary: "surer facts"),
    .asking: Advice(
      clauses: [
        "ask back when something needed is missing, and offer to go on",
        "close with a follow up or a next step that fits",
        "ask to clarify where a request is ambiguous",
        "invite the person to go on with the dialogue",
      ], summary: "asks back"),
    .creativity: Advice(
      clauses: [
        "be imaginative in creative work, with vivid and unexpected images",
        "bring original ideas and playful turns where invention is wanted",
        "prefer fresh imagery to the first that comes to mind",
        "let stories and verse surprise, with creative turns",
      ], summary: "more imaginative"),
    .reasoning: Advice(
      clauses: [
        "reason step by step and check your work",
        "question assumptions and weigh other views",
        "show the logic that leads to a conclusion",
        "think critically, and name the counterargument",
      ], summary: "reasons aloud"),
    .tact: Advice(
      clauses: [
        "treat every person and culture with respect",
        "be tactful, and keep clear of stereotypes and bias",
        "handle sensitive subjects with dignity",
        "be considerate and never judgmental",
      ], summary: "more tactful"),
    .liveliness: Advice(
      clauses: [
        "write in a lively, conversational tone",
        "keep it interesting from the first line on",
        "be engaging rather than dry",
        "show some energy and hold the attention",
      ], summary: "livelier"),
    .plainness: Advice(
      clauses: [
        "use plain words and no jargon",
        "be clear and easy to follow",
        "prefer everyday words and simple sentences",
        "make it understandable at first reading",
      ], summary: "plainer words"),
    .focus: Advice(
      clauses: [
        "follow the instructions exactly and do not stray",
        "keep to what was asked, with its constraints",
        "do exactly what was asked for, and nothing off topic",
        "stick to the relevant, and meet each requirement",
      ], summary: "stays on task"),
    .usefulness: Advice(
      clauses: [
        "give practical advice with concrete examples",
        "name a first step that is actionable today",
        "offer solutions tailored to the needs of the person",
        "be useful: end in something concrete that can be put to use",
      ], summary: "more practical"),
  ]
}
