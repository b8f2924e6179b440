import FoundationEssentials
package import Testing

/// The search trees that the paper's authors published, where they are at hand; they are read from
/// `../shared`, beside the checkout, and never copied.
package enum PublishedRuns {
  package static let names = [
    "llama2-70b-chat", "llama2-7b-chat-hf", "llama3-8b-instruct", "mistral-7b-instruct-v0.1",
    "mistral-7b-v0.1",
  ]

  package static let whyNot: Comment = "../shared/published-runs is not here"

  package static var areHere: Bool {
    names.allSatisfy { FileManager.default.fileExists(atPath: path($0)) }
  }

  package static func path(_ name: String) -> String {
    SharedFolder.path + "/published-runs/\(name).json"
  }

  package static func text(_ name: String) throws -> String {
    try String(contentsOfFile: path(name), encoding: .utf8)
  }
}

/// The folder beside the checkout that tests may read and nobody may commit.
package enum SharedFolder {
  package static let path: String = {
    var url = URL(filePath: #filePath)
    for _ in 0..<4 { url.deleteLastPathComponent() }
    return url.appending(path: "shared").path
  }()
}
