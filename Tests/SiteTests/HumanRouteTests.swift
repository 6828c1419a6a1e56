import HTTPTypes
import HummingbirdTesting
import Synchronization
import Testing

@testable import Site

/// The forms of the pages about people.
@Suite struct HumanRouteTests {
    @Test func aMembersFormsNeedTheirSessionAndToken() async throws {
        let data = FakeSiteData()
        let key = String(repeating: "a", count: 32)
        try await RouteTests.run(data) { client, site in
            let token = site.seals.formToken(for: "member-secret")
            let forms: [(path: String, form: [String: String], chosen: String)] = [
                ("/m/letters/l%2F1/reply", ["reply": "heart"], "reply heart"),
                ("/m/letters/l%2F1/reply", ["reply": "none"], "reply none"),
                ("/m/letters/settings", ["wants": "no"], "letters false"),
                ("/m/letters/birthday", ["day": "03-14"], "birthday 03-14"),
                ("/m/letters/birthday", ["day": "03-14", "forget": "yes"], "birthday none"),
                ("/m/makers/jo%2Fris/follow", ["follow": "yes"], "follow jo/ris true"),
                (
                    "/m/me/subjects",
                    ["persona": "water", "topic.opera": "more", "topic.a%26b": "less", "topic.sport": "none"],
                    "say water a&b=less opera=more"
                ),
                ("/m/me/subjects", ["persona": "water", "topic.opera": "more", "forget": "yes"], "say - "),
                ("/m/proposals", ["kind": "rule", "text": "Less.", "key": key], "propose rule Less."),
                ("/m/proposals/p2/vote", ["vote": "against"], "vote p2 against"),
                ("/m/proposals/p2/vote", ["vote": "none"], "vote p2 none"),
            ]
            for (path, form, chosen) in forms {
                let stranger = try await RouteTests.post(client, path, form: form)
                #expect(stranger.status != .ok)
                let forged = try await RouteTests.post(
                    client, path, RouteTests.member, form: form.merging(["csrf": "x"]) { $1 })
                #expect(forged.status == .forbidden, "\(path)")
                let before = data.state.withLock { $0.chosen.count }
                let done = try await RouteTests.post(
                    client, path, RouteTests.member, form: form.merging(["csrf": token]) { $1 })
                #expect(done.status == .seeOther, "\(path)")
                #expect(data.state.withLock { $0.chosen.count } == before + 1)
                #expect(data.state.withLock { $0.chosen.last } == chosen)
            }
            for (path, form) in [
                ("/m/letters/l%2F1/reply", ["reply": "sad"]), ("/m/letters/settings", ["wants": "maybe"]),
                ("/m/letters/birthday", ["day": "99-99"]), ("/m/makers/noor/follow", ["follow": "?"]),
                ("/m/proposals", ["kind": "rule", "text": "Less.", "key": "short"]),
                ("/m/proposals/p2/vote", ["vote": "maybe"]),
                ("/m/me/subjects", ["persona": "nobody"]), ("/m/me/subjects", ["topic.opera": "much"]),
            ] {
                let refused = try await RouteTests.post(
                    client, path, RouteTests.member, form: form.merging(["csrf": token]) { $1 })
                #expect(refused.status == .badRequest, "\(path)")
            }
        }
    }

    @Test func whoMayOnlyLookGetsNoForms() throws {
        let shell = Shell(language: .en, title: "", programme: "", path: "/console/letters")
        let renderer = try Renderer()
        var desk = Samples.writers(.en)
        for index in desk.requests.indices { desk.requests[index].mayWrite = false }
        #expect(!renderer.render(WritersPage(desk, shell: shell, texts: .en, csrf: "c")).html.contains("<textarea"))
        var moderation = Samples.moderation(.en)
        moderation.mayDecide = false
        let page = ModerationPage(moderation, shell: shell, texts: .en, csrf: "c")
        #expect(!renderer.render(page).html.contains("<textarea"))
    }

    @Test func staffWriteSkipAndAnswer() async throws {
        let data = FakeSiteData()
        try await RouteTests.run(data) { client, site in
            let token = site.seals.formToken(for: "staff-secret")
            for (path, form, chosen) in [
                ("/console/letters/r%2F1", ["do": "send", "text": "Dear."], "write r/1 Dear."),
                ("/console/letters/r%2F1", ["do": "skip", "text": "Dear."], "write r/1 skip"),
                ("/console/proposals/p7", ["do": "accept", "reason": ""], "answer p7 accept"),
                ("/console/proposals/p7", ["do": "refuse", "reason": "No."], "answer p7 refuse(\"No.\")"),
            ] as [(String, [String: String], String)] {
                let done = try await RouteTests.post(
                    client, path, RouteTests.staff, form: form.merging(["csrf": token]) { $1 })
                #expect(done.status == .seeOther)
                #expect(data.state.withLock { $0.chosen.last } == chosen)
                let member = try await RouteTests.post(
                    client, path, RouteTests.member, form: form.merging(["csrf": token]) { $1 })
                #expect(member.status != .seeOther || member.headers[.location]?.hasPrefix("/console") == false)
            }
        }
    }
}
