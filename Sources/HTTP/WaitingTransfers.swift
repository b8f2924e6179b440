/// First come, first served; a cancelled one leaves from anywhere.
struct WaitingTransfers {
  private var order: [Transfer?] = []
  private var head = 0
  private var count = 0

  var isEmpty: Bool { count == 0 }

  mutating func append(_ transfer: Transfer) {
    order.append(transfer)
    count += 1
  }

  /// - Returns: whether it was waiting.
  mutating func remove(_ transfer: Transfer) -> Bool {
    guard count > 0, let place = order[head...].firstIndex(where: { $0 === transfer }) else {
      return false
    }
    order[place] = nil
    count -= 1
    return true
  }

  mutating func next() -> Transfer? {
    while count > 0 {
      let transfer = order[head]
      order[head] = nil
      head += 1
      if head > 64 && head * 2 > order.count {
        order.removeFirst(head)
        head = 0
      }
      guard let transfer else { continue }
      count -= 1
      return transfer
    }
    order.removeAll(keepingCapacity: true)
    head = 0
    return nil
  }
}
