import RunFile
import Tree
import Workbench

/// A run that is looked at as it is written down, without a run file.
final class WrittenSource: RunSource {
  let past: RunPast
  let texts: any TextSource = TextsInMemory()
  let readOnly: String?
  let opensAt: Int?

  /// - Throws: a `Failure`, also where no event has this ordinal.
  init(_ run: WrittenRun, of file: String, at ordinal: Int?) throws {
    let (configuration, events) = try run.run(of: file)
    if let ordinal { try Past.check(ordinal, in: events.count) }
    past = RunPast(configuration: configuration, events: events)
    readOnly =
      "This is a look at what is no run file. Make one of it: espalier import \(file.shellWord) "
      + "--run NEW"
    opensAt = ordinal
  }

  func expectedCalls(in tree: SearchTree) -> Int? { nil }
  func take() -> [Update] { [] }
  func onUpdate(_ wake: @escaping @Sendable () -> Void) {}
  func send(_ request: Request) {}
}
