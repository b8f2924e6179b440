import Configuration
import RunFile
import Terminal
import Tree

/// What a person asks of a live run on the command line, before it is known what the run is like.
enum ControlWords: Equatable {
  /// On a node, by its number.
  case prune(Int), restore(Int), pin(Int), unpin(Int)
  case fork(Int, prompt: String)
  /// nil gives the score back to the judge.
  case override(Int, aspect: String, score: Double?)
  /// nil takes the wish back.
  case steer(String?)
  case lock(String), unlock(String)
  case pause, proceed, stop, undo, redo
  case set(SettingChange)

  /// What can be set, by the names that flags have too.
  fileprivate enum Setting: String, CaseIterable {
    case beam, actions, depth
    case maxCalls = "max-calls"
    case maxTokens = "max-tokens"
    case maxCost = "max-usd"
    case maxMinutes = "max-minutes"
  }

  /// The words as a command line has them.
  static let forms = [
    "prune N", "restore N", "pin N", "unpin N", "pause", "continue", "stop", "undo", "redo",
    "steer TEXT", "override N ASPECT SCORE", "set beam|actions|depth N",
    "set max-calls|max-tokens|max-usd|max-minutes N", "fork N PROMPT", "lock TEXT", "unlock TEXT",
  ]

  /// - Throws: a `Failure` that says what is expected in their place.
  init(_ words: [String]) throws {
    var rest = Rest(words)
    let name = try rest.next("an action")
    switch name {
    case "prune": self = .prune(try rest.number())
    case "restore": self = .restore(try rest.number())
    case "pin": self = .pin(try rest.number())
    case "unpin": self = .unpin(try rest.number())
    case "fork": self = .fork(try rest.number(), prompt: try rest.text())
    case "override": self = try rest.override()
    case "steer": self = .steer(rest.isEmpty ? nil : try rest.text())
    case "lock": self = .lock(try rest.text())
    case "unlock": self = .unlock(try rest.text())
    case "pause": self = .pause
    case "continue": self = .proceed
    case "stop": self = .stop
    case "undo": self = .undo
    case "redo": self = .redo
    case "set": self = try rest.setting()
    default:
      throw Failure(
        "there is no action \"\(name)\". There are: \(Self.forms.joined(separator: ", ")).")
    }
    try rest.end()
  }

  /// The request that the words mean in this run.
  ///
  /// - Throws: a `Failure` where they name a node that there is not, or a file that can't be read.
  func request(
    in tree: SearchTree, by author: Intervention.Author, because reason: Text?
  ) throws -> ControlRequest {
    switch self {
    case .set(let change): return .set(change, by: author, because: reason)
    case .undo: return .undo(by: author, because: reason)
    case .redo: return .redo(by: author, because: reason)
    default:
      return .intervene(Intervention(try action(in: tree), by: author, because: reason))
    }
  }

  private func action(in tree: SearchTree) throws -> Intervention.Action {
    switch self {
    case .prune(let number): return .prune(try tree.named(number).id)
    case .restore(let number): return .restore(try tree.named(number).id)
    case .pin(let number): return .pin(try tree.named(number).id)
    case .unpin(let number): return .unpin(try tree.named(number).id)
    case .fork(let number, let prompt):
      let parent = try tree.named(number).id
      return .fork(
        parent: parent, slot: tree.nextForkSlot(of: parent), number: tree.nextNumber,
        prompt: Text(try Self.text(ofPrompt: prompt)))
    case .override(let number, let aspect, let score):
      let node = try tree.named(number)
      let known = node.evaluation?.scores.map(\.aspect) ?? []
      let name = known.first { $0.lowercased() == aspect.lowercased() } ?? aspect
      return .override(node.id, aspect: name, score: score)
    case .steer(let wish): return .steer(wish.map { Text($0) })
    case .lock(let span): return .lock(Text(span))
    case .unlock(let span): return .unlock(Text(span))
    case .pause: return .pause
    case .proceed: return .continue
    case .stop: return .stop
    case .set, .undo, .redo: preconditionFailure("\(self) is no action of its own")
    }
  }

  /// `@FILE` is read as `run --prompt` reads it, and here: the process at work on the run may be in
  /// another folder.
  private static func text(ofPrompt words: String) throws -> String {
    guard let source = PromptSource(words, home: environmentValue("HOME")) else {
      throw Failure("there is no file named after the @.")
    }
    return try source.text
  }
}

extension Remedy {
  /// The word of `control` for it, in a sentence that follows the refusal.
  var advice: String {
    switch self {
    case .restore(let number): "\"restore \(number)\" takes it back."
    case .proceed: "\"continue\" lets it go on."
    }
  }
}

extension SearchTree {
  /// The node that people call by this number.
  func named(_ number: Int) throws -> Node {
    guard let node = node(numbered: number) else {
      throw Failure("there is no node \(number) in this run; they go up to \(nextNumber - 1).")
    }
    return node
  }
}

/// Words that are still to be read.
private struct Rest {
  private var words: ArraySlice<String>
  private var read: [String] = []

  init(_ words: [String]) { self.words = words[...] }

  var isEmpty: Bool { words.isEmpty }

  private var place: String { read.isEmpty ? "" : " after \"\(read.joined(separator: " "))\"" }

  mutating func next(_ what: String) throws -> String {
    guard let word = words.popFirst() else { throw Failure("\(what) is missing\(place).") }
    read.append(word)
    return word
  }

  mutating func number() throws -> Int {
    let place = place
    let word = try next("the number of a node")
    guard let number = Int(word), number >= 0 else {
      throw Failure("\"\(word)\"\(place) is not the number of a node, such as 12.")
    }
    return number
  }

  /// All that is left, as one text; of several lines when it is quoted so.
  mutating func text() throws -> String {
    var text = try next("a text")
    while !words.isEmpty { text += " " + (try next("a text")) }
    guard text.contains(where: { !$0.isWhitespace }) else {
      throw Failure("the text\(place) is empty.")
    }
    return text
  }

  mutating func override() throws -> ControlWords {
    let number = try number()
    guard words.count >= 2, let last = words.popLast() else {
      throw Failure("an aspect and its score are missing\(place), as in: override 12 Safety 4.")
    }
    let aspect = try text()
    if last == "judge" { return .override(number, aspect: aspect, score: nil) }
    guard let score = Double(last), score.isFinite else {
      throw Failure("\"\(last)\" is no score: a number from 1 to 5, or \"judge\" to give it back.")
    }
    return .override(number, aspect: aspect, score: score)
  }

  mutating func setting() throws -> ControlWords {
    let name = try next("the name of a setting")
    guard let setting = ControlWords.Setting(rawValue: name) else {
      let known = ControlWords.Setting.allCases.map(\.rawValue).joined(separator: ", ")
      throw Failure("there is no setting \"\(name)\". There are: \(known).")
    }
    let change: SettingChange =
      switch setting {
      case .beam: .beam(try whole(name))
      case .actions: .actions(try whole(name))
      case .depth: .depth(try whole(name))
      case .maxCalls: .maxCalls(try limit { try $0.whole(name) })
      case .maxTokens: .maxTokens(try limit { try $0.whole(name) })
      case .maxCost: .maxCost(try limit { try $0.decimal(name) })
      case .maxMinutes: .maxMinutes(try limit { try $0.decimal(name) })
      }
    return .set(change)
  }

  /// nil for the word that lifts a limit.
  private mutating func limit<Value>(
    _ number: (inout Rest) throws -> Value
  ) throws -> Value? {
    if words.first == "none" {
      words = words.dropFirst()
      return nil
    }
    return try number(&self)
  }

  private mutating func whole(_ name: String) throws -> Int {
    let word = try next("a number")
    guard let value = Int(word) else {
      throw Failure("\(name) needs a whole number, and \"\(word)\" is none.")
    }
    return value
  }

  private mutating func decimal(_ name: String) throws -> Double {
    let word = try next("a number")
    guard let value = Double(word), value.isFinite else {
      throw Failure("\(name) needs a number, and \"\(word)\" is none.")
    }
    return value
  }

  func end() throws {
    if !words.isEmpty {
      throw Failure("\"\(words.joined(separator: " "))\" is too much\(place).")
    }
  }
}
