import Tree

extension Intervention {
  /// What was done, as `espalier control` would be told to do it.
  func words(in tree: SearchTree) -> String {
    func on(_ id: NodeID) -> String { tree[id].map { "\($0.number)" } ?? "\(id)" }
    let words =
      switch action {
      case .prune(let id): "prune \(on(id))"
      case .restore(let id): "restore \(on(id))"
      case .pin(let id): "pin \(on(id))"
      case .unpin(let id): "unpin \(on(id))"
      case .fork(let parent, _, let number, _): "fork \(on(parent)), as \(number)"
      case .override(let id, let aspect, let score):
        "override \(on(id)) \(aspect) \(score.map { "\($0)" } ?? "judge")"
      case .steer(let wish): wish == nil ? "take the wish back" : "steer"
      case .lock: "lock a span"
      case .unlock: "unlock a span"
      case .pause: "pause"
      case .continue: "continue"
      case .set(let settings):
        "set beam \(settings.beam), actions \(settings.actions), depth \(settings.depth)"
          + (settings.maxCalls.map { ", max-calls \($0)" } ?? "")
      case .stop: "stop"
      }
    return relation == .undo ? "undo: \(words)" : words
  }
}
