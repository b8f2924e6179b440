/// HTML that is well-formed XML too, as far as elements and attributes go: every element is closed
/// by construction, and every text is escaped.
struct Markup {
  private(set) var string = ""

  /// The attributes' values are escaped; names are ours.
  typealias Attributes = KeyValuePairs<String, String>

  mutating func element(
    _ name: String, _ attributes: Attributes = [:], _ content: (inout Markup) -> Void
  ) {
    open(name, attributes)
    string += ">"
    content(&self)
    string += "</\(name)>"
  }

  mutating func element(_ name: String, _ attributes: Attributes, _ text: String) {
    element(name, attributes) { $0.text(text) }
  }

  mutating func element(_ name: String, _ text: String) { element(name, [:], text) }

  /// An element that never has content.
  mutating func empty(_ name: String, _ attributes: Attributes = [:]) {
    open(name, attributes)
    string += "/>"
  }

  mutating func text(_ text: String) { string += Self.escaped(text) }

  mutating func lineBreak() { string += "\n" }

  /// The style sheet: text in which XML finds nothing to read.
  mutating func style(_ sheet: String) {
    precondition(
      !sheet.utf8.contains { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") },
      "a style sheet with markup")
    string += "<style>\n\(sheet)</style>"
  }

  private mutating func open(_ name: String, _ attributes: Attributes) {
    string += "<\(name)"
    for (name, value) in attributes { string += " \(name)=\"\(Self.escaped(value))\"" }
  }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.visible.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
