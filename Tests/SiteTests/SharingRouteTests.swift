import Hummingbird
import HummingbirdTesting
import Testing

@testable import Site

/// Gifts and wallets on the member's page, jobs and books in the console.
struct SharingRouteTests {
    @Test func aGiftsCodeIsShownOnceAndForeignFormsAreRefused() async throws {
        try await RouteTests.run { client, _ in
            let page = try await RouteTests.get(client, "/m/gifts", RouteTests.member)
            #expect(page.status == .ok)
            let token = try RouteTests.hidden("csrf", in: page)
            let key = try RouteTests.hidden("key", in: page)
            let form = ["csrf": token, "key": key, "unit": "ink", "amount": "20"]
            let made = try await RouteTests.post(client, "/m/gifts", RouteTests.member, form: form)
            #expect(made.status == .ok && RouteTests.text(made).contains("ABCD-1234-EFGH-5678"))
            let small = try await RouteTests.post(
                client, "/m/gifts", RouteTests.member, form: form.merging(["amount": "2"]) { $1 })
            #expect(small.status == .conflict)
            let foreign = try await RouteTests.post(
                client, "/m/gifts", RouteTests.member, form: form.merging(["csrf": "x"]) { $1 })
            #expect(foreign.status != .ok && !RouteTests.text(foreign).contains("ABCD-1234"))
            let taken = try await RouteTests.post(
                client, "/m/gifts/accept", RouteTests.member, form: ["csrf": token, "code": "ABCD-1234-EFGH-5678"])
            #expect(taken.status == .ok)
            let unknown = try await RouteTests.post(
                client, "/m/gifts/accept", RouteTests.member, form: ["csrf": token, "code": "nothing"])
            #expect(unknown.status == .conflict)
            let opened = try await RouteTests.post(
                client, "/m/wallets/new", RouteTests.member,
                form: ["csrf": token, "key": key, "do": "open", "kind": "household"])
            #expect(RouteTests.text(opened).contains("WXYZ-1234-EFGH-5678"))
            let odd = try await RouteTests.post(
                client, "/m/wallets/w%2F1", RouteTests.member, form: ["csrf": token, "key": key, "do": "burn"])
            #expect(odd.status != .ok)
        }
    }

    @Test func aJobIsOrderedFromTheConsole() async throws {
        try await RouteTests.run { client, _ in
            let page = try await RouteTests.get(client, "/console/jobs", RouteTests.staff)
            #expect(page.status == .ok)
            // Something is under way, so the page loads itself again.
            #expect(RouteTests.text(page).contains("http-equiv=\"refresh\""))
            #expect(RouteTests.text(page).contains("<progress max=\"100\" value=\"25\""))
            let token = try RouteTests.hidden("csrf", in: page)
            let key = try RouteTests.hidden("key", in: page)
            let form = ["csrf": token, "key": key, "action": "grant", "unit": "ink", "amount": "5", "when": "true"]
            let ordered = try await RouteTests.post(client, "/console/jobs", RouteTests.staff, form: form)
            #expect(ordered.status == .seeOther)
            let wrong = try await RouteTests.post(
                client, "/console/jobs", RouteTests.staff, form: form.merging(["when": "member.nonsense"]) { $1 })
            #expect(wrong.status == .unprocessableContent)
            #expect(RouteTests.text(wrong).contains("no &lt;such&gt; field"))
            let books = try await RouteTests.get(client, "/console/books", RouteTests.staff)
            #expect(books.status == .ok && RouteTests.text(books).contains("8.60 EUR"))
        }
    }
}
