import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Synchronization
import Testing

@testable import Catalogue

@Suite("Where requests in our name may go")
struct NetworkPolicyTests {
    @Test("A network is an address in digits and a length, with no bits beyond it")
    func readsNetworks() throws {
        for text in ["10.0.0.0/8", "127.0.0.1", "::1", "fd00::/8", "0.0.0.0/0", "::/0", "192.168.1.0/24"] {
            #expect(NetworkBlock(text) != nil, "\(text)")
        }
        for text in [
            "", "10.0.0.0/33", "10.0.0.1/8", "10.0.0.0/-1", "10.0.0.0/", "10.0.0.0/8/8", "10.1", "0x7f.0.0.1",
            "localhost",
            "::1/129", "fd01::/8", " 10.0.0.0/8", "10.0.0.0/ 8",
        ] { #expect(NetworkBlock(text) == nil, "\(text)") }
    }

    @Test("The operator's networks are reached, and nothing beside them")
    func allows() throws {
        let policy = NetworkPolicy(allowing: ["10.1.0.0/16", "::1"].compactMap { NetworkBlock($0) })
        func allows(_ text: String) throws -> Bool {
            policy.allows(try Fixture.required(NetworkAddress(literal: text)))
        }
        for text in ["10.1.0.1", "10.1.255.255", "::1", "8.8.8.8", "2606:4700::1"] {
            #expect(try allows(text), "\(text)")
        }
        for text in ["10.2.0.1", "10.0.255.255", "127.0.0.1", "::2", "::ffff:10.1.0.1", "169.254.169.254"] {
            #expect(try !allows(text), "\(text)")
        }
        let nowhere = NetworkAddress(bytes: [127, 0, 0, 1])
        #expect(!NetworkPolicy.publicInternet.allows(nowhere) && NetworkPolicy.anywhere.allows(nowhere))
    }

    /// Answers another address each time it is asked.
    private final class Rebinding: AddressResolving {
        let asked = Mutex(0)

        func addresses(of host: String) async -> [NetworkAddress] {
            let count = asked.withLock { count in
                count += 1
                return count
            }
            return [NetworkAddress(bytes: count == 1 ? [127, 0, 0, 1] : [127, 0, 0, 2])]
        }
    }

    @Test("A name is looked up once, and redirects are not followed")
    func pins() async throws {
        try await HTTPFeedFetcherTests.Server.with { _ in
            .init(status: .temporaryRedirect, headers: [("Location", "http://169.254.169.254/")])
        } _: { server in
            let resolver = Rebinding()
            // The first answer stands for the public internet; the second would lead inside.
            let http = GuardedHTTP(resolver: resolver) { $0.bytes == [127, 0, 0, 1] }
            let url = "http://rebind.invalid:\(server.port)/hook"
            let status = try await http.with(url, idleSeconds: 60) { client in
                try? await client.execute(HTTPClientRequest(url: url), timeout: .seconds(60)).status.code
            }
            #expect(status == 307)
            #expect(resolver.asked.withLock { $0 } == 1)
            #expect(server.heads.withLock { $0.count } == 1)
            // Asked again, it is checked again.
            await #expect(throws: GuardedHTTP.Problem.addressNotAllowed(host: "rebind.invalid")) {
                try await http.with(url, idleSeconds: 60) { _ in }
            }
        }
    }
}
