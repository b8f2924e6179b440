import Testing

@testable import RunFile

@Suite struct RunNameTests {
  @Test func `draws 4,096 names`() {
    let names = Set((0..<20_000 as Range<UInt64>).map { RunName(bits: $0).description })
    #expect(names.count == 64 * 64)
    #expect(names.allSatisfy { $0.split(separator: "-").count == 2 })
    #expect(RunName(bits: 0).description == "amber-acacia")
    #expect(RunName(bits: .max).description == RunName(bits: .max).description)
  }
}
