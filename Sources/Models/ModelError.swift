/// Why a call gave no reply. Texts name the endpoint and the model, never a key.
package enum ModelError: Error, Hashable, Sendable {
  /// Worth asking again later: refused connection, overload, a broken transfer. Retries inside the
  /// model are already used up.
  case unavailable(String)
  /// Nothing of this role can succeed until a person acts: key, quota, unknown model.
  case stopped(String)
  /// The server asks to be left alone for longer than a call waits: so long from now on nothing is
  /// sent to it, unless a person wants it sent all the same.
  case postponed(String, for: Duration)
  /// This one request can't be answered, others may: prompt too long, content filter.
  case rejected(String)
}

extension ModelError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unavailable(let text), .stopped(let text), .postponed(let text, _), .rejected(let text):
      text
    }
  }
}
