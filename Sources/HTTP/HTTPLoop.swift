import CCurl
import Dispatch
import Locking

/// Drives all transfers over one multi handle.
///
/// While there is work, one block of its serial queue runs the loop; when nothing is left the block
/// ends, and the next request starts another. So an idle client holds no thread.
///
/// Requests beyond `maxTransfers` wait here and not in libcurl, whose timers would run meanwhile.
final class HTTPLoop: @unchecked Sendable {
  // Sendable: `mailbox` is locked; the multi handle is safe to wake from any thread
  // (curl_multi_wakeup); everything else is touched only by who has set `isRunning`, and by the block
  // that it hands over to.

  enum Command: Sendable {
    case start(Transfer)
    case cancel(Transfer)
  }

  private struct Mailbox {
    var commands: [Command] = []
    var isRunning = false
    /// The loop sleeps, or is about to, and nobody has woken it yet.
    var isAsleep = false
  }

  private let queue = DispatchQueue(label: "espalier.http")
  private let mailbox = Locked(Mailbox())
  private let curl: ccurl_functions
  private let configuration: HTTPClient.Configuration
  private let multi: UnsafeMutableRawPointer?

  private var active: [EasyHandle] = []
  private var waiting = WaitingTransfers()
  private var spare: [EasyHandle] = []
  /// No timer fires before this.
  private var nextTimer: SuspendingClock.Instant?

  init(_ curl: ccurl_functions, _ configuration: HTTPClient.Configuration) {
    self.curl = curl
    self.configuration = configuration
    multi = curl.multi_init()
    if let multi {
      ccurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, configuration.maxTransfers)
      ccurl_multi_set_long(multi, CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX))
    }
  }

  deinit {
    // Nobody waits for a transfer any more, or it would hold the client, which holds the loop.
    if let multi {
      for handle in active { _ = curl.multi_remove_handle(multi, handle.pointer) }
      _ = curl.multi_cleanup(multi)
    }
  }

  func post(_ command: Command) {
    let mustStart = mailbox.withLock { mailbox in
      guard !mailbox.isRunning else {
        mailbox.commands.append(command)
        // A wakeup is sticky, so it can't be lost between the loop's last look at the mailbox and its
        // sleep; and it costs system calls, so one is enough.
        if mailbox.isAsleep { _ = curl.multi_wakeup(multi) }
        mailbox.isAsleep = false
        return false
      }
      // Where nothing is under way there is nothing to cancel.
      guard case .start = command else { return false }
      mailbox.commands.append(command)
      mailbox.isRunning = true
      return true
    }
    // The first request goes out from here: while the queue's thread wakes up, the server is at work.
    if mustStart && turn() { queue.async { self.run() } }
  }

  private func run() {
    repeat { sleep() } while turn()
  }

  /// Does all that can be done without waiting.
  ///
  /// - Returns: false when nothing is left: then the loop has stopped.
  private func turn() -> Bool {
    repeat {
      let hasWork = !waiting.isEmpty || !active.isEmpty
      let commands: [Command]? = mailbox.withLock { mailbox in
        let commands = mailbox.commands
        mailbox.commands = []
        mailbox.isRunning = hasWork || !commands.isEmpty
        return mailbox.isRunning ? commands : nil
      }
      guard let commands else { return false }
      for command in commands { perform(command) }
      startWaiting()
      var running: Int32 = 0
      _ = curl.multi_perform(multi, &running)
      reap()
      startWaiting()
      fireTimers()
    } while active.isEmpty
    return true
  }

  private func perform(_ command: Command) {
    switch command {
    case .start(let transfer): waiting.append(transfer)
    case .cancel(let transfer):
      if waiting.remove(transfer) {
        transfer.end(.cancelled)
      } else if let handle = active.first(where: { $0.transfer === transfer }) {
        end(handle, .cancelled)
      }
    }
  }

  private func startWaiting() {
    while active.count < configuration.maxTransfers, let transfer = waiting.next() {
      guard let multi, let handle = spare.popLast() ?? EasyHandle(curl, configuration) else {
        transfer.end(
          .broken(host: transfer.address.name, code: 27, detail: "out of memory"))
        continue
      }
      handle.take(transfer)
      transfer.start(at: .now)
      handle.place = active.count
      active.append(handle)
      nextTimer = min(nextTimer ?? transfer.deadline, transfer.deadline)
      _ = curl.multi_add_handle(multi, handle.pointer)
    }
  }

  /// Ends what libcurl says has ended.
  private func reap() {
    var code = CURLE_OK
    while let pointer = ccurl_next_ended(multi, &code) {
      guard let handle = EasyHandle.of(pointer) else { continue }
      end(handle, handle.error(code))
    }
  }

  private func fireTimers() {
    let now = SuspendingClock.now
    guard let timer = nextTimer, now >= timer else { return }
    for handle in active {
      if let error = handle.transfer?.timeout(at: now) { end(handle, error) }
    }
    nextTimer = active.compactMap { $0.transfer?.deadline }.min()
  }

  private func end(_ handle: EasyHandle, _ error: HTTPError?) {
    let last = active.removeLast()
    if last !== handle {
      last.place = handle.place
      active[handle.place] = last
    }
    let transfer = handle.transfer
    _ = curl.multi_remove_handle(multi, handle.pointer)
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
    _ = curl.multi_poll(multi, nil, 0, sleepMilliseconds, nil)
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
