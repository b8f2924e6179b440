/// A readable name for a run, such as `quiet-cedar`.
package struct RunName: Hashable, Sendable, CustomStringConvertible {
  package let description: String

  /// - Parameter bits: random; the same bits give the same name.
  package init(bits: UInt64) {
    let adjectives = Self.adjectives
    let plants = Self.plants
    let adjective = adjectives[Int(bits % UInt64(adjectives.count))]
    let plant = plants[Int(bits / UInt64(adjectives.count) % UInt64(plants.count))]
    description = "\(adjective)-\(plant)"
  }

  private static let adjectives = words(
    """
    amber autumn bold brave bright bronze calm clear copper coral crisp curious dappled dewy early \
    eager easy evening fair fond fresh gentle gilded glad golden green hardy hidden honest humble \
    keen kind late lively lofty lone lucid mellow merry mild misty morning nimble noble northern \
    patient plain proud quick quiet ripe rosy rustic serene silver sleepy steady sunny supple \
    tender upright velvet warm winter
    """)

  private static let plants = words(
    """
    acacia alder almond apple apricot ash aspen bay beech birch bramble briar broom cedar cherry \
    chestnut clover cornel cypress damson elder elm fennel fern fig fir gorse hawthorn hazel \
    heather holly hornbeam ivy jasmine juniper larch laurel lavender lilac lime linden maple \
    medlar mulberry myrtle oak olive pear pine plum poplar quince rowan sage sorrel spruce \
    sycamore tamarisk thyme vine walnut willow yarrow yew
    """)

  private static func words(_ list: String) -> [String] {
    list.split(whereSeparator: \.isWhitespace).map(String.init)
  }
}

extension RunFile {
  /// A path in the folder at which there is no file yet: the name, or the name with the first free
  /// number behind it.
  package static func freshPath(in folder: String, name: String) -> String {
    let start = folder.isEmpty ? name : "\(folder)/\(name)"
    var path = start + suffix
    var number = 2
    while PrivateFile.exists(path) {
      path = "\(start)-\(number)\(suffix)"
      number += 1
    }
    return path
  }
}
