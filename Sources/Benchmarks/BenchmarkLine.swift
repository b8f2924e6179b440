/// What one benchmark found: a line for people and one JSON object a line for machines.
struct BenchmarkLine: Sendable {
  var bench: String
  /// In the order in which they are shown; the name says the unit.
  var figures: [(name: String, value: Double)]

  var text: String {
    bench + "  " + figures.map { "\($0.name) \(rounded($0.value))" }.joined(separator: "  ")
  }

  var json: String {
    let members = figures.map { "\"\($0.name)\":\($0.value)" }
    return "{" + (["\"bench\":\"\(bench)\""] + members).joined(separator: ",") + "}"
  }

  /// Three digits are enough for a person.
  private func rounded(_ value: Double) -> String {
    if value.magnitude >= 100 { return "\(Int(value.rounded()))" }
    return "\((value * 1000).rounded() / 1000)"
  }
}
