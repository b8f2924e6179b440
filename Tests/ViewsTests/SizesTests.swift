import Screen
import TestSupport
import Testing
import Tree

@testable import Views

/// Every size is drawn, whatever is on the screen.
struct SizesTests {
  private static let keys: [[Stroke]] = [
    [], [.tab], [.character("2")], [.character("3"), .tab], [.character("4"), .end],
    [.character("z")], [.tab, .character("z")], [.character("?")], [.character("?"), .end],
    [.character(" "), .up, .character("c")], [.character("c"), .end],
    [.character(":"), .character("x")], [.home, .down, .down, .down, .character("x")],
    [.character("w")], [.character("q")], [.home], [.end, .enter],
  ]

  @Test func everySmallSizeAndTheRealOnes() {
    var sizes = [Size(width: 80, height: 24), Size(width: 120, height: 40)]
    sizes += [
      Size(width: 200, height: 60), Size(width: 400, height: 3), Size(width: 3, height: 90),
    ]
    for width in 0...30 {
      for height in 0...12 { sizes.append(Size(width: width, height: height)) }
    }
    var state = Scenario.sketch.state(80, 24)
    for (index, size) in sizes.enumerated() {
      _ = state.update(.resized(size))
      var busy = state
      for stroke in Self.keys[index % Self.keys.count] { _ = busy.update(.key(stroke)) }
      #expect(busy.draw().gridSize == size)
    }
  }

  @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8])
  func randomKeysAndSizes(_ seed: UInt64) {
    var generator = Dice(seed: seed)
    let run = Scenario.sketch
    var state = Scenario().state(80, 24)
    var told = 0
    let strokes = Keymap.bindings.flatMap(\.strokes) + [.character("a"), .backspace]
    for _ in 0..<400 {
      switch Int.random(in: 0..<6, using: &generator) {
      case 0:
        let next = min(run.events.count, told + Int.random(in: 0..<12, using: &generator))
        _ = state.update(.events(Array(run.events[told..<next])))
        told = next
      case 1:
        _ = state.update(
          .resized(
            Size(
              width: Int.random(in: 0..<140, using: &generator),
              height: Int.random(in: 0..<45, using: &generator))))
      case 2:
        _ = state.update(.words(run.key(.answer, 21), "word\u{1b} wörter 語 "))
        _ = state.update(.tick(now: 2_000, frame: Int.random(in: 0..<9, using: &generator)))
      default:
        if let stroke = strokes.randomElement(using: &generator) { _ = state.update(.key(stroke)) }
      }
      #expect(state.draw().gridSize == state.size)
      #expect(state.outline.row(of: state.selection) != nil)
    }
  }

  @Test(arguments: [40, 80, 120])
  func theDeepestRowStillSaysWhatChanged(_ width: Int) {
    var run = Scenario()
    run.answer(0)
    run.judge(0, [5, 5, 5, 5, 5])
    for number in 1..<29 { run.open(number - 1, [number], skips: true) }
    var state = run.state(width, 40)
    state.press(.end)
    let row = state.draw().text.split(separator: "\n").first { $0.contains("> ") }
    #expect(row?.contains("28  unch") == true)
  }

  /// A tree as large as any should still be usable: only what is in sight is looked at.
  @Test func aHundredThousandNodes() {
    var run = Scenario()
    run.answer(0)
    run.judge(0, [3, 3, 3, 3, 3])
    run.open(0, Array(1...300))
    var state = State(
      past: RunPast(configuration: run.tree.configuration), texts: TextsInMemory(),
      size: Size(width: 80, height: 24))
    var events = run.events
    func add(_ event: RunEvent) {
      events.append(RecordedEvent(ordinal: events.count, time: 0, event: event))
    }
    for slot in 0..<300 {
      let node = NodeID.root.child(slot: slot)
      let proposal = Proposal(
        prompt: Text("Prompt \(slot)."), analysis: "", summary: Text("change \(slot)"))
      add(
        .completed(
          Completion(
            call: CallKey(node: node, step: .proposal, query: 0), outcome: .proposed(proposal),
            usage: Usage())))
      let numbers = Array((301 + slot * 340)..<(301 + (slot + 1) * 340))
      add(.decided(.open(Opening(node: node, numbers: numbers, skips: false))))
    }
    _ = state.update(.events(events))
    #expect(state.tree.nodes.count == 102_301)
    #expect(state.outline.rows.count == 102_301)
    state.press(.end)
    #expect(state.selected.number == 102_300)
    state.press(.up)
    #expect(state.draw().text.contains("102299"))
  }
}

/// A linear congruential generator (Knuth, MMIX), for drawing the same keys for a seed.
private struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}
