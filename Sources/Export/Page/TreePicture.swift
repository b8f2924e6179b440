import Tree

/// The tree as a picture: a level is a column, or a row where the page is narrow; what was kept is
/// drawn heavy, and the path to the chosen node heaviest.
struct TreePicture {
  enum Orientation {
    /// Levels from left to right.
    case wide
    /// Levels from top to bottom.
    case tall
  }

  private let record: RunRecord
  private let orientation: Orientation
  private let path: Set<NodeID>
  private var places: [NodeID: Point] = [:]
  private let size: Point

  private struct Point {
    var x: Double
    var y: Double
  }

  private static let radius = 13.0

  init(_ record: RunRecord, to node: Node, _ orientation: Orientation) {
    self.record = record
    self.orientation = orientation
    path = Set(record.tree.path(to: node.id).map(\.id))
    let levels = record.tree.levels
    let widest = levels.map(\.count).max() ?? 1
    // Along the levels, and across them.
    let (along, across) = orientation == .wide ? (44.0, 46.0) : (54.0, 50.0)
    let margin = 26.0
    let length = margin * 2 + Double(levels.count - 1) * along + 8
    let breadth = max(Double(widest) * across, 2 * across)
    for (level, nodes) in levels.enumerated() {
      for (index, id) in nodes.enumerated() {
        let x = margin + Double(level) * along + 4
        let y = breadth / 2 + (Double(index) - Double(nodes.count - 1) / 2) * across
        places[id] = orientation == .wide ? Point(x: x, y: y + 24) : Point(x: y + 28, y: x)
      }
    }
    size =
      orientation == .wide
      ? Point(x: length, y: breadth + 30) : Point(x: breadth + 34, y: length + 10)
  }

  func draw(in markup: inout Markup) {
    let (width, height) = (size.x.fixed(0), size.y.fixed(0))
    // Smaller than this, numbers can't be read: then the picture scrolls.
    let least = orientation == .wide ? (size.x * 0.78).fixed(0) : width
    markup.element(
      "svg",
      [
        "class": orientation == .wide ? "tree wide" : "tree tall", "role": "img",
        "viewBox": "0 0 \(width) \(height)", "width": width, "height": height,
        "style": "min-width:\(least)px", "aria-label": description,
      ]
    ) { svg in
      drawLevels(in: &svg)
      for weight in Weight.allCases {
        for node in record.tree.nodes where self.weight(of: node) == weight {
          drawBranch(to: node, weight, in: &svg)
        }
      }
      for node in record.tree.nodes { draw(node, in: &svg) }
    }
  }

  private var description: String {
    let tree = record.tree
    return
      "The tree: \(tree.nodes.count.counted("node")) on \(tree.levels.count.counted("level")); "
      + "the path to the prompt shown above is "
      + tree.nodes.filter { path.contains($0.id) }.map { "\($0.number)" }.joined(separator: ", ")
      + "."
  }

  // MARK: Parts

  private enum Weight: String, CaseIterable {
    case pruned, dropped, kept, chosen
  }

  private func weight(of node: Node) -> Weight {
    if path.contains(node.id) { return .chosen }
    if !node.isAlive { return .pruned }
    return record.isKept(node) ? .kept : .dropped
  }

  private func drawLevels(in svg: inout Markup) {
    for (level, nodes) in record.tree.levels.enumerated() {
      guard let place = nodes.first.flatMap({ places[$0] }) else { continue }
      let (x, y) = orientation == .wide ? (place.x, 14) : (12, place.y + 4)
      svg.element("text", ["class": "level", "x": x.fixed(1), "y": y.fixed(1)], "\(level)")
    }
  }

  private func drawBranch(to node: Node, _ weight: Weight, in svg: inout Markup) {
    guard let from = node.parent.flatMap({ places[$0] }), let to = places[node.id] else { return }
    let middle = orientation == .wide ? (from.x + to.x) / 2 : (from.y + to.y) / 2
    let bend =
      orientation == .wide
      ? "\(middle.fixed(1)) \(from.y.fixed(1)) \(middle.fixed(1)) \(to.y.fixed(1))"
      : "\(from.x.fixed(1)) \(middle.fixed(1)) \(to.x.fixed(1)) \(middle.fixed(1))"
    svg.empty(
      "path",
      [
        "class": "branch \(weight.rawValue)",
        "d": "M\(from.x.fixed(1)) \(from.y.fixed(1)) C\(bend) \(to.x.fixed(1)) \(to.y.fixed(1))",
      ])
  }

  /// Whether its trial is over and has brought no reward.
  static func isBroken(_ node: Node) -> Bool {
    node.isSettled && node.trial.evaluation == nil && node.overrides.isEmpty
  }

  private func draw(_ node: Node, in svg: inout Markup) {
    guard let place = places[node.id] else { return }
    let isBroken = Self.isBroken(node)
    svg.element("g", ["class": "node \(weight(of: node).rawValue)\(isBroken ? " broken" : "")"]) {
      $0.element("title", title(of: node))
      $0.empty(
        "circle", ["cx": place.x.fixed(1), "cy": place.y.fixed(1), "r": Self.radius.fixed(0)])
      $0.element(
        "text", ["x": place.x.fixed(1), "y": (place.y + 3.8).fixed(1)], "\(node.number)")
      $0.element(
        "text",
        [
          "class": "reward", "x": place.x.fixed(1),
          "y": (place.y + Self.radius + 10).fixed(1),
        ], node.reward.map { $0.fixed(1) } ?? (isBroken ? "!" : ""))
    }
  }

  private func title(of node: Node) -> String {
    var words = ["node \(node.number), level \(node.level), \(record.stateWord(of: node))"]
    if let reward = node.reward { words.append("reward \(reward.fixed())") }
    if let reward = record.pathReward(of: node) { words.append("path reward \(reward.fixed())") }
    return words.joined(separator: ", ") + ": " + record.change(of: node).oneLine
  }
}
