/// How long simulated models take: log-normal, as servers do.
package struct SimulatedLatency: Hashable, Sendable {
  package var median: Duration
  /// The deviation of the logarithm; 0 makes every call take the median.
  package var spread: Double

  package init(median: Duration = .milliseconds(300), spread: Double = 0.45) {
    self.median = median
    self.spread = spread
  }

  /// Replies at once, without giving up the thread.
  package static let none = SimulatedLatency(median: .zero, spread: 0)

  package static func fixed(_ duration: Duration) -> SimulatedLatency {
    SimulatedLatency(median: duration, spread: 0)
  }

  func draw(_ chance: Chance) -> Duration {
    guard median > .zero, spread > 0 else { return median }
    return median * Self.exponential(spread * min(3, max(-3, chance.normal)))
  }

  /// e to the power of x, to a thousandth: the standard library has none.
  private static func exponential(_ x: Double) -> Double {
    var power = 1 + x / 4096
    for _ in 0..<12 { power *= power }
    return power
  }
}
