package import Tree

extension Reading {
  private static let longestName = 48
  private static let aspectsForm =
    #"{"reasoning": "…", "aspects": [{"name": "…", "definition": "…"}]}"#

  /// Reads a reply to `Texts.aspectSelection`.
  ///
  /// A name of the library stands for the library's aspect, whatever definition came with it.
  package static func aspects(_ reply: String, library: [Aspect]) -> Result<AspectChoice, Fault> {
    only(in: reply) { (value) throws(Fault) -> AspectChoice in
      try choice(from: value, library: library)
    }
  }

  private static func choice(from value: LooseJSON, library: [Aspect]) throws(Fault)
    -> AspectChoice
  {
    let list = try value.member("aspects", "selected_aspects", "criteria") ?? value
    var named: [(name: String, definition: String?)] = []
    switch list {
    case .array(let elements):
      for element in elements {
        if let name = element.string {
          named.append((name, nil))
        } else if let name = try element.member("name", "aspect")?.string {
          named.append((name, try element.member("definition", "description")?.string))
        } else {
          throw .wrongForm(expected: aspectsForm)
        }
      }
    case .object(let members) where list != value:
      named = members.map { ($0.key, $0.value.string) }
    default: throw .wrongForm(expected: aspectsForm)
    }

    var aspects: [Aspect] = []
    for (name, definition) in named {
      let aspect = try aspect(name, definition, library: library)
      guard !aspects.contains(where: { folded($0.name) == folded(aspect.name) }) else { continue }
      aspects.append(aspect)
    }
    guard aspects.count >= 2 else { throw .fewAspects(aspects.count) }
    guard aspects.count <= 5 else { throw .manyAspects(aspects.count) }
    let reasoning = try value.member("reasoning", "rationale", "reason", "analysis")?.string ?? ""
    return AspectChoice(
      aspects: aspects, reasoning: Text(trimmed(reasoning)), origin: .judge)
  }

  private static func aspect(_ name: String, _ definition: String?, library: [Aspect])
    throws(Fault) -> Aspect
  {
    let name = Texts.oneLine(name)
    if let known = library.first(where: { folded($0.name) == folded(name) }) { return known }
    guard name.count <= longestName else { throw .aspectNameTooLong(String(name.prefix(24))) }
    let definition = Texts.oneLine(definition ?? "")
    guard !name.isEmpty, !definition.isEmpty else { throw .aspectWithoutDefinition(name) }
    return Aspect(name: name, definition: definition)
  }
}
