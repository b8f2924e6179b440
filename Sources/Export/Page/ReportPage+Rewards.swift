import Tree

// Rewards by level and aspect.

extension ReportPage {
  func rewardSection(_ page: inout Markup) {
    let path = Dictionary(tree.path(to: node.id).map { ($0.level, $0.id) }) { first, _ in first }
    section("Rewards by level and aspect", &page) { section in
      section.element("p", RunRecord.levelsNotice)
      section.element(
        "p", ["class": "small"],
        "Each dot is a node of the level, from 1 at the left to 5; the filled one is on the path "
          + "to the prompt shown above. Open a level for all scores.")
      for table in record.levelTables {
        level(table, chosen: path[table.level], &section)
      }
    }
  }

  private func level(_ table: LevelTable, chosen: NodeID?, _ page: inout Markup) {
    page.element("details", ["class": "level"]) { details in
      details.element("summary") { summary in
        summary.element("span", ["class": "where"], "level \(table.level)")
        RewardStrip(table: table, chosen: chosen).draw(in: &summary)
        summary.element("span", ["class": "aspects"], table.aspects.joined(separator: ", "))
      }
      if let query = record.query(ofLevel: table.level) {
        details.element("div", ["class": "quote"], query)
      }
      details.element("p", ["class": "small"], table.summaryWords + ".")
      details.element("div", ["class": "scroll"]) { scores(table, chosen: chosen, &$0) }
    }
    page.lineBreak()
  }

  private func scores(_ table: LevelTable, chosen: NodeID?, _ page: inout Markup) {
    page.element("table", ["class": "scores"]) { element in
      element.element("thead") { head in
        head.element("tr") { row in
          for name in ["node", "state"] + table.aspects + ["reward", "path reward"] {
            row.element("th", ["scope": "col"], name)
          }
        }
      }
      element.element("tbody") { body in
        for row in table.rows {
          body.element("tr", row.node.id == chosen ? ["class": "chosen"] : [:]) {
            self.row(row, &$0)
          }
        }
      }
    }
  }

  private func row(_ row: LevelTable.Row, _ page: inout Markup) {
    page.element("th", ["scope": "row"], "\(row.node.number)")
    page.element("td", record.stateWord(of: row.node))
    for score in row.scores {
      guard let score else {
        page.element("td", "–")
        continue
      }
      let isByPerson = row.node.overrides[score.aspect] != nil
      page.element(
        "td", ["class": "mark m\(Int(min(max(score.value, 1), 5)))"],
        score.value.mark + (isByPerson ? " by a person" : ""))
    }
    page.element("td", row.node.reward.reward)
    page.element("td", record.pathReward(of: row.node).reward)
  }
}
