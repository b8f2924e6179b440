import Configuration

/// Settles settings as the program would, from what a test names.
func settle(
  _ environment: [String: String] = [:], file: String? = nil,
  flags change: (inout Flags) -> Void = { _ in }
) throws -> Settings {
  var flags = Flags()
  change(&flags)
  return try Settings.resolve(
    flags: flags, environment: environment,
    file: file.map { try ConfigFile(path: "/etc/espalier/config.toml", text: $0) })
}

/// The text of the error that settling ends with, or "no error".
func refusal(
  _ environment: [String: String] = [:], file: String? = nil,
  flags change: (inout Flags) -> Void = { _ in }
) -> String {
  do {
    _ = try settle(environment, file: file, flags: change)
    return "no error"
  } catch {
    return "\(error)"
  }
}

/// A model in each role of its own server, by file.
let threeServers = """
  [base]
  model = "b"
  url = "http://localhost:8001"
  [judge]
  model = "j"
  url = "http://localhost:8002"
  [optimizer]
  model = "o"
  url = "http://localhost:8003"
  """
