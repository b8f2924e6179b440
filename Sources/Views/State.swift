package import Screen
package import Tree

/// All that the screen shows: the run as told by its events, and what a person looks at.
///
/// Only `update` changes it, by messages; only `draw` reads it. It knows neither a clock nor a
/// terminal, so tests drive it with messages and look at pictures.
package struct State {
  // MARK: The run

  package internal(set) var tree: SearchTree
  let texts: any TextSource
  /// How many calls the run will have made when it ends, as far as one can tell.
  private let expectedCalls: (SearchTree) -> Int?
  /// What an event was, in words; the tree is as it was right after it.
  let eventWords: (RunEvent, SearchTree) -> String
  /// Why nothing can be changed here; nil where it can.
  package let readOnly: String?
  /// Whether another process is at work on the run: who leaves leaves it running.
  let isElsewhere: Bool

  /// Replies on their way, as far as they have come.
  /// Empty where the model has only thought aloud.
  var words: [CallKey: String] = [:]
  /// Calls in flight that wait for their servers.
  var callTroubles: [CallKey: CallTrouble] = [:]
  var storageTrouble: String?
  /// What is wrong with the file, where something is.
  var damage: String?
  var clock = RunClock()
  var frame = 0
  /// Every event so far.
  var timeline: Timeline
  /// Set while the past is looked at: `tree` is then as it was.
  var replay: Replay?
  package internal(set) var rest: Rest = .none

  var presentTree: SearchTree { replay?.present.tree ?? tree }

  /// How far the run has been wound down.
  package enum Rest: Hashable, Sendable {
    case none
    /// Told to finish what is in flight, and then to leave.
    case draining
    /// The other process that was at work on the run is gone; the command to go on with.
    case gone(String)
    /// Nothing more is to come.
    case ended

    /// Nobody is at work on the run any more.
    var isOver: Bool {
      switch self {
      case .none, .draining: false
      case .gone, .ended: true
      }
    }
  }

  // MARK: What a person looks at

  package internal(set) var size: Size
  var outline = Outline()
  /// The first row in sight.
  var top = 0
  package internal(set) var selection: NodeID = .root
  /// Set while the selected node is not there yet in the past that is looked at.
  var absence: Absence?
  /// The selection goes with the search until a person moves it.
  var isFollowing = true
  /// Two at most; of the third the first is let go.
  package internal(set) var marks: [NodeID] = []
  var focus: Pane = .tree
  var isZoomed = false
  var tab: DetailTab = .prompt
  var detail = Page()
  var comparison: Comparison?
  var helpTop = 0
  /// Over the main screen, in the order they came.
  var modes: [Mode] = []
  var notice: Notice?
  var search = ""

  // MARK: Told from the above, and kept because it takes time

  /// What changed, for nodes that have been in sight.
  var changes: [NodeID: String] = [:]
  var expected: Int?
  var best: NodeID = .root
  /// Of the best.
  var lift: Lift?
  /// Counts the changes of `tree`.
  var version = 0
  var detailKey: DetailKey?
  /// Of the node whose calls were looked at last.
  var callList: CallList?

  enum Pane { case tree, detail }

  enum Mode: Hashable {
    case compare
    case help
    case question(Question)
    case entry(Entry)
  }

  /// What has to be confirmed, and what then is done.
  struct Question: Hashable {
    var text: String
    var effect: Effect
  }

  /// A line that a person is typing.
  struct Entry: Hashable {
    enum Kind: Character { case command = ":", search = "/" }
    var kind: Kind
    var text = ""
  }

  struct Notice: Hashable {
    enum Kind { case news, hint, refusal, warning }
    var text: String
    var kind: Kind
  }

  /// What the page of the detail pane depends on.
  struct DetailKey: Hashable {
    var selection: NodeID
    var tab: DetailTab
    var size: Size
    var version: Int
    var words: Int
    /// Seconds since 1970-01-01 UTC, where the page tells how long something takes.
    var time: Int?
  }

  /// - Parameters:
  ///   - past: The run as it stands, and the way back.
  ///   - readOnly: Why nothing can be changed here, in a sentence; nil where it can.
  ///   - isElsewhere: Whether it is another process that is at work on the run.
  ///   - ordinal: Opens the past, as it was after this event; nil for the present.
  ///   - expectedCalls: Calls that the run will have made when it ends; nil when nobody can tell.
  ///   - eventWords: What an event was, in a line of words, by the tree right after it.
  package init(
    past: RunPast, texts: any TextSource, size: Size, readOnly: String? = nil,
    isElsewhere: Bool = false, at ordinal: Int? = nil,
    expectedCalls: @escaping (SearchTree) -> Int? = { _ in nil },
    eventWords: @escaping (RunEvent, SearchTree) -> String = { _, _ in "" }
  ) {
    tree = past.moment.tree
    clock = RunClock(past.moment.work)
    timeline = Timeline(past)
    self.texts = texts
    self.size = size
    self.readOnly = readOnly
    self.isElsewhere = isElsewhere
    self.expectedCalls = expectedCalls
    self.eventWords = eventWords
    notice = readOnly.map { Notice(text: $0, kind: .hint) }
    treeChanged(inStructure: true, inStanding: true)
    if let ordinal { show(ordinal + 1) }
    settle()
  }

  /// - Parameters:
  ///   - inStructure: There are more nodes, or others are kept.
  ///   - inStanding: Something was completed or decided, so another may be the best.
  mutating func treeChanged(inStructure: Bool, inStanding: Bool) {
    version += 1
    if inStanding {
      expected = expectedCalls(tree)
      best = tree.finish?.node ?? tree.best.id
      lift = Lift(of: tree, after: lift)
    }
    if inStructure { rebuildOutline() }
    if isFollowing, replay == nil { follow() }
  }
}

// MARK: - Reading

extension State {
  var mode: Mode? { modes.last }

  var selected: Node { tree[selection] ?? tree.root }

  /// Nothing is being done: finished, or paused with nothing in flight.
  var isResting: Bool { rest.isOver || tree.isResting }

  /// Seconds that the run has been at work.
  var elapsed: Double { clock.seconds(isResting: !isLive) }

  /// Whether what is on the screen goes on: it is neither at its end nor the past.
  package var isLive: Bool { !isResting && readOnly == nil && replay == nil }

  /// Whether a row in sight moves.
  package var isAnimated: Bool {
    guard isLive, !tree.inFlight.isEmpty else { return false }
    switch mode {
    case .compare, .help: return false
    default: break
    }
    guard let rect = layout.treeRows else { return false }
    return outline.rows.dropFirst(top).prefix(rect.height).contains {
      tree.state(of: tree.nodes[$0.position]).isRunning
    }
  }

  /// The two nodes that would be compared now.
  var pair: (NodeID, NodeID)? {
    let first = marks.first ?? selected.parent
    let second = marks.count == 2 ? marks[1] : selection
    guard let first, first != second, let a = tree[first], let b = tree[second] else {
      return selected.parent.map { ($0, selection) }
    }
    // The older on the left, so that what was added is on the right.
    return a.number < b.number ? (first, second) : (second, first)
  }
}
