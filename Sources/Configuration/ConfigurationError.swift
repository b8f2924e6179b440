/// Why the settings of a run could not be settled.
package enum ConfigurationError: Error, Hashable, CustomStringConvertible {
  /// Something in the configuration file is wrong; all of it is told, in the order of the lines.
  case file(path: String, faults: [FileFault])
  /// A flag, a variable or a value in the file is not what the setting accepts.
  case refused(Origin, problem: String)
  /// A server was named for a role, but no model.
  case noModel(RoleName, origin: Origin)
  /// A key would travel in clear text.
  case plainHTTP(RoleName, ServerAddress, key: Origin)

  package var description: String {
    switch self {
    case .file(let path, let faults):
      faults.map { "\(path):\($0.line): \($0.problem)" }.joined(separator: "\n")
    case .refused(let origin, let problem):
      "\(origin): \(problem)"
    case .noModel(let role, let origin):
      """
      \(origin) names a server for the \(role), but no model: add \(role.modelFlag) NAME. \
      Many servers list theirs at /v1/models.
      """
    case .plainHTTP(let role, let address, let key):
      """
      The key of the \(role) (\(key)) would go to \(address) in clear text. Use https, or say \
      --allow-plain-http if the network in between is yours.
      """
    }
  }
}

/// One thing that is wrong in the configuration file.
package struct FileFault: Hashable, Sendable {
  /// Counted from 1.
  package var line: Int
  package var problem: String
}
