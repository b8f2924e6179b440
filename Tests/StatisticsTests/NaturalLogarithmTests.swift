import Testing

@testable import Statistics

@Suite struct NaturalLogarithmTests {
  @Test(arguments: [
    (0.001, -6.907755278982137),
    (0.5, -0.6931471805599453),
    (0.7, -0.35667494393873245),
    (1, 0),
    (1.4142135623730951, 0.3465735902799727),
    (1.42, 0.35065687161316933),
    (1.5, 0.4054651081081644),
    (2, 0.6931471805599453),
    (2.718281828459045, 1),
    (10, 2.302585092994046),
    (1e300, 690.7755278982137),
    (.leastNonzeroMagnitude, -744.4400719213812),
  ])
  func knownValues(number: Double, logarithm: Double) {
    let error = abs(number.naturalLogarithm - logarithm)
    #expect(error <= 4 * max(abs(logarithm).ulp, 0x1p-54), "\(number): off by \(error)")
  }
}
