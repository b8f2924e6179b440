/// What a query is about, in a few of its own words, for building sentences around.
struct Topic {
  /// Up to four words of the query, as they stand there, such as "silver rings".
  let phrase: String

  init(of query: String) {
    let words = query.prefix(400).split { !($0.isLetter || $0.isNumber || $0 == "'" || $0 == "’") }
      .prefix(40)
    var best: [Substring] = []
    var run: [Substring] = []
    var isVerbNext = false
    for word in words {
      let lower = word.lowercased()
      let isDull =
        word.count < 2 || Self.dull.contains(lower) || lower.hasSuffix("ly")
        || lower.hasSuffix("ed") || (isVerbNext && lower.first == word.first)
      isVerbNext = Self.beforeVerbs.contains(lower)
      if isDull {
        if Self.weight(run) > Self.weight(best) { best = run }
        run = []
      } else {
        run.append(word)
        if run.count == 4 {
          if Self.weight(run) > Self.weight(best) { best = run }
          run = []
        }
      }
    }
    if Self.weight(run) > Self.weight(best) { best = run }
    phrase = best.isEmpty ? "this" : best.joined(separator: " ")
  }

  /// The sentence with `{t}` replaced by the topic and `{T}` by the topic with a capital.
  func fill(_ sentence: String) -> String {
    guard sentence.utf8.contains(UInt8(ascii: "{")) else { return sentence }
    var filled = ""
    var rest = sentence[...]
    while let brace = rest.firstIndex(of: "{") {
      filled += rest[..<brace]
      rest = rest[brace...]
      if rest.hasPrefix("{t}") {
        filled += phrase
      } else if rest.hasPrefix("{T}") {
        filled += phrase.prefix(1).uppercased() + phrase.dropFirst()
      } else {
        filled += rest.prefix(3)
      }
      rest = rest.dropFirst(3)
    }
    return filled + rest
  }

  private static func weight(_ run: [Substring]) -> Int {
    run.reduce(0) { $0 + min($1.utf8.count, 12) + 2 }
  }

  /// "how to polish silver", "why they left": what follows says what is done, not to what.
  private static let beforeVerbs: Set<String> = ["to", "i", "you", "we", "they", "can", "could"]

  private static let dull: Set<String> = Set(
    """
    a an the and or but if then of to in on at by for from with without about into over under as is \
    are was were be been being am do does did done have has had having can could will would shall \
    should may might must i you he she it we they me him her us them my your his its our their this \
    that these those there here what which who whom whose when where why how not no nor so too very \
    just also only than more most much many some any all each every other another such same own one \
    two tell give write make get know want need like using use used please suggest recommend provide \
    explain describe create show help way ways best good great new given following example examples \
    question answer let let's say said someone something anything nothing thing things look think try \
    i'm i've don't can't isn't aren't doesn't didn't what's it's that's there's how's ever never really \
    mention bring whenever user query questions always
    because while during before after between out up down off again once i'd i'll find come go going \
    read take took sure rewrite identify list design discuss come consider imagine assume pretend
    """.split(separator: " ").map(String.init))
}
