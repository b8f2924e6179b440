import Testing
import Tree

@testable import Views

struct TypedCommandTests {
  @Test(arguments: [
    ("18", TypedCommand.goTo(18)),
    ("  beam 3 ", .set(.beam(3))),
    ("set actions 4", .set(.actions(4))),
    ("DEPTH 30", .set(.depth(30))),
    ("calls 400", .set(.maxCalls(400))),
    ("calls none", .set(.maxCalls(nil))),
    ("tokens 200000", .set(.maxTokens(200_000))),
    ("usd 2.5", .set(.maxCost(2.5))),
    ("set usd none", .set(.maxCost(nil))),
    ("minutes 30", .set(.maxMinutes(30))),
    ("steer ask one question first", .steer("ask one question first")),
    ("steer", .steer(nil)),
    ("override Safety 4.5", .override(aspect: "Safety", 4.5)),
    ("override Tone of voice judge", .override(aspect: "Tone of voice", nil)),
    (#"fork Be kind.\n- Be \\ brief, \w."#, .fork("Be kind.\n- Be \\ brief, \\w.")),
    ("fork @all: be kind.", .fork("@all: be kind.")),
    (#"fork @all:\nbe kind."#, .fork("@all:\nbe kind.")),
    ("lock {name}", .lock("{name}")),
    ("stop", .stop),
    ("q", .quit),
  ])
  func commandsAreRead(_ line: String, _ command: TypedCommand) {
    #expect(TypedCommand.parse(line) == .success(command))
  }

  @Test(arguments: [
    ("dance", TypedCommand.Fault.unknown("dance")),
    ("set", .unknown("")),
    ("beam", .noNumber("beam", got: "")),
    ("beam many", .noNumber("beam", got: "many")),
    ("calls", .noLimit("calls", got: "", example: "400")),
    ("tokens 1.5", .noLimit("tokens", got: "1.5", example: "200000")),
    ("usd nan", .noLimit("usd", got: "nan", example: "2.50")),
    ("minutes 1 2", .noLimit("minutes", got: "1 2", example: "30")),
    ("override 4", .noScore("4")),
    ("override Safety good", .noScore("Safety good")),
    ("override Safety nan", .noScore("Safety nan")),
    ("fork", .noText("fork")),
  ])
  func faultsAreNamed(_ line: String, _ fault: TypedCommand.Fault) {
    #expect(TypedCommand.parse(line) == .failure(fault))
  }

  @Test(arguments: ["Be kind.\n- Be brief.", #"A \n that is none, and \ alone."#, "One.\n"])
  func aPromptOnOneLineIsReadBack(_ prompt: String) {
    let trimmed = prompt.hasSuffix("\n") ? prompt + "x" : prompt
    let line = "fork " + TypedCommand.onOneLine(trimmed)
    #expect(TypedCommand.parse(line) == .success(.fork(trimmed)))
  }

  @Test func fOffersThePromptForChange() {
    let run = Scenario.sketch
    var state = run.state(80, 24)
    state.goTo(18)
    state.type("f Mine.")
    #expect(
      state.press(.enter) == [
        .intervene(
          .fork(
            parent: run[18], slot: -1, number: 26, prompt: Text(Scenario.prompt18 + " Mine.")))
      ])
  }

  @Test func sAndOBeginTheirCommands() {
    let run = Scenario.sketch
    var state = run.state(80, 24)
    state.type("sbe brief")
    #expect(state.press(.enter) == [.intervene(.steer("be brief"))])
    state.goTo(18)
    state.type("odepth 4.5")
    #expect(state.press(.enter) == [.intervene(.override(run[18], aspect: "Depth", score: 4.5))])
  }

  @Test func whereOneOnlyReadsOneStillGoesToANode() {
    var state = Scenario.sketch.state(80, 24, readOnly: "This run is only shown.")
    state.goTo(8)
    #expect(state.selected.number == 8)
    state.type(":beam 3")
    #expect(state.press(.enter) == [])
    #expect(state.notice?.text == "This run is only shown.")
  }

  @Test func theyAreSent() {
    let run = Scenario.sketch
    var state = run.state(80, 24)
    state.type(":beam 3")
    #expect(state.press(.enter) == [.set(.beam(3))])
    state.type(":beam 0")
    #expect(state.press(.enter) == [])
    #expect(state.notice?.text == "The beam must keep at least 1 node a level, not 0.")
    state.goTo(18)
    state.type(":override factuality 5")
    #expect(
      state.press(.enter) == [.intervene(.override(run[18], aspect: "Factuality", score: 5))])
    state.type(":override Wit 5")
    #expect(state.press(.enter) == [])
    #expect(state.notice?.text.contains("was not judged on Wit") == true)
    state.type(":fork Be kind.")
    #expect(
      state.press(.enter) == [
        .intervene(.fork(parent: run[18], slot: -1, number: 26, prompt: "Be kind."))
      ])
  }

  @Test func aPromptIsTypedAndNotReadFromAFile() {
    var state = Scenario.sketch.state(80, 24)
    state.type(":fork @better.txt")
    #expect(state.press(.enter) == [])
    #expect(
      state.notice?.text
        == "A prompt is typed here. From a file: espalier control RUN fork N @better.txt")
  }

  @Test func limitsAreSentOrRefused() {
    var state = Scenario.sketch.state(80, 24)
    state.type(":usd 2.5")
    #expect(state.press(.enter) == [.set(.maxCost(2.5))])
    state.type(":tokens -1")
    #expect(state.press(.enter) == [])
    #expect(state.notice?.text == "There can't be -1 tokens.")
    state.type(":minutes soon")
    #expect(state.press(.enter) == [])
    #expect(
      state.notice?.text
        == #"minutes needs a number, as in: minutes 30, or "none" for no limit; "soon" is neither."#
    )
  }

  @Test func theLineIsEdited() {
    var state = Scenario.sketch.state(80, 24)
    state.type(":bean")
    state.press(.backspace)
    state.type("m x")
    #expect(state.mode == .entry(State.Entry(kind: .command, text: "beam x")))
    state.press(.control("u"), .backspace)
    #expect(state.mode == nil)
  }
}
