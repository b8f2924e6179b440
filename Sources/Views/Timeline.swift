import Tree

/// A run as it was at one moment: what its events add up to.
struct Moment: Sendable {
  var tree: SearchTree
  var clock = RunClock()
  /// Replies on their way, as far as they have come.
  var words: [CallKey: String] = [:]
  var callTroubles: [CallKey: CallTrouble] = [:]

  mutating func take(_ event: RecordedEvent) {
    clock.take(event, isResting: tree.isResting)
    tree.apply(event.event)
  }
}

/// The events of a run so far, and the way back to how it was after any of them.
///
/// A moment of the past is folded anew from the last checkpoint before it. Checkpoints are made on
/// the way, and few enough that a long run does not hold many copies of its tree.
struct Timeline: Sendable {
  private(set) var events: [RecordedEvent] = []
  /// The positions at which a level had just begun. A position is a count of events.
  private(set) var levelStarts: [Int] = []
  private var levels = 1
  private let origin: SearchTree
  private var checkpoints: [Int: Moment] = [:]

  /// Fewest events between two checkpoints, and how many of them a whole run has at most.
  static let stride = 256
  static let mostCheckpoints = 32

  init(configuration: RunConfiguration) {
    origin = SearchTree(configuration: configuration)
  }

  /// - Parameter levels: How many levels the run has after the event.
  mutating func add(_ event: RecordedEvent, levels: Int) {
    events.append(event)
    if levels > self.levels { levelStarts.append(events.count) }
    self.levels = max(levels, self.levels)
  }

  /// The run after its first `position` events.
  mutating func moment(at position: Int) -> Moment {
    let stride = max(Self.stride, events.count / Self.mostCheckpoints)
    let start = checkpoints.keys.filter { $0 <= position }.max() ?? 0
    var moment = checkpoints[start] ?? Moment(tree: origin)
    for index in start..<position {
      moment.take(events[index])
      if (index + 1) % stride == 0, checkpoints.count < 2 * Self.mostCheckpoints {
        checkpoints[index + 1] = moment
      }
    }
    return moment
  }

  /// The nearest begin of a level behind or before a position; the begin or the end of the run where
  /// there is none.
  func levelStart(from position: Int, forwards: Bool) -> Int {
    forwards
      ? levelStarts.first { $0 > position } ?? events.count
      : levelStarts.last { $0 < position } ?? 0
  }
}
