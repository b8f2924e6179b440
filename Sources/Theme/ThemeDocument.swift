import Screen
import TOMLKit

/// A theme file as it stands, checked for form but not yet resolved: names of colours are still names, so
/// that a theme that inherits may give them other colours.
struct ThemeDocument {
  /// A value with the place to blame if it is wrong.
  struct Entry<Value> {
    var value: Value
    var key: String
    fileprivate let reader: Reader

    /// The line is looked for only here: each look goes through the whole text.
    func invalid(_ problem: String) -> ThemeError {
      .invalid(file: reader.file, line: reader.line(of: key), key: key, problem: problem)
    }
  }

  struct StyleEntry {
    var foreground: String?
    var background: String?
    var modifiers: Modifiers = []
    var mono: Modifiers?
  }

  var inherits: Entry<String>?
  var palette: [String: Entry<ThemeColor>] = [:]
  var styles: [StyleRole: Entry<StyleEntry>] = [:]
  var glyphs: [Character: Character] = [:]

  /// Reads the text of `file`, which is only named in errors.
  init(_ text: String, file: String) throws(ThemeError) {
    let reader = Reader(text: text, file: file)
    let root = try reader.parse()
    try reader.expectKeys(of: root, in: "", allowed: ["inherits", "palette", "styles", "glyphs"])
    if let value = root["inherits"] {
      let entry = reader.entry((), "inherits")
      guard let name = value.string else { throw entry.invalid("must be the name of a theme") }
      inherits = reader.entry(name, "inherits")
    }
    for (name, value) in try reader.table(root, "palette") {
      let key = "palette." + name
      palette[name] = reader.entry(try reader.color(value, key: key), key)
    }
    for (name, value) in try reader.table(root, "styles") {
      let key = "styles." + name
      guard let role = StyleRole(rawValue: name) else {
        throw reader.entry((), key).invalid(
          "there is no such role; the roles are "
            + StyleRole.allCases.map(\.rawValue).joined(separator: ", "))
      }
      styles[role] = reader.entry(try reader.style(value, key: key), key)
    }
    for (name, value) in try reader.table(root, "glyphs") {
      let entry = reader.entry((), "glyphs." + name)
      guard name.count == 1, let usual = name.first, let text = value.string, text.count == 1,
        let replacement = text.first, Glyphs.isOneColumn(usual), Glyphs.isOneColumn(replacement)
      else { throw entry.invalid("must replace one character by one, both one column wide") }
      glyphs[usual] = replacement
    }
  }

  /// This document with what `parent` has and it lacks.
  func inheriting(from parent: ThemeDocument) -> ThemeDocument {
    var merged = self
    merged.palette.merge(parent.palette) { own, _ in own }
    merged.styles.merge(parent.styles) { own, _ in own }
    merged.glyphs.merge(parent.glyphs) { own, _ in own }
    return merged
  }
}

/// Reads the values of one file.
private struct Reader {
  let text: String
  let file: String

  func parse() throws(ThemeError) -> TOMLTable {
    do {
      return try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      let place = error.source.begin
      throw .syntax(
        file: file, line: place.line, column: place.column, message: error.description)
    } catch {
      throw .unreadable(file: file, reason: "\(error)")
    }
  }

  func entry<Value>(_ value: Value, _ key: String) -> ThemeDocument.Entry<Value> {
    ThemeDocument.Entry(value: value, key: key, reader: self)
  }

  func table(
    _ parent: TOMLTable, _ name: String
  ) throws(ThemeError) -> [(String, any TOMLValueConvertible)] {
    guard let value = parent[name] else { return [] }
    guard let table = value.table else { throw entry((), name).invalid("must be a table") }
    return table.keys.compactMap { key in table[key].map { (key, $0) } }
  }

  func expectKeys(of table: TOMLTable, in path: String, allowed: [String]) throws(ThemeError) {
    for key in table.keys where !allowed.contains(key) {
      let full = path.isEmpty ? key : path + "." + key
      throw entry((), full).invalid(
        "there is no such entry; it can be \(allowed.joined(separator: ", "))")
    }
  }

  /// `"#rrggbb"`, or `{ rgb = "#rrggbb", c256 = 67, c16 = "blue" }`.
  func color(_ value: any TOMLValueConvertible, key: String) throws(ThemeError) -> ThemeColor {
    let entry = entry((), key)
    if let hex = value.string {
      guard let color = ThemeColor(hex: hex) else { throw entry.invalid("must be \"#rrggbb\"") }
      return color
    }
    guard let table = value.table else {
      throw entry.invalid("must be \"#rrggbb\" or { rgb = \"#rrggbb\", c256 = 67, c16 = \"blue\" }")
    }
    try expectKeys(of: table, in: key, allowed: ["rgb", "c256", "c16"])
    guard var color = table["rgb"]?.string.flatMap(ThemeColor.init(hex:)) else {
      throw entry.invalid("must have rgb = \"#rrggbb\"")
    }
    if let value = table["c256"] {
      guard let index = value.int, (16...255).contains(index) else {
        throw entry.invalid("c256 must be a number from 16 to 255")
      }
      color.among256 = index
    }
    if let value = table["c16"] {
      guard let index = value.string.flatMap(ThemeColor.names16.firstIndex(of:)) else {
        throw entry.invalid(
          "c16 must be one of " + ThemeColor.names16.joined(separator: ", "))
      }
      color.among16 = index
    }
    return color
  }

  /// A colour of text, or `{ fg = …, bg = …, modifiers = […], mono = […] }`.
  func style(
    _ value: any TOMLValueConvertible, key: String
  ) throws(ThemeError) -> ThemeDocument.StyleEntry {
    var style = ThemeDocument.StyleEntry()
    if let name = value.string {
      style.foreground = name
      return style
    }
    guard let table = value.table else {
      throw entry((), key).invalid(
        "must be a colour or { fg = …, bg = …, modifiers = […], mono = […] }")
    }
    try expectKeys(of: table, in: key, allowed: ["fg", "bg", "modifiers", "mono"])
    style.foreground = try colorName(table["fg"], key: key + ".fg")
    style.background = try colorName(table["bg"], key: key + ".bg")
    style.modifiers = try modifiers(table["modifiers"], key: key + ".modifiers") ?? []
    style.mono = try modifiers(table["mono"], key: key + ".mono")
    return style
  }

  private func colorName(
    _ value: (any TOMLValueConvertible)?, key: String
  ) throws(ThemeError) -> String? {
    guard let value else { return nil }
    guard let name = value.string else {
      throw entry((), key).invalid("must be a name of the palette, \"#rrggbb\" or \"default\"")
    }
    return name
  }

  private func modifiers(
    _ value: (any TOMLValueConvertible)?, key: String
  ) throws(ThemeError) -> Modifiers? {
    guard let value else { return nil }
    let entry = entry((), key)
    let problem = "must be a list of " + Modifiers.named.map(\.name).joined(separator: ", ")
    guard let array = value.array else { throw entry.invalid(problem) }
    var modifiers: Modifiers = []
    for element in array {
      guard let name = element.string,
        let known = Modifiers.named.first(where: { $0.name == name })
      else { throw entry.invalid(problem) }
      modifiers.formUnion(known.modifier)
    }
    return modifiers
  }

  /// The line that a key of the usual layout stands on. TOMLKit doesn't keep the places of values; a file of
  /// another layout gets errors without a line.
  func line(of key: String) -> Int? {
    let parts = key.split(separator: ".")
    var section: Substring?
    for (number, row) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let row = row.drop { $0 == " " || $0 == "\t" }
      if row.first == "[" {
        section = row.dropFirst().prefix { $0 != "]" }
        if parts.count == 1, section == parts[0] { return number + 1 }
        continue
      }
      let name = row.prefix { $0 != "=" && $0 != " " && $0 != "." }.filter { $0 != "\"" }
      let wanted = parts.count == 1 ? parts[0] : parts[1]
      if name == wanted, section == (parts.count == 1 ? nil : parts[0]) { return number + 1 }
    }
    return nil
  }
}
