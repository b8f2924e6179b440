package import HTTP

extension OpenAIEndpoint {
  /// Where a server is, how it is spoken to, and which model of it answers.
  package struct Configuration: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
      /// `/chat/completions`.
      case chat
      /// `/completions`, for models that were never taught to chat.
      case completion(CompletionTemplate)
    }

    /// How the key is sent.
    package enum KeyHeader: Hashable, Sendable {
      case bearer
      /// Under a name of its own, as Azure's `api-key`.
      case named(String)
    }

    /// As the person wrote it: `http://127.0.0.1:8080`, with or without `/v1`, or the address of a
    /// deployment. See `OpenAIAddress`.
    package var baseURL: String
    package var model: String
    package var key: String?
    /// Where the key came from, or where it should be set: for messages.
    package var keyVariable: String
    package var keyHeader: KeyHeader
    package var kind: Kind
    /// Sent with every request, and kept out of messages and files.
    package var headers: [HTTPHeader]
    /// Appended to the address, such as Azure's `api-version`; encoded by the endpoint.
    package var query: [HTTPHeader]
    package var streams: Bool
    package var timeouts: HTTPTimeouts
    /// Requests to this server at one time, over all models and roles.
    package var maxConcurrency: Int
    /// Nil where it is unknown.
    package var price: TokenPrice?
    /// A key may go over plain http to another machine.
    package var allowsPlainHTTP: Bool

    package init(
      baseURL: String, model: String, key: String? = nil,
      keyVariable: String = "ESPALIER_API_KEY", keyHeader: KeyHeader = .bearer,
      kind: Kind = .chat, headers: [HTTPHeader] = [], query: [HTTPHeader] = [],
      streams: Bool = true, timeouts: HTTPTimeouts = HTTPTimeouts(), maxConcurrency: Int = 16,
      price: TokenPrice? = nil,
      allowsPlainHTTP: Bool = false
    ) {
      self.baseURL = baseURL
      self.model = model
      self.key = key
      self.keyVariable = keyVariable
      self.keyHeader = keyHeader
      self.kind = kind
      self.headers = headers
      self.query = query
      self.streams = streams
      self.timeouts = timeouts
      self.maxConcurrency = maxConcurrency
      self.price = price
      self.allowsPlainHTTP = allowsPlainHTTP
    }
  }
}
