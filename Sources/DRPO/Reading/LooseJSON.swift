/// A JSON value as models write it. Numbers stay text: who wants one judges what counts as one.
enum LooseJSON: Hashable {
  case null
  case bool(Bool)
  /// As written, such as `4`, `4.0` or `NaN`.
  case number(String)
  case string(String)
  case array([LooseJSON])
  /// Members in their order; a key may come twice.
  case object([Member])

  struct Member: Hashable {
    var key: String
    var value: LooseJSON
  }

  enum Failure: Error, Hashable {
    /// The text ended inside the value.
    case truncated
    /// What stands at this offset can't stand there.
    case malformed(at: Int)
    /// Nested deeper than any reply has reason to be.
    case tooDeep(at: Int)
  }

  /// The member under the first of these keys that is there, matched like names of aspects.
  ///
  /// - Throws: `contradictory` when the key is there twice and the values differ.
  func member(_ keys: String...) throws(Reading.Fault) -> LooseJSON? {
    guard case .object(let members) = self else { return nil }
    for key in keys {
      let folded = Reading.folded(key)
      let hits = members.filter { Reading.folded($0.key) == folded }
      guard let first = hits.first else { continue }
      guard hits.allSatisfy({ $0.value == first.value }) else { throw .contradictory }
      return first.value
    }
    return nil
  }

  var string: String? {
    if case .string(let text) = self { text } else { nil }
  }
}
