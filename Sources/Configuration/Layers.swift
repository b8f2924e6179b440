/// The places that a setting may come from, and the order in which they count: flags, variables of
/// our own, the file, variables that other programs share.
struct Layers {
  let flags: Flags
  let environment: [String: String]
  let file: ConfigFile?

  /// The first that says anything, in the form of the setting's kind; nil where all are silent.
  func find(_ key: Key) throws(ConfigurationError) -> Setting<Raw>? {
    if let flag = key.flag, let value = flags[key] {
      return try accepted(value, key, .flag(flag), textual: false)
    }
    if let name = key.variable, let value = variable(name) {
      return try accepted(.text(value), key, .variable(name), textual: true)
    }
    if let file, let entry = file[key.path] {
      return fromFile(entry, file, key.path)
    }
    if let name = key.sharedVariable, let value = variable(name) {
      return try accepted(.text(value), key, .variable(name), textual: true)
    }
    return nil
  }

  /// A variable, where one that is empty counts as absent.
  func variable(_ name: String) -> String? {
    environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  func text(_ key: Key) throws(ConfigurationError) -> Setting<String>? {
    try find(key)?.compactMap(\.asText)
  }

  func whole(_ key: Key) throws(ConfigurationError) -> Setting<Int>? {
    try find(key)?.compactMap(\.asWhole)
  }

  func decimal(_ key: Key) throws(ConfigurationError) -> Setting<Double>? {
    try find(key)?.compactMap(\.asDecimal)
  }

  func truth(_ key: Key) throws(ConfigurationError) -> Setting<Bool>? {
    try find(key)?.compactMap(\.asTruth)
  }

  /// The values of a key whose names are the person's, by name; only the file has such.
  func texts(_ key: Key) -> [(name: String, value: Setting<String>)] { named(key, \.asText) }

  func decimals(_ key: Key) -> [(name: String, value: Setting<Double>)] {
    named(key, \.asDecimal)
  }

  private func named<Value>(
    _ key: Key, _ form: (Raw) -> Value?
  ) -> [(name: String, value: Setting<Value>)] {
    guard let file, let star = key.path.firstIndex(of: "*") else { return [] }
    return file.named(key).compactMap { name, entry in
      var path = key.path
      path[star] = name
      return fromFile(entry, file, path).compactMap(form).map { (name, $0) }
    }
  }

  /// A path as it is meant where it was said: relative to the configuration file when it stands
  /// there, and with the home folder for `~/`.
  func resolvedPath(_ path: String, from origin: Origin) -> String {
    let expanded = expandingHome(path, variable("HOME"))
    guard case .file(let file, _, _) = origin, !expanded.hasPrefix("/"),
      let slash = file.lastIndex(of: "/")
    else { return expanded }
    return file[...slash] + expanded
  }

  private func fromFile(
    _ entry: ConfigFile.Entry, _ file: ConfigFile, _ path: [String]
  ) -> Setting<Raw> {
    Setting(
      entry.value,
      from: .file(path: file.path, key: path.joined(separator: "."), line: entry.line))
  }

  private func accepted(
    _ value: Raw, _ key: Key, _ origin: Origin, textual: Bool
  ) throws(ConfigurationError) -> Setting<Raw> {
    guard let read = key.kind.read(value, textual: textual) else {
      throw .refused(origin, problem: "\(value.inWords) is not \(key.kind.wanted)")
    }
    return Setting(read, from: origin)
  }
}
