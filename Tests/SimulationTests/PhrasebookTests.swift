import Testing

@testable import Simulation

/// What the base model shows, the judge must be able to see, in the words alone.
struct PhrasebookTests {
  @Test(arguments: QueryKind.allCases)
  func everySentenceIsAMarkOfItsTrait(kind: QueryKind) {
    for trait in kind.traits {
      let book = Phrasebook.of(trait, in: kind)
      for sentence in book.poor {
        #expect(marks(sentence).contains { $0.trait == trait && !$0.isGood }, "\(sentence)")
        #expect(
          !marks(sentence).contains { $0.isGood && kind.traits.contains($0.trait) }, "\(sentence)")
      }
      for sentence in book.good + book.more {
        #expect(marks(sentence).contains { $0.trait == trait && $0.isGood }, "\(sentence)")
        #expect(!marks(sentence).contains { !$0.isGood }, "\(sentence)")
      }
    }
  }

  @Test(arguments: QueryKind.allCases)
  func theMatterItselfIsNoMark(kind: QueryKind) {
    for sentence in Substance.sentences(for: kind) {
      #expect(marks(sentence).isEmpty, "\(sentence)")
    }
  }

  /// A rule of the optimizer is understood by the base model as what it was meant to be.
  @Test(arguments: Simulation.Trait.allCases)
  func everyRuleIsReadAsItsTrait(trait: Simulation.Trait) {
    for clause in Advice.on(trait).clauses {
      let strength = PromptReading("- \(clause).").strength
      #expect(strength[trait] >= 0.4, "\(clause)")
      #expect(Simulation.Trait.allCases.allSatisfy { strength[$0] <= strength[trait] }, "\(clause)")
    }
    #expect(Advice.on(trait).summary.split(separator: " ").count <= 3)
  }

  private func marks(_ sentence: String) -> [Mark] {
    Lexicon.marks.hits(in: WordList(Topic(of: "silver rings").fill(sentence))).map(\.sign)
  }
}
