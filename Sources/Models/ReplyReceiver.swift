import HTTP
import JSON

/// Reads a response as it comes: a stream of events, or one document, whichever the server chose.
struct ReplyReceiver: HTTPBodyReceiver {
  private enum Form { case undecided, events, document }

  private(set) var assembly: ReplyAssembly
  /// The body of a document, of an error, or of what is neither.
  private(set) var body: [UInt8] = []
  /// The first event that was no JSON: the reply has a hole.
  private(set) var garbled: [UInt8]?
  private(set) var events = 0
  /// A document or an event was larger than any completion's.
  private(set) var isOverLimit = false

  /// A completion's document is never that large; a stream as a whole may be larger.
  private static let documentLimit = 8 << 20

  private var form = Form.undecided
  private var parser = EventStreamParser()
  private var spoken: SpokenText
  private let onText: (@Sendable (String) -> Void)?

  /// - Parameters:
  ///   - count: how many replies were asked for.
  ///   - spoken: tells what of the text `onText` is told.
  init(count: Int, spoken: SpokenText, onText: (@Sendable (String) -> Void)?) {
    assembly = ReplyAssembly(count: count)
    self.spoken = spoken
    self.onText = onText
  }

  var isStream: Bool { form == .events }

  /// Neither a word of a reply nor an error, nor anything else that could be shown.
  var saysNothing: Bool {
    !assembly.hasChoices && assembly.error == nil && garbled == nil && form != .document
  }

  mutating func receive(_ bytes: Span<UInt8>, of head: HTTPHead) -> HTTPReceived {
    if form == .events { return read(bytes) }
    body.append(contentsOf: bytes)
    if body.count > Self.documentLimit {
      isOverLimit = true
      return .enough
    }
    guard form == .undecided else { return .payload }
    // The form of the body decides, not its declared type, which gateways get wrong; and a body that
    // has only blank lines so far is a server keeping the connection open.
    let mark: [UInt8] = [0xef, 0xbb, 0xbf]
    let start = body.starts(with: mark) ? 3 : 0
    let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x0a || $0 == 0x0d || $0 == 0x09 }
    guard let first = body[min(start, body.count)...].first(where: { !isBlank($0) }) else {
      return .filler
    }
    let isDocument = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    let isDeclared = head["content-type"]?.lowercased().hasPrefix("text/event-stream") ?? false
    guard (200..<300).contains(head.status), !isDocument,
      isDeclared || body.starts(with: "data:".utf8)
    else {
      form = .document
      return .payload
    }
    form = .events
    let held = body
    body = []
    return read(held.span)
  }

  private mutating func read(_ bytes: Span<UInt8>) -> HTTPReceived {
    var result = HTTPReceived.filler
    for event in parser.consume(bytes) {
      events += 1
      result = .payload
      if event.data.elementsEqual("[DONE]".utf8) { continue }
      guard let piece = JSON(parsing: event.data) else {
        garbled = garbled ?? event.data
        continue
      }
      add(piece)
      if assembly.error != nil { return .enough }
    }
    if parser.isOverLimit {
      isOverLimit = true
      return .enough
    }
    return result
  }

  /// After the end of the transfer: a body that is one document, read.
  mutating func finishDocument() {
    guard form == .document, let document = JSON(parsing: body), document.isObject else { return }
    add(document)
  }

  private mutating func add(_ piece: JSON) {
    let thoughts = assembly.thoughts
    let added = assembly.add(piece)
    guard let onText else { return }
    let said = spoken.add(added)
    if !said.isEmpty {
      onText(said)
    } else if !added.isEmpty || assembly.thoughts > thoughts {
      onText("")
    }
  }
}
