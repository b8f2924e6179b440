package import Screen
package import Testing

/// Expects a surface to show these rows. Blanks at the ends of rows don't count. Of a difference only the rows
/// that differ are printed, one below the other.
package func expectScreen(
  _ surface: Surface, _ expected: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  expectPicture(surface.text, expected, sourceLocation: sourceLocation)
}

/// Expects the cells of a surface to have these styles, in the form of `Surface.styles`.
package func expectStyles(
  _ surface: Surface, _ expected: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  expectPicture(surface.styles, expected, sourceLocation: sourceLocation)
}

/// Expects two texts to be equal row by row, as `expectScreen` does.
package func expectPicture(
  _ actual: String, _ expected: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  let differences = differingRows(actual: actual, expected: expected)
  if !differences.isEmpty {
    Issue.record("the screen differs\n\(differences)", sourceLocation: sourceLocation)
  }
}

/// The rows that differ, with a mark below the first column that does; empty if there are none.
package func differingRows(actual: String, expected: String) -> String {
  let actualRows = rows(of: actual)
  let expectedRows = rows(of: expected)
  var report: [String] = []
  for y in 0..<max(actualRows.count, expectedRows.count) {
    let actual = y < actualRows.count ? actualRows[y] : nil
    let expected = y < expectedRows.count ? expectedRows[y] : nil
    if actual == expected { continue }
    let same = zip(actual ?? "", expected ?? "").prefix { $0 == $1 }.count
    report.append("row \(y)")
    report.append("  expected |\(expected ?? "(no such row)")")
    report.append("  actual   |\(actual ?? "(no such row)")")
    report.append("            " + String(repeating: " ", count: same) + "^")
  }
  return report.joined(separator: "\n")
}

private func rows(of text: String) -> [String] {
  var rows = text.split(separator: "\n", omittingEmptySubsequences: false).map { row in
    String(row.reversed().drop { $0 == " " }.reversed())
  }
  while rows.last == "" { rows.removeLast() }
  return rows
}
