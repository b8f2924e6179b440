extension Node {
  /// Where a node stands among the others: what is asked of all nodes of a tree at once, in a few
  /// bytes without references.
  package struct Standing: Sendable {
    package let id: NodeID
    // Of few bits: there may be 100,000.
    private let storedSlot: Int32
    private let storedNumber: Int32
    private let storedLevel: Int32
    private let storedParent: Int32
    /// Links to other nodes, as positions; -1 for none. A child comes after its parent and a sibling
    /// after the one before it, so that whoever follows them comes to an end.
    private var firstChild: Int32 = -1
    private var lastChild: Int32 = -1
    private var nextSibling: Int32 = -1
    /// How many rewards are in `pathSum`.
    private var storedPathCount: Int32 = 0
    /// The sum of the rewards from the root's child down to here, added in that order.
    var pathSum = 0.0
    private var storedReward = 0.0
    package let origin: Origin
    private var marks: Marks = [.isAlive]

    private struct Marks: OptionSet {
      let rawValue: UInt8
      static let isAlive = Marks(rawValue: 1)
      static let isPinned = Marks(rawValue: 2)
      static let isPruned = Marks(rawValue: 4)
      static let isOpened = Marks(rawValue: 8)
      static let isDeadSlot = Marks(rawValue: 16)
      static let isSettled = Marks(rawValue: 32)
      static let hasReward = Marks(rawValue: 64)
    }

    init(id: NodeID, parent: Int?, slot: Int, level: Int, number: Int, origin: Origin) {
      self.id = id
      self.origin = origin
      storedSlot = Int32(clamping: slot)
      storedNumber = Int32(clamping: number)
      storedLevel = Int32(clamping: level)
      storedParent = Int32(clamping: parent ?? -1)
    }

    private subscript(mark: Marks) -> Bool {
      get { marks.contains(mark) }
      set { if newValue { marks.insert(mark) } else { marks.remove(mark) } }
    }
  }
}

extension Node.Standing {
  package var slot: Int { Int(storedSlot) }
  package var number: Int { Int(storedNumber) }
  package var level: Int { Int(storedLevel) }
  /// The position of the parent; nil for the root only.
  package var parent: Int? { Self.position(storedParent) }
  package var firstChildPosition: Int? { Self.position(firstChild) }
  package var nextSiblingPosition: Int? { Self.position(nextSibling) }
  package var hasChildren: Bool { firstChild >= 0 }

  private static func position(_ stored: Int32) -> Int? { stored < 0 ? nil : Int(stored) }

  package internal(set) var isAlive: Bool {
    get { self[.isAlive] }
    set { self[.isAlive] = newValue }
  }
  package internal(set) var isPinned: Bool {
    get { self[.isPinned] }
    set { self[.isPinned] = newValue }
  }
  package internal(set) var reward: Double? {
    get { self[.hasReward] ? storedReward : nil }
    set {
      self[.hasReward] = newValue != nil
      storedReward = newValue ?? 0
    }
  }
  var pathCount: Int {
    get { Int(storedPathCount) }
    set { storedPathCount = Int32(clamping: newValue) }
  }
  package var pathReward: Double? { pathCount == 0 ? nil : pathSum / Double(pathCount) }

  /// A person, or the program, pruned this very node.
  package var isPruned: Bool { self[.isPruned] }
  package var isOpened: Bool { self[.isOpened] }
  package var isDeadSlot: Bool { self[.isDeadSlot] }
  package var isSettled: Bool { self[.isSettled] }

  /// Whether the node may be opened some day: alive, unopened, and not a dead slot.
  package var isCandidate: Bool { isAlive && !isOpened && !isDeadSlot }

  /// Whether it ranks before the other whichever was made first.
  func isBetter(than other: Self) -> Bool {
    if (reward == nil) != (other.reward == nil) { return reward != nil }
    return pathReward ?? 0 > other.pathReward ?? 0
  }

  /// Tells what the record now says.
  mutating func note(_ record: Node.Record) {
    self[.isPruned] = record.prunedBy != nil
    self[.isOpened] = record.opening != nil
    self[.isDeadSlot] = record.isDeadSlot
    self[.isSettled] = record.isSettled
  }

  /// - Returns: the position of the child before, which is to be linked to this one.
  mutating func link(lastChild position: Int) -> Int? {
    defer { lastChild = Int32(clamping: position) }
    if firstChild < 0 { firstChild = Int32(clamping: position) }
    return Self.position(lastChild)
  }

  mutating func link(nextSibling position: Int) { nextSibling = Int32(clamping: position) }

  /// Whether they say the same, apart from the positions in their trees.
  func isSame(as other: Self) -> Bool {
    id == other.id && slot == other.slot && number == other.number && level == other.level
      && origin == other.origin && marks == other.marks && pathSum == other.pathSum
      && pathCount == other.pathCount && reward == other.reward
  }
}

// MARK: - Packing

extension Node.Standing {
  /// In bytes, when packed.
  static let packedSize = 42

  func pack(into packer: inout Packer) {
    packer.append(id.rawValue)
    for value in [storedSlot, storedNumber, storedParent, storedPathCount] { packer.append(value) }
    packer.append(pathSum.bitPattern)
    packer.append(storedReward.bitPattern)
    packer.append(UInt8(Node.Origin.allCases.firstIndex(of: origin) ?? 0))
    packer.append(marks.rawValue)
  }

  /// Without the links to the nodes after it, which follow from their parents.
  ///
  /// - Parameters:
  ///   - bytes: `packedSize` of them.
  ///   - elders: the nodes before it, one of which is its parent, unless it is the first of all.
  /// - Returns: nil for what no node is packed as.
  init?(unpacking bytes: UnsafeRawBufferPointer, after elders: [Self]) {
    func load<Value: FixedWidthInteger>(_ offset: Int, as type: Value.Type) -> Value {
      Value(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: type))
    }
    let origins = Node.Origin.allCases
    storedParent = load(16, as: Int32.self)
    let parent = Self.position(storedParent)
    guard bytes[40] < origins.count, (parent == nil) == elders.isEmpty, parent ?? -1 < elders.count
    else { return nil }
    id = NodeID(rawValue: load(0, as: UInt64.self))
    storedSlot = load(8, as: Int32.self)
    storedNumber = load(12, as: Int32.self)
    storedLevel = parent.map { elders[$0].storedLevel + 1 } ?? 0
    storedPathCount = load(20, as: Int32.self)
    pathSum = Double(bitPattern: load(24, as: UInt64.self))
    storedReward = Double(bitPattern: load(32, as: UInt64.self))
    origin = origins[Int(bytes[40])]
    marks = Marks(rawValue: bytes[41])
  }
}
