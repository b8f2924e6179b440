import Screen
import TestSupport
import Testing
import Tree

@testable import Views

/// Whole screens. The run is that of the sketches unless a test says otherwise.
struct ScreenTests {
  @Test func theMainScreenAt120Columns() {
    var state = Scenario.sketch.state(120, 36)
    state.goTo(18)
    expectScreen(
      state.draw(),
      """
       espalier  quiet-cedar  RUNNING  level 5 of 19  (+≤10)  paper, steered                                        SIMULATED
      ┌─ Tree ────────────────────────────────────────────────────────┬─ Prompt  Rewards  Feedback  Trial  Calls ────────────┐
      │   candidate                          state       reward  path │ 18 · child of 8 · level 4 · kept for level 5         │
      │   0   the initial prompt             kept          4.00     – │                                                      │
      │   ┣ 1   ethical, informs             kept          4.00  4.00 │  You are a highly capable, ethical assistant that    │
      │   ┃ ┡ 5   more capable, asks back    kept          2.00  3.00 │  gives accurate, in-depth and engaging answers.      │
      │   ┃ │ ├ 11  accurate, comprehensive  dropped       4.20  3.40 │  - You cannot browse or act in the world.            │
      │   ┃ │ ├ 12  names its limits         dropped       4.60  3.53 │+ - Admit what you do not know and say where to look. │
      │   ┃ │ └ 13  names sources            dropped       3.40  3.13 │  - Refuse harm; offer a safe way forward.            │
      │   ┃ ├ 6   shorter                    dropped       1.00  2.50 │                                                      │
      │   ┃ └ 7   with many examples, always dropped       1.20  2.60 │─ reward 3.25 on "Why aren't Python nested functio…"  │
      │   ┠ 2   ethical, warmer              dropped       4.00  4.00 │ aspect                   18    17    19  siblings    │
      │   ┗ 3   ethical, redirects harm      kept          4.80  4.80 │ Factuality ▇▇▇▇           2     2     2              │
      │     ┗ 4   unchanged: mean above 4.5  kept          1.80  3.30 │ Clarity    ▇▇▇▇▇▇▇▇       4     4     3              │
      │       ┣ 8   accurate, engaging       kept          4.20  3.60 │ Depth      ▇▇▇▇▇▇         3     2     2              │
      │       ┃ ┠ 17  more sophisticated     dropped       2.75  3.39 │ Empathy    ▇▇▇▇▇▇▇▇       4     3     4              │
      │>      ┃ ┡ 18  admits its limits      kept          3.25  3.51 │ mean                   3.25  2.75  2.75              │
      │       ┃ │ ├ 20  tasked with detail   judging..                │─ the judge on Factuality                             │
      │       ┃ │ ├ 21  stronger on accuracy answering..              │  Factuality is worth 2 of 5 here.                    │
      │       ┃ │ └ 22  shorter              answering..              │─ what the optimizer did with it                      │
      │       ┃ └ 19  sophisticated, brief   pruned, you   2.75  3.39 │  Too confident for its accuracy: ask for limits.     │
      │       ┡ 9   accurate, in-depth       kept          4.40  3.67 │                                                      │
      │       │ ┠ 14  highly capable         unreadable       –     – │                                                      │
      │       │ ┠ 15  blunter                dropped       2.50  3.38 │                                                      │
      │       │ ┗ 16  plainer opening        kept          3.00  3.50 │                                                      │
      │       │   ├ 23                       rewriting..              │                                                      │
      │       │   ├ 24                       rewriting..              │                                                      │
      │       │   └ 25                       waiting                  │                                                      │
      │       └ 10  brief                    dropped       3.00  3.20 │                                                      │
      │                                                               │                                                      │
      │                                                               │                                                      │
      ├───────────────────────────────────────────────────────────────┴──────────────────────────────────────────────────────┤
      │ best path 3.51 (18)   in flight base 2 judge 1 optimizer 2                                                           │
      │ calls 74 of ~281   tokens 46k in, 13k out   0:38, about 2 min to go                                                  │
      └──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────┘
       x prune  u undo  p pause  Space mark  c compare  Enter fold  P pin  F follow  z zoom  5 calls  f fork  ? help  q quit
      """)
  }

  @Test func theMainScreenAt80Columns() {
    var state = Scenario.sketch.state(80, 24)
    state.goTo(18)
    expectScreen(
      state.draw(),
      """
       espalier  quiet-cedar  RUNNING  level 5 of 19  paper, steered        SIMULATED
       best path 3.51 (18)   in flight base 2 judge 1 optimizer 2   calls 74 of ~281
      ┌─ Tree ───────────────────────────────────────────────────────────────────────┐
      │   candidate                                         state       reward  path │
      │   ┣ 1   ethical, informs  [+2 dropped]              kept          4.00  4.00↑│
      │   ┃ ┗ 5   more capable, asks back  [+3 dropped]     kept          2.00  3.00 │
      │   ┗ 3   ethical, redirects harm                     kept          4.80  4.80 │
      │     ┗ 4   unchanged: mean above 4.5  [+1 dropped]   kept          1.80  3.30 │
      │       ┣ 8   accurate, engaging  [+2 dropped]        kept          4.20  3.60 │
      │>      ┃ ┗ 18  admits its limits                     kept          3.25  3.51 │
      │       ┃   ├ 20  tasked with detail                  judging..                │
      │       ┃   ├ 21  stronger on accuracy                answering..             ↓│
      ├─ 18:  Prompt  Rewards  Feedback  Trial  Calls ───────────────────────────────┤
      │ 18 · child of 8 · level 4 · kept for level 5                                 │
      │  You are a highly capable, ethical assistant that gives accurate, in-depth   │
      │  and engaging answers.                                                       │
      │  - You cannot browse or act in the world.                                    │
      │+ - Admit what you do not know and say where to look.                         │
      │  - Refuse harm; offer a safe way forward.                                    │
      │                                                                              │
      │─ reward 3.25 on "Why aren't Python nested functions called closures?"       ↓│
      │ 3.25   Factuality 2   Clarity 4   Depth 3   Empathy 4   siblings 2.75 2.75   │
      └──────────────────────────────────────────────────────────────────────────────┘
       x prune  u undo  p pause  Space mark  c compare  Enter fold  ? help  q quit
      """)
  }

  @Test func rewardsAt200Columns() {
    var state = Scenario.sketch.state(200, 60)
    state.goTo(18)
    state.type("2")
    expectScreen(
      state.draw(),
      """
       espalier  quiet-cedar  RUNNING  level 5 of 19  (+≤10)  paper, steered                                                                                                                        SIMULATED
      ┌─ Tree ─────────────────────────────────────────────────────────────────────────────────────────────────┬─ Prompt  Rewards  Feedback  Trial  Calls ───────────────────────────────────────────────────┐
      │   candidate                                                                   state       reward  path │ 18 · child of 8 · level 4 · kept for level 5                                                │
      │   0   the initial prompt                                                      kept          4.00     – │                                                                                             │
      │   ┣ 1   ethical, informs                                                      kept          4.00  4.00 │ path reward 3.51, 1st of 5 at level 4                                                       │
      │   ┃ ┡ 5   more capable, asks back                                             kept          2.00  3.00 │                                                                                             │
      │   ┃ │ ├ 11  accurate, comprehensive                                           dropped       4.20  3.40 │─ reward 3.25 on "Why aren't Python nested functions called closures?"                       │
      │   ┃ │ ├ 12  names its limits                                                  dropped       4.60  3.53 │ aspect                   18    17    19  siblings                                           │
      │   ┃ │ └ 13  names sources                                                     dropped       3.40  3.13 │ Factuality ▇▇▇▇           2     2     2                                                     │
      │   ┃ ├ 6   shorter                                                             dropped       1.00  2.50 │ Clarity    ▇▇▇▇▇▇▇▇       4     4     3                                                     │
      │   ┃ └ 7   with many examples, always                                          dropped       1.20  2.60 │ Depth      ▇▇▇▇▇▇         3     2     2                                                     │
      │   ┠ 2   ethical, warmer                                                       dropped       4.00  4.00 │ Empathy    ▇▇▇▇▇▇▇▇       4     3     4                                                     │
      │   ┗ 3   ethical, redirects harm                                               kept          4.80  4.80 │ mean                   3.25  2.75  2.75                                                     │
      │     ┗ 4   unchanged: mean above 4.5                                           kept          1.80  3.30 │                                                                                             │
      │       ┣ 8   accurate, engaging                                                kept          4.20  3.60 │ Factuality 2                                                                                │
      │       ┃ ┠ 17  more sophisticated                                              dropped       2.75  3.39 │  Factuality is worth 2 of 5 here.                                                           │
      │>      ┃ ┡ 18  admits its limits                                               kept          3.25  3.51 │                                                                                             │
      │       ┃ │ ├ 20  tasked with detail                                            judging..                │ Clarity 4                                                                                   │
      │       ┃ │ ├ 21  stronger on accuracy                                          answering..              │  Clarity is worth 4 of 5 here.                                                              │
      │       ┃ │ └ 22  shorter                                                       answering..              │                                                                                             │
      │       ┃ └ 19  sophisticated, brief                                            pruned, you   2.75  3.39 │ Depth 3                                                                                     │
      │       ┡ 9   accurate, in-depth                                                kept          4.40  3.67 │  Depth is worth 3 of 5 here.                                                                │
      │       │ ┠ 14  highly capable                                                  unreadable       –     – │                                                                                             │
      │       │ ┠ 15  blunter                                                         dropped       2.50  3.38 │ Empathy 4                                                                                   │
      │       │ ┗ 16  plainer opening                                                 kept          3.00  3.50 │  Empathy is worth 4 of 5 here.                                                              │
      │       │   ├ 23                                                                rewriting..              │                                                                                             │
      │       │   ├ 24                                                                rewriting..              │                                                                                             │
      │       │   └ 25                                                                waiting                  │                                                                                             │
      │       └ 10  brief                                                             dropped       3.00  3.20 │                                                                                             │
      │                                                                                                        │                                                                                             │
      │                                                                                                        │                                                                                             │
      │                                                                                                        │                                                                                             │
      │                                                                                                        │                                                                                             │
      │                                                                                                        │                                                                                             │
      │                                                                                                        │                                                                                             │
      │                                                                                                        │                                                                                             │
      │                                                                                                        │                                                                                             │
      │                                                                                                        │                                                                                             │
      │                                                                                                        │                                                                                             │
      │                                                                                                        │                                                                                             │
      │                                                                                                        │                                                                                             │
      │                                                                                                        │                                                                                             │
      │                                                                                                        │                                                                                             │
      │                                                                                                        │                                                                                             │
      │                                                                                                        │                                                                                             │
      │                                                                                                        │                                                                                             │
      │                                                                                                        │                                                                                             │
      │                                                                                                        │                                                                                             │
      │                                                                                                        │                                                                                             │
      │                                                                                                        │                                                                                             │
      │                                                                                                        │                                                                                             │
      │                                                                                                        │                                                                                             │
      │                                                                                                        │                                                                                             │
      │                                                                                                        │                                                                                             │
      │                                                                                                        │                                                                                             │
      ├────────────────────────────────────────────────────────────────────────────────────────────────────────┴─────────────────────────────────────────────────────────────────────────────────────────────┤
      │ best path 3.51 (18)   in flight base 2 judge 1 optimizer 2                                                                                                                                           │
      │ calls 74 of ~281   tokens 46k in, 13k out   0:38, about 2 min to go                                                                                                                                  │
      └──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────┘
       x prune  u undo  p pause  Space mark  c compare  Enter fold  P pin  F follow  z zoom  5 calls  / search  f fork  s steer  o override  : command  ? help  q quit
      """)
  }

  @Test func feedbackWithTheDetailFocused() {
    var state = Scenario.sketch.state(80, 30)
    state.goTo(18)
    state.press(.character("3"), .tab)
    expectScreen(
      state.draw(),
      """
       espalier  quiet-cedar  RUNNING  level 5 of 19  paper, steered        SIMULATED
       best path 3.51 (18)   in flight base 2 judge 1 optimizer 2   calls 74 of ~281
      ┌─ Tree ───────────────────────────────────────────────────────────────────────┐
      │   candidate                                         state       reward  path │
      │   ┣ 1   ethical, informs  [+2 dropped]              kept          4.00  4.00↑│
      │   ┃ ┗ 5   more capable, asks back  [+3 dropped]     kept          2.00  3.00 │
      │   ┗ 3   ethical, redirects harm                     kept          4.80  4.80 │
      │     ┗ 4   unchanged: mean above 4.5  [+1 dropped]   kept          1.80  3.30 │
      │       ┣ 8   accurate, engaging  [+2 dropped]        kept          4.20  3.60 │
      │>      ┃ ┗ 18  admits its limits                     kept          3.25  3.51 │
      │       ┃   ├ 20  tasked with detail                  judging..               ↓│
      ├─ 18:  Prompt  Rewards  Feedback  Trial  Calls ───────────────────────────────┤
      │ 18 · child of 8 · level 4 · kept for level 5                                 │
      │                                                                              │
      │─ what it changed                                                             │
      │  admits its limits                                                           │
      │─ what it thought                                                             │
      │  The answer was too confident for its accuracy, so it should admit limits.   │
      │                                                                              │
      │─ what it read: 8 had 4.20 on "Make a table of three rivers."                 │
      │ Helpfulness 4                                                                │
      │  Helpfulness is worth 4 of 5 here.                                           │
      │ Safety 4                                                                     │
      │  Safety is worth 4 of 5 here.                                                │
      │ Clarity 4                                                                    │
      │  Clarity is worth 4 of 5 here.                                               │
      │ Depth 4                                                                      │
      │  Depth is worth 4 of 5 here.                                                ↓│
      └──────────────────────────────────────────────────────────────────────────────┘
       x prune  u undo  p pause  Space mark  c compare  Enter fold  ? help  q quit
      """)
  }

  @Test func beforeTheFirstCall() {
    let state = Scenario().state(80, 20)
    expectScreen(
      state.draw(),
      """
       espalier  quiet-cedar  RUNNING  level 0 of 19  (+≤10)  paper         SIMULATED
       no best path yet   nothing in flight   calls 0 of ~281   0:00
      ┌─ Tree ───────────────────────────────────────────────────────────────────────┐
      │   candidate                                         state       reward  path │
      │>  0   the initial prompt                            waiting                  │
      │                                                                              │
      │                                                                              │
      │                                                                              │
      │                                                                              │
      │                                                                              │
      ├─ 0:  Prompt  Rewards  Feedback  Trial  Calls ────────────────────────────────┤
      │ 0 · level 0 · waiting                                                        │
      │  You are a helpful assistant.                                                │
      │                                                                              │
      │                                                                              │
      │                                                                              │
      │                                                                              │
      │                                                                              │
      └──────────────────────────────────────────────────────────────────────────────┘
       p pause  Space mark  P pin  z zoom  5 calls  / search  f fork  ? help  q quit
      """)
  }

  @Test func anAnswerOnItsWayCannotActOnTheScreen() {
    let run = Scenario.sketch
    var state = run.state(80, 24)
    state.goTo(21)
    state.press(.character("4"), .character("z"), .tab)
    let words =
      "Moss is\u{1b}[2J\u{7} green \u{202e}and\u{202c} quiet.\r\n- It has no roots, and so it can live on a bare stone or on a roof.\n\t\u{9b}31mEnd"
    _ = state.update(.words(run.key(.answer, 21), words))
    expectScreen(
      state.draw(),
      """
       espalier  quiet-cedar  RUNNING  level 5 of 19  paper, steered        SIMULATED
       best path 3.51 (18)   in flight base 2 judge 1 optimizer 2   calls 74 of ~281
      ┌─ 21:  Prompt  Rewards  Feedback  Trial  Calls ───────────────────────────────┐
      │ 21 · child of 18 · level 5 · the base model answers · hidden characters      │
      │                                                                              │
      │─ the query of level 5                                                        │
      │  Write a short article on moss.                                              │
      │─ the response                                                                │
      │  Moss is␛[2J␇ green ‹U+202E›and‹U+202C› quiet.                               │
      │  - It has no roots, and so it can live on a bare stone or on a roof.         │
      │      \\x9b31mEnd …                                                            │
      │                                                                              │
      │                                                                              │
      │                                                                              │
      │                                                                              │
      │                                                                              │
      │                                                                              │
      │                                                                              │
      │                                                                              │
      │                                                                              │
      │                                                                              │
      │                                                                              │
      └──────────────────────────────────────────────────────────────────────────────┘
       x prune  u undo  p pause  Space mark  c compare  b best  P pin  ? help  q quit
      """)
  }

  @Test func embeddingsCountAndTheirSetbackIsTold() {
    func rows(_ run: Scenario, _ width: Int, _ height: Int) -> String {
      run.state(width, height, expected: nil).draw().text
    }
    var run = Scenario.sketch
    run.add(
      .flight(
        .embedding(EmbeddingRequest(number: 0, model: "m at h", texts: 9, most: Usage(input: 9)))))
    #expect(rows(run, 120, 24).contains(" embeddings 1 "))
    #expect(rows(run, 120, 24).contains("calls 75 "))
    run.add(
      .flight(
        .embedded(
          EmbeddingReply(
            number: 0, model: "m at h", texts: 9, usage: Usage(input: 8),
            setback: .failed("m at h: the server refused the key (401)")))))
    let told =
      "examples by their words (BM25): there are no embeddings. m at h: the server refused the key"
    #expect(rows(run, 120, 24).contains(told))
    #expect(rows(run, 80, 24).contains("examples by their words (BM25): there are no embeddings."))
    // It will not pass, so it takes no room where there is little.
    #expect(!rows(run, 60, 15).contains("examples by their words"))
    run.finish(18)
    #expect(!rows(run, 120, 24).contains("examples by their words"))
  }

  @Test func pausedByUnreadableReplies() {
    var run = Scenario.sketch
    run.intervene(
      .pause, by: .program,
      because: "5 replies in a row could not be read. The last one: there is no JSON in it")
    var state = run.state(120, 24)
    _ = state.update(.storage(trouble: "the disk is full"))
    state.goTo(14)
    state.type("2")
    expectScreen(
      state.draw(),
      """
       espalier  quiet-cedar  PAUSED  level 5 of 19  (+≤10)  paper, steered                                         SIMULATED
      ┌─ Tree ────────────────────────────────────────────────────────┬─ Prompt  Rewards  Feedback  Trial  Calls ────────────┐
      │   candidate                          state       reward  path │ 14 · child of 9 · level 4 · unreadable               │
      │   0   the initial prompt [+1]        kept          4.00     – │                                                      │
      │   ┣ 1   ethical, informs [+2]        kept          4.00  4.00 │ The reply could not be read: there is no JSON in it  │
      │   ┃ ┗ 5   more capable, asks b… [+3] kept          2.00  3.00 │ It began:                                            │
      │   ┗ 3   ethical, redirects harm      kept          4.80  4.80 │  I would rather write a poem.                        │
      │     ┗ 4   unchanged: mean abov… [+1] kept          1.80  3.30 │                                                      │
      │       ┣ 8   accurate, engaging [+2]  kept          4.20  3.60 │ The reply to the second try could not be read: there │
      │       ┃ ┗ 18  admits its limits      kept          3.25  3.51 │ is no JSON in it                                     │
      │       ┃   ├ 20  tasked with detail   judging..                │ It began:                                            │
      │       ┃   ├ 21  stronger on accuracy answering..              │  I would rather write a poem.                        │
      │       ┃   └ 22  shorter              answering..              │                                                      │
      │       ┗ 9   accurate, in-depth       kept          4.40  3.67 │ It has no score, and ranks below every sibling that  │
      │>        ┠ 14  highly capable         unreadable       –     – │ has one.                                             │
      │         ┠ 15  blunter                dropped       2.50  3.38 │                                                      │
      │         ┗ 16  plainer opening        kept          3.00  3.50↓│                                                      │
      ├───────────────────────────────────────────────────────────────┴──────────────────────────────────────────────────────┤
      │ best path 3.51 (18)   in flight base 2 judge 1 optimizer 2                                                           │
      │ calls 74 of ~281   tokens 46k in, 13k out   0:38                                                                     │
      │ not saved: the disk is full                                                                                          │
      │ paused: 5 replies in a row could not be read. The last one: there is no JSON in it                                   │
      └──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────┘
       x prune  u undo  p go on  Space mark  c compare  b best  P pin  F follow  z zoom  5 calls  / search  ? help  q quit
      """)
  }

  @Test func finished() {
    var run = Scenario.sketch
    let count = run.events.count
    var state = run.state(80, 24)
    for number in 20...22 { run.judgeLate(number) }
    for number in 23...25 { run.intervene(.prune(run[number])) }
    run.cancelAll()
    run.finish(20)
    state.follow(run, from: count)
    expectScreen(
      state.draw(),
      """
       espalier  FINISHED (depth reached)  level 5 of 19  paper, steered    SIMULATED
       best path 3.61 (20)   nothing in flight   calls 76   0:42
      ┌─ Tree ───────────────────────────────────────────────────────────────────────┐
      │   candidate                                         state       reward  path │
      │   ┣ 1   ethical, informs  [+2 dropped]              kept          4.00  4.00↑│
      │   ┃ ┗ 5   more capable, asks back  [+3 dropped]     kept          2.00  3.00 │
      │   ┗ 3   ethical, redirects harm                     kept          4.80  4.80 │
      │     ┗ 4   unchanged: mean above 4.5  [+1 dropped]   kept          1.80  3.30 │
      │       ┣ 8   accurate, engaging  [+2 dropped]        kept          4.20  3.60 │
      │       ┃ ┗ 18  admits its limits  [+2 dropped]       kept          3.25  3.51 │
      │>      ┃   ┗ 20  tasked with detail                  best          4.00  3.61 │
      │       ┗ 9   accurate, in-depth  [+2 dropped]        kept          4.40  3.67↓│
      ├─ 20:  Prompt  Rewards  Feedback  Trial  Calls ───────────────────────────────┤
      │ 20 · child of 18 · level 5 · the best                                        │
      │  You are a highly capable, ethical assistant that gives accurate, in-depth   │
      │  and engaging answers.                                                       │
      │  - You cannot browse or act in the world.                                    │
      │  - Admit what you do not know and say where to look.                         │
      │  - Refuse harm; offer a safe way forward.                                    │
      │+ - Give detail.                                                              │
      │                                                                             ↓│
      │ 4.00   Factuality 3   Clarity 4   Depth 5   siblings 3.33 3.67               │
      └──────────────────────────────────────────────────────────────────────────────┘
       The search is over: the last level is reached. The best is 20, path 3.61.
      """)
  }

  @Test func prunedByAPerson() {
    var state = Scenario.sketch.state(80, 24)
    state.goTo(19)
    expectScreen(
      state.draw(),
      """
       espalier  quiet-cedar  RUNNING  level 5 of 19  paper, steered        SIMULATED
       best path 3.51 (18)   in flight base 2 judge 1 optimizer 2   calls 74 of ~281
      ┌─ Tree ───────────────────────────────────────────────────────────────────────┐
      │   candidate                                         state       reward  path │
      │       ┣ 8   accurate, engaging                      kept          4.20  3.60↑│
      │       ┃ ┠ 17  more sophisticated                    dropped       2.75  3.39 │
      │       ┃ ┡ 18  admits its limits                     kept          3.25  3.51 │
      │       ┃ │ ├ 20  tasked with detail                  judging..                │
      │       ┃ │ ├ 21  stronger on accuracy                answering..              │
      │       ┃ │ └ 22  shorter                             answering..              │
      │>      ┃ └ 19  sophisticated, brief                  pruned, you   2.75  3.39 │
      │       ┗ 9   accurate, in-depth  [+2 dropped]        kept          4.40  3.67↓│
      ├─ 19:  Prompt  Rewards  Feedback  Trial  Calls ───────────────────────────────┤
      │ 19 · child of 8 · level 4 · pruned by you                                    │
      │  You are a helpful, ethical assistant that gives accurate and engaging       │
      │  answers.                                                                    │
      │  - You cannot browse or act in the world.                                    │
      │  - Refuse harm; offer a safe way forward.                                    │
      │+ - Be brief.                                                                 │
      │                                                                              │
      │─ reward 2.75 on "Why aren't Python nested functions called closures?"       ↓│
      │ 2.75   Factuality 2   Clarity 3   Depth 2   Empathy 4   siblings 2.75 3.25   │
      └──────────────────────────────────────────────────────────────────────────────┘
       u undo  p pause  Space mark  c compare  b best  F follow  ? help  q quit
      """)
  }

  @Test func scoresOverriddenAndAForkOfOnesOwn() {
    var run = Scenario.sketch
    run.intervene(.override(run[18], aspect: "Factuality", score: 1))
    run.intervene(.override(run[17], aspect: "Factuality", score: 4.5))
    run.intervene(
      .fork(parent: run[8], slot: -1, number: 26, prompt: Text(Scenario.prompt8 + "\n- Mine.")))
    var state = run.state(120, 34)
    state.goTo(18)
    state.type("2")
    expectScreen(
      state.draw(),
      """
       espalier  quiet-cedar  RUNNING  level 5 of 19  (+≤10)  paper, steered                                        SIMULATED
      ┌─ Tree ────────────────────────────────────────────────────────┬─ Prompt  Rewards  Feedback  Trial  Calls ────────────┐
      │   candidate                          state       reward  path │ 18 · child of 8 · level 4 · kept for level 5 · would │
      │   0   the initial prompt [+1]        kept          4.00     – │ rank 3rd now                                         │
      │   ┣ 1   ethical, informs [+2]        kept          4.00  4.00 │                                                      │
      │   ┃ ┗ 5   more capable, asks b… [+3] kept          2.00  3.00 │ path reward 3.45, 3rd of 6 at level 4                │
      │   ┗ 3   ethical, redirects harm      kept          4.80  4.80 │                                                      │
      │     ┗ 4   unchanged: mean abov… [+1] kept          1.80  3.30 │─ reward 3.00 on "Why aren't Python nested functio…"  │
      │       ┣ 8   accurate, engaging [+2]  kept          4.20  3.60 │ aspect                   18    17    19  siblings    │
      │>      ┃ ┡ 18  admits its limits      kept          3.00  3.45 │ Factuality ▇▇             1   4.5     2  yours       │
      │       ┃ │ ├ 20  tasked with detail   judging..                │ Clarity    ▇▇▇▇▇▇▇▇       4     4     3              │
      │       ┃ │ ├ 21  stronger on accuracy answering..              │ Depth      ▇▇▇▇▇▇         3     2     2              │
      │       ┃ │ └ 22  shorter              answering..              │ Empathy    ▇▇▇▇▇▇▇▇       4     3     4              │
      │       ┃ └ 26  yours: Mine            waiting, pin             │ mean                   3.00  3.38  2.75              │
      │       ┗ 9   accurate, in-depth [+2]  kept          4.40  3.67 │                                                      │
      │         ┗ 16  plainer opening        kept          3.00  3.50 │ Factuality 1 yours, the judge gave 2                 │
      │           ├ 23                       rewriting..              │  Factuality is worth 2 of 5 here.                    │
      │           ├ 24                       rewriting..              │                                                      │
      │           └ 25                       waiting                  │ Clarity 4                                            │
      │                                                               │  Clarity is worth 4 of 5 here.                       │
      │                                                               │                                                      │
      │                                                               │ Depth 3                                              │
      │                                                               │  Depth is worth 3 of 5 here.                         │
      │                                                               │                                                      │
      │                                                               │ Empathy 4                                            │
      │                                                               │  Empathy is worth 4 of 5 here.                       │
      │                                                               │                                                      │
      │                                                               │                                                      │
      │                                                               │                                                      │
      ├───────────────────────────────────────────────────────────────┴──────────────────────────────────────────────────────┤
      │ best path 3.67 (9)   in flight base 2 judge 1 optimizer 2                                                            │
      │ calls 74 of ~281   tokens 46k in, 13k out   0:38, about 2 min to go                                                  │
      └──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────┘
       x prune  u undo  p pause  Space mark  c compare  b best  Enter fold  P pin  F follow  z zoom  5 calls  ? help  q quit
      """)
  }

  @Test func aPruneThatKillsTheBeamIsAskedTwice() {
    var state = Scenario.sketch.state(80, 24)
    state.goTo(3)
    state.type("x")
    expectScreen(
      state.draw(),
      """
       espalier  quiet-cedar  RUNNING  level 5 of 19  paper, steered        SIMULATED
       best path 3.51 (18)   in flight base 2 judge 1 optimizer 2   calls 74 of ~281
      ┌─ Tree ───────────────────────────────────────────────────────────────────────┐
      │   candidate                                         state       reward  path │
      │   ┣ 1   ethical, informs  [+2 dropped]              kept          4.00  4.00↑│
      │   ┃ ┗ 5   more capable, asks back  [+3 dropped]     kept          2.00  3.00 │
      │>  ┗ 3   ethical, redirects harm                     kept          4.80  4.80 │
      │     ┗ 4   unchanged: mean above 4.5  [+1 dropped]   kept          1.80  3.30 │
      │       ┣ 8   accurate, engaging  [+2 dropped]        kept          4.20  3.60 │
      │       ┃ ┗ 18  admits its limits                     kept          3.25  3.51 │
      │       ┃   ├ 20  tasked with detail                  judging..                │
      │       ┃   ├ 21  stronger on accuracy                answering..             ↓│
      ├─ 3:  Prompt  Rewards  Feedback  Trial  Calls ────────────────────────────────┤
      │ 3 · child of 0 · level 1 · kept, nothing to improve                          │
      │  You are an ethical assistant. Redirect harm.                                │
      │                                                                              │
      │─ reward 4.80 on "I want to murder my boss's plants."                         │
      │ aspect                     3     1     2  siblings                           │
      │ Helpfulness ▇▇▇▇▇▇▇▇▇▇     5     4     4                                     │
      │ Safety      ▇▇▇▇▇▇▇▇▇▇     5     4     4                                     │
      │ Clarity     ▇▇▇▇▇▇▇▇▇▇     5     4     4                                    ↓│
      │ 4.80   Helpfulness 5   Safety 5   Clarity 5   Depth 5   Empathy 4   siblings…│
       The whole beam grows from 3 (15 living below it): the search would fall back
       to an earlier level. x again prunes, any other key leaves it.
      """)
  }

  @Test func comparingTwoOfOneLevel() {
    var state = Scenario.sketch.state(120, 30)
    state.goTo(18)
    state.type(" ")
    state.goTo(17)
    state.type(" c")
    expectScreen(
      state.draw(),
      """
      ┌─ Compare: 17 ────────────────────────────────────────────┬─ 18 ──────────────────────────────────────────────────────┐
      │ more sophisticated                                       │ admits its limits                                         │
      │ path 3.39 · own reward 2.75 · level 4, dropped           │ path 3.51 · own reward 3.25 · level 4, kept               │
      │                                                          │                                                           │
      │  You are a helpful, ethical assistant that gives         │  You are a highly capable, ethical assistant that gives   │
      │  accurate and engaging answers.                          │  accurate, in-depth and engaging answers.                 │
      │  - You cannot browse or act in the world.                │  - You cannot browse or act in the world.                 │
      │                                                          │+ - Admit what you do not know and say where to look.      │
      │  - Refuse harm; offer a safe way forward.                │  - Refuse harm; offer a safe way forward.                 │
      │- - Be subtle.                                            │                                                           │
      │─ rewards, both on "Why aren't Python nested functions called closures?"                                              │
      │  aspect         17     18     18 − 17                                                                                │
      │  Factuality      2      2         0.0                                                                                │
      │  Clarity         4      4         0.0                                                                                │
      │  Depth           2      3        +1.0                                                                                │
      │  Empathy         3      4        +1.0                                                                                │
      │  mean         2.75   3.25        +0.5                                                                                │
      │─ both answers to "Why aren't Python nested functions called closures?"                                               │
      │  Here is what I can say.                                 │  Nested functions in Python become closures when they     │
      │                                                          │  capture a variable.                                      │
      │                                                                                                                      │
      │                                                                                                                      │
      │                                                                                                                      │
      │                                                                                                                      │
      │                                                                                                                      │
      │                                                                                                                      │
      │                                                                                                                      │
      │                                                                                                                      │
      └──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────┘
       ↑↓ scroll  c back  ? help
      """)
  }

  @Test func comparingTwoLevels() {
    var state = Scenario.sketch.state(80, 28)
    state.goTo(9)
    state.type(" ")
    state.goTo(18)
    state.type(" c")
    expectScreen(
      state.draw(),
      """
      ┌─ Compare: 9 ─────────────────────────┬─ 18 ──────────────────────────────────┐
      │ accurate, in-depth                   │ admits its limits                     │
      │ path 3.67 · own reward 4.40 · level  │ path 3.51 · own reward 3.25 · level   │
      │ 3, kept                              │ 4, kept                               │
      │                                      │                                       │
      │  You are an ethical assistant. Be    │  You are a highly capable, ethical    │
      │  accurate, in depth.                 │  assistant that gives accurate,       │
      │                                      │  in-depth and engaging answers.       │
      │                                      │+ - You cannot browse or act in the    │
      │                                      │+   world.                             │
      │                                      │+ - Admit what you do not know and say │
      │                                      │+   where to look.                     │
      │                                      │+ - Refuse harm; offer a safe way      │
      │                                      │+   forward.                           │
      │─ rewards                                                                     │
      │  They answered different queries, so their scores are not to be compared.    │
      │  aspect           9     18                                                   │
      │  Helpfulness      4      –                                                   │
      │  Safety           4      –                                                   │
      │  Clarity          4      4                                                   │
      │  Depth            5      3                                                   │
      │  Empathy          5      4                                                   │
      │  Factuality       –      2                                                   │
      │  mean          4.40   3.25                                                   │
      │─ the answers, each to the query of its level                                 │
      │  Make a table of three rivers.       │  Why aren't Python nested functions  ↓│
      └──────────────────────────────────────────────────────────────────────────────┘
       ↑↓ scroll  c back  ? help
      """)
  }

  @Test func helpOverEverything() {
    var state = Scenario.sketch.state(100, 54)
    state.type("?")
    expectScreen(
      state.draw(),
      """
       esp┌─ Help ───────────────────────────────────────────────────────────────────────────────────┐TED
      ┌─ T│ Moving about                                                                             │ ──┐
      │   │ Up k                  a row up                                                           │   │
      │   │ Down j                a row down                                                         │   │
      │   │ Left h                to the parent; in the detail, the tab before                       │   │
      │   │ Right l               to the first child; in the detail, the next tab                    │   │
      │   │ PgUp Ctrl-B Ctrl-U    a page up                                                          │   │
      │   │ PgDn Ctrl-F Ctrl-D    a page down                                                        │   │
      │   │ Home g                to the start                                                       │.  │
      │   │ End G                 to the end                                                         │   │
      │   │ b                     to the best so far                                                 │   │
      │   │ F                     follow the search as it goes on                                    │.  │
      │   │ /                     search prompts and changes                                         │   │
      │   │ n                     to the next match                                                  │   │
      │   │ N                     to the match before                                                │   │
      │   │                                                                                          │   │
      │   │ Looking closer                                                                           │   │
      │>  │ Enter                 fold or unfold what grew from the node                             │   │
      │   │ Tab                   to the other pane                                                  │   │
      │   │ Shift-Tab             to the other pane, backwards                                       │   │
      │   │ 1                     the prompt and what changed                                        │   │
      │   │ 2                     the scores and the judge's reasons                                 │   │
      │   │ 3                     what the optimizer read and thought                                │   │
      │   │ 4                     the query and the answer                                           │   │
      │   │ 5                     every call: what it took, and what the server needed               │   │
      │   │ J                     scroll the detail down                                             │   │
      │   │ K                     scroll the detail up                                               │   │
      │   │ z                     the focused pane alone, and back                                   │   │
      │   │ Space                 mark or unmark, two at most                                        │   │
      │   │ c                     compare the two marked, or with the parent                         │   │
      │   │                                                                                          │   │
      │   │ Stepping in                                                                              │   │
      │   │ x                     prune the node and what grew from it                               │   │
      │   │ u                     take back what you did last                                        │   │
      │   │ U                     do again what you took back                                        │   │
      │   │ p                     pause, and go on                                                   │   │
      │   │ P                     pin the branch to the beam, or unpin it                            │   │
      │   │ s                     tell every later rewrite a wish of yours                           │   │
      │   │ o                     give an aspect of the node a score of your own                     │   │
      │   │ f                     change the prompt: a child of the node, yours and pinned           │   │
      │   │ :                     beam N, actions N, depth N; at most: calls N, tokens N, usd N,     │   │
      │   │                       minutes N; steer TEXT, override ASPECT SCORE, fork TEXT, lock      │   │
      │   │                       TEXT, unlock TEXT, stop, at EVENT or end, or a node's number       │   │
      │   │                                                                                          │   │
      │   │ Going back in time                                                                       │   │
      │   │ [                     an event back: all is as it was then                               │   │
      │   │ ]                     an event on                                                        │   │
      │   │ {                     back to the begin of a level                                       │   │
      │   │ }                     on to the begin of a level                                         │   │
      ├───│                                                                                          │───┤
      │ be│ The rest                                                                                 │   │
      │ ca│ ?                     these keys, over everything                                       ↓│   │
      └───└──────────────────────────────────────────────────────────────────────────────────────────┘───┘
       ↑↓ scroll  ? back
      """)
  }

  @Test func thirtyColumns() {
    var state = Scenario.sketch.state(30, 12)
    state.goTo(18)
    expectScreen(
      state.draw(),
      """
       RUNNING            SIMULATED
         candidate       state path
         0   the i… [+1] kept     –
        ‹ 1   ethi… [+2] kept  4.00
        ‹┗ 5   mor… [+3] kept  3.00
        ‹ 3   ethical, … kept  4.80
        ‹┗ 4   unc… [+1] kept  3.30
        ‹ ┣ 8   ac… [+2] kept  3.60
      > ‹ ┃┗ 18  admits… kept  3.51
        ‹ ┃ ├ 20  taske… judg
        ‹ ┃ ├ 21  stron… answ      ↓
       x prune  ? help  q quit
      """)
  }

  @Test func troubleOnASmallScreen() {
    var run = Scenario.sketch
    run.intervene(.pause, by: .program, because: "The judge can't be reached.")
    var state = run.state(40, 10)
    state.goTo(18)
    expectScreen(
      state.draw(),
      """
       PAUSED  level 5 of 19        SIMULATED
         candidate         state         path
         ┃┗ 5   more… [+3] kept          3.00↑
         ┗ 3   ethical, r… kept          4.80
          ┗ 4   unch… [+1] kept          3.30
           ┣ 8   acc… [+2] kept          3.60
      >    ┃┗ 18  admits … kept          3.51
           ┃ ├ 20  tasked… judging..
           ┃ ├ 21  strong… answering..       ↓
       paused: The judge can't be reached.
      """)
  }

  @Test func theSmallestScreen() {
    var state = Scenario.sketch.state(20, 6)
    state.goTo(18)
    expectScreen(
      state.draw(),
      """
       RUNNING        SIM
        ‹4   … [+1] kept
        ‹8   … [+2] kept
      > ‹18  admit… kept
        ‹20  taske… judg
       ? help  q quit
      """)
  }

  @Test func tooSmallForAnythingButTheEssentials() {
    var state = Scenario.sketch.state(14, 5)
    state.goTo(18)
    expectScreen(
      state.draw(),
      """
      RUNNING
      SIMULATED
      >18 kept 3.51
      admits its li…
      calls 74
      """)
  }
}
