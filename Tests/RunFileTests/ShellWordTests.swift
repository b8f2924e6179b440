import Foundation
import RunFile
import TestSupport
import Testing

@Suite struct ShellWordTests {
  @Test(
    arguments: [
      ("runs/quiet-cedar.espalier", "runs/quiet-cedar.espalier"),
      ("50%,a:b@c+d_e", "50%,a:b@c+d_e"),
      ("Prüfung.espalier", "Prüfung.espalier"),
      ("a b.espalier", "'a b.espalier'"),
      ("what?", "'what?'"),
      ("~a", "'~a'"),
      ("it's", #"'it'\''s'"#),
      ("'", #"\'"#),
      (#"$HOME "x" `y` \z"#, #"'$HOME "x" `y` \z'"#),
      ("-rf", "./-rf"),
      ("-r f", "'./-r f'"),
      ("a\nb", "'a\nb'"),
      ("a\u{1b}[31m", #"'a'"$(printf '\033')"'[31m'"#),
      ("a\u{202e}b", #"'a'"$(printf '\342\200\256')"'b'"#),
      ("", "''"),
    ])
  func `a name is quoted where a shell would take it for more`(name: String, word: String) {
    #expect(name.shellWord == word)
  }

  @Test func `a shell reads every word as the name it was`() throws {
    let names =
      (1..<128).map { "a\(Character(Unicode.Scalar(UInt8($0))))b" }
      + ["a\n", "\n", "é \u{301}", "🙂", "a\u{2028}", "!!", "=ls", "#", "{a,b}", "* [a-z]"]
    let scratch = try Scratch()
    let script = names.map { "printf '%s\\0' \($0.shellWord)\n" }.joined()
    try Data(script.utf8).write(to: URL(filePath: scratch.path("script")))
    let output = open(scratch.path("output"), O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    defer { close(output) }
    let shell = try ChildProcess(
      "sh", [scratch.path("script")], output: output, errors: output)
    #expect(shell.wait() == 0)
    let read = try Data(contentsOf: URL(filePath: scratch.path("output")))
    #expect(read.split(separator: 0).map { String(decoding: $0, as: UTF8.self) } == names)
  }
}
