import Testing

@testable import DRPO

struct PlaceholdersTests {
  @Test(arguments: [
    ("Dear {name}, {name}!", ["{name}"]),
    ("{{date}} {{{raw}}} {a.b-c_1}", ["{{date}}", "{{{raw}}}", "{a.b-c_1}"]),
    ("{ name } {größe}", ["{ name }", "{größe}"]),
    ("{} { } {1} {a b} {\"a\": 1} {if so, stop}", []),
    ("{{a} {a}} {{{{a}}}} {a", ["{a}"]),
    ("{{x}", []),
    ("{", []),
  ])
  func found(_ prompt: String, _ expected: [String]) {
    #expect(Placeholders.found(in: prompt) == expected)
  }
}
