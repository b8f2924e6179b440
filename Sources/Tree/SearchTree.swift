/// The whole state of a run. Only events change it (`apply`), and the same events give the same tree.
///
/// It keeps what views and strategies read (levels, path rewards, who is alive, what is in flight),
/// so that these only read.
package struct SearchTree: Sendable {
  package let configuration: RunConfiguration
  /// As they are now, changes by a person included.
  package internal(set) var settings: SearchSettings

  /// In the order of their making; the root first.
  package internal(set) var nodes = NodeList()
  /// The number that the next node gets.
  package internal(set) var nextNumber = 1
  /// The positions of the nodes of each level; see `levels`.
  var levelPositions: [[Int32]] = []
  /// Nodes whose own trial is still to be completed, in the order of their making; dead ones too.
  package internal(set) var unsettled: [NodeID]

  /// The aspects chosen for each query, by its index.
  package internal(set) var aspects: [Int: AspectChoice] = [:]
  var aspectFaults: [Int: [Fault]] = [:]

  package internal(set) var inFlight: Set<CallKey> = []
  package internal(set) var retrieval = Retrieval()
  package internal(set) var totals = Totals()

  /// Levels at which a skipped rewrite deepened the search.
  package internal(set) var extensions: Set<Int> = []
  /// How many seats each level's selection had, by level.
  package internal(set) var seats: [Int: Int] = [:]
  package internal(set) var finish: Finish?
  /// Who paused the run; nil while it is not.
  package internal(set) var pausedBy: Intervention.Author?
  /// Why the run is paused, where somebody said so.
  package internal(set) var pauseReason: Text?
  /// A person asked to end; what is in flight still lands.
  package internal(set) var isStopping = false
  /// The best that was alive when a prune left nothing alive.
  package internal(set) var lastBest: NodeID?

  package internal(set) var wish: Text?
  package internal(set) var locks: [Text] = []
  /// How many interventions by persons the run has seen: it is then "steered".
  package internal(set) var interventions = 0
  var undoStack: [Reversible] = []
  var redoStack: [Reversible] = []

  /// Of the roles that have been of no use lately.
  package internal(set) var unusable: [Role: UnusableReplies] = [:]

  /// Events that meant nothing here: of an unknown node, or said twice. A healthy log has none.
  package internal(set) var ignored = 0

  package init(configuration: RunConfiguration) {
    self.configuration = configuration
    settings = configuration.settings
    unsettled = []
    add(
      Node.Standing(id: .root, parent: nil, slot: 0, level: 0, number: 0, origin: .root),
      prompt: configuration.initialPrompt)
  }

  /// The best end of a finished run.
  package struct Finish: Hashable, Sendable {
    package var node: NodeID
    package var why: FinishReason
  }

  /// An intervention that can be taken back.
  struct Reversible: Hashable, Sendable {
    var forward: Intervention.Action
    var backward: Intervention.Action
  }
}

// MARK: - Reading

extension SearchTree {
  package subscript(id: NodeID) -> Node? { nodes.position(of: id).map { nodes[$0] } }

  package var root: Node { nodes[0] }

  /// Where the node is in `nodes`, for who reads many and must not make up each.
  package func position(of id: NodeID) -> Int? { nodes.position(of: id) }

  /// The node with this number, as people name it.
  package func node(numbered number: Int) -> Node? {
    nodes.standings.firstIndex { $0.number == number }.map { nodes[$0] }
  }

  /// The nodes of each level in the order of their making, which is the rank of the parent in its
  /// beam and then the slot.
  package var levels: Levels { Levels(positions: levelPositions, nodes: nodes) }

  package struct Levels: RandomAccessCollection, Equatable {
    fileprivate let positions: [[Int32]]
    fileprivate let nodes: NodeList

    package var startIndex: Int { 0 }
    package var endIndex: Int { positions.count }
    package subscript(level: Int) -> [NodeID] {
      positions[level].map { nodes.standings[Int($0)].id }
    }
    package static func == (a: Self, b: Self) -> Bool { a.elementsEqual(b) }
  }

  /// The nodes of a level in the order of their making; empty beyond the deepest.
  package func level(_ level: Int) -> [Node] { positions(atLevel: level).map { nodes[$0] } }

  /// As `level`, as positions in `nodes`.
  package func positions(atLevel level: Int) -> LazyMapSequence<ArraySlice<Int32>, Int> {
    let positions = levelPositions.indices.contains(level) ? levelPositions[level][...] : []
    return positions.lazy.map { Int($0) }
  }

  /// From the root to the node itself.
  package func path(to id: NodeID) -> [Node] {
    nodes.position(of: id).map { positions(to: $0).map { nodes[$0] } } ?? []
  }

  /// As `path`, as positions in `nodes`.
  package func positions(to position: Int) -> [Int] {
    Array(sequence(first: position) { nodes.standings[$0].parent }).reversed()
  }

  /// Prompts on a path, root included, extensions counted.
  package var depthLimit: Int { settings.depth + extensions.count }

  /// The level at which the search ends as things are; that of the deepest node where somebody lowered
  /// the depth below it.
  package var lastLevel: Int {
    max(levels.count, min(depthLimit, configuration.queries.count)) - 1
  }

  package var isPaused: Bool { pausedBy != nil }

  /// Whether nothing is expected of any server.
  package var isNothingInFlight: Bool { inFlight.isEmpty && retrieval.inFlight.isEmpty }

  /// Calls that were called back, or whose process was gone before their reply was saved. Their servers
  /// may charge for them, so they count like the others; what is asked anew in their place counts too.
  package var lostCalls: Int {
    max(0, totals.started - totals.completed - inFlight.count - retrieval.inFlight.count)
  }

  /// Whether a person had a hand in this run.
  package var isSteered: Bool { interventions > 0 }

  package func faults(ofAspectsFor query: Int) -> [Fault] { aspectFaults[query] ?? [] }
}

/// Two trees are equal when a person would see the same search: what calls took, what is in flight
/// and what the log repeated do not count, nor do aspects asked ahead that nothing was judged on.
extension SearchTree: Equatable {
  package static func == (a: SearchTree, b: SearchTree) -> Bool {
    a.nodes == b.nodes && a.aspectsInUse == b.aspectsInUse
      && a.extensions == b.extensions && a.finish == b.finish && a.settings == b.settings
      && a.isPaused == b.isPaused && a.isStopping == b.isStopping && a.wish == b.wish
      && a.locks == b.locks
  }

  private var aspectsInUse: [Int: AspectChoice] {
    let judged = Set(
      nodes.lazy.flatMap { [$0.trial] + $0.moreTrials }
        .filter { $0.evaluation != nil || !$0.faults.isEmpty }.map(\.query))
    return aspects.filter { judged.contains($0.key) }
  }
}
