import FoundationEssentials
import Models
import RunFile

/// What was learned of the models' servers, kept with the run: who resumes it pays for no lesson twice.
enum Lessons {
  private static let prefix = "capabilities "

  /// By the names that `Endpoints` gives them; what can't be read is learned anew.
  static func recalled(from file: RunFile) -> [String: Capabilities] {
    let memory = (try? file.memory()) ?? [:]
    var lessons: [String: Capabilities] = [:]
    for (name, value) in memory where name.hasPrefix(prefix) {
      lessons[String(name.dropFirst(prefix.count))] =
        try? JSONDecoder().decode(Capabilities.self, from: Data(value.utf8))
    }
    return lessons
  }

  /// A file that takes no more says so where it matters more than here.
  static func keep(_ lessons: [String: Capabilities], in file: RunFile) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    var memory: [String: String] = [:]
    for (name, capabilities) in lessons {
      guard let value = try? encoder.encode(capabilities) else { continue }
      memory[prefix + name] = String(decoding: value, as: UTF8.self)
    }
    try? file.remember(memory)
  }
}
