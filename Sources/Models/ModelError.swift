/// Why a call gave no reply. Texts name the endpoint and the model, never a key.
package enum ModelError: Error, Hashable, Sendable {
  /// Worth asking again later: refused connection, overload, a broken transfer. Retries inside the
  /// model are already used up.
  case unavailable(String)
  /// Nothing of this role can succeed until a person acts: key, quota, unknown model.
  case stopped(String)
  /// This one request can't be answered, others may: prompt too long, content filter.
  case rejected(String)
}

extension ModelError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unavailable(let text), .stopped(let text), .rejected(let text): text
    }
  }
}
