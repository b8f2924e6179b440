import CCurl
import Dispatch

/// Drives all transfers over one multi handle, on its own serial queue.
///
/// While there is work, one block of the queue runs the loop; when nothing is left the block ends,
/// and the next request starts another. So an idle client holds no thread.
///
/// Requests beyond `maxTransfers` wait here and not in libcurl, whose timers would run meanwhile.
final class HTTPLoop: @unchecked Sendable {
  // Sendable: `mailbox` is locked; the multi handle is safe to wake from any thread
  // (curl_multi_wakeup); everything else is touched on `queue` only.

  enum Command: Sendable {
    case start(id: UInt64, Transfer)
    case cancel(id: UInt64)
  }

  private struct Mailbox {
    var commands: [Command] = []
    var isRunning = false
    /// The loop sleeps, or is about to, and nobody has woken it yet.
    var isAsleep = false
  }

  private let queue = DispatchQueue(label: "espalier.http")
  private let mailbox = Locked(Mailbox())
  private let configuration: HTTPClient.Configuration
  private let multi: UnsafeMutableRawPointer?

  private var active: [UInt64: EasyHandle] = [:]
  private var ids: [UnsafeMutableRawPointer: UInt64] = [:]
  private var waiting = WaitingTransfers()
  private var spare: [EasyHandle] = []
  /// No timer fires before this.
  private var nextTimer: SuspendingClock.Instant?

  init(_ configuration: HTTPClient.Configuration) {
    self.configuration = configuration
    multi = curl_multi_init()
    if let multi {
      espalier_multi_set_long(multi, CURLMOPT_MAXCONNECTS, configuration.maxTransfers)
      espalier_multi_set_long(multi, CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX))
    }
  }

  deinit {
    // Nobody waits for a transfer any more, or it would hold the client, which holds the loop.
    if let multi {
      for handle in active.values { curl_multi_remove_handle(multi, handle.pointer) }
      curl_multi_cleanup(multi)
    }
  }

  func post(_ command: Command) {
    let mustStart = mailbox.withLock { mailbox in
      mailbox.commands.append(command)
      if mailbox.isRunning {
        // A wakeup is sticky, so it can't be lost between the loop's last look at the mailbox and its
        // sleep; and it costs system calls, so one is enough.
        if mailbox.isAsleep { curl_multi_wakeup(multi) }
        mailbox.isAsleep = false
        return false
      }
      mailbox.isRunning = true
      return true
    }
    if mustStart { queue.async { self.run() } }
  }

  private func run() {
    while true {
      let hasWork = !active.isEmpty || !waiting.isEmpty
      let commands: [Command]? = mailbox.withLock { mailbox in
        let commands = mailbox.commands
        mailbox.commands = []
        if commands.isEmpty && !hasWork {
          mailbox.isRunning = false
          return nil
        }
        return commands
      }
      guard let commands else { return }
      for command in commands { perform(command) }
      startWaiting()
      var running: Int32 = 0
      curl_multi_perform(multi, &running)
      reap()
      startWaiting()
      fireTimers()
      if !active.isEmpty { sleep() }
    }
  }

  private func perform(_ command: Command) {
    switch command {
    case .start(let id, let transfer): waiting.append(id, transfer)
    case .cancel(let id):
      if let transfer = waiting.remove(id) {
        transfer.end(.cancelled)
      } else if let handle = active[id] {
        end(id, handle, .cancelled)
      }
    }
  }

  private func startWaiting() {
    while active.count < configuration.maxTransfers, let (id, transfer) = waiting.next() {
      guard let multi, let handle = spare.popLast() ?? EasyHandle() else {
        transfer.end(
          .broken(host: transfer.address.name, code: 27, detail: "out of memory"))
        continue
      }
      handle.take(transfer, configuration)
      transfer.start(at: .now)
      active[id] = handle
      ids[handle.pointer] = id
      nextTimer = min(nextTimer ?? transfer.deadline, transfer.deadline)
      curl_multi_add_handle(multi, handle.pointer)
    }
  }

  /// Ends what libcurl says has ended.
  private func reap() {
    var code = CURLE_OK
    while let pointer = espalier_next_ended(multi, &code) {
      guard let id = ids[pointer], let handle = active[id] else { continue }
      end(id, handle, handle.error(code))
    }
  }

  private func fireTimers() {
    let now = SuspendingClock.now
    guard let timer = nextTimer, now >= timer else { return }
    for (id, handle) in active {
      if let error = handle.transfer?.timeout(at: now) { end(id, handle, error) }
    }
    nextTimer = active.values.compactMap { $0.transfer?.deadline }.min()
  }

  private func end(_ id: UInt64, _ handle: EasyHandle, _ error: HTTPError?) {
    active[id] = nil
    ids[handle.pointer] = nil
    let transfer = handle.transfer
    curl_multi_remove_handle(multi, handle.pointer)
    handle.release()
    if spare.count < 64 { spare.append(handle) }
    transfer?.end(error)
  }

  private func sleep() {
    let mustLook = mailbox.withLock { mailbox in
      mailbox.isAsleep = mailbox.commands.isEmpty
      return !mailbox.isAsleep
    }
    if mustLook { return }
    curl_multi_poll(multi, nil, 0, sleepMilliseconds, nil)
    mailbox.withLock { $0.isAsleep = false }
  }

  /// Until the next timer of ours; libcurl wakes for its own, and for commands.
  private var sleepMilliseconds: Int32 {
    guard let nextTimer else { return 1000 }
    return Int32((nextTimer - .now).milliseconds.clamped(to: 1...1000))
  }
}

extension Comparable {
  fileprivate func clamped(to range: ClosedRange<Self>) -> Self {
    min(max(self, range.lowerBound), range.upperBound)
  }
}
