/// A named set of values for the search; whatever somebody says about one of them wins over it.
package enum Preset: String, Hashable, Sendable, CaseIterable {
  case standard = "default"
  /// The algorithm as the paper's authors ran it.
  case paper

  /// Whether a judgement that stays unreadable counts as 0, as the authors have it, or not at all.
  package var unreadableCountsAsZero: Bool { self == .paper }

  /// The authors never ask the initial prompt again.
  var measuresLift: Bool { self != .paper }

  var beam: Int { 2 }
  var actions: Int { 3 }
  var depth: Int { 20 }
  var maxDepthIncrease: Int { 10 }
  var examplesShown: Int { 2 }

  func temperature(_ role: RoleName) -> Double { role == .optimizer ? 0.2 : 0 }
  func topP(_ role: RoleName) -> Double? { role == .optimizer ? 0.95 : nil }
  var maxTokens: Int { 2_048 }
}
