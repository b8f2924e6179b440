/// A value that was settled on, and who settled it.
package struct Setting<Value> {
  package var value: Value
  package var origin: Origin

  package init(_ value: Value, from origin: Origin) {
    self.value = value
    self.origin = origin
  }

  /// The same origin with a value made from this one.
  func map<Other, Failure: Error>(
    _ transform: (Value) throws(Failure) -> Other
  ) throws(Failure) -> Setting<Other> {
    Setting<Other>(try transform(value), from: origin)
  }

  /// The same, or nil where nothing can be made from this value.
  func compactMap<Other>(_ transform: (Value) -> Other?) -> Setting<Other>? {
    transform(value).map { Setting<Other>($0, from: origin) }
  }
}

extension Setting: Equatable where Value: Equatable {}
extension Setting: Hashable where Value: Hashable {}
extension Setting: Sendable where Value: Sendable {}

/// Where a setting came from, highest priority first.
package enum Origin: Hashable, Sendable, CustomStringConvertible {
  /// A flag on the command line, such as `--beam`.
  case flag(String)
  /// A variable of the environment, such as `ESPALIER_BEAM`.
  case variable(String)
  /// A key of the configuration file, such as `search.beam`.
  case file(path: String, key: String, line: Int)
  /// The preset by that name.
  case preset(String)
  /// Nobody said anything.
  case standard

  package var description: String {
    switch self {
    case .flag(let name): name
    case .variable(let name): name
    case .file(let path, let key, let line): "\(path):\(line) (\(key))"
    case .preset(let name): "preset \(name)"
    case .standard: "default"
    }
  }
}
