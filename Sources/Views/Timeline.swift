import Tree

/// The events of a run so far, and the way back to how it was after any of them.
///
/// Those before it was opened are read when somebody steps back. A moment of the past is folded anew
/// from the last checkpoint before it. Checkpoints are made on the way, and few enough that a long run
/// does not hold many copies of its tree.
struct Timeline: Sendable {
  /// All there are once they have been read; until then, those since the run was opened.
  private(set) var events: [RecordedEvent] = []
  /// The positions at which a level had just begun. A position is a count of events.
  private var levelStarts: [Int] = []
  private var levels = 1
  private let origin: RunMoment
  private var checkpoints: [Int: RunMoment] = [:]
  /// nil when there is nothing left to read.
  private var unread: Unread?

  private struct Unread {
    var count: Int
    var read: @Sendable () throws -> [RecordedEvent]
  }

  /// Fewest events between two checkpoints, and how many of them a whole run has at most.
  static let stride = 256
  static let mostCheckpoints = 32

  init(_ past: RunPast) {
    origin = RunMoment(configuration: past.moment.tree.configuration)
    levels = past.moment.tree.levels.count
    if past.moment.count > 0 { unread = Unread(count: past.moment.count, read: past.events) }
  }

  /// How many events there have been.
  var count: Int { (unread?.count ?? 0) + events.count }

  /// Reads what was before the run was opened, once.
  mutating func read() throws {
    guard let unread else { return }
    events = try unread.read() + events
    self.unread = nil
    levelStarts = []
    var moment = origin
    for event in events {
      let levels = moment.tree.levels.count
      moment.take(event)
      if moment.tree.levels.count > levels { levelStarts.append(moment.count) }
      keep(moment)
    }
  }

  /// - Parameter levels: How many levels the run has after the event.
  mutating func add(_ event: RecordedEvent, levels: Int) {
    events.append(event)
    if levels > self.levels { levelStarts.append(count) }
    self.levels = max(levels, self.levels)
  }

  /// The run after its first `position` events, which have been read.
  mutating func moment(at position: Int) -> RunMoment {
    let start = checkpoints.keys.filter { $0 <= position }.max() ?? 0
    var moment = checkpoints[start] ?? origin
    for index in start..<position {
      moment.take(events[index])
      keep(moment)
    }
    return moment
  }

  private mutating func keep(_ moment: RunMoment) {
    let stride = max(Self.stride, events.count / Self.mostCheckpoints)
    guard moment.count % stride == 0, checkpoints.count < 2 * Self.mostCheckpoints else { return }
    checkpoints[moment.count] = moment
  }

  /// The nearest begin of a level behind or before a position; the begin or the end of the run where
  /// there is none.
  func levelStart(from position: Int, forwards: Bool) -> Int {
    forwards
      ? levelStarts.first { $0 > position } ?? events.count
      : levelStarts.last { $0 < position } ?? 0
  }
}
