import Tree

extension Engine {
  /// Stores the turn; a sink that can't store is asked again until it can, or until the engine is
  /// told to stop at once. Nothing is stored after a turn that was not: it would not hold together.
  func commit(_ turn: Turn) async {
    guard !turn.events.isEmpty || !turn.records.isEmpty else { return }
    var isInTrouble = false
    while unsaved == nil {
      do {
        let recorded = try await sink.append(turn.events, records: turn.records)
        if isInTrouble { observer(.storage(trouble: nil)) }
        observer(.events(recorded))
        for (position, waiter) in turn.asked {
          waiter.resume(returning: .success(recorded[position]))
        }
        return
      } catch {
        isInTrouble = true
        observer(.storage(trouble: String(describing: error)))
        if rest == .aborting {
          unsaved = Unsaved(trouble: error)
          break
        }
        let wait = Task { [patience] in _ = try? await pause(patience.storage) }
        nextTry = wait
        await wait.value
        nextTry = nil
      }
    }
    unsaved?.replies += turn.events.count(where: \.isReply)
    for (_, waiter) in turn.asked { waiter.resume(returning: .failure(.ended)) }
  }
}
