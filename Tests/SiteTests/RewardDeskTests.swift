import HTTPTypes
import HummingbirdTesting
import Synchronization
import Testing

@testable import Site

/// The desk of rewards: stock, codes, tickets and parcels.
struct RewardDeskTests {
    @Test
    func `a list of codes is read line by line, and what stands there twice is counted`() {
        let most = 3
        func read(_ text: String) -> CodeList { CodeList(text, most: most, bytes: 5) }
        #expect(read("A\r\nB\n\n\"C\"\nA\n") == .codes(["A", "B", "C"], repeated: 1))
        #expect(read(" A \n \"B\"\t\n") == .codes(["A", "B"], repeated: 0))
        #expect(read("\n \n") == .empty)
        #expect(read("A\nB\nC\nD") == .tooMany)
        #expect(read("A\nABCDEF") == .bad(line: 2))
        #expect(read("A\nB\u{7}") == .bad(line: 2))
    }

    private func post(
        _ client: any TestClientProtocol, _ path: String, _ fields: [String: String]
    ) async throws -> TestResponse {
        let page = try await RouteTests.get(client, "/console/rewards", RouteTests.staff)
        var form = ["csrf": try RouteTests.hidden("csrf", in: page), "key": try RouteTests.hidden("key", in: page)]
        form.merge(fields) { $1 }
        return try await RouteTests.post(client, path, RouteTests.staff, form: form)
    }

    private func chosen(_ data: FakeSiteData) -> [String] { data.state.withLock { $0.chosen } }

    @Test
    func `what is wrong is said beside the form, with what was filled in`() async throws {
        let data = FakeSiteData()
        try await RouteTests.run(data) { client, _ in
            let path = "/console/rewards/stock"
            let done = try await post(client, path, ["reward": "print", "amount": "5", "reason": "Found"])
            #expect(done.status == .seeOther && done.headers[.location] == "/console/rewards?done=stock")
            for (fields, says) in [
                (["reward": "print", "amount": "many", "reason": "Found"], "whole number"),
                (["reward": "print", "amount": "0", "reason": "Found"], "whole number"),
                (["reward": "print", "amount": "-9223372036854775808", "reason": "Found"], "whole number"),
                (["reward": "print", "amount": "3", "reason": ""], "Say why"),
                (["reward": "print", "amount": "-30", "reason": "Damp"], "Only 18"),
                (["reward": "none", "amount": "3", "reason": "Damp"], "not counted"),
            ] {
                let wrong = try await post(client, path, fields)
                #expect(wrong.status == .unprocessableContent, "\(fields)")
                let text = RouteTests.text(wrong)
                #expect(text.contains(says), "\(fields)")
                #expect(text.contains("value=\"\(fields["amount"] ?? "")\""))
            }
            #expect(chosen(data).filter { $0.hasPrefix("stock") }.count == 3, "\(chosen(data))")
        }
    }

    @Test
    func `codes are counted and never shown again`() async throws {
        let data = FakeSiteData()
        try await RouteTests.run(data) { client, _ in
            let path = "/console/rewards/codes"
            let done = try await post(client, path, ["reward": "print", "codes": "SECRET-1\nSECRET-2\nSECRET-1\n"])
            #expect(done.headers[.location] == "/console/rewards?done=codes&counts=2.0.1")
            #expect(chosen(data).contains("codes print SECRET-1,SECRET-2"))
            let shown = try await RouteTests.get(
                client, "/console/rewards?done=codes&counts=2.0.1", RouteTests.staff)
            #expect(RouteTests.text(shown).contains("New: 2. In the pool already: 0. Twice in the list: 1."))
            let wrong = try await post(client, path, ["reward": "print", "codes": "SECRET-3\nSECRET\u{7}4"])
            #expect(wrong.status == .unprocessableContent)
            let text = RouteTests.text(wrong)
            #expect(text.contains("Line 2"))
            #expect(!text.contains("SECRET"), "a code is shown again")
        }
    }

    @Test
    func `as many codes as the page promises fit into its form`() async throws {
        try await RouteTests.run(FakeSiteData()) { client, _ in
            let codes = (0..<StamgastSite.maximumCodes).map {
                "\($0)/" + String(repeating: "é", count: StamgastSite.codeBytes / 2 - 4)
            }
            let done = try await post(
                client, "/console/rewards/codes", ["reward": "print", "codes": codes.joined(separator: "\r\n")])
            #expect(done.headers[.location] == "/console/rewards?done=codes&counts=1000.0.0")
        }
    }

    @Test
    func `a ticket is looked at or let in, and a parcel gets carrier and number`() async throws {
        let data = FakeSiteData()
        try await RouteTests.run(data) { client, _ in
            for (ticket, says) in [
                ("good", "not used yet"), ("admitted", "used now"), ("used", "used before"), ("void", "no longer"),
                ("nothing", "not a ticket"),
            ] {
                let page = try await post(client, "/console/rewards/ticket", ["ticket": ticket, "admit": "yes"])
                #expect(page.status == (ticket == "nothing" ? .unprocessableContent : .ok))
                #expect(RouteTests.text(page).contains(says), "\(ticket)")
            }
            let sent = try await post(
                client, "/console/parcels/r1", ["step": "sent", "carrier": "PostNL", "tracking": "3S1"])
            #expect(sent.status == .seeOther)
            #expect(chosen(data).contains("sent r1 PostNL/3S1"))
            let alone = try await post(client, "/console/parcels/r1", ["step": "sent", "carrier": "PostNL"])
            #expect(alone.status == .unprocessableContent)
            let gone = try await post(client, "/console/parcels/r9", ["step": "packed"])
            #expect(gone.status == .unprocessableContent)
            let address = try await post(client, "/console/parcels/r1/address", [:])
            #expect(RouteTests.text(address).contains("Kerkstraat 1 &lt;b&gt;"))
        }
    }
}
