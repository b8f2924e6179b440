import Foundation
import GRDB
import RunFile
import Testing

@Suite struct ReplyCacheTests {
  @Test func twoRunsShareIt() throws {
    let scratch = try Scratch()
    let one = try ReplyCache(path: scratch.path("c.cache"))
    let other = try ReplyCache(path: scratch.path("c.cache"))
    defer { one.close() }
    defer { other.close() }
    one.keep(CachedReply(text: "a\u{0}é", isCut: true), to: [1, 2])
    one.keep(CachedReply(text: "later", isCut: false), to: [1, 2])
    #expect(other.reply(to: [1, 2]) == CachedReply(text: "a\u{0}é", isCut: true))
    #expect(other.reply(to: [1]) == nil)
  }

  @Test func refusesAnotherKindOfFile() throws {
    let scratch = try Scratch()
    let path = try scratch.closedRun()
    #expect(throws: RunFileError.notACache(path: path)) { try ReplyCache(path: path) }
    let garbage = scratch.path("garbage")
    try Data("no database, and long enough to look at".utf8).write(to: URL(filePath: garbage))
    #expect(throws: RunFileError.notACache(path: garbage)) { try ReplyCache(path: garbage) }
  }

  @Test func leavesAnotherDatabaseAsItIs() throws {
    let scratch = try Scratch()
    let path = scratch.path("notes.db")
    let queue = try DatabaseQueue(path: path)
    try queue.write { try $0.execute(sql: "CREATE TABLE note (id)") }
    try queue.close()
    let bytes = try Data(contentsOf: URL(filePath: path))
    #expect(throws: RunFileError.notACache(path: path)) { try ReplyCache(path: path) }
    #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
    #expect(try scratch.names == ["notes.db"])
  }

  /// A mistyped path is told, and not made.
  @Test func makesNoFolder() throws {
    let scratch = try Scratch()
    let path = scratch.path("no/such/c.cache")
    let error = #expect(throws: RunFileError.self) { try ReplyCache(path: path) }
    #expect("\(try #require(error))".contains(path))
  }
}
