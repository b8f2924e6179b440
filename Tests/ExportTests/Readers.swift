import Foundation
import FoundationXML

/// A page as a strict XML parser reads it.
final class PageReader: NSObject, XMLParserDelegate {
  private(set) var text = ""
  private(set) var elements: [String: Int] = [:]
  /// The values of all attributes.
  private(set) var values: [String] = []
  /// nil for a page that is well-formed.
  private(set) var fault: String?

  init(_ page: String) {
    super.init()
    let parser = XMLParser(data: Data(page.utf8))
    parser.delegate = self
    if !parser.parse() {
      fault =
        "line \(parser.lineNumber): \(parser.parserError.map { "\($0)" } ?? "no reason given")"
    }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    elements[name, default: 0] += 1
    values += attributes.values
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
}

/// Comma-separated values as RFC 4180 has them; nil for what is not that.
func rows(ofCSV text: String) -> [[String]]? {
  var rows: [[String]] = []
  var row: [String] = []
  var field: [Unicode.Scalar] = []
  var isQuoted = false
  let scalars = Array(text.unicodeScalars)
  var index = 0
  func string(_ scalars: [Unicode.Scalar]) -> String {
    String(String.UnicodeScalarView(scalars))
  }
  while index < scalars.count {
    let scalar = scalars[index]
    let next = index + 1 < scalars.count ? scalars[index + 1] : nil
    index += 1
    switch (scalar, isQuoted) {
    case ("\"", true) where next == "\"":
      field.append("\"")
      index += 1
    case ("\"", true): isQuoted = false
    case ("\"", false) where field.isEmpty: isQuoted = true
    case ("\"", false), ("\n", false): return nil
    case (",", false):
      row.append(string(field))
      field = []
    case ("\r", false):
      guard next == "\n" else { return nil }
      index += 1
      row.append(string(field))
      rows.append(row)
      (row, field) = ([], [])
    default: field.append(scalar)
    }
  }
  return isQuoted || !row.isEmpty || !field.isEmpty ? nil : rows
}
