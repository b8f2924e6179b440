import Glibc
import Locking

/// A small HTTP/1.1 server on 127.0.0.1 that does as it is told: for tests.
///
/// It has a thread for each connection, so that a handler may block. It is stopped by `stop()`, or when
/// nobody holds it any more, and then nothing of it is left.
package final class LoopbackServer: Sendable {
  /// Runs on the connection's thread. Returns false to end the connection.
  package typealias Handler = @Sendable (LoopbackRequest, LoopbackConnection) -> Bool

  package let port: Int
  private let state: State

  package var url: String { "http://127.0.0.1:\(port)" }
  /// All requests so far.
  package var requests: [LoopbackRequest] { state.log.withLock { $0.requests } }
  package var connections: Int { state.log.withLock { $0.connections } }

  package convenience init(_ reply: @escaping @Sendable (LoopbackRequest) -> LoopbackReply) throws {
    try self.init { request, connection in connection.perform(reply(request)) }
  }

  package init(handler: @escaping Handler) throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard listener >= 0 else { throw LoopbackError.system("socket", errno) }
    keepFromChildren(listener)
    var on: Int32 = 1
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, 4)
    var pipes: [Int32] = [0, 0]
    guard let port = bindToLoopback(listener), listen(listener, 1024) == 0, pipe(&pipes) == 0
    else {
      let code = errno
      close(listener)
      throw LoopbackError.system("bind", code)
    }
    pipes.forEach(keepFromChildren)
    self.port = port
    let state = State(listener: listener, stop: pipes[0], stopper: pipes[1], handler: handler)
    self.state = state
    state.log.withLock { $0.threads.append(Thread { state.accept() }) }
  }

  deinit { stop() }

  /// Waits until everybody has hung up and what they asked has been read: of a program that was killed
  /// some of it may still be on its way.
  /// - Throws: `LoopbackError.stillHeld` when somebody has not after the deadline.
  package func waitUntilLeft(deadline: Duration = .seconds(20)) throws {
    let end = ContinuousClock.now + deadline
    // Served after all that were connected before it.
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw LoopbackError.system("socket", errno) }
    defer { close(descriptor) }
    guard connectToLoopback(descriptor, port: port) else {
      throw LoopbackError.system("connect", errno)
    }
    shutdown(descriptor, Int32(SHUT_WR))
    // Answered by a close, or not at all where the server itself hangs.
    var answer = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    poll(&answer, 1, Int32(deadline.components.seconds * 1_000))
    while true {
      let open = state.log.withLock { $0.open }
      if open == 0 { return }
      guard ContinuousClock.now < end else { throw LoopbackError.stillHeld(connections: open) }
      usleep(1_000)
    }
  }

  /// Ends all connections and waits for the threads.
  package func stop() { state.stop() }
}

package enum LoopbackError: Error {
  case system(String, Int32)
  /// As many connections as were still open when nobody waits any longer.
  case stillHeld(connections: Int)
}

/// What the server's threads share.
private final class State: Sendable {
  struct Log: Sendable {
    var requests: [LoopbackRequest] = []
    var connections = 0
    /// How many of them there are now.
    var open = 0
    var threads: [Thread] = []
    var isStopped = false
  }

  let log = Locked(Log())
  private let listener: Int32
  private let stopped: Int32
  private let stopper: Int32
  private let handler: LoopbackServer.Handler

  init(
    listener: Int32, stop: Int32, stopper: Int32, handler: @escaping LoopbackServer.Handler
  ) {
    self.listener = listener
    stopped = stop
    self.stopper = stopper
    self.handler = handler
  }

  func stop() {
    let isFirst = log.withLock { log in
      defer { log.isStopped = true }
      return !log.isStopped
    }
    guard isFirst else { return }
    // Never read, so that it wakes every thread.
    write(stopper, "x", 1)
    while let thread = log.withLock({ $0.threads.popLast() }) { thread.join() }
    close(listener)
    close(stopped)
    close(stopper)
  }

  func accept() {
    let waiting = LoopbackConnection(descriptor: listener, stop: stopped)
    while waiting.wait(for: POLLIN, seconds: nil) {
      let descriptor = Glibc.accept(listener, nil, nil)
      guard descriptor >= 0 else { continue }
      keepFromChildren(descriptor)
      _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
      var on: Int32 = 1
      setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, 4)
      let isServed = log.withLock { log in
        guard !log.isStopped else { return false }
        let number = log.connections
        log.connections += 1
        log.open += 1
        log.threads.append(Thread { self.serve(descriptor, number) })
        return true
      }
      if !isServed { close(descriptor) }
    }
  }

  private func serve(_ descriptor: Int32, _ number: Int) {
    defer {
      close(descriptor)
      log.withLock { $0.open -= 1 }
    }
    let connection = LoopbackConnection(descriptor: descriptor, stop: stopped)
    var reader = LoopbackRequestReader(connection: number)
    while var request = reader.next(from: connection) {
      request = log.withLock { log in
        request.ordinal = log.requests.count
        log.requests.append(request)
        return request
      }
      guard handler(request, connection) else { return }
    }
  }
}

/// Programs that tests start meanwhile must not hold the descriptor open.
func keepFromChildren(_ descriptor: Int32) {
  _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
}

/// A POSIX thread: handlers block, which threads of a pool must not.
struct Thread: @unchecked Sendable {
  // Sendable: the id is a number or a pointer that only the thread library looks behind.
  private let id: pthread_t

  init(_ body: @escaping @Sendable () -> Void) {
    var id = pthread_t()
    let box = Unmanaged.passRetained(Box(body))
    let code = pthread_create(
      &id, nil,
      { context in
        if let context { Unmanaged<Box>.fromOpaque(context).takeRetainedValue().body() }
        return nil
      }, box.toOpaque())
    precondition(code == 0, "pthread_create: \(code)")
    self.id = id
  }

  func join() { pthread_join(id, nil) }

  private final class Box: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
}
