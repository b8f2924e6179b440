import ArgumentParser
import Configuration

/// A word in the place of a command that is none. The parser would take it for an argument of `run`,
/// the default, which has none, and tell how to call that.
struct UnknownCommand {
  private let word: String
  private let known: [String]

  /// - Parameter arguments: those of the command.
  /// - Returns: nil where a command is named first, or nothing that looks like one.
  init?(
    _ arguments: some Collection<String>, of command: any ParsableCommand.Type = Espalier.self
  ) {
    let commands = command.configuration.subcommands
    guard !commands.isEmpty, let first = arguments.first, Self.isWord(first), first != "help" else {
      return nil
    }
    if let named = commands.first(where: { $0.configuration.commandName == first }) {
      self.init(Array(arguments.dropFirst()), of: named)
    } else {
      self.init(word: first, known: commands.compactMap { $0.configuration.commandName })
    }
  }

  private init(word: String, known: [String]) {
    self.word = word
    self.known = known
  }

  private static func isWord(_ argument: String) -> Bool {
    argument.first?.isLetter == true && argument.allSatisfy { $0.isLetter || $0 == "-" }
  }

  var error: ValidationError {
    let advice =
      suggestion(for: word, among: known).map { "Did you mean \($0)?" }
      ?? "There are \(known.joined(separator: ", "))."
    return ValidationError("There is no command \(word). \(advice)")
  }
}
