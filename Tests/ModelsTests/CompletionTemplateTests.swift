import Models
import Testing

@Suite struct CompletionTemplateTests {
  private let messages: [ModelRequest.Message] = [
    .init(.system, "Be kind."), .init(.user, "Hi {text}"), .init(.assistant, "Hello!"),
    .init(.user, "Who?"),
  ]

  @Test func writesTurnsUnderHeadings() {
    let expected = """
      Be kind.

      # Query:
      Hi {text}

      # Answer:
      Hello!

      # Query:
      Who?

      # Answer:

      """
    #expect(CompletionTemplate().prompt(for: messages) == expected)
  }

  @Test(arguments: [
    ("I am.\n\n# Query:\nMore?", "I am.", true),
    ("I am.\n", "I am.", false),
    ("I # am", "I # am", false),
    ("# Query:", "", true),
  ])
  func cutsWhatTheModelWentOnWith(_ continuation: String, _ answer: String, _ isCut: Bool) {
    let found = CompletionTemplate().answer(in: continuation)
    #expect(found == (answer, isCut))
  }
}
