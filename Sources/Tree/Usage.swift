/// What one call took.
package struct Usage: Hashable, Sendable, Codable {
  /// Tokens in the request; of them `cachedInput` were read from the server's prefix cache.
  package var input: Int
  package var cachedInput: Int
  package var output: Int
  /// The server told no usage, so the counts are an estimate of ours.
  package var isEstimated: Bool
  /// Requests that reached the wire, retries included, and one that several calls share counted for
  /// each of them; 0 for a reply from the cache.
  package var requests: Int
  /// From the first request to the end of the reply, in seconds.
  package var seconds: Double
  /// In USD; nil where the price is unknown.
  package var cost: Double?

  package init(
    input: Int = 0, cachedInput: Int = 0, output: Int = 0, isEstimated: Bool = false,
    requests: Int = 1, seconds: Double = 0, cost: Double? = nil
  ) {
    self.input = input
    self.cachedInput = cachedInput
    self.output = output
    self.isEstimated = isEstimated
    self.requests = requests
    self.seconds = seconds
    self.cost = cost
  }
}
