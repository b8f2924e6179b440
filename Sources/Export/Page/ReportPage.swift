import Tree

/// A run as one page that needs nothing else: no network, no script, light or dark as the reader has
/// it, from a phone's width to a wide screen's.
struct ReportPage {
  let record: RunRecord
  /// The node whose prompt and lineage the page shows.
  let node: Node
  var tree: SearchTree { record.tree }

  init(_ record: RunRecord, about node: Node) {
    self.record = record
    self.node = node
  }

  var html: String {
    var page = Markup()
    page.element("html", ["lang": "en"]) { html in
      html.element("head") { head(&$0) }
      html.lineBreak()
      html.element("body") { body(&$0) }
    }
    return "<!DOCTYPE html>\n" + page.string + "\n"
  }

  private func head(_ page: inout Markup) {
    page.empty("meta", ["charset": "utf-8"])
    page.empty(
      "meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
    page.empty("meta", ["name": "color-scheme", "content": "light dark"])
    // Whatever a text of the run may try: the page loads nothing and runs nothing.
    page.empty(
      "meta",
      [
        "http-equiv": "Content-Security-Policy",
        "content": "default-src 'none'; style-src 'unsafe-inline'",
      ])
    let mark = tree.configuration.isSimulated ? "SIMULATED: " : ""
    page.element("title", "\(mark)\(tree.configuration.name), a run of espalier")
    page.style(PageStyle.sheet)
  }

  private func body(_ page: inout Markup) {
    if tree.configuration.isSimulated {
      page.element("p", ["class": "simulated"]) { notice in
        notice.element("strong", "SIMULATED")
        notice.text(RunRecord.simulationMeaning)
      }
    }
    page.element("main") { main in
      header(&main)
      promptSection(&main)
      treeSection(&main)
      lineageSection(&main)
      rewardSection(&main)
      interventionSection(&main)
      settingSection(&main)
    }
    page.lineBreak()
    page.element("footer") { footer in
      footer.text("Made by espalier")
      if let file = record.file { footer.text(" from \(file)") }
      footer.text(". DRPO: dynamic rewarding with prompt optimization, arXiv 2411.08733.")
    }
  }

  private func header(_ page: inout Markup) {
    page.element("header") { header in
      header.element("h1", tree.configuration.name)
      header.element(
        "p", ["class": "lead"],
        "A search for a better prompt (preset \(record.presetWords)), \(record.standing).")
      if record.isRedacted {
        header.element("p", ["class": "notice"], RunRecord.redactionNotice)
      }
      header.element("dl", ["class": "tiles"]) { tiles in
        for (name, value) in figures {
          tiles.element("div") {
            $0.element("dt", name)
            $0.element("dd", value)
          }
        }
      }
    }
    page.lineBreak()
  }

  private var figures: [(String, String)] {
    let best = record.best
    let isKnown = record.areCallsKnown
    var tiles = [
      ("best", "node \(best.number), level \(best.level)"),
      ("its path reward", best.pathReward.reward),
      ("lift over the initial prompt", Lift(of: tree).words),
      ("nodes", tree.nodes.count.grouped),
      ("calls", isKnown ? tree.totals.started.grouped : "unknown"),
    ]
    if isKnown {
      tiles.append(
        ("tokens in, out", "\(tree.totals.input.grouped), \(tree.totals.output.grouped)"))
      tiles.append(("cost", record.costWords()))
    }
    if let started = record.started { tiles.append(("started", started.timestamp)) }
    return tiles
  }

  private func promptSection(_ page: inout Markup) {
    let isBest = node.id == record.best.id
    section(isBest ? "The best prompt" : "The prompt of node \(node.number)", &page) { section in
      if node.prompt == nil {
        section.element("p", "No rewrite came.")
      } else {
        section.element("pre", ["class": "prompt"], record.prompt(of: node))
      }
    }
  }

  private func treeSection(_ page: inout Markup) {
    section("The tree", &page) { section in
      section.element("p", ["class": "legend"]) { legend in
        for (name, words) in [
          ("chosen", "the path to this prompt"), ("kept", "kept"), ("dropped", "dropped"),
          ("pruned", "pruned"),
        ] {
          key(words, &legend) { $0.empty("path", ["class": "branch \(name)", "d": "M1 6 H25"]) }
        }
        if tree.nodes.contains(where: TreePicture.isBroken) {
          key("without a reward: unreadable or failed", &legend) { sign in
            sign.element("g", ["class": "node broken"]) {
              $0.empty("circle", ["cx": "13", "cy": "6", "r": "5"])
            }
          }
        }
      }
      section.element("div", ["class": "scroll"]) { scroll in
        TreePicture(record, to: node, .wide).draw(in: &scroll)
        TreePicture(record, to: node, .tall).draw(in: &scroll)
      }
      section.element(
        "p", ["class": "small"],
        "In a circle stands the number of the node, below it its reward. "
          + RunRecord.levelsNotice)
    }
  }

  private func key(
    _ words: String, _ legend: inout Markup, _ sign: (inout Markup) -> Void
  ) {
    legend.element("span", ["class": "key"]) { key in
      key.element(
        "svg", ["viewBox": "0 0 26 12", "width": "26", "height": "12", "aria-hidden": "true"], sign)
      key.text(" \(words)")
    }
    legend.text(" ")
  }

  private func interventionSection(_ page: inout Markup) {
    let entries = record.ledger.interventions
    guard !entries.isEmpty else { return }
    section("Interventions", &page) { section in
      table(
        ["when", "who", "what", "why"],
        entries.map { entry in
          [
            entry.time > 0 ? entry.time.timestamp : "–", EventWords.author(entry.intervention),
            record.wholeWords.action(entry), record.reason(of: entry.intervention) ?? "",
          ]
        }, &section)
    }
  }

  private func settingSection(_ page: inout Markup) {
    section("Models and calls", &page) {
      table(CallTable.header, CallTable.rows(of: record), &$0)
    }
    section("Settings", &page) { section in
      section.element("dl", ["class": "settings"]) { list in
        for row in record.settingRows {
          list.element("dt", row.name)
          list.element("dd", row.value)
        }
      }
    }
  }

  // MARK: Parts

  func section(_ title: String, _ page: inout Markup, _ content: (inout Markup) -> Void) {
    page.element("section") { section in
      section.element("h2", title)
      content(&section)
    }
    page.lineBreak()
  }

  private func table(_ header: [String], _ rows: [[String]], _ page: inout Markup) {
    page.element("div", ["class": "scroll"]) { scroll in
      scroll.element("table") { table in
        table.element("thead") { head in
          head.element("tr") { row in
            for name in header { row.element("th", ["scope": "col"], name) }
          }
        }
        table.element("tbody") { body in
          for cells in rows {
            body.element("tr") { row in
              for cell in cells { row.element("td", cell) }
            }
          }
        }
      }
    }
  }
}
