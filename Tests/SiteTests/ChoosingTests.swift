import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Synchronization
import Testing

@testable import Site

/// The console's page on what stands first, and the seal that goes from Today to the form.
@Suite struct ChoosingTests {
    @Test func thePageTellsNoMoreThanItMay() async throws {
        let data = FakeSiteData()
        try await RouteTests.run(data) { client, site in
            let token = site.seals.formToken(for: "staff-secret")
            let english = RouteTests.staff.merging(["accept-language": "en"]) { $1 }
            let page = try await RouteTests.get(client, "/console/choice?was=done", english)
            let text = RouteTests.text(page)
            #expect(page.status == .ok)
            for part in ["12% (8% to 17%)", "1,250", "81%", "too few", "Everybody else", "Always first: Ticket"] {
                #expect(text.contains(part), "\(part)")
            }
            #expect(text.contains("role=\"status\""))
            for (act, said) in [("off", "choosing false"), ("on", "choosing true")] {
                let done = try await RouteTests.post(
                    client, "/console/choice", RouteTests.staff, form: ["csrf": token, "do": act])
                #expect(done.status == .seeOther)
                #expect(done.headers[.location] == "/console/choice?was=done")
                let last = data.state.withLock { $0.chosen.last }
                #expect(last == said)
            }
            for form in [["do": "off"], ["csrf": token, "do": "perhaps"]] {
                let refused = try await RouteTests.post(client, "/console/choice", RouteTests.staff, form: form)
                #expect(refused.status.kind == .clientError)
            }
            let member = try await RouteTests.get(client, "/console/choice", RouteTests.member)
            #expect(member.status != .ok)
        }
    }

    @Test func theSealGoesFromTheLinkToTheFormAndNothingElseDoes() async throws {
        try await RouteTests.run { client, _ in
            let sealed = RouteTests.text(
                try await RouteTests.get(client, "/m/rewards/tote?from=00ff1a", RouteTests.member))
            #expect(sealed.contains("<input type=\"hidden\" name=\"from\" value=\"00ff1a\">"))
            for other in ["", "x%22%3E", "0g", String(repeating: "a", count: 1_001)] {
                let page = RouteTests.text(
                    try await RouteTests.get(client, "/m/rewards/tote?from=\(other)", RouteTests.member))
                #expect(!page.contains("name=\"from\""), "\(other)")
            }
        }
    }
}
