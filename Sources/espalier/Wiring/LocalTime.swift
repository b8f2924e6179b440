import Glibc

/// The time of day where the person is.
enum LocalTime {
  /// `15:07`, and of another day `15:07 on 2026-11-22`: the first whole minute after so long.
  static func after(_ wait: Duration) -> String { words(time(nil), after: wait) }

  /// - Parameter now: in seconds since 1970.
  static func words(_ now: Int, after wait: Duration) -> String {
    let (seconds, rest) = wait.components
    let end = now + Int(seconds) + (rest > 0 ? 1 : 0)
    let (today, then) = (calendar(now), calendar((end + 59) / 60 * 60))
    let time = "\(twoDigits(then.tm_hour)):\(twoDigits(then.tm_min))"
    guard (then.tm_year, then.tm_yday) != (today.tm_year, today.tm_yday) else { return time }
    let date = "\(1900 + then.tm_year)-\(twoDigits(then.tm_mon + 1))-\(twoDigits(then.tm_mday))"
    return "\(time) on \(date)"
  }

  private static func calendar(_ seconds: Int) -> tm {
    var seconds = time_t(seconds)
    var parts = tm()
    localtime_r(&seconds, &parts)
    return parts
  }

  private static func twoDigits(_ number: Int32) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}
