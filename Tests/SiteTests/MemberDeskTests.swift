import HTTPTypes
import HummingbirdTesting
import Primitives
import Synchronization
import Testing

@testable import Site

/// Members in the console: found one at a time, seen by pseudonym, corrected once.
struct MemberDeskTests {
    private static let page = "/console/members/" + Samples.member.description
    private static let looking = ["cookie": "stamgast-staff=looking-secret"]
    private static let other = ["cookie": "stamgast-staff=other-secret"]

    /// With staff who may look at members and no more, and staff who may not.
    private func data() -> FakeSiteData {
        let data = FakeSiteData()
        data.state.withLock {
            $0.staff["looking-secret"] = SiteStaff(programme: Samples.programme, staff: "s2")
            $0.staff["other-secret"] = SiteStaff(programme: Samples.programme, staff: "s3", seesMembers: false)
        }
        return data
    }

    private func post(
        _ client: any TestClientProtocol, from: String, to path: String, _ fields: [String: String],
        as staff: [String: String] = RouteTests.staff
    ) async throws -> TestResponse {
        let page = try await RouteTests.get(client, from, staff)
        var form = ["csrf": try RouteTests.hidden("csrf", in: page)]
        if RouteTests.text(page).contains("name=\"key\"") { form["key"] = try RouteTests.hidden("key", in: page) }
        form.merge(fields) { $1 }
        return try await RouteTests.post(client, path, staff, form: form)
    }

    private func asked(_ data: FakeSiteData) -> [String] { data.state.withLock { $0.chosen } }

    @Test
    func `a member is found by name or pseudonym, and what was typed never stands in an address`() async throws {
        let data = data()
        try await RouteTests.run(data) { client, _ in
            for (by, who) in [
                ("pseudonym", " 11223344 "), ("user", "ann"), ("email", "ann@example.org"),
            ] {
                let found = try await post(
                    client, from: "/console/members", to: "/console/members", ["by": by, "who": who])
                #expect(found.status == .seeOther && found.headers[.location] == Self.page, "\(by)")
            }
            for (by, who, says) in [
                ("pseudonym", "  ", "Fill in whom"), ("pseudonym", "00000000", "More than one"),
                ("pseudonym", "x <b>", "no member with this pseudonym"),
                ("email", "bob@example.org", "Nobody is known"), ("user", "bob", "Nobody is known"),
            ] {
                let wrong = try await post(
                    client, from: "/console/members", to: "/console/members", ["by": by, "who": who])
                #expect(wrong.status == .unprocessableContent, "\(who)")
                let text = RouteTests.text(wrong)
                #expect(text.contains(says) && text.contains("aria-invalid=\"true\""), "\(who)")
                #expect(text.contains("value=\"\(who.replacing("<", with: "&lt;").replacing(">", with: "&gt;"))\""))
                #expect(text.contains("<option value=\"\(by)\" selected>"), "\(who)")
            }
            #expect(asked(data).count == 7, "a blank question reached the house: \(asked(data))")
        }
    }

    @Test
    func `whoever may not ask the vault is not offered it, and whoever may not see members sees none`() async throws {
        let data = data()
        try await RouteTests.run(data) { client, _ in
            let search = RouteTests.text(try await RouteTests.get(client, "/console/members", Self.looking))
            #expect(!search.contains("name=\"by\" value=\"user\"") && !search.contains("<select"))
            #expect(search.contains("name=\"by\" value=\"pseudonym\""))
            let member = RouteTests.text(try await RouteTests.get(client, Self.page, Self.looking))
            #expect(member.contains("1,245") && !member.contains("/adjust"))
            let refused = try await post(
                client, from: "/console/members", to: Self.page + "/adjust",
                ["unit": "ink", "amount": "5", "reason": "x", "key": String(repeating: "a", count: 32)],
                as: Self.looking)
            #expect(refused.status == .forbidden)
            for path in ["/console/members", Self.page] {
                #expect(try await RouteTests.get(client, path, Self.other).status == .forbidden, "\(path)")
            }
            let menu = RouteTests.text(try await RouteTests.get(client, "/console/rules", Self.other))
            #expect(!menu.contains("href=\"/console/members\""))
            #expect(
                RouteTests.text(try await RouteTests.get(client, "/console/rules", Self.looking))
                    .contains("href=\"/console/members\""))
        }
    }

    @Test
    func `a correction is bounded, keeps what was typed, and goes through once`() async throws {
        let data = data()
        try await RouteTests.run(data) { client, _ in
            let path = Self.page + "/adjust"
            let good = ["unit": "ink", "amount": "+50", "reason": " Paid twice "]
            let done = try await post(client, from: Self.page, to: path, good)
            #expect(done.status == .seeOther && done.headers[.location] == Self.page + "?done=adjusted")
            #expect(asked(data).contains { $0.hasPrefix("adjust ink 50 Paid twice ") })
            let shown = try await RouteTests.get(client, Self.page + "?done=adjusted", RouteTests.staff)
            #expect(RouteTests.text(shown).contains("The points are corrected."))
            for (change, says) in [
                (["amount": "many"], "whole number"), (["amount": "0"], "whole number"),
                (["amount": "1000000001"], "whole number"), (["amount": "-9223372036854775808"], "whole number"),
                (["amount": "-1246"], "has only 1,245"), (["reason": "  "], "Say why"),
                (["reason": String(repeating: "a", count: 501)], "Say why"), (["unit": "stars"], "cannot be corrected"),
            ] {
                let wrong = try await post(client, from: Self.page, to: path, good.merging(change) { $1 })
                #expect(wrong.status == .unprocessableContent, "\(change)")
                let text = RouteTests.text(wrong)
                #expect(text.contains(says), "\(change)")
                #expect(text.contains("value=\"\(change["amount"] ?? "+50")\""), "\(change)")
                #expect(text.contains(">\(change["reason"] ?? " Paid twice ")</textarea>"), "\(change)")
            }
            let keyless = try await post(client, from: Self.page, to: path, good.merging(["key": "x"]) { $1 })
            #expect(keyless.status == .badRequest)
            #expect(asked(data).filter { $0.hasPrefix("adjust") }.count == 3, "\(asked(data))")
        }
    }

    @Test
    func `no form of a member is taken without its token`() async throws {
        let data = data()
        try await RouteTests.run(data) { client, _ in
            for (path, fields) in [
                ("/console/members", ["by": "user", "who": "ann"]),
                (
                    Self.page + "/adjust",
                    ["unit": "ink", "amount": "5", "reason": "x", "key": String(repeating: "a", count: 32)]
                ),
            ] {
                let refused = try await RouteTests.post(client, path, RouteTests.staff, form: fields)
                #expect(refused.status == .forbidden, "\(path)")
            }
            #expect(asked(data).isEmpty)
        }
    }

    @Test
    func `the timeline is turned over by its address, with reasons in words and the stored fields folded away`()
        async throws
    {
        try await RouteTests.run(data()) { client, _ in
            let page = RouteTests.text(try await RouteTests.get(client, Self.page, RouteTests.staff))
            #expect(page.contains("href=\"\(Self.page)?after=cursor%2F2%2B\""))
            #expect(page.contains("Paid twice &lt;at the desk&gt;") && page.contains("Held out, to compare"))
            #expect(page.contains("Corrected by staff") && page.contains("href=\"/console/reviews\""))
            #expect(page.contains("<dd><code>{&quot;text&quot;:&quot;a &lt; b&quot;}</code></dd>"))
            #expect(page.contains("You read something outside your usual subjects"))
            #expect(page.contains("only the day is kept"))
            #expect(!page.contains("Sanne"), "a name stands on the page")
            let older = try await RouteTests.get(client, Self.page + "?after=cursor%2F2%2B", RouteTests.staff)
            #expect(older.status == .ok && !RouteTests.text(older).contains("rel=\"next\""))
            #expect(RouteTests.text(older).contains("To the latest"))
            for path in [Self.page + "?after=x", "/console/members/nobody"] {
                #expect(try await RouteTests.get(client, path, RouteTests.staff).status == .notFound, "\(path)")
            }
        }
    }

    @Test
    func `the amount and the reason are read as they are typed`() {
        func points(_ text: String) -> Int64? { PointsForm(key: "k", amount: text).points }
        #expect(points("5") == 5 && points(" +5 ") == 5 && points("-5") == -5)
        #expect(points("1000000000") == PointsOrder.maximum && points("-1000000000") == -PointsOrder.maximum)
        for bad in ["", "0", "5.5", "1e3", "1000000001", "--5", "five"] { #expect(points(bad) == nil, "\(bad)") }
        #expect(PointsForm(key: "k", reason: String(repeating: "理", count: 500)).hasReason)
        #expect(!PointsForm(key: "k", reason: String(repeating: "理", count: 501)).hasReason)
    }
}
