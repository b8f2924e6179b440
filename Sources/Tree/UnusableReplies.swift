/// What a role has come to since it last was of use: replies that can't be read, of those that are
/// read, refusals of requests, and answers that are none.
package struct UnusableReplies: Hashable, Sendable {
  package internal(set) var count = 0
  /// The last of them, and why; its reply is empty where there was none. Nil where only the choice of
  /// aspects came to nothing.
  package internal(set) var last: Fault?
  /// What they were replies to, the re-asked calls as the first of them.
  var calls: [CallKey] = []

  mutating func add(_ call: CallKey, _ fault: Fault?) {
    count += 1
    if let fault { last = fault }
    var first = call
    first.attempt = 0
    if !calls.contains(first) { calls.append(first) }
  }
}

extension SearchTree {
  /// The role that has been of no use for the most replies, and those.
  package var leastUseful: (role: Role, replies: UnusableReplies)? {
    Role.allCases.compactMap { role in unusable[role].map { (role, $0) } }
      .max { $0.1.count < $1.1.count }
  }

  /// Asks again what came to nothing by unusable replies in a row: the run had paused itself for
  /// them, it may be, and a person goes on with it and has mended what was wrong. A level that the
  /// search has passed is left as it is.
  mutating func askAgain() {
    let calls = Role.allCases.flatMap { unusable[$0]?.calls ?? [] }
    for call in calls where !isInFlight(call) {
      if call.step == .aspects { askAgain(forAspectsOf: call.query) } else { askAgain(for: call) }
    }
  }

  /// Whether one of its attempts is.
  private func isInFlight(_ call: CallKey) -> Bool {
    (0..<Fault.limit).contains { attempt in
      var asked = call
      asked.attempt = attempt
      return inFlight.contains(asked)
    }
  }

  /// The library's aspects serve no longer, where nothing has been judged on them.
  private mutating func askAgain(forAspectsOf query: Int) {
    guard aspects[query]?.origin != .judge,
      !inFlight.contains(where: { $0.step == .judgement && $0.query == query }),
      !nodes.contains(where: { $0.trial(on: query)?.evaluation != nil })
    else { return }
    aspects[query] = nil
    aspectFaults[query] = nil
  }

  private mutating func askAgain(for call: CallKey) {
    guard let position = nodes.position(of: call.node) else { return }
    let standing = nodes.standings[position]
    let isFurther = call.step != .proposal && (call.sample > 0 || call.query != standing.level)
    guard isFurther || !isPassed(position) else { return }
    nodes.change(position) { $0.forgetTrouble(of: call, isFurther: isFurther) }
    guard !nodes.standings[position].isSettled else { return }
    if !unsettled.contains(standing.id) {
      let later = unsettled.firstIndex { (nodes.position(of: $0) ?? 0) > position }
      unsettled.insert(standing.id, at: later ?? unsettled.endIndex)
    }
    reward(from: position)
  }

  /// Whether the search has made its choice at the node's level.
  private func isPassed(_ position: Int) -> Bool {
    positions(atLevel: nodes.standings[position].level).contains {
      nodes.standings[$0].isAlive && nodes.standings[$0].isOpened
    }
  }
}

extension Node.Record {
  /// Makes what a call came to unsaid, where it came to nothing: also the first of two attempts.
  fileprivate mutating func forgetTrouble(of call: CallKey, isFurther: Bool) {
    if call.step == .proposal {
      guard prompt == nil else { return }
      proposalFaults = []
      proposalFailure = nil
    } else if !isFurther {
      trial.forgetTrouble()
    } else if let index = moreTrials.firstIndex(where: {
      ($0.query, $0.sample) == (call.query, call.sample)
    }) {
      moreTrials[index].forgetTrouble()
      let isBlank = moreTrials[index] == Trial(query: call.query, sample: call.sample)
      if isBlank { moreTrials.remove(at: index) }
    }
  }
}

extension Trial {
  fileprivate mutating func forgetTrouble() {
    guard evaluation == nil else { return }
    failure = nil
    faults = []
  }
}
