import Foundation
import Testing
import Tree

@testable import RunFile

/// What a writer tells its followers besides the file.
@Suite struct AsideTests {
  let scratch: Scratch
  private let call = CallKey(node: .root, step: .answer, query: 0)

  init() throws { scratch = try Scratch() }

  /// Looks until so many have come.
  private func hear(_ count: Int, _ listener: AsideListener) throws -> [Aside] {
    var heard: [Aside] = []
    while heard.count < count { heard += try #require(listener.next()) }
    return heard
  }

  /// Speaks until the listener is known: a word to nobody is only remembered.
  private func begin(_ speaker: AsideSpeaker, _ listener: AsideListener) throws {
    var isHeard = false
    while !isHeard {
      speaker.tell(notice: "Hello.")
      isHeard = try #require(listener.next()).contains(.notice("Hello."))
    }
  }

  @Test func `a follower hears what is said, and before that what it has missed`() throws {
    let file = try scratch.create()
    defer { file.close() }
    let speaker = try #require(AsideSpeaker(file))
    let trouble = CallTrouble(message: "It is overloaded.", until: 12)
    let other = CallKey(node: .root, step: .judgement, query: 0)
    speaker.tell("Dew is wa", of: call)
    speaker.tell(trouble, of: other)
    speaker.tell(storageTrouble: "full")

    let listener = try #require(AsideListener(file))
    #expect(
      try Set(hear(3, listener)) == [
        .words(call, "Dew is wa", after: 0), .trouble(other, trouble), .storage(trouble: "full"),
      ])
    speaker.tell("ter é\n", of: call)
    speaker.tell(" that", of: call)
    speaker.tell(storageTrouble: nil)
    #expect(
      try hear(3, listener) == [
        .words(call, "ter é\n", after: 9), .words(call, " that", after: 16), .storage(trouble: nil),
      ])
  }

  @Test func `what the file tells is not told again`() throws {
    let file = try scratch.create()
    defer { file.close() }
    let speaker = try #require(AsideSpeaker(file))
    speaker.tell("Dew", of: call)
    let answer = Sample.completed(call, .answered(Answer(response: "Dew.", examples: [])))
    speaker.take(try file.append([answer], at: 1))
    let listener = try #require(AsideListener(file))
    try begin(speaker, listener)
  }

  @Test func `nothing is left of it beside the file, and nobody speaks without a writer`() throws {
    let file = try scratch.create()
    var speaker = AsideSpeaker(file)
    let listener = try #require(AsideListener(file))
    try begin(try #require(speaker), listener)
    #expect(try scratch.names.allSatisfy { $0.hasPrefix("quiet-cedar.espalier") })
    #expect(try scratch.names.count == 4, "the file, its log, the log's index and the lock")
    speaker = nil
    while listener.next() != nil {}
    file.close()
    let reader = try RunFile.open(scratch.path(), for: .reading)
    defer { reader.close() }
    #expect(AsideListener(reader) == nil)
  }

  @Test func `one that does not listen holds up nobody, and is left`() throws {
    let file = try scratch.create()
    defer { file.close() }
    let speaker = try #require(AsideSpeaker(file))
    let slow = try #require(AsideListener(file))
    try begin(speaker, slow)

    let piece = String(repeating: "words and more ", count: 1_000)
    for _ in 0..<500 { speaker.tell(notice: piece) }
    speaker.tell(notice: "the end")
    // The slow one is told the beginning, and then that there is no more.
    var told = 0
    while let asides = slow.next() { told += asides.count }
    #expect(told < 500)
    speaker.tell(notice: "for those who are there")
    let late = try #require(AsideListener(file))
    try begin(speaker, late)
  }
}
