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

  /// Resident memory of a process that runs, at its highest so far, in bytes; nil once it has ended.
  static func highestMemory(of process: pid_t) -> Int? {
    guard let file = fopen("/proc/\(process)/status", "r") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, Int32(line.count), file) != nil {
      if strncmp(line, "VmHWM:", 6) == 0 { return strtol(Array(line[6...]), nil, 10) << 10 }
    }
    return nil
  }
}
