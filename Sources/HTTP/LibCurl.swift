import CCurl

extension ccurl_functions {
  /// libcurl, loaded by who is the first to ask.
  ///
  /// - Throws: `HTTPError.noLibrary`.
  static func loaded() throws(HTTPError) -> ccurl_functions {
    guard let functions = ccurl() else { throw .noLibrary(detail: String(cString: ccurl_fault())) }
    return functions.pointee
  }
}
