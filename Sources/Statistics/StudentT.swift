/// Student's t distribution, as far as 95 % intervals need it.
package enum StudentT {
  /// The two-sided 95 % quantile (97.5 % one-sided), right to 0.0005.
  ///
  /// Up to 30 degrees of freedom from the usual table; above, the expansion in powers of 1/ν around
  /// the normal quantile (Abramowitz and Stegun, 26.7.5), which goes to 1.95996.
  package static func quantile95(degreesOfFreedom: Int) -> Double {
    precondition(degreesOfFreedom > 0, "t with \(degreesOfFreedom) degrees of freedom")
    if degreesOfFreedom <= table.count { return table[degreesOfFreedom - 1] }
    let freedom = Double(degreesOfFreedom)
    let z = 1.959_963_985
    let (z3, z5) = (z * z * z, z * z * z * z * z)
    return z + (z3 + z) / (4 * freedom) + (5 * z5 + 16 * z3 + 3 * z) / (96 * freedom * freedom)
  }

  private static let table: [Double] = [
    12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281,
    2.2010, 2.1788, 2.1604, 2.1448, 2.1314, 2.1199, 2.1098, 2.1009, 2.0930, 2.0860,
    2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555, 2.0518, 2.0484, 2.0452, 2.0423,
  ]
}
