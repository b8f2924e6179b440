package import JSON

/// A request as the loopback server saw it.
package struct LoopbackRequest: Sendable {
  /// From 0, in the order of arrival.
  package var ordinal: Int
  /// Which connection it came by, from 0: to see that connections are used again.
  package var connection: Int
  package var method: String
  /// With the query.
  package var path: String
  /// Names in lower case.
  package var headers: [String: String]
  package var body: [UInt8]

  package var json: JSON? { JSON(parsing: body) }
}
