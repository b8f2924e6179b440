import JSON
import Tree

/// Writes compact JSON, member by member.
///
/// A run has hundreds of thousands of events; this and `JSONReader` take a tenth of the time that
/// Foundation's coders take for them.
struct JSONWriter {
  private(set) var bytes: [UInt8] = []
  private var needsComma = false

  var string: String { String(decoding: bytes, as: UTF8.self) }

  mutating func object(_ members: (inout JSONWriter) -> Void) {
    begin("{")
    members(&self)
    end("}")
  }

  mutating func member(_ key: StaticString, _ value: (inout JSONWriter) -> Void) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    key.withUTF8Buffer { bytes.append(contentsOf: $0) }
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
    value(&self)
  }

  mutating func array<Element>(
    _ elements: [Element], _ write: (inout JSONWriter, Element) -> Void
  ) {
    begin("[")
    for element in elements { write(&self, element) }
    end("]")
  }

  mutating func value(_ value: Int) { raw("\(value)") }
  mutating func value(_ value: Bool) { raw(value ? "true" : "false") }

  /// The shortest digits that read back as the same number, which must be finite.
  mutating func value(_ value: Double) { raw("\(value)") }

  /// Any JSON, as it stands.
  mutating func raw(_ json: String) {
    separate()
    bytes.append(contentsOf: json.utf8)
    needsComma = true
  }

  mutating func value(_ value: String) {
    separate()
    JSON.write(string: value, to: &bytes)
    needsComma = true
  }

  private mutating func begin(_ bracket: Unicode.Scalar) {
    separate()
    bytes.append(UInt8(ascii: bracket))
    needsComma = false
  }

  private mutating func end(_ bracket: Unicode.Scalar) {
    bytes.append(UInt8(ascii: bracket))
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = false
  }
}

extension JSONWriter {
  mutating func member(_ key: StaticString, _ value: Int) { member(key) { $0.value(value) } }
  mutating func member(_ key: StaticString, _ value: Double) { member(key) { $0.value(value) } }
  mutating func member(_ key: StaticString, _ value: String) { member(key) { $0.value(value) } }
  mutating func member(_ key: StaticString, _ text: Text) {
    member(key) { $0.value(text.id.description) }
  }

  /// Only where it is true: what is usual is left out.
  mutating func member(_ key: StaticString, ifTrue value: Bool) {
    if value { member(key) { $0.value(true) } }
  }

  /// Only where it is not 0.
  mutating func member(_ key: StaticString, ifNotZero value: Int) {
    if value != 0 { member(key, value) }
  }
}
