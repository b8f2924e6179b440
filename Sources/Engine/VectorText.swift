import Tree

/// A vector, and what text it is the vector of.
typealias NamedVector = (id: TextID, vector: [Float])

/// Vectors as texts of a run: exact, so that whoever goes on with it finds the same examples.
enum VectorText {
  /// Eight hexadecimal digits a number, the bits of a `Float`.
  static func write(_ vector: [Float]) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(vector.count * 8)
    for number in vector {
      for shift in stride(from: 28, through: 0, by: -4) {
        let digit = UInt8(number.bitPattern >> UInt32(shift) & 0xf)
        bytes.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// - Returns: nil for what is no vector.
  static func read(_ text: some StringProtocol) -> [Float]? {
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty, bytes.count.isMultiple(of: 8) else { return nil }
    var vector: [Float] = []
    vector.reserveCapacity(bytes.count / 8)
    for start in stride(from: 0, to: bytes.count, by: 8) {
      var bits: UInt32 = 0
      for byte in bytes[start..<start + 8] {
        switch byte {
        case 0x30...0x39: bits = bits << 4 | UInt32(byte - 0x30)
        case 0x61...0x66: bits = bits << 4 | UInt32(byte - 0x57)
        default: return nil
        }
      }
      let number = Float(bitPattern: bits)
      guard number.isFinite else { return nil }
      vector.append(number)
    }
    return vector
  }

  /// A line for each: what it is the vector of, and the vector.
  static func write(_ vectors: [NamedVector]) -> String {
    vectors.map { "\($0.id) \(write($0.vector))" }.joined(separator: "\n")
  }

  /// What can't be read is left out.
  static func readAll(_ text: String) -> [NamedVector] {
    text.utf8.split(separator: UInt8(ascii: "\n")).compactMap { line in
      let parts = line.split(separator: UInt8(ascii: " "))
      guard parts.count == 2, let id = TextID(String(Substring(parts[0]))),
        let vector = read(Substring(parts[1]))
      else { return nil }
      return (id, vector)
    }
  }
}
