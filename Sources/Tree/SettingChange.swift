/// A wish to change one setting, which leaves the others as they are by then: two people may change
/// settings at the same moment.
package enum SettingChange: Hashable, Sendable, Codable {
  case beam(Int)
  case actions(Int)
  case depth(Int)
  /// nil lifts the limit, as with the others.
  case maxCalls(Int?)
  case maxTokens(Int?)
  /// In USD.
  case maxCost(Double?)
  case maxMinutes(Double?)
}

extension SearchSettings {
  package func with(_ change: SettingChange) -> SearchSettings {
    var settings = self
    switch change {
    case .beam(let value): settings.beam = value
    case .actions(let value): settings.actions = value
    case .depth(let value): settings.depth = value
    case .maxCalls(let limit): settings.maxCalls = limit
    case .maxTokens(let limit): settings.maxTokens = limit
    case .maxCost(let limit): settings.maxCost = limit
    case .maxMinutes(let limit): settings.maxMinutes = limit
    }
    return settings
  }
}
