import DRPO
import Engine
import Models
import Tree

/// The flag by which a run goes on that a budget has ended, with what the whole search is likely to
/// take, and at the least one more call.
struct Allowance: CustomStringConvertible {
  let description: String

  /// - Parameter lost: what calls that were called back may have taken.
  init?(_ tree: SearchTree, texts: any TextSource, lost: Usage, _ models: [Role: PlayedRole]) {
    guard let why = tree.finish?.why, why.isBudget else { return nil }
    let totals = tree.totals
    var ahead = tree
    ahead.apply(.intervened(Intervention(.set(tree.settings.unlimited), by: .program)))
    let calls = max(ExpectedCalls(ahead).total, totals.started + 1)
    /// What the search takes if it goes on as it began.
    let growth = Double(calls) / Double(max(totals.completed, 1))
    let next = Usage(ofNextCallIn: tree, texts: texts, models: models)
    let needs = Role.allCases.map {
      Needs($0, in: tree.configuration, price: models[$0]?.price)
    }
    switch why {
    case .calls: description = "--max-calls \(calls)"
    case .tokens:
      let estimate = needs.reduce(0) { $0 + $1.inputTokens + $1.outputTokens }
      let spent = totals.input + totals.output
      let room = lost.input + lost.output + (next.map { $0.input + $0.output } ?? 0)
      let sum = max(Double(spent) * growth, Double(estimate)) + Double(room)
      description = "--max-tokens \(Int(sum.roundedUp))"
    case .cost:
      let estimate = needs.reduce(0) { $0 + ($1.usd ?? 0) }
      let room = (lost.cost ?? 0) + (next?.cost ?? 0)
      description =
        "--max-usd \((max(totals.knownCost * growth, estimate) + room).roundedUp.inCents)"
    case .minutes:
      let limit = tree.settings.maxMinutes ?? 0
      description = "--max-minutes \(max(1, Int((limit * growth).roundedUp.rounded(.up))))"
    default: return nil
    }
  }
}

extension Double {
  /// To two digits, and of small amounts to the whole cent.
  fileprivate var roundedUp: Double {
    var unit = 1e13
    while unit > 0.01, unit * 10 > self { unit /= 10 }
    return (Swift.min(self, 1e15) / unit).rounded(.up) * unit
  }
}
