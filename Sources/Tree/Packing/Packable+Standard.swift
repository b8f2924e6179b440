extension Int: Packable {
  func pack(into packer: inout Packer) {
    packer.pack(unsigned: UInt(bitPattern: self << 1 ^ self >> (Int.bitWidth - 1)))
  }
  init(from unpacker: inout Unpacker) throws(PackingFault) {
    let value = try unpacker.unsigned()
    self = Int(bitPattern: value >> 1) ^ -Int(bitPattern: value & 1)
  }
}

extension Bool: Packable {
  func pack(into packer: inout Packer) { packer.append(UInt8(self ? 1 : 0)) }
  init(from unpacker: inout Unpacker) throws(PackingFault) {
    self = try unpacker.integer(UInt8.self) != 0
  }
}

/// Most are marks and counts: those take a byte.
extension Double: Packable {
  private static let isWide = UInt8.max

  func pack(into packer: inout Packer) {
    if let small = UInt8(exactly: self), small != Self.isWide, sign == .plus {
      packer.append(small)
    } else {
      packer.append(Self.isWide)
      packer.append(bitPattern)
    }
  }
  init(from unpacker: inout Unpacker) throws(PackingFault) {
    let small = try unpacker.integer(UInt8.self)
    self = small == Self.isWide ? Double(bitPattern: try unpacker.integer()) : Double(small)
  }
}

extension String: Packable {
  func pack(into packer: inout Packer) { packer.pack(name: self) }
  init(from unpacker: inout Unpacker) throws(PackingFault) { self = try unpacker.name() }
}

extension Optional: Packable where Wrapped: Packable {
  func pack(into packer: inout Packer) {
    packer.pack(self != nil)
    if let self { packer.pack(self) }
  }
  init(from unpacker: inout Unpacker) throws(PackingFault) {
    self = try Bool(from: &unpacker) ? try Wrapped(from: &unpacker) : nil
  }
}

extension Array: Packable where Element: Packable {
  func pack(into packer: inout Packer) {
    packer.pack(unsigned: UInt(count))
    for element in self { packer.pack(element) }
  }
  init(from unpacker: inout Unpacker) throws(PackingFault) {
    let count = try unpacker.count()
    self = []
    reserveCapacity(count)
    for _ in 0..<count { append(try Element(from: &unpacker)) }
  }
}

/// In the order of the keys, so that equal ones are packed alike.
extension Dictionary: Packable where Key: Packable & Comparable, Value: Packable {
  func pack(into packer: inout Packer) {
    packer.pack(unsigned: UInt(count))
    for (key, value) in sorted(by: { $0.key < $1.key }) {
      packer.pack(key)
      packer.pack(value)
    }
  }
  init(from unpacker: inout Unpacker) throws(PackingFault) {
    self = [:]
    for _ in 0..<(try unpacker.count()) {
      let key = try Key(from: &unpacker)
      self[key] = try Value(from: &unpacker)
    }
  }
}

/// By its name.
extension Packable where Self: RawRepresentable<String> {
  func pack(into packer: inout Packer) { packer.pack(name: rawValue) }
  init(from unpacker: inout Unpacker) throws(PackingFault) {
    guard let value = Self(rawValue: try unpacker.name()) else { throw PackingFault() }
    self = value
  }
}
