import Tree

/// What a resumed run is told to do differently.
struct Changes {
  var depth: Int?
  var maxCalls: Int?

  /// The interventions that bring the changes about, and that take a pause or an end back.
  func actions(on tree: SearchTree) -> [Intervention.Action] {
    var settings = tree.settings
    settings.depth = depth ?? settings.depth
    settings.maxCalls = maxCalls ?? settings.maxCalls
    var actions: [Intervention.Action] = settings == tree.settings ? [] : [.set(settings)]
    if tree.isPaused || tree.isStopping || tree.finish?.why == .stopped {
      actions.append(.continue)
    }
    return actions
  }
}
