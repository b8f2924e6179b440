/// A line-drawing character, as the weight of its four arms.
package struct LineJoint: Hashable, Sendable {
  package enum Weight: Int, Comparable, Sendable {
    case none
    case light
    case heavy

    package static func < (left: Weight, right: Weight) -> Bool {
      left.rawValue < right.rawValue
    }
  }

  package var up: Weight
  package var right: Weight
  package var down: Weight
  package var left: Weight

  package init(
    up: Weight = .none, right: Weight = .none, down: Weight = .none, left: Weight = .none
  ) {
    self.up = up
    self.right = right
    self.down = down
    self.left = left
  }

  /// The joint that a character draws; nil if it is none.
  init?(_ character: Character) {
    guard let code = Self.codes[character] else { return nil }
    let arms = [27, 9, 3, 1].compactMap { Weight(rawValue: code / $0 % 3) }
    self.init(up: arms[0], right: arms[1], down: arms[2], left: arms[3])
  }

  package var character: Character {
    Self.characters[up.rawValue * 27 + right.rawValue * 9 + down.rawValue * 3 + left.rawValue]
  }

  /// Both drawn over each other: of each arm the heavier.
  package func joined(with other: LineJoint) -> LineJoint {
    LineJoint(
      up: max(up, other.up), right: max(right, other.right), down: max(down, other.down),
      left: max(left, other.left))
  }

  /// All joints by their arms, read as digits of a number to base 3: up, right, down, left.
  private static let characters: [Character] = Array(
    " ╴╸╷┐┑╻┒┓╶─╾┌┬┭┎┰┱╺╼━┍┮┯┏┲┳╵┘┙│┤┥╽┧┪└┴┵├┼┽┟╁╅┕┶┷┝┾┿┢╆╈╹┚┛╿┦┩┃┨┫┖┸┹┞╀╃┠╂╉┗┺┻┡╄╇┣╊╋")

  private static let codes = Dictionary(
    uniqueKeysWithValues: characters.enumerated().dropFirst().map { ($1, $0) })
}
