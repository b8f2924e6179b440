package import Tree

/// What another process asks of the one that writes a run.
package enum ControlRequest: Hashable, Sendable, Codable {
  case intervene(Intervention)
  case set(SettingChange, by: Intervention.Author, because: Text? = nil)
  case undo(by: Intervention.Author, because: Text? = nil)
  case redo(by: Intervention.Author, because: Text? = nil)
}

/// A request in the file, by the number that the answer goes to.
package struct ControlEntry: Hashable, Sendable {
  package let id: Int
  /// When it was asked, in seconds since 1970-01-01 UTC.
  package let time: Double
  package let request: ControlRequest
}

/// What became of a request.
package enum ControlAnswer: Hashable, Sendable, Codable {
  /// It is the event of this ordinal.
  case done(ordinal: Int)
  /// Why it was not done, and what can be done instead.
  case refused(String, instead: Remedy? = nil)
}
