import Testing

@testable import Vault

@Suite struct ExternalIdentityTests {
    @Test(
        arguments: [
            ("anna@example.org", "anna@example.org"), ("  Anna.B@Example.ORG ", "anna.b@example.org"),
            ("zoë@bücher.example", "zoë@bücher.example"), ("a@b", "a@b"), ("", nil), ("anna", nil), ("@b", nil),
            ("a@", nil),
            ("a@b@c", nil), ("a b@c", nil), ("a@b,c@d", nil), ("Anna <a@b>", nil), ("a\n@b", nil), ("a\u{0}@b", nil),
            (String(repeating: "a", count: 65) + "@b", nil), ("a@" + String(repeating: "b", count: 191), nil),
        ] as [(String, String?)])
    func addresses(text: String, normalised: String?) {
        #expect(EmailAddress(text)?.normalised == normalised)
    }

    @Test(arguments: ["", "a\u{0}b", "a\nb", "\u{7F}", String(repeating: "x", count: 256)])
    func refusesValuesThatAreNoNames(value: String) {
        #expect(ExternalIdentity(.user, value) == nil)
    }

    @Test func comparesByteByByte() throws {
        let composed = try identity(.user, "\u{E9}")
        let decomposed = try identity(.user, "e\u{301}")
        #expect(composed != decomposed)
        #expect(Set([composed, decomposed]).count == 2)
    }

    @Test func printingTellsNothing() throws {
        let user = try identity(.user, "canary")
        let address = try #require(EmailAddress("canary@example.org"))
        var text = "\(user) \(address) \([user]) \(String(reflecting: user))"
        dump((user, address, Optional(user)), to: &text)
        #expect(!text.contains("canary"))
    }

    @Test(arguments: ["", "User", "1a", "a b", "é", String(repeating: "x", count: 33)])
    func refusesNamespaces(name: String) {
        #expect(ExternalIdentity.Namespace(name) == nil)
    }
}
