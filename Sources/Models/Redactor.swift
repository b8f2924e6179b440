/// Takes keys out of texts that come from outside: servers echo them in errors, and a run file or a
/// log must never hold one.
struct Redactor: Sendable {
  private let secrets: [[UInt8]]

  /// - Parameter secrets: those shorter than 8 bytes are no secrets (servers that need no key are
  ///   given such as "none") and are left alone, or ordinary words would vanish.
  init(_ secrets: [String]) {
    self.secrets = secrets.map { Array($0.utf8) }.filter { $0.count >= 8 }
  }

  func redact(_ text: String) -> String {
    guard !secrets.isEmpty else { return text }
    var bytes = Array(text.utf8)
    var isChanged = false
    for secret in secrets {
      while let range = bytes.firstRange(of: secret) {
        bytes.replaceSubrange(range, with: "[key]".utf8)
        isChanged = true
      }
    }
    return isChanged ? String(decoding: bytes, as: UTF8.self) : text
  }
}
