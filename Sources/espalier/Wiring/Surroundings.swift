import Configuration
import FoundationEssentials

/// What the program finds around it: the environment and the configuration file.
struct Surroundings {
  let environment: [String: String]
  private let file: ConfigFile?

  init(
    configFlag: String?, environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws {
    self.environment = environment
    guard let location = ConfigLocation.find(flag: configFlag, environment: environment) else {
      file = nil
      return
    }
    guard location.isRequired || FileManager.default.fileExists(atPath: location.path) else {
      file = nil
      return
    }
    file = try ConfigFile(path: location.path, text: try Files.text(location.path))
  }

  func settle(_ flags: Flags) throws -> Settings {
    try Settings.resolve(flags: flags, environment: environment, file: file)
  }
}
