/// What a command ends with when it can't go on: words for people, and exit code 1.
struct Failure: Error, CustomStringConvertible {
  var description: String

  init(_ description: String) { self.description = description }
}
