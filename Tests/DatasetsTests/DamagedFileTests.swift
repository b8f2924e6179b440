import Datasets
import Testing

/// Files damaged at random are read or refused with a place in them, and never stop the program.
@Suite struct DamagedFileTests {
  private static let files = [
    "{\"query\": \"a\\u00e9\", \"n\": [1.5, null]}\r\n{\"input\": \"caf\u{e9} 👍\"}\n",
    "{\"data\": [\n  {\"query\": \"a\"},\n  \"b\"\n], \"version\": -1e5}\n",
    "[[\"a\"], {\"query\": {}}, true]",
    "a\nb {c}\n[d]\n",
  ]

  @Test(arguments: 0..<20)
  func isReadOrRefused(block: Int) {
    for seed in block * 200..<block * 200 + 200 {
      let bytes = damaged(seed: UInt64(seed))
      do {
        let queries = try QueryFile.read(bytes, name: seed % 2 == 0 ? "q.jsonl" : "q")
        #expect(!queries.isEmpty, "seed \(seed)")
      } catch {
        let lines = bytes.count { $0 == 0x0a } + 1
        #expect(place(of: error).map { (1...lines).contains($0.line) } ?? true, "seed \(seed)")
      }
    }
  }

  private func damaged(seed: UInt64) -> [UInt8] {
    var state = seed &* 0x9e37_79b9_7f4a_7c15 | 1
    func below(_ bound: Int) -> Int {
      state ^= state >> 12
      state ^= state << 25
      state ^= state >> 27
      return Int((state &* 0x2545_f491_4f6c_dd1d) >> 33) % bound
    }
    var bytes = Array(Self.files[below(Self.files.count)].utf8)
    let telling = Array("{}[]\":,\\u\n \r".utf8) + [0, 0x80, 0xef, 0xff]
    for _ in 0...below(4) where !bytes.isEmpty {
      let place = below(bytes.count)
      switch below(4) {
      case 0: bytes.remove(at: place)
      case 1: bytes[place] = telling[below(telling.count)]
      case 2: bytes.insert(telling[below(telling.count)], at: place)
      default: bytes.removeLast(bytes.count - place)
      }
    }
    return bytes
  }

  private func place(of error: DatasetError) -> DatasetError.Place? {
    switch error {
    case .notUTF8(let place, _), .brokenJSON(let place, _, _), .notARow(let place, _),
      .missingField(let place, _, _), .fieldNotString(let place, _, _), .emptyText(let place, _),
      .textTooLarge(let place, _, _), .fieldOfPlainText(let place, _):
      place
    case .fileTooLarge, .noArray, .severalArrays, .noRows: nil
    }
  }
}
