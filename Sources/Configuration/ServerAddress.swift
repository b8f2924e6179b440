/// The base address of an OpenAI-compatible server, in one form however it was written:
/// `https://host/v1`, without a slash at the end. `/chat/completions` and its like are appended to it.
package struct ServerAddress: Hashable, Sendable, CustomStringConvertible {
  package enum Scheme: String, Hashable, Sendable {
    case http
    case https
  }

  package let scheme: Scheme
  /// In lower case; an IPv6 address stands in brackets.
  package let host: String
  /// Nil where it is the scheme's own.
  package let port: Int?
  /// Begins with a slash and does not end with one, or is empty.
  package let path: String
  /// What stood behind a question mark, in order: such as the `api-version` of Azure's addresses.
  package let query: [QueryParameter]

  package static let openAI = ServerAddress(
    scheme: .https, host: "api.openai.com", port: nil, path: "/v1", query: [])

  private init(scheme: Scheme, host: String, port: Int?, path: String, query: [QueryParameter]) {
    self.scheme = scheme
    self.host = host
    self.port = port
    self.path = path
    self.query = query
  }

  /// Reads an address as people write it: with or without `/v1`, a slash at the end, or the whole
  /// address of one call.
  package init(parsing text: String) throws(AddressFault) {
    guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { throw .strayCharacter }
    guard let mark = text.firstRange(of: "://"),
      let scheme = Scheme(rawValue: text[..<mark.lowerBound].lowercased())
    else { throw .scheme }
    let rest = text[mark.upperBound...]
    guard !rest.contains("#") else { throw .fragment }
    let authority = rest.prefix { $0 != "/" && $0 != "?" }
    guard !authority.contains("@") else { throw .credentials }
    let (host, port) = try Self.hostAndPort(authority)

    let place = rest[authority.endIndex...]
    let path = place.prefix { $0 != "?" }
    let query = place[path.endIndex...].dropFirst().split(separator: "&").map { pair in
      let name = pair.prefix { $0 != "=" }
      return QueryParameter(
        name: String(name), value: String(pair[name.endIndex...].dropFirst()))
    }
    guard !query.contains(where: { namesKey($0.name) }) else { throw .credentials }
    self.init(
      scheme: scheme, host: host, port: port == (scheme == .https ? 443 : 80) ? nil : port,
      path: Self.basePath(path), query: query)
  }

  /// The same address without what stood behind its question mark.
  package var description: String {
    "\(scheme.rawValue)://\(host)\(port.map { ":\($0)" } ?? "")\(path)"
  }

  /// Whether the server is on this machine, so that nothing travels.
  package var isLoopback: Bool {
    if host == "localhost" || host.hasSuffix(".localhost") || host == "[::1]" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127"
      && parts.allSatisfy { $0.allSatisfy(\.isNumber) && UInt8($0) != nil }
  }

  /// Whether a key for one address may go to the other too: same scheme, host and port.
  package func isSameServer(as other: ServerAddress) -> Bool {
    scheme == other.scheme && host == other.host && port == other.port
  }

  private static func hostAndPort(
    _ authority: Substring
  ) throws(AddressFault) -> (host: String, port: Int?) {
    let hostEnd = authority.hasPrefix("[") ? authority.firstIndex(of: "]") : authority.startIndex
    let end =
      authority[(hostEnd ?? authority.endIndex)...].firstIndex(of: ":") ?? authority.endIndex
    let host = authority[..<end]
    let bare = host.drop { $0 == "[" }.prefix { $0 != "]" }
    let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
    let allowed: (Character) -> Bool = { character in
      isBracketed
        ? character.isHexDigit || ":.%".contains(character)
        : character.isLetter || character.isNumber || "-._".contains(character)
    }
    guard !bare.isEmpty, bare.allSatisfy(allowed) else { throw .host }
    guard end < authority.endIndex else { return (host.lowercased(), nil) }
    let digits = authority[end...].dropFirst()
    guard digits.allSatisfy(\.isNumber), let port = UInt16(digits), port > 0 else { throw .port }
    return (host.lowercased(), Int(port))
  }

  private static func basePath(_ path: Substring) -> String {
    var path = path
    func dropSlashes() { while path.hasSuffix("/") { path = path.dropLast() } }
    dropSlashes()
    for call in ["/chat/completions", "/completions", "/models", "/embeddings"]
    where path.hasSuffix(call) {
      path = path.dropLast(call.count)
      break
    }
    dropSlashes()
    return path.isEmpty ? "/v1" : String(path)
  }
}

/// A name and a value behind the question mark of an address, written as they will be sent.
package struct QueryParameter: Hashable, Sendable {
  package var name: String
  package var value: String

  package init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

extension QueryParameter {
  /// Without the `%` and two digits of what can't stand in an address as it is.
  package var plain: QueryParameter {
    QueryParameter(name: Self.decoded(name), value: Self.decoded(value))
  }

  private static func decoded(_ text: String) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      if byte == UInt8(ascii: "%"), digits.utf8.count == 2, let code = UInt8(digits, radix: 16) {
        bytes.append(code)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// Why a text is no address of a server.
package enum AddressFault: Error, Hashable, CustomStringConvertible {
  case strayCharacter
  case scheme
  case fragment
  case credentials
  case host
  case port

  package var description: String {
    switch self {
    case .strayCharacter:
      "an address has no spaces, line ends or letters beyond ASCII"
    case .scheme:
      "an address begins with http:// or https://"
    case .fragment:
      "an address of a server has no #"
    case .credentials:
      "an address holds no user name, password or key: keys come from variables such as ESPALIER_API_KEY"
    case .host:
      "there is no name of a host in the address"
    case .port:
      "the port of the address is not a number from 1 to 65535"
    }
  }
}
