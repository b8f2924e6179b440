import Glibc
import Screen
import Testing

@testable import Theme

/// A directory of theme files, gone when this is.
private final class ThemeFiles {
  let path: String

  init(_ files: [String: String]) throws {
    var template = Array("/tmp/espalier-themes-XXXXXX".utf8CString)
    path = try #require(mkdtemp(&template).map { String(cString: $0) }) + "/"
    for (name, text) in files {
      let stream = try #require(fopen(path + name, "w"))
      fputs(text, stream)
      fclose(stream)
    }
  }

  deinit {
    if let directory = opendir(path) {
      while let entry = readdir(directory) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        unlink(path + name)
      }
      closedir(directory)
    }
    rmdir(path)
  }
}

@Suite struct ThemeLoadingTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    let text: String
    let error: String

    var testDescription: String { name }
  }

  static let faults = [
    Case(name: "no TOML", text: "[palette\n", error: "DIR/t.toml:1:"),
    Case(
      name: "unknown entry", text: "inherits = \"espalier-dark\"\nstyle = 1\n",
      error:
        "DIR/t.toml:2: style: there is no such entry; it can be inherits, palette, styles, glyphs"),
    Case(
      name: "unknown role", text: "[styles]\nkept = \"#00ff00\"\nketp = \"#00ff00\"\n",
      error: "DIR/t.toml:3: styles.ketp: there is no such role; the roles are text, muted"),
    Case(
      name: "colour without a sign", text: "[palette]\n\nink = \"d7dae0\"\n",
      error: "DIR/t.toml:3: palette.ink: must be \"#rrggbb\""),
    Case(
      name: "colour too long", text: "[palette]\nink = \"#d7dae0ff\"\n",
      error: "DIR/t.toml:2: palette.ink: must be \"#rrggbb\""),
    Case(
      name: "index out of range", text: "[palette]\nink = { rgb = \"#d7dae0\", c256 = 256 }\n",
      error: "DIR/t.toml:2: palette.ink: c256 must be a number from 16 to 255"),
    Case(
      name: "no such name of 16", text: "[palette]\nink = { rgb = \"#d7dae0\", c16 = \"grey\" }\n",
      error: "DIR/t.toml:2: palette.ink: c16 must be one of black, red"),
    Case(
      name: "no such colour",
      text: "inherits = \"espalier-dark\"\n[styles]\nkept = { fg = \"lime\" }\n",
      error:
        "DIR/t.toml:3: styles.kept: \"lime\" is no name of the palette, \"#rrggbb\" or \"default\""),
    Case(
      name: "no such modifier", text: "[styles]\nkept = { modifiers = [\"blink\"] }\n",
      error:
        "DIR/t.toml:2: styles.kept.modifiers: must be a list of bold, dim, italic, underline, reverse"
    ),
    Case(
      name: "no such part of a style", text: "[styles]\nkept = { foreground = \"#00ff00\" }\n",
      error:
        "DIR/t.toml:2: styles.kept.foreground: there is no such entry; it can be fg, bg, modifiers, mono"
    ),
    Case(
      name: "wide glyph", text: "[glyphs]\n\"━\" = \"日\"\n",
      error: "DIR/t.toml:2: glyphs.━: must replace one character by one, both one column wide"),
    Case(
      name: "missing roles", text: "[styles]\ntext = \"#ffffff\"\n",
      error: "the theme t says nothing of muted, accent"),
    Case(
      name: "no such parent", text: "inherits = \"solarized\"\n",
      error: "the theme DIR/solarized.toml cannot be read: No such file or directory"),
    Case(
      name: "parent elsewhere", text: "inherits = \"../secret\"\n",
      error: "DIR/t.toml:1: inherits: there is no theme \"../secret\""),
    Case(
      name: "inherits itself", text: "inherits = \"t\"\n",
      error: "the themes inherit from each other without end: t inherits t"),
    Case(
      name: "too large", text: String(repeating: "# filler\n", count: 10_000),
      error: "the theme DIR/t.toml is larger than 65536 bytes"),
  ]

  @Test(arguments: faults) func `a fault names its place`(_ test: Case) throws {
    let files = try ThemeFiles(["t.toml": test.text])
    let error = #expect(throws: ThemeError.self) { try Theme.load(file: files.path + "t.toml") }
    let expected = test.error.split(separator: "DIR/").joined(separator: files.path)
    let text = (test.error.hasPrefix("DIR/") ? files.path : "") + expected
    #expect(try #require(error).description.hasPrefix(text), "\(error?.description ?? "none")")
  }

  @Test func `a theme changes what it says and inherits the rest`() throws {
    let files = try ThemeFiles([
      "base.toml": """
      inherits = "espalier-light"
      [palette]
      green = "#005500"
      """,
      "mine.toml": """
      inherits = "base"
      [styles]
      kept = { fg = "green", bg = "default", modifiers = ["underline"] }
      [glyphs]
      "━" = "="
      """,
    ])
    let theme = try Theme.named(orFile: files.path + "mine.toml")
    let light = try Theme.named("espalier-light")
    #expect(theme.name == "mine")
    let kept = theme.look(of: Style(.kept), depth: .c256)
    #expect(kept == Look(foreground: 22, background: nil, modifiers: .underline))
    // A parent's style takes the child's colour of that name.
    #expect(theme.exactColors(of: Style(.done)).text == ThemeColor(hex: "#005500"))
    #expect(
      theme.look(of: Style(.warning), depth: .c16) == light.look(of: Style(.warning), depth: .c16))
    #expect(theme.glyphs["━"] == "=")
    #expect(theme.glyphs["─"] == "─")
  }

  @Test func `an unknown name says what there is`() throws {
    let error = #expect(throws: ThemeError.self) { try Theme.named(orFile: "dracula") }
    #expect(
      try #require(error).description.hasPrefix(
        "there is no theme \"dracula\": choose one of espalier-dark, espalier-light, espalier-clear"
      ))
  }
}
