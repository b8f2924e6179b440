/// What a response says on the matter itself, good or not: sentences for each kind of query, from
/// which some are taken.
enum Substance {
  static func sentences(for kind: QueryKind) -> [String] {
    switch kind {
    case .harmful: []
    case .emotional:
      [
        "Days after {t} often come in waves, and the first ones are the highest.",
        "Tell one person you trust how it is going.",
        "Keep the small fixed points of the day: meals, a walk, sleep.",
        "Put off large decisions until the worst is over.",
        "Look at what is in your hands this week and leave the rest for later.",
      ]
    case .creative:
      [
        "It began on a Tuesday, with {t} and a door that would not stay shut.",
        "Nobody in the house wanted to be the first to speak of it.",
        "When the lamp went out, each of them had a different story to tell.",
        "By morning only one of the stories was left, and it was the wrong one.",
        "Years later they still laughed about it, though never all at the same time.",
      ]
    case .code:
      [
        "Start from the smallest case of {t} that shows the behaviour.",
        "Keep the input, the work and the output in separate functions.",
        "Check what is returned when the input is empty.",
        "Give the result a name that says what it is.",
        "Run it again with the real data once the small case is right.",
      ]
    case .reasoning:
      [
        "The question about {t} gives some things and leaves others open.",
        "First set down what is given and in which units.",
        "Then look for the one relation that ties the given things together.",
        "From that the result follows in one or two lines.",
        "The order of size is what one would expect.",
      ]
    case .live:
      [
        "For {t}, compare two or three offers before you settle on one.",
        "Look at the dates and at what is included.",
        "Keep half a day free for what turns up on the way.",
        "The middle of the week is usually quieter than the weekend.",
        "Write down the address and the opening hours before you leave.",
      ]
    case .writing:
      [
        "{T}: a first line that says what it is about.",
        "The middle part gives the two points that the reader has to know.",
        "Each of them stands in a sentence of its own.",
        "The tone is friendly and a little formal.",
        "It ends with what should happen next.",
      ]
    case .howTo:
      [
        "Get everything ready that {t} calls for.",
        "Take care with the preparation, since it decides about the result.",
        "Work through it in small portions.",
        "Leave it to rest before you judge it.",
        "Correct what is off, and clean up.",
      ]
    case .factual:
      [
        "{T} is usually described by where it comes from and what it is used for.",
        "Its origin accounts for most of its features.",
        "People meet it in a few typical situations.",
        "Over time, the view of it has changed.",
        "Today it is told apart from its neighbours by two or three signs.",
      ]
    }
  }
}
