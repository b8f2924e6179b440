package import Tree

/// What people ask of a run.
extension Engine {
  /// An intervention as a person means it; all but the first depend on the tree at that moment.
  enum Wish {
    case intervention(Intervention)
    case set(SettingChange, Intervention.Author, Text?)
    case undo(Intervention.Author, Text?)
    case redo(Intervention.Author, Text?)
  }

  /// Carries out an intervention; returns when it is committed.
  package func intervene(
    _ intervention: Intervention
  ) async -> Result<RecordedEvent, InterventionError> {
    await ask(.intervention(intervention))
  }

  /// Changes one setting, and leaves the others as they are by then.
  package func set(
    _ change: SettingChange, by author: Intervention.Author, because reason: Text? = nil
  ) async -> Result<RecordedEvent, InterventionError> { await ask(.set(change, author, reason)) }

  package func undo(
    by author: Intervention.Author, because reason: Text? = nil
  ) async -> Result<RecordedEvent, InterventionError> { await ask(.undo(author, reason)) }

  package func redo(
    by author: Intervention.Author, because reason: Text? = nil
  ) async -> Result<RecordedEvent, InterventionError> { await ask(.redo(author, reason)) }

  private func ask(_ wish: Wish) async -> Result<RecordedEvent, InterventionError> {
    // Looked at in there, without an await between the look and what follows from it.
    await withCheckedContinuation { continuation in
      if hasEnded {
        continuation.resume(returning: .failure(.ended))
      } else {
        post(.intervention(wish, continuation))
      }
    }
  }

  func resolve(_ wish: Wish) -> Result<Intervention, Refusal> {
    let intervention: Intervention
    switch wish {
    case .intervention(let asked): intervention = placed(asked)
    case .set(let change, let author, let reason):
      intervention = Intervention(.set(tree.settings.with(change)), by: author, because: reason)
    case .undo(let author, let reason):
      guard let action = tree.undo else { return .failure(.nothingToUndo) }
      intervention = Intervention(action, by: author, because: reason, relation: .undo)
    case .redo(let author, let reason):
      guard let action = tree.redo else { return .failure(.nothingToRedo) }
      intervention = Intervention(action, by: author, because: reason, relation: .redo)
    }
    let action = intervention.action
    let refusal =
      intervention.relation == .new
      ? tree.refusal(ofAsking: action) ?? caller.refusal(ofAsking: action, in: tree)
      : tree.refusal(of: action) ?? caller.refusal(of: action)
    if let refusal { return .failure(refusal) }
    return .success(intervention)
  }

  /// A fork gets its slot and its number here: who asks for it may not have seen the last opening.
  private func placed(_ intervention: Intervention) -> Intervention {
    guard case .fork(let parent, _, _, let prompt) = intervention.action else {
      return intervention
    }
    var placed = intervention
    placed.action = .fork(
      parent: parent, slot: tree.nextForkSlot(of: parent), number: tree.nextNumber, prompt: prompt)
    return placed
  }
}
