/// A value as a flag, a variable or the configuration file gave it. Variables are always text.
enum Raw: Hashable, Sendable {
  case text(String)
  case whole(Int)
  case decimal(Double)
  case truth(Bool)
  case texts([String])
  /// A TOML value that no setting takes, by the name of its type.
  case other(String)

  var asText: String? { if case .text(let text) = self { text } else { nil } }
  var asWhole: Int? { if case .whole(let number) = self { number } else { nil } }
  var asDecimal: Double? { if case .decimal(let number) = self { number } else { nil } }
  var asTexts: [String]? { if case .texts(let texts) = self { texts } else { nil } }
  var asTruth: Bool? { if case .truth(let truth) = self { truth } else { nil } }

  /// What it is, in the words of a message: `"two"`, `2.5`, `an array`.
  var inWords: String {
    switch self {
    case .text(let text): quoted(text)
    case .whole(let number): "\(number)"
    case .decimal(let number): "\(number)"
    case .truth(let truth): "\(truth)"
    case .texts: "a list of texts"
    case .other(let type): type
    }
  }
}
