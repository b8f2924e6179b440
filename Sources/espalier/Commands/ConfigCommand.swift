import ArgumentParser
import Configuration

/// Prints the example configuration, which names and explains every setting.
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Print an example configuration file, with every setting.",
    discussion: "espalier config > ~/.config/espalier/config.toml")

  func run() { Console.out(ExampleConfig.text, terminator: "") }
}
