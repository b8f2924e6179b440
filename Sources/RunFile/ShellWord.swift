extension String {
  /// The name of a file as a word of a command line for people to copy into any POSIX shell: quoted only
  /// where it has to be, and never to be taken for an option.
  package var shellWord: String {
    let name = unicodeScalars.first == "-" ? "./" + self : self
    if !name.isEmpty, name.unicodeScalars.allSatisfy(\.isPlainInShell) { return name }
    var word = ""
    var isQuoted = false
    func quote(_ wanted: Bool) {
      if isQuoted != wanted { word += "'" }
      isQuoted = wanted
    }
    for scalar in name.unicodeScalars {
      if scalar == "'" {
        quote(false)
        word += #"\'"#
      } else if scalar.isUnseen {
        quote(false)
        word += "\"$(printf '\(scalar.inOctal)')\""
      } else {
        quote(true)
        word.unicodeScalars.append(scalar)
      }
    }
    quote(false)
    return word.isEmpty ? "''" : word
  }
}

extension Unicode.Scalar {
  /// Whether it means nothing but itself to every shell, wherever it stands in a word.
  fileprivate var isPlainInShell: Bool {
    switch self {
    case "a"..."z", "A"..."Z", "0"..."9", "_", "-", ".", "/", ",", ":", "@", "+", "%": true
    default: !isASCII && properties.isAlphabetic
    }
  }

  /// Whether it can't be copied from what a person is shown. A line break can.
  fileprivate var isUnseen: Bool {
    switch properties.generalCategory {
    case .control: self != "\n"
    case .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }

  /// Its bytes as `printf` takes them.
  fileprivate var inOctal: String {
    UTF8.encode(self)?.reduce(into: "") { word, byte in
      let digits = String(byte, radix: 8)
      word += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
    } ?? ""
  }
}
