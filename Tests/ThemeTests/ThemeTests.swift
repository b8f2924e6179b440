import Glibc
import Screen
import Testing

@testable import Theme

@Suite struct ThemeTests {
  @Test(arguments: Theme.names) func `embedded themes load`(name: String) throws {
    let theme = try Theme.named(name)
    #expect(theme.name == name)
    #expect(Set(theme.styles.keys) == Set(StyleRole.allCases))
  }

  /// Least contrast by the Web Content Accessibility Guidelines 2.2: 4.5 for text, 3 for graphics.
  @Test(arguments: Theme.names) func `every role can be read on every ground`(name: String) throws {
    let theme = try Theme.named(name)
    let graphics: Set<StyleRole> = [
      .border, .borderFocused, .branch, .branchKept, .barFill, .barEmpty,
    ]
    for role in StyleRole.allCases {
      for backdrop in [nil, StyleRole.selection, .selectionUnfocused] {
        let colors = theme.exactColors(of: Style(role, on: backdrop))
        let text = try #require(colors.text, "\(role) has the terminal's own colour")
        let ground = try #require(colors.ground, "\(role) has the terminal's own ground")
        let least = graphics.contains(role) ? (backdrop == nil ? 3 : 2.2) : 4.5
        let contrast = contrast(text, ground)
        #expect(
          contrast >= least, "\(name): \(role) on \(backdrop?.rawValue ?? "text"): \(contrast)")
      }
    }
  }

  @Test(arguments: Theme.names) func `at every depth text differs from its ground`(name: String)
    throws
  {
    let theme = try Theme.named(name)
    for depth in [ColorDepth.c8, .c16, .c256] {
      for role in StyleRole.allCases {
        for backdrop in [nil, StyleRole.selection, .selectionUnfocused] {
          let look = theme.look(of: Style(role, on: backdrop), depth: depth)
          #expect(look.foreground != look.background, "\(name): \(role) at \(depth)")
        }
      }
    }
  }

  /// Roles that stand beside each other, and no word or place tells apart.
  @Test(arguments: Theme.names) func `without colours weight tells roles apart`(name: String) throws
  {
    let theme = try Theme.named(name)
    func weight(_ role: StyleRole) -> Modifiers {
      theme.look(of: Style(role), depth: .mono).modifiers
    }
    let groups: [[StyleRole]] = [
      [.text, .selection], [.text, .selectionUnfocused], [.selection, .selectionUnfocused],
      [.border, .borderFocused], [.tab, .tabActive], [.branch, .branchKept],
      [.barFill, .barEmpty], [.text, .added, .removed, .changed], [.text, .escaped],
      [.kept, .dropped, .pruned, .unreadable, .failed], [.scoreLow, .scoreMiddle, .scoreHigh],
      [.text, .match], [.text, .marked], [.text, .warning],
    ]
    for group in groups {
      #expect(Set(group.map { weight($0).rawValue }).count == group.count, "\(group)")
    }
  }

  @Test func `colours fall to the nearest`() throws {
    let red = try #require(ThemeColor(hex: "#ff0000"))
    #expect(red.index(at: .c256, isBackground: false) == 196)
    #expect(red.index(at: .c16, isBackground: false) == 9)
    #expect(red.index(at: .c8, isBackground: false) == 1)
    #expect(red.index(at: .mono, isBackground: false) == nil)
    let grey = try #require(ThemeColor(hex: "#808080"))
    #expect(grey.index(at: .c256, isBackground: false) == 244)
    #expect(grey.index(at: .c8, isBackground: false) == 7)
    #expect(grey.index(at: .c8, isBackground: true) == 0)
  }

  @Test func `a backdrop gives its ground, its weight and its colour`() throws {
    let theme = try Theme.named("espalier-dark")
    let plain = theme.look(of: Style(.kept), depth: .c256)
    let resting = theme.look(of: Style(.kept, on: .selectionUnfocused), depth: .c256)
    #expect(resting.foreground == plain.foreground)
    #expect(resting.background != plain.background)
    #expect(resting.modifiers == plain.modifiers.union(.underline))
    let mono = theme.look(of: Style(.kept, .italic, on: .selection), depth: .mono)
    #expect(mono == Look(foreground: nil, background: nil, modifiers: [.bold, .italic, .reverse]))
  }

  private func contrast(_ one: ThemeColor, _ other: ThemeColor) -> Double {
    let lights = [luminance(one), luminance(other)].sorted()
    return (lights[1] + 0.05) / (lights[0] + 0.05)
  }

  private func luminance(_ color: ThemeColor) -> Double {
    func linear(_ part: UInt8) -> Double {
      let value = Double(part) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue)
  }
}
