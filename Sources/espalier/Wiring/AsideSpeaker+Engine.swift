import Engine
import Models
import RunFile
import Tree

extension AsideSpeaker {
  /// Tells followers what the engine tells here.
  func take(_ update: EngineUpdate) {
    switch update {
    case .events(let events): take(events)
    case .words(let call, let words): tell(words, of: call)
    case .setback(let call, let setback): tell(CallTrouble(setback), of: call)
    case .storage(let trouble): tell(storageTrouble: trouble)
    case .notice(let text): tell(notice: text)
    case .ended: break
    }
  }
}

extension CallTrouble {
  init(_ setback: Setback) {
    self.init(
      message: setback.message, until: setback.wait.map { RunFiles.now + $0 / .seconds(1) },
      isServerLeftAlone: setback.isServerLeftAlone)
  }
}
