import Glibc
import Screen
package import Terminal
import Views

/// The loop that joins a run, the views and the terminal. For the main thread, under a synchronous
/// main.
package enum Workbench {
  /// Shows the run until the person leaves. The terminal is restored when this returns.
  package static func run(source: any RunSource, terminal: Terminal) -> Outcome {
    defer { terminal.close() }
    let waker = terminal.waker
    source.onUpdate { waker.wake() }
    var session = Session(
      source: source, size: terminal.size, now: seconds(CLOCK_MONOTONIC),
      date: seconds(CLOCK_REALTIME))
    while true {
      session.take(source.take())
      while let input = terminal.nextInput() {
        for request in take(input, into: &session) { source.send(request) }
      }
      if session.needsRepaint {
        terminal.repaint()
        session.repainted()
      }
      let now = seconds(CLOCK_MONOTONIC)
      if let picture = session.picture(now: now) { terminal.draw(picture) }
      if let outcome = session.outcome { return outcome }
      terminal.wait(timeout: session.timeout(now: seconds(CLOCK_MONOTONIC)).map { .seconds($0) })
    }
  }

  private static func take(_ input: Input, into session: inout Session) -> [Request] {
    switch input {
    case .key(let key): session.take(Stroke(key))
    case .resized(let size):
      session.resized(to: size)
    case .interrupt: session.take(.control("c"))
    case .terminate: session.terminate(now: seconds(CLOCK_MONOTONIC))
    case .hangup: session.hangUp()
    }
  }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

extension Session {
  fileprivate mutating func resized(to size: Size) -> [Request] {
    resize(to: size)
    return []
  }
}

extension Stroke {
  init(_ key: Key) {
    self =
      switch key {
      case .character(let character): .character(character)
      case .control(let letter): .control(letter)
      case .up: .up
      case .down: .down
      case .left: .left
      case .right: .right
      case .pageUp: .pageUp
      case .pageDown: .pageDown
      case .home: .home
      case .end: .end
      case .enter: .enter
      case .tab: .tab
      case .backTab: .backTab
      case .escape: .escape
      case .backspace: .backspace
      case .delete: .delete
      }
  }
}
