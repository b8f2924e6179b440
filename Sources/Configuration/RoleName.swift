/// The three parts that models play in a search. Their names are those of their tables in the
/// configuration file.
package enum RoleName: String, Hashable, Sendable, CaseIterable, CustomStringConvertible {
  case base
  case judge
  case optimizer

  package var description: String { self == .base ? "base model" : rawValue }

  /// The flag that names the model: `--model`, `--judge`, `--optimizer`.
  var modelFlag: String { self == .base ? "--model" : "--\(rawValue)" }
  /// The flag that names its server.
  var addressFlag: String { self == .base ? "--url" : "--\(rawValue)-url" }
  /// What the variables of this role start with: those of the base model do not name it.
  var variablePrefix: String {
    self == .base ? "ESPALIER_" : "ESPALIER_\(rawValue.uppercased())_"
  }
  /// The variable with this role's key.
  package var keyVariable: String { variablePrefix + "API_KEY" }
}
