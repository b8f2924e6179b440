import HTTP

extension OpenAIEndpoint.Configuration {
  /// The header that carries the key; none without a key.
  var authorization: [HTTPHeader] {
    guard let key, !key.isEmpty else { return [] }
    return switch keyHeader {
    case .bearer: [HTTPHeader("Authorization", "Bearer \(key)")]
    case .named(let name): [HTTPHeader(name, key)]
    }
  }

  /// All that must never be shown: the key, and what extra headers and query carry, which may be keys.
  var secrets: [String] {
    let names = ["key", "token", "auth", "secret", "cookie", "password", "sig"]
    let suspicious = (headers + query).filter { header in
      names.contains { header.name.lowercased().firstRange(of: $0) != nil }
    }
    return ([key].compactMap { $0 } + suspicious.map(\.value)).filter { !$0.isEmpty }
  }

  /// - Throws: `ModelError.stopped`.
  func check(_ address: OpenAIAddress) throws {
    let isUnprintable: (UInt8) -> Bool = { $0 <= 0x20 || $0 >= 0x7f }
    if let key, key.utf8.contains(where: isUnprintable) {
      throw ModelError.stopped(
        "\(keyVariable) holds a space, a line break or a character that no key has; set it anew")
    }
    if !secrets.isEmpty && !address.isTLS && !address.isLoopback && !allowsPlainHTTP {
      throw ModelError.stopped(
        "\(model) at \(address.name): the key would go over plain http, readable on the way; "
          + "use https, or allow it with --allow-plain-http")
    }
  }
}
