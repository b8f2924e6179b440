import ArgumentParser
import Configuration
import Testing
import Tree

@testable import espalier

/// What a resumed run is told, and what it remembers.
struct ResumeCommandTests {
  @Test func `a simulated run goes on at the pace that it was started with`() async throws {
    let folder = try Folder()
    let made = try await Program.run(
      "run", "--headless", "--latency", "3", "--depth", "2", "--run", "a.espalier", in: folder)
    #expect(made.code == 0)
    let forked = try await Program.run(
      "fork", "a.espalier", "--at", "e3", "--run", "b.espalier", in: folder)
    #expect(forked.code == 0)
    let recorded = try folder.tree("a.espalier").configuration
    let nothing = try Surroundings(configFlag: nil, environment: [:])
    for run in ["a.espalier", "b.espalier"] {
      let resume = try ResumeCommand.parse([folder.path(run)])
      #expect(try resume.settings(of: recorded, in: nothing).search.latency.value == 3)
      let other = try ResumeCommand.parse([folder.path(run), "--latency", "5"])
      #expect(try other.settings(of: recorded, in: nothing).search.latency.value == 5)
    }
  }
}
