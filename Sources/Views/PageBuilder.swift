import Screen

/// Writes a page for a width.
struct PageBuilder {
  let width: Int
  private(set) var lines: [StyledText] = []

  init(width: Int) { self.width = max(1, width) }

  mutating func add(_ line: StyledText) { lines.append(line) }

  mutating func blank() {
    if let last = lines.last, !last.isEmpty { lines.append(StyledText()) }
  }

  /// A line of our own, wrapped.
  mutating func add(_ text: Displayable, _ role: StyleRole = .text, _ modifiers: Modifiers = []) {
    add(wrapping: StyledText(text, role, modifiers), margin: 1)
  }

  /// The beginning of a section.
  mutating func rule(_ title: Displayable) {
    var line = StyledText("─ ", .border)
    line.append(title.truncated(to: max(0, width - 3)), .header)
    lines.append(line)
  }

  /// A text of any length and origin, its lines wrapped and its bullets hanging.
  mutating func prose(_ text: String, _ role: StyleRole = .text, margin: Int = 2) {
    for line in Displayable.lines(of: text) {
      add(wrapping: StyledText(line, role), margin: margin)
    }
  }

  /// - Parameters:
  ///   - margin: Columns left free at the left, and half of that at the right.
  ///   - gutter: Drawn at the start of the first line, as wide as it is.
  mutating func add(wrapping text: StyledText, margin: Int, gutter: StyledText? = nil) {
    let room = max(1, width - margin - 1)
    let indent = Self.hang(of: text.string, in: room)
    for (index, line) in text.wrapped(to: room, indent: indent).enumerated() {
      var whole = StyledText()
      if let gutter { whole.append(gutter) }
      let missing = margin - (index == 0 || gutter != nil ? gutter?.width ?? 0 : 0)
      whole.append(Displayable(" ").repeated(missing), .text)
      whole.append(line)
      lines.append(whole)
    }
  }

  /// Where the words after a bullet begin, so that what is wrapped stands below them.
  private static func hang(of line: String, in room: Int) -> Int {
    let indent = line.prefix { $0 == " " }.count
    let rest = line.dropFirst(indent)
    let digits = rest.prefix { $0.isASCII && $0.isNumber }.count
    var bullet = 0
    if let first = rest.first, "-*•+".contains(first) {
      bullet = 2
    } else if digits > 0, rest.dropFirst(digits).first.map({ ".)".contains($0) }) == true {
      bullet = digits + 2
    }
    let hang = indent + bullet
    return hang <= room / 3 ? hang : 0
  }

  static func quoted(_ text: String, width: Int) -> Displayable {
    guard width > 2 else { return "" }
    return "\"\(Displayable.summary(of: text, width: width - 2))\""
  }
}
