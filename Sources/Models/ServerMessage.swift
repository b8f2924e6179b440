import JSON

/// What a server says went wrong, in whichever of the forms in use.
struct ServerMessage: Hashable, Sendable {
  /// The words, at most 500 bytes, without control characters.
  var text: String
  /// `code` and `type`, lower case, joined by a space: both hold what a program may go by.
  var code: String
  /// The request's field that was refused, if told.
  var parameter: String?

  /// From the body of an error; any bytes will do.
  init(body: [UInt8]) {
    guard let document = JSON(parsing: body) else {
      self.init(text: Self.plain(body))
      return
    }
    self.init(document)
  }

  /// From the `error` of a body, or from the body.
  init(_ document: JSON) {
    switch document {
    case .array(let list) where !list.isEmpty: self.init(list[0])
    case .string(let text): self.init(text: text)
    case .object:
      if let error = document["error"], error != .null {
        self.init(error)
      } else {
        self.init(
          text: Self.words(of: document), code: document["code"], type: document["type"],
          parameter: document["param"]?.string)
      }
    default: self.init(text: Self.plain(document.bytes))
    }
  }

  private init(text: String, code: JSON? = nil, type: JSON? = nil, parameter: String? = nil) {
    self.text = Self.printable(text)
    let number = code?.integer.map(String.init)
    self.code = [code?.string ?? number, type?.string].compactMap { $0?.lowercased() }
      .joined(separator: " ")
    self.parameter = parameter
  }

  private static func words(of document: JSON) -> String {
    for key in ["message", "detail", "msg", "error_description", "title"] {
      if let text = document[key]?.string { return text }
      if let list = document[key]?.array {
        // FastAPI: a list of what is wrong with which field.
        return list.map { item in
          let place = item["loc"]?.array?.compactMap { $0.string ?? $0.integer.map(String.init) }
          return [place?.joined(separator: "."), item["msg"]?.string ?? item.string]
            .compactMap { $0 }.joined(separator: ": ")
        }.joined(separator: "; ")
      }
      if let inner = document[key], inner.isObject { return words(of: inner) }
    }
    return String(decoding: document.bytes, as: UTF8.self)
  }

  /// HTML is told by its title, or by what of it is read.
  private static func plain(_ body: [UInt8]) -> String {
    let text = String(decoding: body.prefix(4000), as: UTF8.self)
    let start = text.drop(while: \.isWhitespace).prefix(15).lowercased()
    guard start.hasPrefix("<html") || start.hasPrefix("<!doctype html") else { return text }
    guard let open = text.firstRange(of: "<title>"),
      let close = text[open.upperBound...].firstRange(of: "</title>")
    else {
      var isTag = false
      let words = text.filter { character in
        defer { if character == ">" { isTag = false } }
        if character == "<" { isTag = true }
        return !isTag
      }
      return "a web page: " + words.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    return "a web page titled ‘\(text[open.upperBound..<close.lowerBound])’"
  }

  private static func printable(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse:
        if !result.hasSuffix(" ") { result += " " }
      default: result.unicodeScalars.append(scalar)
      }
      if result.utf8.count > 500 { return result + "…" }
    }
    return result
  }
}
