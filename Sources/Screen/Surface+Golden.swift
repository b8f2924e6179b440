/// Surfaces as text, for tests that draw the picture they expect and for the linear modes.
extension Surface {
  /// The rows as text, without the blanks at their ends.
  package var text: String {
    rows { row in String(row.filter { $0.width > 0 }.map(\.character)) }
  }

  /// The rows with a letter for the style of each cell, and what the letters mean. Plain text is `.`; the
  /// others are lettered in the order in which they appear.
  package var styles: String {
    let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    var order: [Style] = []
    var places: [Style: Int] = [:]
    let picture = rows { row in
      String(
        row.map { cell in
          if cell.style == Style(.text) { return "." }
          let place = places[cell.style] ?? order.count
          if place == order.count {
            places[cell.style] = place
            order.append(cell.style)
          }
          return place < letters.count ? letters[place] : "?"
        })
    }
    let legend = zip(letters, order).map { "\($0) \($1)" }
    return ([picture] + legend).joined(separator: "\n")
  }

  private func rows(_ draw: (ArraySlice<Cell>) -> String) -> String {
    (0..<gridSize.height).map { y in
      var row = draw(cells[(y * gridSize.width)..<((y + 1) * gridSize.width)])
      while row.last == " " { row.removeLast() }
      return row
    }
    .joined(separator: "\n")
  }
}
