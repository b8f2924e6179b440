import Tree

/// The rewards of one level as dots between 1 and 5. Every level has a strip of its own, and nothing
/// joins them: they answered different queries.
struct RewardStrip {
  let table: LevelTable
  /// The node on the path that the page tells of.
  let chosen: NodeID?

  func draw(in markup: inout Markup) {
    markup.element(
      "svg",
      [
        "class": "strip", "role": "img", "viewBox": "0 0 140 18", "width": "140", "height": "18",
        "aria-label": "level \(table.level): \(table.summaryWords)",
      ]
    ) { svg in
      svg.empty("path", ["class": "axis", "d": "M10 9 H130"])
      for mark in 1...5 {
        svg.empty("path", ["class": "axis", "d": "M\(x(Double(mark)).fixed(1)) 6 V12"])
      }
      let scored = table.rows.map(\.node).filter { $0.reward != nil }
      // The chosen one last, to lie on top of its equals.
      for node in scored.filter({ $0.id != chosen }) + scored.filter({ $0.id == chosen }) {
        svg.empty(
          "circle",
          [
            "class": node.id == chosen ? "dot chosen" : "dot", "cx": x(node.reward ?? 0).fixed(1),
            "cy": "9", "r": node.id == chosen ? "5" : "4",
          ])
      }
    }
  }

  /// Rewards below 1 are those of a judgement that could not be read.
  private func x(_ reward: Double) -> Double { 10 + (min(max(reward, 0.8), 5) - 1) * 30 }
}
