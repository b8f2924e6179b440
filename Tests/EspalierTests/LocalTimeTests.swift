import Glibc
import Testing

@testable import espalier

@Suite struct LocalTimeTests {
  /// A time of day where the tests run.
  private func seconds(_ day: Int32, _ hour: Int32, _ minute: Int32, _ second: Int32) -> Int {
    var parts = tm()
    (parts.tm_year, parts.tm_mon, parts.tm_mday) = (126, 10, day)
    (parts.tm_hour, parts.tm_min, parts.tm_sec, parts.tm_isdst) = (hour, minute, second, -1)
    return mktime(&parts)
  }

  @Test func isTheFirstWholeMinuteAfter() {
    let now = seconds(21, 14, 6, 30)
    #expect(LocalTime.words(now, after: .seconds(3_600)) == "15:07")
    #expect(LocalTime.words(now, after: .milliseconds(3_599_500)) == "15:07")
  }

  @Test func anotherDayIsNamed() {
    let now = seconds(21, 23, 30, 0)
    #expect(LocalTime.words(now, after: .seconds(3_600)) == "00:30 on 2026-11-22")
    #expect(LocalTime.words(now, after: .seconds(365 * 86_400)) == "23:30 on 2027-11-21")
  }
}
