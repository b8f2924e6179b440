import Screen
import TestSupport
import Testing
import Tree

@testable import Views

/// What pictures in letters can't show.
struct StyleTests {
  /// The style of the first cell of a text on the screen.
  private func style(of text: String, in surface: Surface) -> Style? {
    for (y, row) in surface.text.split(separator: "\n", omittingEmptySubsequences: false)
      .enumerated()
    {
      guard let range = row.firstRange(of: text) else { continue }
      let x = row.distance(from: row.startIndex, to: range.lowerBound)
      return surface[x, y]?.style
    }
    return nil
  }

  private func picture(_ keys: String = "", width: Int = 120) -> Surface {
    var state = Scenario.sketch.state(width, 40)
    state.goTo(18)
    state.type(keys)
    return state.draw()
  }

  @Test func changedWordsAreMarkedAndTheOthersAreNot() {
    let picture = picture()
    #expect(style(of: "in-depth and engaging answers", in: picture) == Style(.changed, .underline))
    #expect(style(of: "ethical assistant that", in: picture) == Style(.text))
    #expect(style(of: "- Admit what", in: picture) == Style(.added))
    #expect(style(of: "+ - Admit", in: picture) == Style(.added, .bold))
  }

  @Test func theSelectedRowLiesOnTheSelection() {
    let tree = picture()
    #expect(style(of: "admits its limits", in: tree)?.backdrop == .selection)
    #expect(style(of: "tasked with detail", in: tree)?.backdrop == nil)
    #expect(tree.cursor?.x == 1)
  }

  @Test func theFocusedPaneIsKnownWithoutColour() {
    var state = Scenario.sketch.state(120, 40)
    #expect(style(of: "Tree", in: state.draw())?.modifiers.contains(.reverse) == true)
    #expect(style(of: "Prompt", in: state.draw())?.modifiers.contains(.reverse) == false)
    state.press(.tab)
    #expect(style(of: "Tree", in: state.draw())?.modifiers.contains(.reverse) == false)
    #expect(style(of: "Prompt", in: state.draw())?.modifiers.contains(.reverse) == true)
  }

  @Test func whatIsHiddenIsShownAsSuch() {
    let run = Scenario.sketch
    var state = run.state(120, 40)
    state.goTo(21)
    state.type("4")
    _ = state.update(.words(run.key(.answer, 21), "quiet\u{202e}loud\u{7}"))
    let picture = state.draw()
    #expect(style(of: "‹U+202E›", in: picture)?.role == .escaped)
    #expect(style(of: "hidden characters", in: picture)?.role == .escaped)
    let forbidden = picture.cells.flatMap { $0.character.unicodeScalars }.filter {
      $0.value < 0x20 || (0x7f..<0xa0).contains($0.value) || (0x202a...0x202e).contains($0.value)
    }
    #expect(forbidden.isEmpty)
  }

  @Test func everythingCanBeDrawnInASCII() {
    for keys in ["", "2", "3", "4", "c", "?"] {
      let ascii = picture(keys).drawn(with: .ascii)
      let others = ascii.text.unicodeScalars.filter { !$0.isASCII }
      #expect(others.isEmpty)
      #expect(!ascii.text.contains("??"))
    }
  }

  @Test func wordsThatOnlyWentAreShown() {
    var run = Scenario()
    run.answer(0)
    run.judge(0, [3, 3, 3, 3, 3])
    run.open(0, [1])
    run.propose(1, "shorter", prompt: "You are a helpful.")
    var state = run.state(80, 24)
    state.goTo(1)
    let text = state.draw().text
    #expect(text.contains("- You are a helpful assistant."))
    #expect(text.contains("+ You are a helpful."))
  }
}
