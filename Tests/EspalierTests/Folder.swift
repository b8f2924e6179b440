import Foundation
import HTTP
import Locking
import RunFile
import TestSupport
import Tree

/// A folder of its own for a test, gone with it.
final class Folder: Sendable {
  let path: String
  private let starts = Locked(0)

  /// - Parameter inMemory: for tests that write a lot and do not ask how sure it is.
  init(inMemory: Bool = false) throws {
    let memory = URL(filePath: "/dev/shm")
    let place =
      inMemory && FileManager.default.isWritableFile(atPath: memory.path)
      ? memory : FileManager.default.temporaryDirectory
    path = place.appending(path: "espalier-e2e-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func path(_ name: String) -> String { path + "/" + name }

  /// How many programs were started in it before.
  func count() -> Int {
    starts.withLock { starts in
      defer { starts += 1 }
      return starts
    }
  }

  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    try Data(text.utf8).write(to: URL(filePath: path(name)))
    return path(name)
  }

  func text(_ name: String) throws -> String {
    String(decoding: try bytes(name), as: UTF8.self)
  }

  func bytes(_ name: String) throws -> Data { try Data(contentsOf: URL(filePath: path(name))) }

  /// The names of what is in it, or in a folder of it.
  func names(_ name: String = "") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path(name)).sorted()
  }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

  /// As `ls -l` would have them: the last nine bits.
  func permissions(_ name: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path(name))[.posixPermissions] as? Int
  }
}

// MARK: - Runs

extension Folder {
  /// The events of a run file, whoever writes it; nil as long as it can't be read.
  func events(_ name: String) -> [RunEvent]? {
    guard let file = try? RunFile.open(path(name), for: .reading) else { return nil }
    defer { file.close() }
    return try? file.events().map(\.event)
  }

  /// The tree of a run file, with its texts left there: texts are equal when their content is.
  func tree(_ name: String) throws -> SearchTree {
    let file = try RunFile.open(path(name), for: .reading)
    defer { file.close() }
    return SearchTree(configuration: file.configuration, events: try file.events().map(\.event))
  }
}

/// How often things happened to each call, by a log.
struct CallCounts {
  private(set) var started: [CallKey: Int] = [:]
  private(set) var cancelled: [CallKey: Int] = [:]
  /// Replies only: a failure of transport is none.
  private(set) var replies: [CallKey: Int] = [:]

  init(_ events: some Sequence<RunEvent>) {
    for event in events {
      switch event {
      case .flight(.started(let call)): started[call, default: 0] += 1
      case .flight(.cancelled(let call)): cancelled[call, default: 0] += 1
      case .completed(let completion):
        if case .failed = completion.outcome { continue }
        replies[completion.call, default: 0] += 1
      default: break
      }
    }
  }

  var total: Int { started.values.reduce(0, +) }
}

/// A run as `--json` gives it.
struct Report: Decodable {
  struct Best: Decodable {
    var node: Int
    var prompt: String
  }

  /// Compared as a whole, member by member.
  struct Node: Decodable, Equatable {
    var id: String
    var node: Int
    var parent: Int?
    var state: String
    var prompt: String?
    var response: String?
    var reward: Double?
    var pathReward: Double?
    var scores: [Score]
  }

  struct Score: Decodable, Equatable {
    var aspect: String
    var score: Double
    var rationale: String
  }

  var state: String
  var simulated: Bool
  var calls: Int
  var best: Best
  var nodes: [Node]

  init(_ json: String) throws {
    self = try JSONDecoder().decode(Report.self, from: Data(json.utf8))
  }
}
