/// The queries and examples that come with the program, embedded in it: a copied binary has them.
package enum ShippedData {
  package struct Query: Hashable, Sendable {
    package var kind: QueryKind
    package var text: String
  }

  /// Training queries, the kinds evenly mixed and in turn.
  package static let queries: [Query] = rows(
    PackageResources.queries_jsonl, name: "queries.jsonl"
  ) { row throws(DatasetError) in
    let name = try row.text(of: ["kind"], mayBeText: false)
    guard let kind = QueryKind(rawValue: name) else {
      preconditionFailure("\(row.place): no kind of query is called \(name)")
    }
    return Query(kind: kind, text: try row.text(of: ["query"], mayBeText: false))
  }

  /// In-context examples, as `ExampleFile` gives them.
  package static let examples: [(query: String, response: String)] = rows(
    PackageResources.examples_jsonl, name: "examples.jsonl"
  ) { row throws(DatasetError) in
    (
      try row.text(of: ["query"], mayBeText: false),
      try row.text(of: ["response"], mayBeText: false)
    )
  }

  private static func rows<Element>(
    _ bytes: [UInt8], name: String, _ element: (Row) throws(DatasetError) -> Element
  ) -> [Element] {
    do throws(DatasetError) {
      var elements: [Element] = []
      for row in try RowReader.rows(in: bytes, name: name, fields: QueryFile.fields) {
        elements.append(try element(row))
      }
      return elements
    } catch {
      preconditionFailure("the embedded data is broken: \(error)")
    }
  }
}

/// What a shipped query is like; a good prompt has to do well on all of them.
package enum QueryKind: String, Hashable, Sendable, CaseIterable {
  case everyday
  case creative
  case reasoning
  /// Technical or professional.
  case expert
  case emotional
  /// Harmful, or near enough that a careful answer matters.
  case harmful
}
