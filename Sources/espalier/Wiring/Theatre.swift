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

  /// Whether there is a person to show it to, on a terminal that can place its cursor: both the keys
  /// and the picture go to it. Elsewhere a run is told in lines.
  static var isPossible: Bool {
    let type = environmentValue("TERM") ?? ""
    return Console.isTerminal(STDIN_FILENO) && Console.isTerminal(STDOUT_FILENO)
      && !["", "dumb"].contains(type)
  }

  /// Shows the run until the person leaves; the terminal is restored when this returns.
  ///
  /// - Parameters:
  ///   - source: made when the terminal is ready: nothing starts that nobody could watch.
  ///   - otherwise: how the run is told without a screen, for who has no terminal.
  /// - Returns: the source, and how the person left.
  @discardableResult
  func show<Source: RunSource>(
    _ source: @autoclosure () throws -> Source, otherwise: String
  ) throws -> (source: Source, outcome: Outcome) {
    let terminal: Terminal
    do { terminal = try Terminal(theme: theme) } catch {
      throw Failure("\(error). Without a screen: \(otherwise)")
    }
    defer { terminal.close() }
    let source = try source()
    return (source, Workbench.run(source: source, terminal: terminal))
  }
}
