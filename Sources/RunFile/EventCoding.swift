import FoundationEssentials
import Tree

/// Events and configurations as the JSON that a run file holds. Keys are sorted, so that the same
/// value always gives the same bytes.
enum EventCoding {
  static func encode(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  static func decode<Value: Decodable>(_ type: Value.Type, from json: String) throws -> Value {
    try JSONDecoder().decode(type, from: Data(json.utf8))
  }

  /// The kind of the event, for those who look at the table.
  static func kind(of event: RunEvent) -> String {
    switch event {
    case .completed: "completion"
    case .flight: "flight"
    case .decided: "decision"
    case .intervened: "intervention"
    }
  }
}
