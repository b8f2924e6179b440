/// Where the configuration file of a run is.
package struct ConfigLocation: Hashable, Sendable {
  package var path: String
  /// Whether somebody named it: then it has to be there.
  package var isRequired: Bool

  /// `--config`, else `ESPALIER_CONFIG`, else `$XDG_CONFIG_HOME/espalier/config.toml`, else the same in
  /// `~/.config`. Nil where there is not even a home folder.
  package static func find(flag: String?, environment: [String: String]) -> ConfigLocation? {
    let home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 }
    if let flag { return ConfigLocation(path: flag, isRequired: true) }
    if let named = environment["ESPALIER_CONFIG"], !named.isEmpty {
      return ConfigLocation(path: expandingHome(named, home), isRequired: true)
    }
    // The XDG specification: a relative path there is to be ignored.
    if let folder = environment["XDG_CONFIG_HOME"], folder.hasPrefix("/") {
      return ConfigLocation(path: folder + "/espalier/config.toml", isRequired: false)
    }
    return home.map {
      ConfigLocation(path: $0 + "/.config/espalier/config.toml", isRequired: false)
    }
  }
}

/// `~/` as the shell would have it, for places that the shell does not see.
func expandingHome(_ path: String, _ home: String?) -> String {
  guard path.hasPrefix("~/"), let home else { return path }
  return home + path.dropFirst()
}
