import ArgumentParser
import Glibc

/// What the program is given by the system, as bytes. Swift repairs those that are not UTF-8, and a name
/// that was repaired is another file's.
enum GivenText {
  /// - Throws: a `ValidationError` for an argument, a `Failure` for a variable of ours.
  static func check() throws {
    for (index, argument) in CommandLine.arguments.enumerated() {
      guard let bytes = CommandLine.unsafeArgv[index], String(validatingCString: bytes) == nil
      else { continue }
      throw ValidationError(
        "\(argument.debugDescription) is not UTF-8, and no other names or texts are taken. \(advice)"
      )
    }
    var variable = environ
    while let bytes = variable.pointee {
      variable += 1
      if strncmp(bytes, prefix, prefix.utf8.count) != 0 { continue }
      if String(validatingCString: bytes) == nil {
        let name = String(cString: bytes).prefix { $0 != "=" }
        throw Failure("\(name) is not UTF-8. \(advice)")
      }
    }
  }

  private static let prefix = "ESPALIER_"
  private static let advice = "Give a file a new name with mv."
}
