import Configuration
import Testing

@Suite struct ConfigLocationTests {
  @Test(
    arguments: [
      ("my.toml", ["HOME": "/h"], "my.toml!"),
      (nil, ["HOME": "/h", "ESPALIER_CONFIG": "~/e.toml"], "/h/e.toml!"),
      (nil, ["HOME": "/h", "XDG_CONFIG_HOME": "/x"], "/x/espalier/config.toml"),
      (nil, ["HOME": "/h", "XDG_CONFIG_HOME": "x"], "/h/.config/espalier/config.toml"),
      (nil, ["HOME": "/h", "XDG_CONFIG_HOME": ""], "/h/.config/espalier/config.toml"),
      (nil, ["HOME": "/h"], "/h/.config/espalier/config.toml"),
      (nil, [:], "nowhere"),
    ] as [(String?, [String: String], String)])
  func isFound(flag: String?, environment: [String: String], place: String) {
    let location = ConfigLocation.find(flag: flag, environment: environment)
    #expect(location.map { $0.path + ($0.isRequired ? "!" : "") } ?? "nowhere" == place)
  }
}
