import Models
import Tree

/// What one call may take at most: set aside before it is sent, because its price is known only when
/// the reply is here, and by then many more may be on their way.
struct Claim: Hashable, Sendable {
  var tokens = 0
  /// In USD; nil where the price of the model is unknown.
  var cost: Double? = 0
}

extension Claim {
  init(_ usage: Usage) { self.init(tokens: usage.input + usage.output, cost: usage.cost) }
}

extension Usage {
  /// Where a role sets no limit of its own on a reply.
  private static let usualReply = 2_048

  /// The most that a request may take, by an estimate that would rather be too high.
  init(atMost messages: [ModelRequest.Message], _ sampling: Sampling, price: TokenPrice?) {
    let input = messages.reduce(0) { $0 + $1.content.estimatedTokens }
    let output = sampling.maxTokens ?? Self.usualReply
    self.init(
      input: input, output: output, isEstimated: true,
      cost: price?.cost(of: TokenUsage(input: input, output: output)))
  }
}

extension String {
  /// Four tokens for three words, or one for four bytes where words are long or not set apart.
  package var estimatedTokens: Int {
    var words = 0
    var isInWord = false
    for byte in utf8 {
      let isBlank = byte == 0x20 || (0x09...0x0d).contains(byte)
      if !isBlank, !isInWord { words += 1 }
      isInWord = !isBlank
    }
    return max((words * 4 + 2) / 3, (utf8.count + 3) / 4)
  }
}

/// What a run may still spend. It is asked before each call is sent.
struct Budget: Sendable {
  private var claims: [CallKey: Claim] = [:]
  /// What was set aside for calls that were called back: their servers may charge for them, and say
  /// nothing of it. The ledger has it, too.
  private var lost: Claim
  /// The limits that a person has been warned of.
  private var warned: [FinishReason: Double] = [:]

  /// - Parameter lost: by calls of earlier sittings that were called back.
  init(lost: Usage) { self.lost = Claim(lost) }

  mutating func setAside(_ claim: Claim, for call: CallKey) { claims[call] = claim }

  /// The reply is here, and with it what it really took.
  mutating func settle(_ call: CallKey) { claims[call] = nil }

  mutating func lose(_ usage: Usage, by call: CallKey) {
    settle(call)
    lost = lost + Claim(usage)
  }

  /// Which budget the call would exceed; nil when it may go.
  ///
  /// - Parameters:
  ///   - others: how many calls are to be sent with it that the tree doesn't count yet.
  ///   - minutes: that the run has been at work.
  func obstacle(
    to claim: Claim, after others: Int, in tree: SearchTree, minutes: Double
  ) -> FinishReason? {
    meters(tree, minutes: minutes).first { meter in
      let more: Double
      switch meter.kind {
      case .calls: more = Double(others + 1)
      case .tokens: more = Double(claim.tokens)
      case .cost: more = claim.cost ?? .infinity
      default: return meter.spent >= meter.limit
      }
      // Prices are sums of small numbers: what is a millionth over is not over.
      return meter.spent + meter.setAside + more > meter.limit * (1 + 1e-6)
    }?.kind
  }

  /// Why there is no room for the call in a budget that is not used up; nil where it is.
  func explanation(
    of obstacle: FinishReason, to claim: Claim, in tree: SearchTree, minutes: Double
  ) -> String? {
    let meter = meters(tree, minutes: minutes).first { $0.kind == obstacle }
    guard let meter, meter.spent < meter.limit else { return nil }
    let most: String
    switch obstacle {
    case .tokens: most = "take up to \(claim.tokens) tokens"
    case .cost: most = "cost up to $\((claim.cost ?? 0).inCents)"
    default: return nil
    }
    return "A budget has no room for the next call, which may \(most): \(meter.words) are used."
  }

  /// Whether to send a call that is under way another time would overrun a budget. That of calls has
  /// paid for it: a call counts once, however often it is sent.
  func isUsedUp(in tree: SearchTree, minutes: Double) -> Bool {
    meters(tree, minutes: minutes).contains { $0.kind != .calls && $0.spent >= $0.limit }
  }

  /// Of a budget, of which a person is told when it is used.
  static let warningShare = 0.8

  /// A sentence for each budget of which so much is used, once.
  mutating func warnings(in tree: SearchTree, minutes: Double) -> [String] {
    var sentences: [String] = []
    for meter in meters(tree, minutes: minutes) {
      guard meter.spent >= meter.limit * Self.warningShare, warned[meter.kind] != meter.limit else {
        continue
      }
      warned[meter.kind] = meter.limit
      sentences.append(
        meter.spent < meter.limit
          ? "\(meter.percent) % of a budget is used: \(meter.words)."
          : "A budget is used up: \(meter.words).")
    }
    return sentences
  }

  /// Which limits cost more than a look at the tree: those for which claims are needed.
  static func needsClaims(_ settings: SearchSettings) -> Bool {
    settings.maxTokens != nil || settings.maxCost != nil
  }

  // MARK: Meters

  private struct Meter {
    var kind: FinishReason
    var limit: Double
    var spent: Double
    var setAside = 0.0

    /// Of a budget that is not used up.
    var percent: Int { Int(spent / limit * 100) }

    var words: String {
      switch kind {
      // Lowered below what is used.
      case .calls where spent > limit: "\(Int(spent)) calls of at most \(Int(limit))"
      case .tokens where spent > limit: "\(Int(spent)) tokens of at most \(Int(limit))"
      case .cost: "$\(spent.inCents) of $\(limit.inCents)"
      case .minutes where limit < 2: "\(Int(spent * 60)) of \(Int((limit * 60).rounded())) seconds"
      case .minutes: "\(((spent * 10).rounded(.down) / 10).inShort) of \(limit.inShort) minutes"
      default: "\(Int(spent)) of \(Int(limit)) \(kind.rawValue)"
      }
    }
  }

  private func meters(_ tree: SearchTree, minutes: Double) -> [Meter] {
    let (settings, totals) = (tree.settings, tree.totals)
    let embeddings = tree.retrieval.inFlight.values.map { Claim($0.most) }
    let aside =
      Self.needsClaims(settings) ? (claims.values + embeddings).reduce(lost) { $0 + $1 } : lost
    var meters: [Meter] = []
    if let limit = settings.maxCalls {
      let spent = totals.started - totals.cached
      meters.append(Meter(kind: .calls, limit: Double(limit), spent: Double(spent)))
    }
    if let limit = settings.maxTokens {
      meters.append(
        Meter(
          kind: .tokens, limit: Double(limit), spent: Double(totals.input + totals.output),
          setAside: Double(aside.tokens)))
    }
    if let limit = settings.maxCost {
      meters.append(
        Meter(
          kind: .cost, limit: limit, spent: totals.knownCost, setAside: aside.cost ?? .infinity))
    }
    if let limit = settings.maxMinutes {
      meters.append(Meter(kind: .minutes, limit: limit, spent: minutes))
    }
    return meters
  }
}

extension Claim {
  fileprivate static func + (a: Claim, b: Claim) -> Claim {
    var sum = Claim(tokens: a.tokens + b.tokens, cost: nil)
    if let one = a.cost, let other = b.cost { sum.cost = one + other }
    return sum
  }
}

extension Double {
  /// `5.00`, of USD.
  package var inCents: String {
    let cents = Int((min(max(self, 0), 1e12) * 100).rounded())
    return "\(cents / 100).\(cents % 100 < 10 ? "0" : "")\(cents % 100)"
  }

  /// `30`, or `0.5`.
  fileprivate var inShort: String {
    self == rounded() && abs(self) < 1e12 ? "\(Int(self))" : "\(self)"
  }
}
