/// Why a theme can't be used. Each text names the file, the line where that is known, and what to do.
package enum ThemeError: Error, Hashable, CustomStringConvertible {
  /// No embedded theme has that name.
  case unknownName(String, known: [String])
  case unreadable(file: String, reason: String)
  case tooLarge(file: String, limit: Int)
  case syntax(file: String, line: Int, column: Int, message: String)
  /// The entry `key` (`styles.kept.fg`) is not what it must be.
  case invalid(file: String, line: Int?, key: String, problem: String)
  /// The chain of `inherits`, which has no end.
  case endlessInheritance(files: [String])
  case missingRoles(file: String, roles: [String])

  package var description: String {
    switch self {
    case .unknownName(let name, let known):
      "there is no theme \"\(name)\": choose one of \(known.joined(separator: ", ")), or give the path"
        + " of a theme file, with a slash in it or ending in .toml"
    case .unreadable(let file, let reason):
      "the theme \(file) cannot be read: \(reason)"
    case .tooLarge(let file, let limit):
      "the theme \(file) is larger than \(limit) bytes, which no theme needs: is it the right file?"
    case .syntax(let file, let line, let column, let message):
      "\(file):\(line):\(column): this is not TOML: \(message)"
    case .invalid(let file, let line, let key, let problem):
      "\(file):\(line.map { "\($0):" } ?? "") \(key): \(problem)"
    case .endlessInheritance(let files):
      "the themes inherit from each other without end: \(files.joined(separator: " inherits "))"
    case .missingRoles(let file, let roles):
      "the theme \(file) says nothing of \(roles.joined(separator: ", ")): set them in [styles], or"
        + " begin the file with inherits = \"espalier-dark\""
    }
  }
}
