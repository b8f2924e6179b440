import Configuration
import RunFile
import Engine
import Tree

struct Theatre {
  static let isPossible = false
  init(_ settings: Settings) throws {}
  func show(_ source: Any) throws {}
}
func LiveSource(file: RunFile, tree: SearchTree, models: [Role: PlayedRole], changes: Changes)
  -> Any
{ 0 }
func FileSource(_ run: RunFile) -> Any { 0 }
