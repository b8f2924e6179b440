import Testing

@testable import Views

struct WordingTests {
  @Test func numbers() {
    #expect(Wording.fixed(3.6666) == "3.67")
    #expect(Wording.fixed(4) == "4.00")
    #expect(Wording.fixed(0.05, 1) == "0.1")
    #expect(Wording.fixed(-0.001) == "0.00")
    #expect(Wording.fixed(.nan) == "–")
    #expect(Wording.fixed(.infinity) == "–")
    #expect(Wording.mark(4) == "4")
    #expect(Wording.mark(4.5) == "4.5")
    #expect(Wording.signed(0.5) == "+0.5")
    #expect(Wording.signed(-0.52) == "-0.5")
    #expect(Wording.signed(0.01) == "0.0")
    #expect(Wording.score(nil) == "–")
  }

  @Test func amounts() {
    #expect([940, 1_200, 61_000, 1_250_000].map(Wording.count) == ["940", "1.2k", "61k", "1.3M"])
    #expect(Wording.plural(1, "call") == "1 call")
    #expect(Wording.plural(0, "call") == "0 calls")
    #expect(
      [1, 2, 3, 4, 11, 12, 13, 21, 112].map(Wording.ordinal).joined(separator: " ")
        == "1st 2nd 3rd 4th 11th 12th 13th 21st 112th")
  }

  @Test func times() {
    #expect(Wording.clock(161) == "2:41")
    #expect(Wording.clock(3_723.9) == "1:02:03")
    #expect(Wording.clock(-5) == "0:00")
    #expect(Wording.roughly(0.2) == "1 s")
    #expect(Wording.roughly(40) == "40 s")
    #expect(Wording.roughly(431) == "7 min")
    #expect(Wording.roughly(7_300) == "2 h")
  }
}
