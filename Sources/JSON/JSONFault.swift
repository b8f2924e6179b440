/// Where and why a text is not JSON.
package struct JSONFault: Error, Hashable, Sendable {
  /// Into the bytes that were read.
  package var offset: Int
  /// From 1.
  package var line: Int
  package var reason: String
  /// All was well until the text ended.
  package var isCutOff: Bool

  package init(offset: Int, line: Int, reason: String, isCutOff: Bool) {
    self.offset = offset
    self.line = line
    self.reason = reason
    self.isCutOff = isCutOff
  }
}
