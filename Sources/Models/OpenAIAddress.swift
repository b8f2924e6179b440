package import HTTP

/// The addresses of a server's calls, from what a person gives as its base.
package struct OpenAIAddress: Hashable, Sendable {
  /// Host and port, as messages name the server.
  package let name: String
  package let isLoopback: Bool
  package let isTLS: Bool
  private let base: String
  private let query: String

  /// A base without a path gets `/v1`; one that names a call already is cut back to its base; what
  /// stands behind a `?` goes along with every call.
  ///
  /// - Throws: `ModelError.stopped` for anything but an `http` or `https` address.
  package init(_ text: String, query: [HTTPHeader] = []) throws {
    let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    var base = String(parts.first ?? "")
    while base.hasSuffix("/") { base.removeLast() }
    for call in ["/chat/completions", "/completions", "/embeddings", "/models"]
    where base.hasSuffix(call) {
      base.removeLast(call.count)
      break
    }
    let address: HTTPAddress
    do {
      address = try HTTPAddress(base)
    } catch {
      throw ModelError.stopped("\(error)")
    }
    let afterScheme = base.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
    if let rest = afterScheme.last, !rest.contains("/") { base += "/v1" }
    self.base = base
    name = address.name
    isLoopback = address.isLoopback
    isTLS = address.isTLS
    let own = query.map { "\(Self.encoded($0.name))=\(Self.encoded($0.value))" }
    let all = (parts.count > 1 && !parts[1].isEmpty ? [String(parts[1])] : []) + own
    self.query = all.isEmpty ? "" : "?" + all.joined(separator: "&")
  }

  /// The address of a call such as `chat/completions`.
  package func url(of call: String) -> String { "\(base)/\(call)\(query)" }

  /// The base as it is understood; what a run's record names.
  package var description: String { base }

  private static func encoded(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      let scalar = Unicode.Scalar(byte)
      if byte < 0x80,
        scalar.properties.isAlphabetic || (0x30...0x39).contains(byte)
          || "-._~".unicodeScalars.contains(scalar)
      {
        result.unicodeScalars.append(scalar)
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        result += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return result
  }
}
