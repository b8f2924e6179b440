import Configuration
import Tree

extension Flags {
  /// Fills what the command line left open with what the run was started with.
  mutating func recall(_ configuration: RunConfiguration) {
    func name(_ role: Role) -> String? { configuration.models[role]?.name }
    func url(_ role: Role) -> String? { configuration.models[role]?.endpoint }
    if model == nil, self.url == nil { (model, self.url) = (name(.base), url(.base)) }
    if judge == nil, judgeURL == nil { (judge, judgeURL) = (name(.judge), url(.judge)) }
    if optimizer == nil, optimizerURL == nil {
      (optimizer, optimizerURL) = (name(.optimizer), url(.optimizer))
    }
    preset = configuration.preset
    maxCalls = maxCalls ?? configuration.settings.maxCalls
  }
}
