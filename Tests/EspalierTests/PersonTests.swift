import Testing

@testable import espalier

@Suite struct PersonTests {
  @Test(arguments: [
    (["USER": "ada", "LOGNAME": "eve"], "ada"), (["USER": "", "LOGNAME": "eve"], "eve"),
    ([:], "root"),
  ])
  func `the environment names a person, or else the system does`(
    variables: [String: String], name: String
  ) {
    #expect(Person.name(of: 0) { variables[$0] } == name)
  }

  @Test func `whom nobody knows has a number`() {
    #expect(Person.name(of: 3_999_999_999) { _ in nil } == "user 3999999999")
  }
}
