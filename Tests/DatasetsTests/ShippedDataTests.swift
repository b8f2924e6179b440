import Datasets
import Testing

@Suite struct ShippedDataTests {
  @Test func thereAreEnoughQueriesOfEveryKind() {
    let queries = ShippedData.queries
    #expect(queries.count >= 72)
    #expect(Set(queries.map(\.text)).count == queries.count)
    for kind in QueryKind.allCases {
      let count = queries.count { $0.kind == kind }
      #expect(count == queries.count / QueryKind.allCases.count, "\(kind): \(count)")
    }
  }

  @Test func thereAreEnoughExamplesOfTheRightLength() {
    let examples = ShippedData.examples
    #expect(examples.count >= 18)
    #expect(Set(examples.map(\.query)).count == examples.count)
    for example in examples {
      let words = example.response.split(whereSeparator: \.isWhitespace).count
      #expect((80...250).contains(words), "\(words) words: \(example.query)")
    }
  }

  /// An example of a training query would show the base model its answer.
  @Test func noQueryIsAnExample() {
    let queries = Set(ShippedData.queries.map(\.text))
    #expect(queries.isDisjoint(with: ShippedData.examples.map(\.query)))
  }
}
