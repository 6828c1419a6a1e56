import Access
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Primitives
import Synchronization
import Testing

@testable import Site

/// What the widget is told, and what a member says through it.
struct WidgetTests {
    private func pass(_ site: StamgastSite, _ programme: String = "avondpost", seconds: Int64 = 60) throws -> String {
        try site.passes.make(
            for: Samples.member, in: try #require(ProgrammeID(programme)),
            until: TestSite.now.adding(milliseconds: seconds * 1_000))
    }

    private func post(_ client: any TestClientProtocol, _ body: String, pass: String?) async throws -> TestResponse {
        var headers: HTTPFields = [.contentType: "application/json"]
        if let pass { headers[.authorization] = "Bearer " + pass }
        return try await client.execute(
            uri: "/v1/widget/follow", method: .post, headers: headers, body: ByteBuffer(string: body)
        ) { $0 }
    }

    @Test
    func `a member follows and no longer follows, with a pass and with nothing else`() async throws {
        let data = FakeSiteData()
        try await RouteTests.run(data) { client, site in
            let good = try pass(site)
            for follows in [true, false] {
                let answer = try await post(client, #"{"maker":"noor","follows":\#(follows)}"#, pass: good)
                #expect(answer.status == .ok && answer.headers[.accessControlAllowOrigin] == "*")
                #expect(answer.headers[.cacheControl] == "no-store")
                #expect(answer.headers[.accessControlAllowCredentials] == nil)
            }
            #expect(data.state.withLock { $0.chosen } == ["follow noor true", "follow noor false"])
            let body = #"{"maker":"noor","follows":true}"#
            for bad in [nil, "", "x", try pass(site, seconds: 0)] {
                #expect(try await post(client, body, pass: bad).status == .unauthorized)
            }
            // A cookie is no word of the member here: a page of another site cannot use it.
            let cookie = try await client.execute(
                uri: "/v1/widget/follow", method: .post, headers: RouteTests.fields(RouteTests.member),
                body: ByteBuffer(string: body)
            ) { $0 }
            #expect(cookie.status == .unauthorized)
            for wrong in ["", "{}", #"{"maker":"","follows":true}"#, #"{"maker":"noor","follows":1}"#] {
                #expect(try await post(client, wrong, pass: good).status == .badRequest, "\(wrong)")
            }
            #expect(try await post(client, #"{"maker":"nobody","follows":true}"#, pass: good).status == .notFound)
            #expect(data.state.withLock { $0.chosen }.count == 2)
            let preflight = try await client.execute(uri: "/v1/widget/follow", method: .options) { $0 }
            #expect(preflight.status == .noContent)
            #expect(preflight.headers[.accessControlAllowHeaders] == "authorization, content-type")
        }
    }

    @Test(arguments: Language.allCases)
    func `the answer names the maker to follow, the way to ask, and the programme's colours`(
        language: Language
    ) throws {
        let texts = Texts.of(language)
        let guest = WidgetAnswer(Samples.widget(.article, known: false, language), texts: texts)
        let known = WidgetAnswer(Samples.widget(.article, known: true, language), texts: texts)
        #expect(guest.maker?.follow?.isOn == nil && known.maker?.follow?.isOn == true)
        #expect(guest.maker?.follow?.page == "/m/makers/noor")
        #expect(known.maker?.follow?.off == texts.widget.follow)
        #expect(known.ask.page == StamgastSite.askPage && known.ask.text == texts.widget.ask)
        #expect(Set(known.look.keys) == ["accent", "ink", "muted", "line", "surface"])
        for colour in known.look.values {
            #expect(colour.wholeMatch(of: /light-dark\(#[0-9a-f]{6},#[0-9a-f]{6}\)/) != nil, "\(colour)")
        }
    }
}
