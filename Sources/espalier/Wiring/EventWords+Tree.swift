import Export
import Tree
import Workbench

extension EventWords {
  /// What happened, in a line of plain words.
  ///
  /// - Parameter tree: One that has taken the event in.
  static func line(
    for event: RunEvent, in tree: SearchTree, _ texts: any TextSource
  ) -> String {
    RunRecord(tree: tree, ledger: Ledger(), texts: texts, file: nil).words.line(for: event)
  }
}

extension RunSource {
  func words(for event: RunEvent, in tree: SearchTree) -> String {
    EventWords.line(for: event, in: tree, texts)
  }
}
