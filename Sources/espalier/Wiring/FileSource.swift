import RunFile
import Tree
import Workbench

/// A run file that is only looked at.
final class FileSource: RunSource {
  let configuration: RunConfiguration
  let texts: any TextSource
  let history: [RecordedEvent]
  let readOnly: String?
  let opensAt: Int?

  init(_ file: RunFile, at ordinal: Int?) throws {
    opensAt = ordinal
    configuration = file.configuration
    texts = file
    history = try file.events()
    readOnly = "This is a look at the file. Go on with the run: espalier resume \(file.path)"
  }

  func expectedCalls(in tree: SearchTree) -> Int? { nil }
  func take() -> [Update] { [] }
  func onUpdate(_ wake: @escaping @Sendable () -> Void) {}
  func send(_ request: Request) {}
}
