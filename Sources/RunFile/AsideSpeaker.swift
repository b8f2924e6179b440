@preconcurrency import Dispatch
import Glibc
import Locking
package import Tree

/// The writer's end: tells followers what is on its way, and remembers it for those who come in the
/// midst of it. Without a follower it does no more than remember.
///
/// It never waits: each follower has a queue of its own, and one that does not keep up is left.
package final class AsideSpeaker: Sendable {
  private let path: String
  private let source: any DispatchSourceRead
  private let present = Locked(Present())

  /// As of now.
  private struct Present {
    var replies: [CallKey: String] = [:]
    var troubles: [CallKey: CallTrouble] = [:]
    var storageTrouble: String?
    var followers: [Follower] = []

    mutating func tell(_ aside: Aside) {
      guard !followers.isEmpty else { return }
      followers.removeAll(where: \.isGone)
      let line = aside.line
      for follower in followers { follower.send(line) }
    }

    /// What somebody has missed who comes now.
    var asides: [Aside] {
      replies.map { .words($0, $1, after: 0) } + troubles.map { .trouble($0, $1) }
        + [storageTrouble].compactMap { $0 }.map { .storage(trouble: $0) }
    }
  }

  /// In bytes; the rest of a longer reply is told when it is complete.
  private static let mostWords = 200_000
  private static let mostFollowers = 16

  /// - Parameter file: open for writing.
  /// - Returns: nil where the system has no such sockets: followers then see what is in the file.
  package init?(_ file: RunFile) {
    guard let socket = AsideSocket.listen(file.asideName(of: getpid())) else { return nil }
    path = file.path
    source = DispatchSource.makeReadSource(
      fileDescriptor: socket, queue: DispatchQueue(label: "espalier.asides"))
    source.setCancelHandler { close(socket) }
    source.setEventHandler { [weak self] in self?.welcome(at: socket) }
    source.resume()
  }

  deinit { source.cancel() }

  private func welcome(at socket: Int32) {
    guard let descriptor = AsideSocket.accept(socket, for: path) else {
      // It may be that no descriptor is free, and who waits goes on waiting: not asked in a hurry.
      usleep(100_000)
      return
    }
    let follower = Follower(descriptor)
    present.withLock { present in
      present.followers.removeAll(where: \.isGone)
      guard present.followers.count < Self.mostFollowers else { return }
      for aside in present.asides { follower.send(aside.line) }
      present.followers.append(follower)
    }
  }

  // MARK: What it tells

  package func tell(_ words: String, of call: CallKey) {
    present.withLock { present in
      let known = present.replies[call, default: ""].utf8.count
      guard known < Self.mostWords else { return }
      present.replies[call, default: ""] += words
      present.troubles[call] = nil
      present.tell(.words(call, words, after: known))
    }
  }

  package func tell(_ trouble: CallTrouble, of call: CallKey) {
    present.withLock { present in
      present.troubles[call] = trouble
      present.tell(.trouble(call, trouble))
    }
  }

  package func tell(storageTrouble: String?) {
    present.withLock { present in
      present.storageTrouble = storageTrouble
      present.tell(.storage(trouble: storageTrouble))
    }
  }

  package func tell(notice: String) {
    present.withLock { $0.tell(.notice(notice)) }
  }

  /// Forgets what the file tells from now on.
  package func take(_ events: [RecordedEvent]) {
    present.withLock { present in
      for event in events {
        let call: CallKey
        switch event.event {
        case .completed(let completion): call = completion.call
        case .flight(.started(let started)): call = started
        case .flight(.cancelled(let cancelled)): call = cancelled
        case .flight, .decided, .intervened: continue
        }
        present.replies[call] = nil
        present.troubles[call] = nil
      }
    }
  }
}

/// One who follows, as the writer sees it.
private final class Follower: Sendable {
  private let descriptor: Int32
  private let queue = DispatchQueue(label: "espalier.follower")
  private let state = Locked(State())

  private struct State {
    /// Bytes that it has still to be sent.
    var backlog = 0
    var isGone = false
  }

  /// Bytes that may wait for one that is slow.
  private static let patience = 4 << 20
  /// How long it may take nothing at all.
  private static let longestStall = 1_000

  init(_ descriptor: Int32) {
    self.descriptor = descriptor
    AsideSocket.limit(SO_SNDTIMEO, of: descriptor, milliseconds: Self.longestStall)
  }

  deinit { close(descriptor) }

  var isGone: Bool { state.withLock { $0.isGone } }

  func send(_ line: [UInt8]) {
    let isLeft = state.withLock { state in
      state.backlog += line.count
      if state.backlog > Self.patience { state.isGone = true }
      return state.isGone
    }
    if isLeft { return }
    queue.async { [self] in
      let isSent = !isGone && write(line)
      state.withLock { state in
        state.backlog -= line.count
        if !isSent { state.isGone = true }
      }
      // Tells the other end that there is no more to come.
      if !isSent { shutdown(descriptor, Int32(SHUT_RDWR)) }
    }
  }

  private func write(_ line: [UInt8]) -> Bool {
    var rest = line[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 || count < 0 && errno == EINTR else { return false }
      rest = rest.dropFirst(max(0, count))
    }
    return true
  }
}
