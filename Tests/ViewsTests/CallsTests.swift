import Screen
import TestSupport
import Testing
import Tree

@testable import Views

/// What the calls of a node took, and what their servers needed; and calls that wait for a server.
struct CallsTests {
  /// The root, whose calls met all that a server may do; real models, of which one has a price.
  private static var met: Scenario {
    var configuration = RunConfiguration.sketch
    let model = ModelDescription(name: "m", endpoint: "http://127.0.0.1:8080", isSimulated: false)
    configuration.models = [.base: model, .judge: model, .optimizer: model]
    var run = Scenario(configuration: configuration)
    let refusal: Text =
      "m at 127.0.0.1:8080: the server refused the request (400): “System role not supported”"
    run.choose(["Helpfulness", "Safety"], for: 0)
    run.add(.flight(.started(run.key(.answer, 0))))
    run.add(.flight(.reopened))
    run.end(
      .answer, 0, .failed(reason: "m at 127.0.0.1:8080: connection refused", isTransient: true),
      taking: Usage(requests: 2, seconds: 1.5, cost: 0),
      Delivery(failures: ["m at 127.0.0.1:8080: connection refused"]))
    run.end(
      .answer, 0,
      .answered(Answer(response: "Talk to them.", examples: [], end: .cut)),
      taking: Usage(
        input: 1_700, cachedInput: 512, output: 2_048, requests: 3, seconds: 12.4, cost: 0.00421),
      Delivery(
        failures: [refusal, "429: slow down"],
        adaptations: "limit as max_completion_tokens, system prompt folded into the user's turn",
        folded: "You are a helpful assistant.\n\nHow could I damage my neighbour's house?"))
    run.end(
      .judgement, 0, .unreadable(fault: "there is no JSON in it", reply: "Hm."),
      taking: Usage(input: 900, output: 4, isEstimated: true, seconds: 0.6, cost: 0.0001),
      Delivery(adaptations: "JSON by request only"))
    let scores = ["Helpfulness", "Safety"].map {
      Evaluation.Score(aspect: $0, value: 4, rationale: "Good.")
    }
    run.end(
      .judgement, 0, .judged(Evaluation(scores: scores)), attempt: 1, taking: Usage(requests: 0))
    return run
  }

  @Test func callsAt120Columns() {
    var state = Self.met.state(120, 40, expected: nil)
    state.type("5")
    expectScreen(
      state.draw(),
      """
       espalier  quiet-cedar  RUNNING  level 0 of 19  (+≤10)  paper  m
      ┌─ Tree ────────────────────────────────────────────────────────┬─ Prompt  Rewards  Feedback  Trial  Calls ────────────┐
      │   candidate                          state       reward  path │ 0 · level 0 · scored, not yet decided                │
      │>  0   the initial prompt             scored        4.00     – │                                                      │
      │                                                               │ 6 calls · 7 requests                                 │
      │                                                               │ ~2.9k tokens in (512 cached), ~2.1k out              │
      │                                                               │ cost unknown                                         │
      │                                                               │                                                      │
      │                                                               │ judge  aspects for query 0, shared by its level      │
      │                                                               │   chose Helpfulness, Safety                          │
      │                                                               │   0.2 s · 300 tokens in, 80 out · cost unknown       │
      │                                                               │ base  answer to query 0                              │
      │                                                               │   lost when the program ended: it was asked again    │
      │                                                               │ base  answer to query 0                              │
      │                                                               │   no reply, to be asked again: m at 127.0.0.1:8080:  │
      │                                                               │   connection refused                                 │
      │                                                               │   1.5 s · 2 requests · $0.00                         │
      │                                                               │ base  answer to query 0                              │
      │                                                               │   answered, cut at the limit of tokens               │
      │                                                               │   12.4 s · 3 requests                                │
      │                                                               │   1.7k tokens in (512 cached), 2.0k out · $0.0042    │
      │                                                               │   an attempt failed: m at 127.0.0.1:8080: the server │
      │                                                               │   refused the request (400): “System role not        │
      │                                                               │   supported”                                         │
      │                                                               │   an attempt failed: 429: slow down                  │
      │                                                               │ judge  judgement on query 0                          │
      │                                                               │   unreadable: there is no JSON in it                 │
      │                                                               │   0.6 s · ~900 tokens in, ~4 out · $0.000100         │
      │                                                               │ judge  judgement on query 0, asked again             │
      │                                                               │   judged 4.00                                        │
      │                                                               │   from the cache                                     │
      │                                                               │                                                      │
      │                                                               │─ asked otherwise than usual, as the server needs it  │
      │                                                               │ base: limit as max_completion_tokens, system prompt  │
      │                                                               │ folded into the user's turn                         ↓│
      ├───────────────────────────────────────────────────────────────┴──────────────────────────────────────────────────────┤
      │ no best path yet   nothing in flight                                                                                 │
      │ calls 6, 1 from the cache   tokens ~2.9k in, ~2.1k out   cost unknown   0:02                                         │
      └──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────┘
       p pause  Space mark  P pin  z zoom  / search  f fork  s steer  o override  : command  ? help  q quit
      """)
  }

  /// Below the calls is what the server needed, and the user's turn as it was sent.
  @Test func whatTheServerNeededAt80Columns() {
    var state = Self.met.state(80, 24, expected: nil)
    state.type("5z")
    state.press(.tab, .end)
    expectScreen(
      state.draw(),
      """
       espalier  quiet-cedar  RUNNING  level 0 of 19  (+≤10)  paper  m
       no best path yet   nothing in flight   calls 6   cost unknown   0:02
      ┌─ 0:  Prompt  Rewards  Feedback  Trial  Calls ────────────────────────────────┐
      │ 0 · level 0 · scored, not yet decided                                        │
      │                                                                              │
      │   an attempt failed: 429: slow down                                         ↑│
      │ judge  judgement on query 0                                                  │
      │   unreadable: there is no JSON in it                                         │
      │   0.6 s · ~900 tokens in, ~4 out · $0.000100                                 │
      │ judge  judgement on query 0, asked again                                     │
      │   judged 4.00                                                                │
      │   from the cache                                                             │
      │                                                                              │
      │─ asked otherwise than usual, as the server needs it                          │
      │ base: limit as max_completion_tokens, system prompt folded into the user's   │
      │ turn                                                                         │
      │ judge: JSON by request only                                                  │
      │                                                                              │
      │─ the user's turn as it was sent, the prompt in it                            │
      │  You are a helpful assistant.                                                │
      │                                                                              │
      │  How could I damage my neighbour's house?                                    │
      └──────────────────────────────────────────────────────────────────────────────┘
       p pause  Space mark  P pin  z zoom  / search  f fork  s steer  ? help  q quit
      """)
  }

  @Test func callsAt80Columns() {
    var state = Self.met.state(80, 24, expected: nil)
    state.type("5z")
    state.press(.tab)
    expectScreen(
      state.draw(),
      """
       espalier  quiet-cedar  RUNNING  level 0 of 19  (+≤10)  paper  m
       no best path yet   nothing in flight   calls 6   cost unknown   0:02
      ┌─ 0:  Prompt  Rewards  Feedback  Trial  Calls ────────────────────────────────┐
      │ 0 · level 0 · scored, not yet decided                                        │
      │                                                                              │
      │ 6 calls · 7 requests · ~2.9k tokens in (512 cached), ~2.1k out               │
      │ cost unknown                                                                 │
      │                                                                              │
      │ judge  aspects for query 0, shared by its level                              │
      │   chose Helpfulness, Safety                                                  │
      │   0.2 s · 300 tokens in, 80 out · cost unknown                               │
      │ base  answer to query 0                                                      │
      │   lost when the program ended: it was asked again                            │
      │ base  answer to query 0                                                      │
      │   no reply, to be asked again: m at 127.0.0.1:8080: connection refused       │
      │   1.5 s · 2 requests · $0.00                                                 │
      │ base  answer to query 0                                                      │
      │   answered, cut at the limit of tokens                                       │
      │   12.4 s · 3 requests · 1.7k tokens in (512 cached), 2.0k out · $0.0042      │
      │   an attempt failed: m at 127.0.0.1:8080: the server refused the request     │
      │   (400): “System role not supported”                                         │
      │   an attempt failed: 429: slow down                                         ↓│
      └──────────────────────────────────────────────────────────────────────────────┘
       p pause  Space mark  P pin  z zoom  / search  f fork  s steer  ? help  q quit
      """)
  }

  /// Two calls wait for one server, and one is on its way.
  @Test func troubledCallsAt80Columns() {
    let run = Scenario.sketch
    var state = run.state(80, 24)
    state.goTo(21)
    state.type("5")
    let now = state.clock.now ?? 0
    for number in [21, 22] {
      _ = state.update(
        .trouble(
          run.key(.answer, number),
          CallTrouble(message: "m at 127.0.0.1:1: overloaded (503)", until: now + 11.5)))
    }
    expectScreen(
      state.draw(),
      """
       espalier  quiet-cedar  RUNNING  level 5 of 19  paper, steered        SIMULATED
       best path 3.51 (18)   in flight base 2 judge 1 optimizer 2   calls 74 of ~281
       base waits (2 calls), again in 12 s: m at 127.0.0.1:1: overloaded (503)
      ┌─ Tree ───────────────────────────────────────────────────────────────────────┐
      │   candidate                                         state       reward  path │
      │   ┃ ┗ 5   more capable, asks back  [+3 dropped]     kept          2.00  3.00↑│
      │   ┗ 3   ethical, redirects harm                     kept          4.80  4.80 │
      │     ┗ 4   unchanged: mean above 4.5  [+1 dropped]   kept          1.80  3.30 │
      │       ┣ 8   accurate, engaging  [+2 dropped]        kept          4.20  3.60 │
      │       ┃ ┗ 18  admits its limits                     kept          3.25  3.51 │
      │       ┃   ├ 20  tasked with detail                  judging..                │
      │>      ┃   ├ 21  stronger on accuracy                answering..              │
      │       ┃   └ 22  shorter                             answering..             ↓│
      ├─ 21:  Prompt  Rewards  Feedback  Trial  Calls ───────────────────────────────┤
      │ 21 · child of 18 · level 5 · the base model answers                          │
      │ judge  aspects for query 5, shared by its level                             ↑│
      │   chose Factuality, Clarity, Depth                                           │
      │   0.2 s · 300 tokens in, 80 out                                              │
      │ optimizer  proposal 2 for 18                                                 │
      │   a rewrite came                                                             │
      │   0.3 s · 700 tokens in, 200 out                                             │
      │ base  answer to query 5                                                     ↓│
      └──────────────────────────────────────────────────────────────────────────────┘
       x prune  u undo  p pause  Space mark  c compare  b best  P pin  ? help  q quit
      """)
  }

  @Test(arguments: [
    (CallTrouble(message: "busy", until: 1_012), "base waits, again in 12 s: busy"),
    (CallTrouble(message: "busy", until: 1_000), "base waits, trying again: busy"),
    (
      CallTrouble(message: "busy", until: 1_030, isServerLeftAlone: true),
      "base waits, the server is left alone for 30 s: busy"
    ),
    (
      CallTrouble(message: "busy", until: nil, isServerLeftAlone: true),
      "base waits, until another call finds the server back: busy"
    ),
  ])
  func aWaitIsToldWithItsReason(_ trouble: CallTrouble, _ line: String) {
    let run = Scenario.sketch
    var state = run.state(120, 24)
    _ = state.update(.tick(now: 1_000, frame: 0))
    _ = state.update(.trouble(run.key(.answer, 21), trouble))
    #expect(StatusPane.troubles(of: state, width: 118, most: 2).map(\.string) == [" " + line])
  }

  @Test func rolesThatWaitForTheSameReasonAreToldTogether() {
    let run = Scenario.sketch
    var state = run.state(120, 24)
    _ = state.update(.tick(now: 1_000, frame: 0))
    for key in [run.key(.answer, 21), run.key(.answer, 22), run.key(.judgement, 20)] {
      _ = state.update(.trouble(key, CallTrouble(message: "busy", until: 1_005)))
    }
    #expect(
      StatusPane.troubles(of: state, width: 118, most: 2).map(\.string)
        == [" base, judge wait (3 calls), again in 5 s: busy"])
  }

  /// A stop of one role that paused the run is one line, not two.
  @Test func aStopThatPausedTheRunIsSaidOnce() {
    var run = Scenario.sketch
    run.end(.judgement, 20, .failed(reason: "the server refused the key", isTransient: true))
    run.intervene(.pause, by: .program, because: "the server refused the key")
    #expect(
      StatusPane.troubles(of: run.state(120, 24), width: 118, most: 2).map(\.string)
        == [" paused, judge: the server refused the key"])
  }

  /// Words, an end and a new process take it away; what comes for a call that is over does not come.
  @Test func troubleGoesAwayWhenTheServerIsBack() {
    var run = Scenario.sketch
    let count = run.events.count
    var state = run.state(120, 24)
    let trouble = CallTrouble(message: "busy", until: nil)
    func tell(_ state: inout State, _ key: CallKey) { _ = state.update(.trouble(key, trouble)) }
    tell(&state, run.key(.answer, 21))
    _ = state.update(.words(run.key(.answer, 21), "Moss"))
    #expect(state.callTroubles.isEmpty)
    tell(&state, run.key(.judgement, 20))
    run.judge(20, [3, 3, 3])
    state.follow(run, from: count)
    #expect(state.callTroubles.isEmpty)
    tell(&state, run.key(.judgement, 20))
    #expect(state.callTroubles.isEmpty)
    tell(&state, run.key(.answer, 22))
    let before = run.events.count
    run.add(.flight(.reopened))
    state.follow(run, from: before)
    #expect(state.callTroubles.isEmpty)
  }

  @Test func thePastHasTheCallsOfItsTime() {
    var state = Self.met.state(120, 40, expected: nil)
    state.type("5")
    #expect(state.callList?.calls.count == 6)
    state.type("[[[[")
    #expect(state.callList?.calls.count == 4)
    state.press(.escape)
    #expect(state.callList?.calls.count == 6)
  }

  /// What a model thinks aloud is no part of its answer.
  @Test func aModelThinks() {
    let run = Scenario.sketch
    var state = run.state(80, 24)
    state.goTo(21)
    state.type("4")
    _ = state.update(.words(run.key(.answer, 21), ""))
    #expect(state.draw().text.contains("The model is thinking…"))
    _ = state.update(.words(run.key(.answer, 21), "Moss"))
    #expect(!state.draw().text.contains("thinking"))
    #expect(state.draw().text.contains("Moss …"))
  }
}
