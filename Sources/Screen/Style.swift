/// Weight that is added to what the theme says of a role.
package struct Modifiers: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  package static let bold = Modifiers(rawValue: 1)
  package static let dim = Modifiers(rawValue: 2)
  package static let italic = Modifiers(rawValue: 4)
  package static let underline = Modifiers(rawValue: 8)
  package static let reverse = Modifiers(rawValue: 16)

  /// Each modifier with the name that theme files and golden screens use.
  package static let named: [(name: String, modifier: Modifiers)] = [
    ("bold", .bold), ("dim", .dim), ("italic", .italic), ("underline", .underline),
    ("reverse", .reverse),
  ]
}

/// How a cell looks, in words of meaning.
package struct Style: Hashable, Sendable {
  package var role: StyleRole

  /// What the cell lies on, such as `selection`: its background, its weight and, if the theme gives
  /// one, its text colour go over those of `role`.
  package var backdrop: StyleRole?

  package var modifiers: Modifiers

  package init(_ role: StyleRole, _ modifiers: Modifiers = [], on backdrop: StyleRole? = nil) {
    self.role = role
    self.modifiers = modifiers
    self.backdrop = backdrop
  }
}

extension Style: CustomStringConvertible {
  /// `kept+bold on selection`: the form that golden screens use.
  package var description: String {
    var text = role.rawValue
    for (name, modifier) in Modifiers.named where modifiers.contains(modifier) {
      text += "+" + name
    }
    if let backdrop { text += " on " + backdrop.rawValue }
    return text
  }
}
