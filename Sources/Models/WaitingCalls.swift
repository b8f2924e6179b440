/// Calls that wait for a place at a server, in a line for each urgency: who goes next is found without
/// a look at those behind, of whom a search at a slow server may have hundreds.
struct WaitingCalls<Call: Sendable>: Sendable {
  private struct Line: Sendable {
    /// In the order in which they came; those before `head` have left, as has one that is nil. So none
    /// has to move when another leaves.
    var calls: [(id: UInt64, ticket: CallTicket, call: Call)?] = []
    var head = 0

    /// The place of the next: of no more than are compared.
    func next(by order: PrefixOrder) -> Int? {
      let first = calls.indices[head...].lazy.filter { calls[$0] != nil }.prefix(order.reach)
      return order.next(of: first.lazy.compactMap { calls[$0]?.ticket }).map { Array(first)[$0] }
    }

    mutating func take(_ place: Int) -> (ticket: CallTicket, call: Call)? {
      guard let taken = calls[place] else { return nil }
      calls[place] = nil
      while head < calls.count, calls[head] == nil { head += 1 }
      if head > 64 && head * 2 > calls.count {
        calls.removeFirst(head)
        head = 0
      }
      return (taken.ticket, taken.call)
    }
  }

  private var lines: [Int: Line] = [:]
  private(set) var count = 0

  mutating func append(_ call: Call, id: UInt64, _ ticket: CallTicket) {
    lines[ticket.urgency, default: Line()].calls.append((id, ticket, call))
    count += 1
  }

  /// - Returns: nil when no such call waits.
  mutating func remove(_ id: UInt64) -> Call? {
    for (urgency, line) in lines {
      if let place = line.calls[line.head...].firstIndex(where: { $0?.id == id }) {
        return take(place, from: urgency)?.call
      }
    }
    return nil
  }

  mutating func removeAll() -> [Call] {
    defer { self = Self() }
    return lines.values.flatMap { $0.calls.compactMap { $0?.call } }
  }

  /// The next of the most urgent, by the order.
  mutating func next(by order: PrefixOrder) -> (ticket: CallTicket, call: Call)? {
    guard let urgency = lines.keys.min(), let place = lines[urgency]?.next(by: order) else {
      return nil
    }
    return take(place, from: urgency)
  }

  private mutating func take(_ place: Int, from urgency: Int) -> (ticket: CallTicket, call: Call)? {
    guard let taken = lines[urgency]?.take(place) else { return nil }
    count -= 1
    if let line = lines[urgency], line.head == line.calls.count { lines[urgency] = nil }
    return taken
  }
}
