import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Primitives
import Synchronization
import Testing

@testable import Site

/// The field for conditions: its page, and what its module is answered.
struct ExpressionTests {
    private static let path = "/console/expression"

    private func ask(
        _ client: any TestClientProtocol, _ question: JSONValue, at path: String = ExpressionTests.path,
        headers: [String: String] = [:], token: String? = nil
    ) async throws -> TestResponse {
        let page = try await RouteTests.get(client, Self.path, RouteTests.staff)
        let html = RouteTests.text(page)
        let start = try #require(html.firstRange(of: "data-cel-csrf=\"")).upperBound
        var fields = RouteTests.staff
        fields["content-type"] = "application/json"
        fields["x-csrf-token"] = token ?? String(html[start...].prefix { $0 != "\"" })
        fields.merge(headers) { $1 }
        return try await client.execute(
            uri: path, method: .post, headers: RouteTests.fields(fields), body: ByteBuffer(string: question.text())
        ) { $0 }
    }

    private func json(_ response: TestResponse) throws -> JSONValue {
        try JSONValue(parsing: RouteTests.text(response))
    }

    @Test
    func `the page says what is wrong and shows the week, without script`() async throws {
        let data = FakeSiteData()
        try await RouteTests.run(data) { client, _ in
            let empty = RouteTests.text(try await RouteTests.get(client, Self.path, RouteTests.staff))
            #expect(empty.contains("class=\"cel-field\"") && !empty.contains("id=\"found\""))
            let address = Self.path + "?kind=rule&type=read&when=event.shaer+%3E+1.0"
            let wrong = RouteTests.text(try await RouteTests.get(client, address, RouteTests.staff))
            #expect(wrong.contains("event.shaer &gt; 1.0</textarea>"), "what was typed stays")
            #expect(wrong.contains("Line 1, character 7: `event` has no field"))
            #expect(wrong.contains("Did you mean share?") && wrong.contains("1 error, 1 warning"))
            #expect(wrong.contains("aria-invalid=\"true\"") && !wrong.contains("id=\"found\""))
            let good = Self.path + "?kind=rule&type=read&when=true"
            let found = RouteTests.text(try await RouteTests.get(client, good, RouteTests.staff))
            // The day of few is not told, so neither is the sum that would tell it.
            #expect(found.contains("At least 19 of 280 kept events would match."))
            #expect(found.contains("class=\"plot\"") && found.contains("article · &lt;sport&gt;"))
            let file = try await RouteTests.get(client, good + "&csv=matches", RouteTests.staff)
            #expect(file.headers[.contentType]?.hasPrefix("text/csv") == true)
            let sum = Self.path + "?kind=amount&type=read&when=1+%2B+event.points%0D%0A"
            #expect(try await RouteTests.get(client, sum, RouteTests.staff).status == .ok)
            #expect(data.state.withLock { $0.chosen }.contains("check amount read 1 + event.points\n -1"))
            let lacking = Self.path + "?kind=rule&type=&when=true"
            let said = RouteTests.text(try await RouteTests.get(client, lacking, RouteTests.staff))
            #expect(said.contains("First choose an event") && said.contains("field-type-error"))
            // A condition on members is matched with no events.
            let job = Self.path + "?kind=job&when=member.paused"
            let members = RouteTests.text(try await RouteTests.get(client, job, RouteTests.staff))
            #expect(members.contains("Nothing is wrong with it.") && !members.contains("id=\"found\""))
            let long = Self.path + "?when=" + String(repeating: "a", count: StamgastSite.longestExpression + 1)
            #expect(try await RouteTests.get(client, long, RouteTests.staff).status == .badRequest)
        }
    }

    @Test
    func `the module gets problems with places, completions and words`() async throws {
        let data = FakeSiteData()
        try await RouteTests.run(data) { client, _ in
            let answer = try await ask(
                client, ["kind": "rule", "type": "read", "text": "event.shaer", "cursor": 8])
            #expect(answer.status == .ok && answer.headers[.contentType] == "application/json; charset=utf-8")
            #expect(answer.headers[.cacheControl] == "no-store")
            let json = try json(answer)
            // In the order of the text: the warning stands before.
            #expect(json["problems"]?[1]?["from"]?.intValue == 6 && json["problems"]?[1]?["to"]?.intValue == 11)
            #expect(json["problems"]?[1]?["fix"]?.stringValue == "share")
            #expect(json["problems"]?[0]?["error"]?.boolValue == false)
            #expect(json["completions"]?[0]?["detail"]?.stringValue == "double · How <much>.")
            #expect(json["completions"]?[1]?["cursor"]?.intValue == 10)
            #expect(json["suggested"]?.stringValue == "2 suggestions, arrow down to choose")
            #expect(json["asks"]?.boolValue == false, "nothing can match what is wrong")
            #expect(data.state.withLock { $0.chosen }.contains("check rule read event.shaer 8"))
            let good = try self.json(await ask(client, ["kind": "rule", "type": "read", "text": "true"]))
            #expect(good["asks"]?.boolValue == true)
            #expect(good["summary"]?.stringValue == "Nothing is wrong with it. · Type: bool")
            let member = try self.json(await ask(client, ["kind": "gate", "text": "true"]))
            #expect(member["asks"]?.boolValue == false)
            let nothing = try self.json(await ask(client, ["kind": "rule", "type": "gone", "text": "true"]))
            #expect(nothing["summary"]?.stringValue?.hasPrefix("First choose an event") == true)
        }
    }

    @Test
    func `last week's matches come as figures, a line and examples without anybody`() async throws {
        try await RouteTests.run { client, _ in
            let path = Self.path + "/matches"
            let found = try json(await ask(client, ["kind": "rule", "type": "read", "text": "a && b"], at: path))
            #expect(found["text"]?.stringValue == "At least 19 of 280 kept events would match.")
            #expect(found["spark"]?["path"]?.stringValue?.hasPrefix("M") == true)
            #expect(found["examples"]?[0]?.stringValue?.hasSuffix("09:00 · article · <sport>") == true)
            #expect(
                found["whole"]?["href"]?.stringValue?.hasPrefix(Self.path + "?kind=rule&type=read&when=a%20") == true)
            #expect(found["notes"]?.arrayValue?.count == 4)
            let none = try json(await ask(client, ["kind": "rule", "type": "read", "text": "kept"], at: path))
            #expect(none["text"]?.stringValue?.hasPrefix("Nothing is kept") == true && none["spark"] == .null)
        }
    }

    @Test
    func `other sites, other bodies and other people get nothing`() async throws {
        let data = FakeSiteData()
        try await RouteTests.run(data) { client, _ in
            let question: JSONValue = ["kind": "rule", "type": "read", "text": "true"]
            // With all of it right it is answered; each of the refusals below changes one thing.
            let own = try await ask(client, question, headers: ["sec-fetch-site": "same-origin"])
            #expect(own.status == .ok)
            for path in [Self.path, Self.path + "/matches"] {
                #expect(try await ask(client, question, at: path, token: "x").status == .forbidden)
                #expect(
                    try await ask(client, question, at: path, headers: ["sec-fetch-site": "cross-site"]).status
                        == .forbidden)
                let form = ["content-type": "application/x-www-form-urlencoded"]
                #expect(try await ask(client, question, at: path, headers: form).status == .unsupportedMediaType)
                #expect(try await ask(client, question, at: path, headers: ["cookie": "a=b"]).status == .unauthorized)
                let stranger: JSONValue = ["kind": "root", "text": "true"]
                #expect(try await ask(client, stranger, at: path).status == .badRequest)
                let long = String(repeating: "a", count: StamgastSite.longestExpression + 1)
                #expect(try await ask(client, ["kind": "job", "text": .string(long)], at: path).status == .badRequest)
                let huge = String(repeating: "é", count: StamgastSite.questionBytes)
                #expect(
                    try await ask(client, ["kind": "job", "text": .string(huge)], at: path).status == .contentTooLarge)
            }
            #expect(try await ask(client, ["kind": "job", "text": "forbidden"]).status == .forbidden)
            #expect(!data.state.withLock { $0.chosen }.contains { $0.hasPrefix("match") })
        }
    }

    @Test
    func `few and none are told apart`() {
        let today = Samples.today
        func view(_ days: [(Int64?, Int64?)]) -> ExpressionMatchesView {
            ExpressionMatchesView(
                .matches(
                    ExpressionMatches(
                        today: today, days: days.map { .init(today, all: $0.0, matched: $0.1, open: 0) })),
                texts: .of(.en), path: nil)
        }
        #expect(view([(9, 3), (1, 1)]).text == "4 of 10 kept events would match.")
        #expect(view([(9, nil), (9, 0)]).text == "Few of 18 kept events would match.")
        #expect(view([(nil, nil), (9, 6)]).text == "At least 6 of at least 9 kept events would match.")
        #expect(view([(0, 0)]).text == "No event of this week is kept." && view([(0, 0)]).spark == nil)
        #expect(!view([(9, 3)]).notes.contains(Texts.of(.en).expressions.hidden))
    }
}
