import Tree

// How the prompt came about, step by step.

extension ReportPage {
  func lineageSection(_ page: inout Markup) {
    let path = tree.path(to: node.id)
    section("How it came about", &page) { section in
      section.element("p", ["class": "small"]) { note in
        note.text("From the initial prompt, level by level: ")
        note.element("ins", "words added")
        note.text(", ")
        note.element("del", "words removed")
        note.text(".")
      }
      section.element("ol", ["class": "lineage"]) { list in
        for (index, node) in path.enumerated() {
          list.element("li") { step in
            self.step(node, parent: index > 0 ? path[index - 1] : nil, &step)
          }
          list.lineBreak()
        }
      }
    }
  }

  private func step(_ node: Node, parent: Node?, _ page: inout Markup) {
    page.element("h3") { title in
      title.element("span", ["class": "where"], "level \(node.level), node \(node.number)")
      title.text(" \(record.change(of: node).oneLine), ")
      title.element("span", ["class": "score"], "reward \(node.reward.reward)")
    }
    if let parent, node.prompt != nil, node.origin != .copy {
      difference(from: parent, to: node, &page)
    } else if parent == nil {
      page.element("div", ["class": "diff"], record.prompt(of: node))
    }
    trial(of: node, &page)
  }

  private func difference(from parent: Node, to node: Node, _ page: inout Markup) {
    let excerpt = DiffExcerpt(from: record.prompt(of: parent), to: record.prompt(of: node))
    page.element("div", ["class": "diff"]) { diff in
      if excerpt.isEmpty { diff.element("span", ["class": "gap"], "no word is changed") }
      for piece in excerpt.isEmpty ? [] : excerpt.pieces {
        switch piece {
        case .same(let text): diff.text(text)
        case .removed(let text): diff.element("del", text)
        case .added(let text): diff.element("ins", text)
        case .gap(let words):
          diff.element("span", ["class": "gap"], " … \(words.counted("word")) the same … ")
        }
      }
    }
  }

  private func trial(of node: Node, _ page: inout Markup) {
    let scores = node.evaluation?.scores ?? []
    if scores.isEmpty, record.failure(of: node) == nil, node.trial.answer == nil { return }
    page.element("details") { details in
      details.element("summary") { summary in
        summary.text(scores.isEmpty ? "not judged" : "judged on ")
        summary.text(scores.map { "\($0.aspect) \($0.value.mark)" }.joined(separator: ", "))
      }
      if let query = record.query(ofLevel: node.level) {
        details.element("h4", "The query")
        details.element("div", ["class": "quote"], query)
      }
      if let response = record.secret(node.trial.answer?.response) {
        details.element("h4", "The response")
        details.element("div", ["class": "quote"], response)
        if let notice = node.trial.answer?.end.notice {
          details.element("p", ["class": "notice"], notice)
        }
      }
      judgement(of: node, &details)
      if let failure = record.failure(of: node) {
        details.element("p", ["class": "notice"], failure)
      }
    }
  }

  private func judgement(of node: Node, _ page: inout Markup) {
    guard let evaluation = node.evaluation, !evaluation.scores.isEmpty else { return }
    page.element("h4", "The judgement")
    page.element("dl", ["class": "judgement"]) { list in
      for score in evaluation.scores {
        list.element("dt") { term in
          term.text("\(score.aspect) ")
          term.element("strong", score.value.mark)
          if let judged = judge(of: score, node) { term.text(judged) }
        }
        if let rationale = record.secret(score.rationale) { list.element("dd", rationale) }
      }
    }
  }

  /// Said where a person's score stands in the place of the judge's.
  private func judge(of score: Evaluation.Score, _ node: Node) -> String? {
    guard node.overrides[score.aspect] != nil else { return nil }
    let judged = node.trial.evaluation?.scores.first { $0.aspect == score.aspect }?.value
    return " by a person" + (judged.map { ", \($0.mark) by the judge" } ?? "")
  }
}
