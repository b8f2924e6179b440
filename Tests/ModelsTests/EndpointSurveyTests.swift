import HTTP
import Models
import TestSupport
import Testing

@Suite struct EndpointSurveyTests {
  private func survey(_ reply: LoopbackReply, key: String? = nil) async throws -> EndpointSurvey {
    let server = try LoopbackServer { _ in reply }
    defer { server.stop() }
    let survey = try await Endpoints(client: HTTPClient()).survey(
      OpenAIEndpoint.Configuration(baseURL: server.url, model: "m", key: key))
    #expect(server.requests.map(\.path) == ["/v1/models"])
    #expect(server.requests.map(\.method) == ["GET"])
    return survey
  }

  @Test(
    arguments: [
      (#"{"data":[{"id":"m"},{"id":"n"}]}"#, nil),
      (#"{"data":[{"id":"m","max_model_len":4096}]}"#, 4096),
      (#"{"data":[{"id":"m","meta":{"n_ctx_train":512}}]}"#, 512),
      (#"{"data":[{"id":"m","context_length":"8192"}]}"#, 8192),
    ] as [(String, Int?)])
  func readsTheList(_ body: String, _ contextLength: Int?) async throws {
    let survey = try await survey(.plain(200, body))
    #expect(survey.problem == nil)
    #expect(survey.serves("m") == true)
    #expect(survey.serves("x") == false)
    #expect(survey.models.first?.contextLength == contextLength)
  }

  @Test(arguments: [LoopbackReply.plain(500, "no"), .plain(200, "<html>"), .error(401, "no")])
  func toleratesServersWithoutOne(_ reply: LoopbackReply) async throws {
    let survey = try await survey(reply)
    #expect(survey.serves("m") == nil)
    #expect(survey.problem != nil)
  }
}
