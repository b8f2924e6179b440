import Configuration
import Glibc
import Terminal
import Theme
import Workbench

/// The terminal with a theme, on which a run is shown.
struct Theatre {
  private let theme: Theme

  /// - Throws: `ThemeError`, also for the theme of a run that is never shown: said early, it loses
  ///   nothing.
  init(_ settings: Settings) throws {
    theme =
      try settings.output.theme.map { try Theme.named(orFile: $0.value) }
      ?? Theme.named(Theme.names[0])
  }

  /// Whether there is a person to show it to: both the keys and the picture go to a terminal.
  static var isPossible: Bool {
    Console.isTerminal(STDIN_FILENO) && Console.isTerminal(STDOUT_FILENO)
  }

  /// Shows the run until the person leaves; the terminal is restored when this returns.
  func show(_ source: any RunSource) throws -> Outcome {
    Workbench.run(source: source, terminal: try Terminal(theme: theme))
  }
}
