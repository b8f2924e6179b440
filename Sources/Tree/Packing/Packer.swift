/// What is no packed tree, or not one of this version.
package struct PackingFault: Error {}

/// A value with a form in bytes of its own, for snapshots: compact, and read without a copy of it.
protocol Packable {
  func pack(into packer: inout Packer)
  init(from unpacker: inout Unpacker) throws(PackingFault)
}

/// Puts values one after the other. Texts are named only; a string that comes again is not repeated.
struct Packer {
  private(set) var bytes: [UInt8] = []
  private(set) var strings: [String] = []
  private var places: [String: Int] = [:]

  /// At its full width, the lowest byte first.
  mutating func append(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func append(_ more: [UInt8]) { bytes += more }

  /// In as few groups of seven bits as it needs.
  mutating func pack(unsigned value: UInt) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func pack(_ value: some Packable) { value.pack(into: &self) }

  mutating func pack(name string: String) {
    let place = places[string] ?? strings.count
    if place == strings.count {
      places[string] = place
      strings.append(string)
    }
    pack(unsigned: UInt(place))
  }

  /// What `body` packs, by itself, but with the strings of all.
  mutating func apart(_ body: (inout Packer) -> Void) -> [UInt8] {
    let kept = bytes
    bytes = []
    defer { bytes = kept }
    body(&self)
    return bytes
  }

  /// The strings that the rest names.
  mutating func packStrings(of other: Packer) {
    pack(unsigned: UInt(other.strings.count))
    for string in other.strings {
      let utf8 = Array(string.utf8)
      pack(unsigned: UInt(utf8.count))
      append(utf8)
    }
  }
}

/// Takes values out again, and checks each step: the bytes may be of a damaged file.
struct Unpacker {
  let bytes: [UInt8]
  private(set) var strings: [String]
  private var position: Int

  init(_ bytes: [UInt8], from position: Int = 0, strings: [String] = []) {
    self.bytes = bytes
    self.position = position
    self.strings = strings
  }

  mutating func integer<Value: FixedWidthInteger>(
    _ type: Value.Type = Value.self
  ) throws(PackingFault) -> Value {
    let size = MemoryLayout<Value>.size
    let start = try skip(size)
    return bytes.withUnsafeBytes {
      Value(littleEndian: $0.loadUnaligned(fromByteOffset: start, as: Value.self))
    }
  }

  mutating func unsigned() throws(PackingFault) -> UInt {
    var value: UInt = 0
    for shift in stride(from: 0, to: 64, by: 7) {
      let byte = bytes[try skip(1)]
      value |= UInt(byte & 0x7f) << UInt(shift)
      if byte < 0x80 { return value }
    }
    throw PackingFault()
  }

  /// A count of things that take a byte at least.
  mutating func count() throws(PackingFault) -> Int {
    guard let count = Int(exactly: try unsigned()), count <= bytes.count - position else {
      throw PackingFault()
    }
    return count
  }

  mutating func unpack<Value: Packable>(
    _ type: Value.Type = Value.self
  ) throws(PackingFault) -> Value {
    try Value(from: &self)
  }

  mutating func name() throws(PackingFault) -> String {
    let place = try unsigned()
    guard place < UInt(strings.count) else { throw PackingFault() }
    return strings[Int(place)]
  }

  /// Takes out the strings that the rest names.
  mutating func unpackStrings() throws(PackingFault) {
    for _ in 0..<(try count()) {
      let length = try count()
      let start = try skip(length)
      strings.append(String(decoding: bytes[start..<start + length], as: UTF8.self))
    }
  }

  /// - Returns: where so many bytes begin.
  mutating func skip(_ count: Int) throws(PackingFault) -> Int {
    guard count >= 0, count <= bytes.count - position else { throw PackingFault() }
    defer { position += count }
    return position
  }
}
