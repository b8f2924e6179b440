import Glibc
import Screen

extension Theme {
  /// The embedded themes, the default one first.
  package static let names = ["espalier-dark", "espalier-light", "espalier-clear"]

  /// Most bytes that a theme file may have.
  static let sizeLimit = 64 * 1024

  /// Most themes in a chain of `inherits`.
  static let inheritanceLimit = 8

  /// An embedded theme.
  package static func named(_ name: String) throws(ThemeError) -> Theme {
    guard let text = embedded[name] else { throw .unknownName(name, known: names) }
    return try Theme(name: name, document: ThemeDocument(text, file: name), directory: nil)
  }

  /// A theme file of the user. What it inherits is an embedded theme, or a file beside it.
  package static func load(file: String) throws(ThemeError) -> Theme {
    let slash = file.lastIndex(of: "/")
    let directory = slash.map { String(file[...$0]) } ?? ""
    let base = slash.map { file[file.index(after: $0)...] } ?? file[...]
    let name = base.hasSuffix(".toml") ? base.dropLast(5) : base
    let document = try ThemeDocument(contents(of: file), file: file)
    return try Theme(name: String(name), document: document, directory: directory)
  }

  /// A theme by what a person typed: a name, or a path, which has a slash in it or ends in `.toml`.
  package static func named(orFile text: String) throws(ThemeError) -> Theme {
    text.contains("/") || text.hasSuffix(".toml") ? try load(file: text) : try named(text)
  }

  private init(
    name: String, document: ThemeDocument, directory: String?
  ) throws(ThemeError) {
    var whole = document
    var next = document.inherits
    var chain = [name]
    while let parent = next {
      if chain.contains(parent.value) || chain.count == Self.inheritanceLimit {
        throw .endlessInheritance(files: chain + [parent.value])
      }
      chain.append(parent.value)
      let inherited = try Self.parent(parent, directory: directory)
      next = inherited.inherits
      whole = whole.inheriting(from: inherited)
    }
    self.name = name
    glyphs = Glyphs.unicode.replacing(whole.glyphs)
    var styles: [StyleRole: RoleStyle] = [:]
    for (role, entry) in whole.styles {
      styles[role] = RoleStyle(
        foreground: try Self.paint(entry.value.foreground, of: entry, palette: whole.palette),
        background: try Self.paint(entry.value.background, of: entry, palette: whole.palette),
        modifiers: entry.value.modifiers, mono: entry.value.mono ?? entry.value.modifiers)
    }
    self.styles = styles
    let missing = StyleRole.allCases.filter { styles[$0] == nil }
    if !missing.isEmpty { throw .missingRoles(file: name, roles: missing.map(\.rawValue)) }
  }

  private static func parent(
    _ entry: ThemeDocument.Entry<String>, directory: String?
  ) throws(ThemeError) -> ThemeDocument {
    let name = entry.value
    if let text = embedded[name] { return try ThemeDocument(text, file: name) }
    guard let directory, !name.contains("/"), !name.isEmpty, !name.hasPrefix(".") else {
      throw entry.invalid(
        "there is no theme \"\(name)\": it can be one of \(names.joined(separator: ", ")) or, by its"
          + " name without .toml, a file beside this one")
    }
    let file = directory + name + ".toml"
    return try ThemeDocument(contents(of: file), file: file)
  }

  private static func paint(
    _ name: String?, of entry: ThemeDocument.Entry<ThemeDocument.StyleEntry>,
    palette: [String: ThemeDocument.Entry<ThemeColor>]
  ) throws(ThemeError) -> RoleStyle.Paint? {
    guard let name else { return nil }
    if name == "default" { return .terminalDefault }
    if let color = palette[name]?.value ?? ThemeColor(hex: name) { return .color(color) }
    throw entry.invalid("\"\(name)\" is no name of the palette, \"#rrggbb\" or \"default\"")
  }

  private static func contents(of file: String) throws(ThemeError) -> String {
    guard let stream = fopen(file, "re") else {
      throw .unreadable(file: file, reason: String(cString: strerror(errno)))
    }
    defer { fclose(stream) }
    var bytes = [UInt8](repeating: 0, count: sizeLimit + 1)
    let count = fread(&bytes, 1, bytes.count, stream)
    if ferror(stream) != 0 {
      throw .unreadable(file: file, reason: String(cString: strerror(errno)))
    }
    if count > sizeLimit { throw .tooLarge(file: file, limit: sizeLimit) }
    guard let text = String(validating: bytes[..<count], as: UTF8.self) else {
      throw .unreadable(file: file, reason: "it is not text in UTF-8")
    }
    return text
  }

  /// The files of the top-level `themes`, as the build put them into the binary.
  private static let embedded = [
    "espalier-dark": String(decoding: PackageResources.espalier_dark_toml, as: UTF8.self),
    "espalier-light": String(decoding: PackageResources.espalier_light_toml, as: UTF8.self),
    "espalier-clear": String(decoding: PackageResources.espalier_clear_toml, as: UTF8.self),
  ]
}
