import Testing
import Tree

@testable import DRPO

/// Replies that replace "Help {user_name} on {{date}}. Never lie. { code; }", of which "Never lie." is
/// locked, and so is a passage that the prompt does not have.
struct ReadingProposalTests {
  struct Case: CustomTestStringConvertible {
    var name: String
    var reply: String
    var prompt: String?
    var fault: String?
    var testDescription: String { name }

    init(_ name: String, _ reply: String, _ prompt: String) {
      (self.name, self.reply, self.prompt) = (name, reply, prompt)
    }
    init(_ name: String, _ reply: String, fault: String) {
      (self.name, self.reply, self.fault) = (name, reply, fault)
    }
  }

  private static let current = "Help {user_name} on {{date}}. Never lie. { code; }"
  private static let next = "Serve { user_name } {user_name} on {{date}}. Never lie."

  @Test(arguments: [
    Case("as asked", #"{"analysis":"a","summary":"s","prompt":"\#(next)"}"#, next),
    Case("another key", #"{"New Prompt":" \#(next)\n"}"#, next),
    Case(
      "thought and fence", "<think>{\"prompt\":\"x\"}</think>```\n{\"prompt\":\"\(next)\"}```", next
    ),
    Case(
      "lines", #"{"prompt":"{user_name}, {{date}}\n- Never\n  lie. \u00e9 \ud83d\ude00"}"#,
      "{user_name}, {{date}}\n- Never\n  lie. é 😀"),
    Case(
      "raw lines", "{\"prompt\":\"{user_name}, {{date}}\n- Never lie.\"}",
      "{user_name}, {{date}}\n- Never lie."),
    Case("empty prompt", #"{"prompt":" \n "}"#, fault: "the new prompt is empty."),
    Case(
      "no prompt", #"{"analysis":"a"}"#,
      fault: "its JSON has another form than asked for: "
        + #"{"analysis": "…", "summary": "…", "prompt": "…"}, each a string."#),
    Case(
      "a list for a prompt", #"{"prompt":["a","b"]}"#,
      fault: "its JSON has another form than asked for: "
        + #"{"analysis": "…", "summary": "…", "prompt": "…"}, each a string."#),
    Case(
      "lost placeholders", #"{"prompt":"Help { user_name } on {date}. Never lie."}"#,
      fault: "the new prompt has lost {user_name}, {{date}}, which must stay exactly as it is."),
    Case(
      "lost locked", #"{"prompt":"{user_name} {{date}} Never  Lie."}"#,
      fault: #"the new prompt has lost what is locked and must stay word for word: "Never lie."."#),
    Case(
      "two prompts", #"{"prompt":"\#(next)","Prompt":"\#(next)!"}"#,
      fault: "it holds several JSON objects that contradict each other; give one only."),
  ])
  func reads(_ test: Case) {
    let result = Reading.proposal(
      test.reply, replacing: Self.current, locked: ["Never lie.", "Never sleep."])
    switch result {
    case .success(let proposal): #expect(proposal.prompt.content == test.prompt)
    case .failure(let fault): #expect(fault.description == test.fault)
    }
  }

  @Test(arguments: [
    ("adds  warmth\nand structure", "adds warmth and structure"),
    ("one two three four five six", "one two three four five six"),
    ("one two three four five six seven", "one two three four five six…"),
    ("", ""),
  ])
  func aSummaryHasSixWordsAtMost(_ written: String, _ expected: String) throws {
    let escaped = written.split(separator: "\n").joined(separator: "\\n")
    let reply = #"{"analysis":"a","summary":"\#(escaped)","prompt":"p"}"#
    let proposal = try Reading.proposal(reply, replacing: "", locked: []).get()
    #expect(proposal.summary.content == expected)
    #expect(proposal.analysis == "a")
  }
}
