// swift-tools-version: 6.2
import PackageDescription

/// Settings of every Swift target: the Swift 6 language with the stricter rules that later become its
/// defaults, and no warning let through.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]

let strictC: [CSetting] = [
  .enableWarning("all"), .enableWarning("extra"), .treatAllWarnings(as: .error),
]

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let tomlKit = Target.Dependency.product(name: "TOMLKit", package: "TOMLKit")

/// A room of the program, `Sources/<name>`.
func room(
  _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil
) -> Target {
  .target(
    name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

/// The tests of a room, `Tests/<name>Tests`. Every one of them may use `TestSupport`.
func tests(
  _ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
  .testTarget(
    name: name + "Tests",
    dependencies: [.target(name: name), "TestSupport"] + dependencies, exclude: exclude,
    swiftSettings: strict)
}

let package = Package(
  name: "espalier",
  products: [
    .executable(name: "espalier", targets: ["espalier"]),
    // For tests only: they load it before the program.
    .library(name: "FaultySystem", type: .dynamic, targets: ["CFaultySystem"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: [
    // MARK: What a run is, and the algorithm

    room("Tree"),
    tests("Tree"),

    room("Statistics"),
    tests("Statistics"),

    room("TextDiff"),
    tests("TextDiff"),

    room("JSON"),
    tests("JSON"),

    room("Locking"),

    room("DRPO", ["JSON", "Tree"]),
    tests("DRPO", ["Import", "JSON", "Tree"]),

    room(
      "Datasets", ["JSON", "Statistics"],
      resources: [
        .embedInCode("Resources/examples.jsonl"), .embedInCode("Resources/queries.jsonl"),
      ]),
    tests("Datasets"),

    // MARK: Models

    .target(name: "CCurl", cSettings: strictC),

    room("HTTP", ["CCurl", "Locking"]),
    tests("HTTP"),

    room("Models", ["HTTP", "JSON", "Locking"]),
    tests("Models", ["HTTP", "JSON", "Locking"]),

    room("Simulation", ["Models"]),
    tests("Simulation", ["DRPO", "Locking", "Models", "Tree"]),

    // MARK: The engine and the run file

    room("Engine", ["DRPO", "Models", "Statistics", "Tree"]),
    tests("Engine", ["DRPO", "HTTP", "Import", "Locking", "Models", "Simulation", "Tree"]),

    room("RunFile", ["JSON", "Locking", "Tree", grdb, sqlite]),
    tests("RunFile", ["Locking", "Tree", grdb], exclude: ["Stored"]),

    room("Import", ["JSON", "Tree"]),
    tests("Import", ["Tree"]),

    room("Export", ["JSON", "Tree", "TextDiff", "Statistics"]),
    tests("Export", ["Import", "Tree"], exclude: ["Goldens"]),

    // MARK: The screen

    room("Screen"),
    tests("Screen"),

    // Each theme has one file, in the top-level `themes`, which `Sources/Theme/themes` links to.
    room("Theme", ["Screen", tomlKit], resources: [.embedInCode("themes")]),
    tests("Theme", ["Screen"]),

    room("Views", ["Screen", "Statistics", "TextDiff", "Tree"]),
    tests("Views", ["Screen", "Tree"]),

    .target(
      name: "CTerminal",
      cSettings: strictC,
      linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),

    room("Terminal", ["CTerminal", "Screen", "Theme"]),
    tests("Terminal", ["CTerminal", "Screen", "Theme"]),

    room("Workbench", ["Screen", "Terminal", "Tree", "Views"]),
    tests("Workbench", ["Screen", "Tree", "Views"]),

    // MARK: The program

    room("Configuration", [tomlKit], resources: [.embedInCode("Resources/config.toml")]),
    tests("Configuration"),

    .executableTarget(
      name: "espalier",
      dependencies: [
        "Configuration", "DRPO", "Datasets", "Engine", "Export", "HTTP", "Import",
        "Locking", "Models", "RunFile", "Screen", "Simulation", "Terminal", "TextDiff", "Theme",
        "Tree", "Workbench",
        argumentParser,
      ],
      swiftSettings: strict),
    .testTarget(
      name: "EspalierTests",
      dependencies: [
        "Configuration", "DRPO", "Engine", "Export", "HTTP", "JSON", "Locking", "Models", "RunFile",
        "Screen", "Simulation", "TestSupport", "Tree", "espalier", argumentParser,
      ],
      swiftSettings: strict),

    // MARK: For tests and benchmarks only

    .target(
      name: "TestSupport",
      dependencies: [
        "CFaultyDisk", "DRPO", "JSON", "Locking", "Models", "Screen", "Statistics", "Tree",
      ],
      path: "Tests/TestSupport",
      swiftSettings: strict),

    .target(
      name: "CFaultyDisk",
      path: "Tests/CFaultyDisk",
      cSettings: strictC,
      linkerSettings: [.linkedLibrary("sqlite3")]),

    .target(name: "CFaultySystem", path: "Tests/CFaultySystem", cSettings: strictC),

    .executableTarget(
      name: "espalier-bench",
      dependencies: [
        "DRPO", "Datasets", "Engine", "HTTP", "Models", "RunFile", "Simulation", "Tree",
      ],
      path: "Sources/Benchmarks",
      swiftSettings: strict),
  ]
)
