import Configuration
import Engine
import Models
import RunFile
import Tree

/// Where a run finds replies again: in its own ledger, and in the file that runs share.
struct Replies: ReplyStore {
  let file: RunFile
  let shared: ReplyCache?

  func reply(to request: [UInt8]) async -> ModelReply? {
    let own = try? file.reply(to: CallRecord.hash(of: request))
    return (own ?? shared?.reply(to: request)).map {
      ModelReply(text: $0.text, finish: $0.isCut ? .length : .stop)
    }
  }

  func keep(_ reply: ModelReply, to request: [UInt8]) async {
    // The run's own is in its ledger.
    guard !reply.text.isEmpty else { return }
    shared?.keep(CachedReply(text: reply.text, isCut: reply.finish == .length), to: request)
  }
}

extension Replies {
  /// Opens the cache that the settings name.
  static func cache(_ settings: Settings) throws -> ReplyCache? {
    guard !settings.output.noCache.value, let path = settings.output.cache?.value else {
      return nil
    }
    return try ReplyCache(path: path)
  }

  /// The players with a memory, unless the settings forbid it.
  static func remembered(
    _ models: [Role: PlayedRole], _ settings: Settings, file: RunFile, shared: ReplyCache?
  ) -> [Role: PlayedRole] {
    guard !settings.output.noCache.value else { return models }
    let store = Replies(file: file, shared: shared)
    var players = models
    for (role, player) in models {
      players[role]?.model = CachingModel(
        model: player.model, scope: player.scope(as: role), store: store)
    }
    return players
  }

  /// The model of embeddings with the memory that runs share; what this run has is in its log.
  static func remembered(_ embedder: Embedder, file: RunFile, shared: ReplyCache?) -> Embedder {
    guard let shared else { return embedder }
    var embedder = embedder
    embedder.store = Replies(file: file, shared: shared)
    return embedder
  }
}
