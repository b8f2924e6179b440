/// A piece of text that equals another only when every Unicode scalar does.
///
/// `String` compares by canonical equivalence: "é" in one scalar equals "é" in two. A model sees two
/// different texts there, so a diff must too.
struct ExactText: Hashable {
  let text: Substring

  static func == (left: ExactText, right: ExactText) -> Bool {
    left.text.utf8.elementsEqual(right.text.utf8)
  }

  func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}

/// Numbers pieces of text, equal ones alike: what is compared often is compared as numbers.
struct Numbering {
  private var numbers: [ExactText: Int] = [:]

  mutating func callAsFunction(_ text: Substring) -> Int {
    let piece = ExactText(text: text)
    if let number = numbers[piece] { return number }
    let number = numbers.count
    numbers[piece] = number
    return number
  }
}
