/// The configuration file that comes with the program: every setting there is, explained, each as a
/// comment that holds its default.
package enum ExampleConfig {
  package static let text = String(decoding: PackageResources.config_toml, as: UTF8.self)
}
