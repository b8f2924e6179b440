import HTTP
import Testing

@Suite struct DurationWordsTests {
  @Test(arguments: [
    (Duration.zero, "0 s"), (.milliseconds(250), "0.3 s"), (.milliseconds(1_500), "1.5 s"),
    (.seconds(20), "20 s"), (.seconds(99), "99 s"), (.seconds(100), "1 min 40 s"),
    (.seconds(120), "2 min"), (.seconds(3_600), "1 h"), (.seconds(3_601), "1 h"),
    (.seconds(5_400), "1 h 30 min"), (.seconds(86_400), "1 day"), (.seconds(90_000), "1 day 1 h"),
    (.seconds(31_536_000), "365 days"), (.seconds(1_000_000_000), "more than a year"),
  ])
  func twoUnitsAtMost(_ duration: Duration, _ words: String) {
    #expect(duration.inWords == words)
  }
}
