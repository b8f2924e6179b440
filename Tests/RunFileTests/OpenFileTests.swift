import Foundation
import Testing

@testable import RunFile

@Suite struct OpenFileTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// The locks that this process holds on a file, by the kernel's own list.
  private func locks(on path: String) throws -> Int {
    let inode = try #require(
      FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int)
    let lines = try String(contentsOfFile: "/proc/locks", encoding: .utf8).split(separator: "\n")
    return lines.count { line in
      let fields = line.split(separator: " ")
      return fields.count > 5 && fields[1] == "POSIX" && fields[4] == "\(getpid())"
        && fields[5].hasSuffix(":\(inode)")
    }
  }

  @Test func `a look at a file that is open here leaves its locks alone`() throws {
    let writer = try scratch.create()
    #expect(try locks(on: scratch.path()) == 1)
    let reader = try RunFile.open(scratch.path(), for: .reading)
    let control = try RunControl(path: scratch.path())
    _ = try RunFile.check(scratch.path())
    _ = RunFile.summary(of: scratch.path())
    #expect(try locks(on: scratch.path()) == 1)
    control.close()
    reader.close()
    writer.close()
    #expect(try locks(on: scratch.path()) == 0)
  }
}
