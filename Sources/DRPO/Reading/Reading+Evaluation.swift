package import Tree

extension Reading {
  private static let evaluationForm =
    #"{"scores": {"name of the aspect": {"rationale": "…", "score": 3}}}"#

  /// Reads a reply to `Texts.evaluation`: a score for each of the aspects, in their order. Entries
  /// for other aspects are passed over, a missing rationale is empty.
  package static func evaluation(_ reply: String, aspects: [Aspect]) -> Result<Evaluation, Fault> {
    only(in: reply) { (value) throws(Fault) -> Evaluation in
      let entries = try entries(of: value, aspects: aspects)
      let missing = aspects.filter { entries[folded($0.name)] == nil }
      guard missing.isEmpty else {
        if missing.count == aspects.count { throw .wrongForm(expected: evaluationForm) }
        throw .missingAspects(missing.map(\.name))
      }
      var scores: [Evaluation.Score] = []
      for aspect in aspects {
        scores.append(try score(of: aspect.name, from: entries[folded(aspect.name)] ?? []))
      }
      return Evaluation(scores: scores)
    }
  }

  /// What the reply says on each aspect, by folded name. Of the forms that models fall into: a list
  /// of entries, or an object by aspect, each bare or inside an object of one member.
  private static func entries(of value: LooseJSON, aspects: [Aspect]) throws(Fault)
    -> [String: [LooseJSON]]
  {
    let wanted = Set(aspects.map { folded($0.name) })
    var entries: [String: [LooseJSON]] = [:]
    switch value {
    case .array(let elements):
      for element in elements {
        if let name = try element.member("aspect", "name", "criterion")?.string {
          entries[folded(name), default: []].append(element)
        } else if case .object(let members) = element {
          for member in members { entries[folded(member.key), default: []].append(member.value) }
        }
      }
    case .object(let members):
      for member in members where wanted.contains(folded(member.key)) {
        entries[folded(member.key), default: []].append(member.value)
      }
      if entries.isEmpty {
        let nested = try value.member("scores", "evaluation", "evaluations", "ratings", "aspects")
        guard let inner = nested ?? (members.count == 1 ? members[0].value : nil) else {
          throw .wrongForm(expected: evaluationForm)
        }
        return try self.entries(of: inner, aspects: aspects)
      }
    default: throw .wrongForm(expected: evaluationForm)
    }
    return entries
  }

  private static func score(of aspect: String, from entries: [LooseJSON]) throws(Fault)
    -> Evaluation.Score
  {
    var scores: [Evaluation.Score] = []
    for entry in entries {
      guard case .object(let members) = entry else {
        scores.append(
          .init(aspect: aspect, value: try mark(entry, aspect: aspect), rationale: Text("")))
        continue
      }
      let marks = members.filter { ["score", "rating", "value"].contains(folded($0.key)) }
      guard !marks.isEmpty else { throw .noScore(aspect: aspect) }
      let rationale =
        try entry.member("rationale", "reasoning", "reason", "explanation")?.string ?? ""
      for mark in marks {
        scores.append(
          .init(
            aspect: aspect, value: try self.mark(mark.value, aspect: aspect),
            rationale: Text(trimmed(rationale))))
      }
    }
    guard let first = scores.first else { throw .noScore(aspect: aspect) }
    if let other = scores.first(where: { $0.value != first.value }) {
      throw .scoredTwice(
        aspect: aspect, String(Int(first.value)), String(Int(other.value)))
    }
    return first
  }

  /// A whole number from 1 to 5, as `4`, `4.0`, `"4"`, `"4/5"` or `"4 out of 5"`.
  private static func mark(_ value: LooseJSON, aspect: String) throws(Fault) -> Double {
    let written: String
    switch value {
    case .number(let text): written = text
    case .string(let text): written = Texts.oneLine(text)
    case .null: throw .noScore(aspect: aspect)
    case .bool(let flag): throw .notAScore(aspect: aspect, String(flag))
    case .array, .object: throw .notAScore(aspect: aspect, "a list")
    }
    var number = written[...]
    for ending in ["/ 5", "/5", "/5.0", "out of 5", "of 5"] where number.hasSuffix(ending) {
      number = number.dropLast(ending.count)
      break
    }
    while number.last == " " { number.removeLast() }
    guard let score = Double(number), score.isFinite, score == score.rounded() else {
      throw .notAScore(aspect: aspect, String(written.prefix(40)))
    }
    guard 1...5 ~= score else { throw .outOfRange(aspect: aspect, String(written.prefix(40))) }
    return score
  }
}
