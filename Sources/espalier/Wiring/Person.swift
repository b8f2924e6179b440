import Glibc
import Terminal

/// Who an intervention is by, when it comes from this terminal.
enum Person {
  static var name: String { name(of: geteuid(), environmentValue) }

  /// As the environment has it, or else as the system knows the user.
  static func name(of user: uid_t, _ variable: (String) -> String?) -> String {
    for name in ["USER", "LOGNAME"] {
      if let value = variable(name), !value.isEmpty { return value }
    }
    return known(user) ?? "user \(user)"
  }

  private static func known(_ user: uid_t) -> String? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 1 << 14) { buffer in
      var (entry, found) = (passwd(), UnsafeMutablePointer<passwd>?.none)
      guard let start = buffer.baseAddress,
        getpwuid_r(user, &entry, start, buffer.count, &found) == 0, found != nil,
        let name = entry.pw_name, name.pointee != 0
      else { return nil }
      return String(cString: name)
    }
  }
}
