import Glibc

/// What a process has used.
struct ProcessUse {
  /// User and system time, in seconds.
  var cpu: Double
  /// Resident memory at its highest, in bytes.
  var memory: Int

  init(_ usage: rusage) {
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    cpu = seconds(usage.ru_utime) + seconds(usage.ru_stime)
    memory = usage.ru_maxrss << 10
  }

  /// Of this process so far.
  static var own: ProcessUse {
    var usage = rusage()
    getrusage(RUSAGE_SELF.rawValue, &usage)
    return ProcessUse(usage)
  }
}
