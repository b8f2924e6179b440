/// A colour as a theme file gives it: exact, and if the author says so with a choice of its own for terminals of
/// fewer colours.
package struct ThemeColor: Hashable, Sendable {
  package var red: UInt8
  package var green: UInt8
  package var blue: UInt8

  /// An index of 16...255, instead of the nearest.
  var among256: Int?

  /// An index of 0...15, instead of the nearest. These colours are the user's own: the nearest may not look near.
  var among16: Int?

  /// Reads `#rrggbb`.
  init?(hex: String) {
    let digits = hex.utf8.dropFirst()
    guard hex.utf8.first == UInt8(ascii: "#"), digits.count == 6,
      !digits.contains(UInt8(ascii: "+")), let value = UInt32(hex.dropFirst(), radix: 16)
    else { return nil }
    red = UInt8(value >> 16)
    green = UInt8(value >> 8 & 0xFF)
    blue = UInt8(value & 0xFF)
  }

  private init(_ red: Int, _ green: Int, _ blue: Int) {
    self.red = UInt8(red)
    self.green = UInt8(green)
    self.blue = UInt8(blue)
  }

  /// The names of the sixteen colours, by index.
  static let names16 = [
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
    "bright-black", "bright-red", "bright-green", "bright-yellow",
    "bright-blue", "bright-magenta", "bright-cyan", "bright-white",
  ]

  /// Its index on a terminal of that depth; nil where there are no colours.
  func index(at depth: ColorDepth, isBackground: Bool) -> Int? {
    switch depth {
    case .mono: return nil
    case .c256: return among256 ?? nearest(in: Self.cubeAndGreys) + 16
    case .c16: return among16 ?? nearest(in: Self.usual16)
    case .c8:
      let index = among16 ?? nearest(in: Self.usual16)
      // Bright black would become black, and text of it invisible.
      return index == 8 ? (isBackground ? 0 : 7) : index % 8
    }
  }

  private func nearest(in colors: [ThemeColor]) -> Int {
    colors.indices.min { distance(to: colors[$0]) < distance(to: colors[$1]) } ?? 0
  }

  /// The square of a distance that follows the eye better than that of plain red, green and blue
  /// (https://www.compuphase.com/cmetric.htm).
  private func distance(to other: ThemeColor) -> Int {
    let mean = (Int(red) + Int(other.red)) / 2
    let red = Int(red) - Int(other.red)
    let green = Int(green) - Int(other.green)
    let blue = Int(blue) - Int(other.blue)
    return (512 + mean) * red * red / 256 + 4 * green * green + (767 - mean) * blue * blue / 256
  }

  /// The colours 16 to 255 of xterm: a cube of six steps, then 24 greys. No user changes them.
  private static let cubeAndGreys: [ThemeColor] = {
    let steps = [0, 95, 135, 175, 215, 255]
    var colors: [ThemeColor] = []
    for red in steps {
      for green in steps {
        for blue in steps { colors.append(ThemeColor(red, green, blue)) }
      }
    }
    for grey in 0..<24 { colors.append(ThemeColor(8 + 10 * grey, 8 + 10 * grey, 8 + 10 * grey)) }
    return colors
  }()

  /// The colours 0 to 15 as xterm has them unless told otherwise.
  private static let usual16 = [
    ThemeColor(0, 0, 0), ThemeColor(205, 0, 0), ThemeColor(0, 205, 0), ThemeColor(205, 205, 0),
    ThemeColor(0, 0, 238), ThemeColor(205, 0, 205), ThemeColor(0, 205, 205),
    ThemeColor(229, 229, 229), ThemeColor(127, 127, 127), ThemeColor(255, 0, 0),
    ThemeColor(0, 255, 0), ThemeColor(255, 255, 0), ThemeColor(92, 92, 255),
    ThemeColor(255, 0, 255), ThemeColor(0, 255, 255), ThemeColor(255, 255, 255),
  ]
}
