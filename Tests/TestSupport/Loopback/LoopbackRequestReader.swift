/// Cuts the requests out of a connection's bytes.
struct LoopbackRequestReader {
  let connection: Int
  private var buffer: [UInt8] = []

  init(connection: Int) { self.connection = connection }

  /// - Returns: nil when the client leaves, the server stops, or what comes is no request.
  mutating func next(from connection: LoopbackConnection) -> LoopbackRequest? {
    let end: [UInt8] = [0x0d, 0x0a, 0x0d, 0x0a]
    while true {
      if let range = buffer.firstRange(of: end) {
        guard var request = head(buffer[..<range.lowerBound]),
          let length = Int(request.headers["content-length"] ?? "0")
        else { return nil }
        buffer.removeSubrange(..<range.upperBound)
        while buffer.count < length {
          guard let bytes = connection.read() else { return nil }
          buffer += bytes
        }
        request.body = Array(buffer[..<length])
        buffer.removeSubrange(..<length)
        return request
      }
      guard let bytes = connection.read() else { return nil }
      buffer += bytes
      // TLS, say: nothing that would ever become a request.
      guard buffer[0] >= 0x41 else {
        _ = connection.send(Array("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".utf8))
        return nil
      }
    }
  }

  private func head(_ bytes: ArraySlice<UInt8>) -> LoopbackRequest? {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n")
    guard let words = lines.first?.split(separator: " "), words.count == 3 else { return nil }
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { return nil }
      headers[line[..<colon].lowercased()] = String(
        line[colon...].dropFirst().drop { $0 == " " })
    }
    return LoopbackRequest(
      ordinal: 0, connection: connection, method: String(words[0]), path: String(words[1]),
      headers: headers, body: [])
  }
}
