/// How many colours a terminal has, of the four kinds that themes fall back through.
package enum ColorDepth: CaseIterable, Sendable {
  case mono
  case c8
  case c16
  case c256

  package init(count: Int) {
    self =
      switch count {
      case 256...: .c256
      case 16...: .c16
      case 8...: .c8
      default: .mono
      }
  }
}
