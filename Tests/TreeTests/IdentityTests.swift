import Testing
import Tree

/// Values that run files on people's disks are named by: they must never change.
@Suite struct IdentityTests {
  @Test func `hashes stay what they are`() {
    #expect(StableHash().finalize() == 6_566_800_829_925_814_604)
    #expect(StableHash(seed: 7).finalize() == 10_761_896_268_195_008_625)
    var hash = StableHash(seed: 7)
    hash.combine("espalier")
    hash.combine(42)
    hash.combine([1, 2, 3] as [UInt8])
    #expect(hash.finalize() == 1_035_515_856_017_210_845)
  }

  @Test func `texts keep their names`() {
    #expect(TextID(of: "").description == "5594ed51a393180ccfaec542182ad2a7")
    #expect(
      TextID(of: "You are a helpful assistant.").description == "ca325618e62389c07a068280f35a6527")
    #expect(TextID(of: "café, 木 🌳\n").description == "7a19b0e0c82105f60f7c9a1cee19adcd")
  }

  @Test func `nodes keep their lineage`() {
    #expect(NodeID.root.description == "0000000000000000")
    #expect(NodeID.root.child(slot: 0).description == "9059b5f205e59d4b")
    #expect(NodeID.root.child(slot: 2).child(slot: -1).description == "d0455f037a69229f")
  }

  @Test func `draws keep their values`() {
    let call = CallKey(
      node: .root.child(slot: 1), step: .judgement, query: 3, sample: 2, attempt: 1)
    #expect(call.draw(seed: 7) == 1_017_297_343_900_749_643)
    #expect(CallKey.aspects(query: 0).draw(seed: 0) == 2_562_461_604_289_481_322)
  }

  @Test func `neighbouring texts, seeds and splits differ`() {
    func hash(_ seed: UInt64, _ texts: String...) -> UInt64 {
      var hash = StableHash(seed: seed)
      for text in texts { hash.combine(text) }
      return hash.finalize()
    }
    let hashes = [
      hash(0, "ab", "c"), hash(0, "a", "bc"), hash(0, "abc"), hash(0, "abc", ""), hash(1, "abc"),
    ]
    #expect(Set(hashes).count == hashes.count)
    // Two spellings of one word are one String to Swift, and two texts here.
    #expect(Text("caf\u{e9}") != Text("cafe\u{301}"))
  }

  @Test(arguments: ["", "0", "zz", "123456789012345678901234567890zz", "+0000000000000000"])
  func `what is no identity of a text is nil`(digits: String) {
    #expect(TextID(digits) == nil)
  }
}
