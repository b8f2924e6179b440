/// A sample of numbers in five: how many, where they lie and how sure their mean is.
package struct Summary: Hashable, Sendable {
  package let count: Int
  package let mean: Double
  package let minimum: Double
  package let maximum: Double
  /// Of the sample (the sum of squares over count - 1); nil for a single number, which has none.
  package let standardDeviation: Double?

  /// Nil for no numbers.
  package init?(_ values: some Collection<Double>) {
    guard let first = values.first else { return nil }
    var sum = 0.0
    var minimum = first
    var maximum = first
    for value in values {
      sum += value
      minimum = Swift.min(minimum, value)
      maximum = Swift.max(maximum, value)
    }
    let mean = sum / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    self.count = values.count
    self.mean = mean
    self.minimum = minimum
    self.maximum = maximum
    self.standardDeviation =
      values.count > 1 ? (squares / Double(values.count - 1)).squareRoot() : nil
  }

  /// Of the mean; nil for a single number.
  package var standardError: Double? {
    standardDeviation.map { $0 / Double(count).squareRoot() }
  }

  /// Half the width of `interval`: the number after a ±.
  package var margin: Double? {
    standardError.map { $0 * StudentT.quantile95(degreesOfFreedom: count - 1) }
  }

  /// The 95 % interval of the mean by Student's t; nil for a single number. It takes the numbers
  /// for a sample of something near a normal distribution; `PairedComparison` does not.
  package var interval: ClosedRange<Double>? {
    margin.map { mean - $0...mean + $0 }
  }
}
