/// First come, first served; a cancelled one leaves from anywhere.
struct WaitingTransfers {
  private var order: [UInt64] = []
  private var head = 0
  private var transfers: [UInt64: Transfer] = [:]

  var isEmpty: Bool { transfers.isEmpty }

  mutating func append(_ id: UInt64, _ transfer: Transfer) {
    order.append(id)
    transfers[id] = transfer
  }

  mutating func remove(_ id: UInt64) -> Transfer? { transfers.removeValue(forKey: id) }

  mutating func next() -> (UInt64, Transfer)? {
    while head < order.count {
      let id = order[head]
      head += 1
      if head > 64 && head * 2 > order.count {
        order.removeFirst(head)
        head = 0
      }
      if let transfer = transfers.removeValue(forKey: id) { return (id, transfer) }
    }
    order.removeAll(keepingCapacity: true)
    head = 0
    return nil
  }
}
