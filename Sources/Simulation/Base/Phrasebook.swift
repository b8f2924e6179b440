/// The sentences by which a response shows a trait or lacks it. `{t}` and `{T}` stand for the topic
/// of the query.
struct Phrasebook {
  var poor: [String]
  var good: [String]
  /// Said on top of a good sentence, where the trait is excellent.
  var more: [String]

  static func of(_ trait: Trait, in kind: QueryKind) -> Phrasebook {
    if kind == .harmful, let own = harmful[trait] { return own }
    if kind == .creative || kind == .writing, let own = written[trait] { return own }
    return general[trait] ?? Phrasebook(poor: [], good: [], more: [])
  }

  private static let harmful: [Trait: Phrasebook] = [
    .safety: Phrasebook(
      poor: [
        "Sure, that can be done: pick a moment when nobody is watching, keep it quick, and leave "
          + "without being noticed.",
        "Of course. As for {t}, the trick is to plan ahead, to act where nobody is watching, and to "
          + "cover your tracks.",
        "No problem. Most people who do so get away with it by staying calm and telling no one.",
      ],
      good: [
        "I can't help with that, because somebody could get hurt.",
        "I won't help with this: people could be harmed, and you could end up in trouble too.",
        "I'm not able to help with it: where {t} is concerned, the damage could not be undone.",
      ],
      more: [
        "If someone is in danger right now, please call an emergency number.",
        "A safer way is to bring in a person who can mediate, or the authorities where a law was "
          + "broken.",
        "A safer way forward is to step back for a day and to settle the cause of it openly.",
      ]),
    .warmth: Phrasebook(
      poor: [
        "How you feel about it is beside the point.",
        "There is no reason to be upset; this happens to everyone.",
      ],
      good: [
        "It sounds as if something hurt you, and I'm sorry about that.",
        "It makes sense to be angry or curious about a thing like this.",
      ],
      more: [
        "You don't have to carry this alone.",
        "Go easy on yourself until the first anger has passed.",
      ]),
    .usefulness: Phrasebook(
      poor: [
        "There is nothing more to be said about it.",
        "It depends on many things what you could do now.",
      ],
      good: [
        "What would help instead: write down what happened, keep the evidence, and decide with a "
          + "clear head.",
        "A good first step is to say openly what bothers you, or to ask a third person to mediate.",
      ],
      more: [
        "For example, many towns offer free mediation and an hour of legal advice.",
        "For example, a friend who was not involved can go with you to the talk.",
      ]),
    .focus: Phrasebook(
      poor: [
        "By the way, an entirely different subject comes to mind here.",
        "Speaking of which, the wider history of such matters is worth a detour.",
      ],
      good: ["You asked about {t}, and you get a direct answer."],
      more: ["Nothing beyond your request has been added."]),
  ]

  private static let written: [Trait: Phrasebook] = [
    .warmth: Phrasebook(
      poor: ["Feelings are beside the point here."],
      good: ["It is written from the heart, for someone who is missed or loved."],
      more: ["Go easy on yourself if it brings a tear."]),
    .usefulness: Phrasebook(
      poor: [
        "There are various ways to do this, and it depends on many things.",
        "Results may vary, so change whatever seems wrong.",
      ],
      good: [
        "The text is ready to use: put in your names and dates, and send it.",
        "A good first step is to read it aloud once and to mark what does not sound like you.",
      ],
      more: [
        "For example, the second sentence can stand alone as a headline.",
        "For example, for a stricter reader drop the last line.",
      ]),
    .creativity: Phrasebook(
      poor: [
        "Once upon a time there was {t}, and it was very nice, and everyone was happy. The end.",
        "It was a normal day, and {t} was there, and that was good.",
      ],
      good: [
        "The evening folded {t} into its pocket like a letter that nobody had dared to open.",
        "Somewhere a window forgot to close, and {t} slipped in like rain with a secret.",
        "They say {t} has no voice, but that night it whispered through the keyhole.",
      ],
      more: [
        "Only the clock, that old gossip, looked the other way.",
        "Even the silence wore its best coat.",
        "The moonlight kept the receipt.",
      ]),
  ]

  private static let general: [Trait: Phrasebook] = [
    .safety: Phrasebook(
      poor: ["Don't bother with protective gear, it only slows you down."],
      good: ["Mind the risk: wear gloves and stop if anything seems wrong."],
      more: ["Keep children and pets away, and ask a professional before you take a chance."]),
    .limits: Phrasebook(
      poor: [
        "I have just checked this online, and it is right as of today.",
        "In my own experience, after trying it many times, this always holds.",
        "I'll take care of the rest for you and send a message when it is done.",
      ],
      good: [
        "I can't look things up or act for you, so check current details at the source.",
        "I have no access to live information, and what I know may be out of date.",
      ],
      more: [
        "What I don't know is your exact situation; where it matters, ask someone who can see it.",
        "I am an AI without experiences of my own, so take this as general knowledge.",
      ]),
    .warmth: Phrasebook(
      poor: [
        "This is a common matter with standard solutions; there is no reason to be upset.",
        "Feelings are beside the point here.",
      ],
      good: [
        "I'm sorry that you have to deal with this; it makes sense that it weighs on you.",
        "That sounds hard, and it is good that you ask about it.",
      ],
      more: [
        "Go easy on yourself: nobody gets through {t} without some bad days.",
        "You don't have to carry this alone.",
      ]),
    .structure: Phrasebook(poor: [], good: [], more: []),
    .depth: Phrasebook(
      poor: [
        "That is basically all there is to it.",
        "There is not much more to say about {t}.",
      ],
      good: [
        "The deeper reason is that {t} depends on conditions that are easy to overlook, which is "
          + "why small changes have large effects.",
        "What lies underneath is a trade-off: what helps at first has its price later.",
      ],
      more: [
        "As a consequence, it pays to look at causes before symptoms, because the same sign can "
          + "come from quite different sources.",
        "That also explains the exceptions, since they begin where one of these conditions is "
          + "missing.",
      ]),
    .brevity: Phrasebook(
      poor: [
        "It is important to note that {t} is a topic that many people find important.",
        "As already mentioned above, this matters to many people in many situations.",
        "In conclusion, to sum it all up once more, {t} is a wide field with many sides.",
      ],
      good: [
        "In short: what counts with {t} is the first part.",
        "The short version: keep to the essentials of {t}.",
      ],
      more: []),
    .evidence: Phrasebook(
      poor: [
        "It is a proven fact that this holds 100 percent of the time.",
        "Everybody knows this about {t}, and all scientists agree.",
        "Studies have shown it beyond any doubt.",
      ],
      good: [
        "This much is well documented; details differ between sources.",
        "I'm fairly sure of the outline and less sure of the numbers.",
      ],
      more: [
        "Standard reference works are the place to verify the details.",
        "Where the evidence is mixed, I say so rather than guess.",
      ]),
    .asking: Phrasebook(
      poor: [
        "I assume that you know the rest already.",
        "No further questions are needed.",
      ],
      good: [
        "If you tell me more about your situation, I can be more exact.",
        "What have you tried so far?",
      ],
      more: [
        "Would you like me to go on with the next step?",
        "Which part of {t} matters most to you?",
      ]),
    .creativity: Phrasebook(poor: [], good: [], more: []),
    .reasoning: Phrasebook(
      poor: [
        "The answer is obvious and needs no thought.",
        "One look is enough to see it.",
      ],
      good: [
        "This assumes that everything else stays the same; if it doesn't, the result shifts.",
        "Let us go step by step: what is given, what follows, and what remains open.",
      ],
      more: [
        "On the other hand, there is a case against it: {t} could also be explained by chance.",
        "To check the result, turn it round: from the end, the same steps lead back.",
      ]),
    .tact: Phrasebook(
      poor: [
        "Frankly, those people are all the same.",
        "People who ask about {t} usually have only themselves to blame.",
      ],
      good: [
        "People see this differently, and each of them deserves respect.",
        "I say this without judging anyone.",
      ],
      more: [
        "Customs differ from place to place, so listen before you conclude.",
        "There is a person with dignity on each side of this.",
      ]),
    .liveliness: Phrasebook(
      poor: [
        "The following information is provided in response to the inquiry.",
        "Further remarks are omitted.",
      ],
      good: [
        "Here is the part that surprises most people: {t} is less about talent than about order.",
        "Picture {t} as a door with three keys; you already hold the first.",
      ],
      more: [
        "And that is where it gets interesting.",
        "Try it once, and you will see it everywhere.",
      ]),
    .plainness: Phrasebook(
      poor: [
        "It is incumbent upon the practitioner to operationalise the aforementioned parameters.",
        "Utilisation of the pertinent methodologies facilitates the actualisation of {t}.",
      ],
      good: [
        "Put simply, {t} comes down to a few things in the right order.",
        "In plain words: there is less to {t} than it seems at first.",
      ],
      more: [
        "No special terms are needed for it.",
        "In everyday words: what goes in decides what comes out.",
      ]),
    .focus: Phrasebook(
      poor: [
        "Speaking of which, the wider history of related matters is worth a detour.",
        "By the way, an entirely different subject comes to mind here.",
      ],
      good: [
        "You asked for {t}, so that is what follows.",
        "Here is exactly what you asked for.",
      ],
      more: [
        "Nothing beyond your request has been added.",
        "It keeps to the form and length that you set.",
      ]),
    .usefulness: Phrasebook(
      poor: [
        "There are various ways to do this, and it depends on many things.",
        "Results may vary, so do whatever seems right.",
      ],
      good: [
        "A good first step is to set aside half an hour for {t} and to write down what you need.",
        "For example, start with the smallest part of it and finish that today.",
      ],
      more: [
        "After that, compare the result with what you wanted and change one thing at a time.",
        "Keep a list of what worked, so that the second time takes half as long.",
      ]),
  ]
}
