import Configuration

extension PromptSource {
  /// The prompt; that of a file without the line feeds at its end.
  ///
  /// - Throws: a `Failure` where the file can't be read.
  var text: String {
    get throws {
      switch self {
      case .text(let text): return text
      case .file(let path):
        let text = try Files.text(path)
        return String(text.reversed().drop { $0.isNewline }.reversed())
      }
    }
  }
}
