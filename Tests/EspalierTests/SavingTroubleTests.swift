import Testing

@testable import espalier

@Suite struct SavingTroubleTests {
  private static let full = "The disk of a.espalier is full. Free some space there."
  private static let leaving =
    " The run leaves as soon as it is saved. Ctrl-C again leaves at once, without what has come "
    + "since: that will be asked again."

  @Test func `it is told at once, then at growing intervals, and when it is over`() {
    var trouble = SavingTrouble()
    #expect(trouble.take(nil, at: .zero) == nil)
    let told = stride(from: 100, to: 200, by: 2).compactMap {
      trouble.take(Self.full, at: .seconds($0))
    }
    #expect(
      told == ["The run can't be saved: \(Self.full)"]
        + [10, 20, 40, 80].map { "The run still can't be saved, after \($0) s: \(Self.full)" })
    #expect(trouble.take(nil, at: .seconds(200)) == "The run can be saved again.")
    #expect(trouble.take(nil, at: .seconds(201)) == nil)
  }

  @Test func `another trouble is told at once`() {
    var trouble = SavingTrouble()
    _ = trouble.take(Self.full, at: .zero)
    #expect(trouble.take("It is gone.", at: .seconds(2)) == "The run can't be saved: It is gone.")
  }

  @Test func `who wants to leave is told what that waits for`() {
    var trouble = SavingTrouble()
    #expect(trouble.leave() == nil)
    #expect(
      trouble.take(Self.full, at: .zero) == "The run can't be saved: \(Self.full)\(Self.leaving)")
    #expect(trouble.leave() == Self.full + Self.leaving)
  }
}
