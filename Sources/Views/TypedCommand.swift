import Tree

/// A command of the `:` line.
enum TypedCommand: Equatable {
  case goTo(Int)
  /// The run as it was after this event; nil for the present.
  case at(Int?)
  case set(SettingChange)
  /// nil takes the wish back.
  case steer(String?)
  case lock(String)
  case unlock(String)
  /// nil gives the score back to the judge.
  case override(aspect: String, Double?)
  case fork(String)
  case stop
  case quit

  enum Fault: Error, Equatable, CustomStringConvertible {
    case unknown(String)
    case noNumber(String, got: String)
    case noEvent(got: String)
    /// Neither a number nor the word for no limit; `example` is a number that would do.
    case noLimit(String, got: String, example: String)
    case noText(String)
    case noScore(String)
    /// The prompt is to be read from this file.
    case file(String)

    var description: String {
      switch self {
      case .unknown(let name):
        "There is no command \"\(name)\". There are beam, actions, depth, calls, tokens, usd, minutes, "
          + "steer, override, fork, lock, unlock, stop, at, quit, or a node's number."
      case .noNumber(let name, let got):
        got.isEmpty
          ? "\(name) needs a whole number, as in: \(name) 3"
          : "\(name) needs a whole number, and \"\(got)\" is none."
      case .noEvent(let got):
        "at needs the number of an event, as in: at 50, or \"end\" for the present"
          + (got.isEmpty ? "." : "; \"\(got)\" is neither.")
      case .noLimit(let name, let got, let example):
        "\(name) needs a number, as in: \(name) \(example), or \"none\" for no limit"
          + (got.isEmpty ? "." : "; \"\(got)\" is neither.")
      case .noText(let name): "\(name) needs words after it."
      case .noScore(let got):
        "override needs an aspect and a score from 1 to 5 or \"judge\", as in: override Safety 4. "
          + "\"\(got)\" is not that."
      case .file(let path):
        "A prompt is typed here. From a file: espalier control RUN fork N \(path)"
      }
    }
  }

  static func parse(_ line: String) -> Result<TypedCommand, Fault> {
    let line = trimmed(line[...])
    let name = line.prefix { !$0.isWhitespace }
    let rest = String(trimmed(line.dropFirst(name.count)))
    if let number = Int(name), rest.isEmpty { return .success(.goTo(number)) }
    let word = name.lowercased()
    if word == "set" { return parse(rest) }
    switch word {
    case "beam": return setting(word, rest, SettingChange.beam)
    case "actions": return setting(word, rest, SettingChange.actions)
    case "depth": return setting(word, rest, SettingChange.depth)
    case "calls": return limit(word, rest, "400", Int.init, SettingChange.maxCalls)
    case "tokens": return limit(word, rest, "200000", Int.init, SettingChange.maxTokens)
    case "usd": return limit(word, rest, "2.50", number, SettingChange.maxCost)
    case "minutes": return limit(word, rest, "30", number, SettingChange.maxMinutes)
    case "steer": return .success(.steer(rest.isEmpty ? nil : rest))
    case "override": return override(rest)
    case "fork", "lock", "unlock":
      guard !rest.isEmpty else { return .failure(.noText(word)) }
      if word == "fork" { return fork(rest) }
      return .success(word == "lock" ? .lock(rest) : .unlock(rest))
    case "at": return moment(rest)
    case "stop": return .success(.stop)
    case "q", "quit": return .success(.quit)
    default: return .failure(.unknown(String(name)))
    }
  }

  private static func setting(
    _ word: String, _ rest: String, _ change: (Int) -> SettingChange
  ) -> Result<TypedCommand, Fault> {
    guard let value = Int(rest) else { return .failure(.noNumber(word, got: rest)) }
    return .success(.set(change(value)))
  }

  private static func limit<Value>(
    _ word: String, _ rest: String, _ example: String, _ read: (String) -> Value?,
    _ change: (Value?) -> SettingChange
  ) -> Result<TypedCommand, Fault> {
    if rest == "none" { return .success(.set(change(nil))) }
    guard let value = read(rest) else {
      return .failure(.noLimit(word, got: rest, example: example))
    }
    return .success(.set(change(value)))
  }

  private static func number(_ text: String) -> Double? {
    Double(text).flatMap { $0.isFinite ? $0 : nil }
  }

  private static func override(_ rest: String) -> Result<TypedCommand, Fault> {
    let score = String(rest.reversed().prefix { !$0.isWhitespace }.reversed())
    let aspect = String(trimmed(rest.dropLast(score.count)))
    guard !aspect.isEmpty else { return .failure(.noScore(rest)) }
    if score == "judge" { return .success(.override(aspect: aspect, nil)) }
    guard let value = number(score) else { return .failure(.noScore(rest)) }
    return .success(.override(aspect: aspect, value))
  }

  private static func moment(_ rest: String) -> Result<TypedCommand, Fault> {
    if rest == "end" { return .success(.at(nil)) }
    return Int(rest).map { .success(.at($0)) } ?? .failure(.noEvent(got: rest))
  }

  /// A prompt may begin with `@`; one word that does is the name of a file, as `control` takes it.
  private static func fork(_ rest: String) -> Result<TypedCommand, Fault> {
    let prompt = withLineBreaks(rest)
    let isFile = prompt.hasPrefix("@") && !prompt.contains(where: \.isWhitespace)
    return isFile ? .failure(.file(rest)) : .success(.fork(prompt))
  }

  /// A text as it is typed on one line: `\n` for a line break, `\\` for a backslash.
  static func onOneLine(_ text: String) -> String {
    text.reduce(into: "") { line, character in
      switch character {
      case "\\": line += "\\\\"
      case "\n", "\r\n": line += "\\n"
      default: line.append(character)
      }
    }
  }

  private static func withLineBreaks(_ line: String) -> String {
    var text = ""
    var isEscaped = false
    for character in line {
      if isEscaped {
        isEscaped = false
        switch character {
        case "n": text += "\n"
        case "\\": text += "\\"
        default: text += "\\" + String(character)
        }
      } else if character == "\\" {
        isEscaped = true
      } else {
        text.append(character)
      }
    }
    return isEscaped ? text + "\\" : text
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text.drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
