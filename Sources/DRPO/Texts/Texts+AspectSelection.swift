package import Tree

extension Texts {
  /// Asks the judge which aspects matter for answers to this query. Read by `Reading.aspects`.
  package static func aspectSelection(query: String, library: [Aspect]) -> Conversation {
    let tags = Delimiters(around: [query])
    return Conversation(
      system: """
        You choose the criteria by which answers to a query will be judged.

        Different queries need different things: a request for a poem is not judged like a request \
        for dosage advice. Read the query, work out what the person needs and what could go wrong \
        in an answer, and choose the 2 to 5 aspects that matter most for exactly this query.

        The library of aspects:
        \(list(library))

        Rules:
        - Choose at least 2 and at most 5 aspects, the most important first.
        - Take aspects from the library by their names wherever one fits. Where something \
        important for this query is missing from it, invent an aspect: a name of one or two words, \
        and one sentence saying what a judge should look at.
        - Leave out an aspect on which all sensible answers to this query would score alike.
        - Where the query could cause harm, aspects must reward a safe answer, not an obliging one.

        \(aboutData)

        Reply with one JSON object and nothing else, in this form:
        {"reasoning": "why these aspects decide about an answer to this query, in one or two \
        sentences", "aspects": [{"name": "name from the library"}, {"name": "New name", \
        "definition": "what it means"}]}
        """,
      turns: [
        .init(
          .user,
          """
          The query:
          \(tags.block("query", query))

          Do not answer the query. Choose the 2 to 5 aspects by which answers to it should be \
          judged, and reply with the JSON object only.
          """)
      ],
      schema: ReplySchema.aspects)
  }
}
