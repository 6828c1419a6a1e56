public import AsyncHTTPClient
import NIOCore
import NIOHTTPCompression

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// HTTP to addresses that strangers wrote, against requests that they could forge in our name (SSRF).
///
/// Only `http` and `https`; a host's addresses are looked up once, all of them must be allowed, and the connection is
/// made to the address that was checked, so that a second answer of the DNS cannot move it. Redirects are not followed:
/// whoever wants to follow one asks again, and the check is made again.
public struct GuardedHTTP: Sendable {
    public enum Problem: Error, Hashable, Sendable {
        /// The host has an address on this machine, inside a private network or otherwise not allowed.
        case addressNotAllowed(host: String)
        case unknownHost(String)
        /// Not an address of the web, or one that can be read in two ways.
        case badAddress
    }

    private let allows: @Sendable (NetworkAddress) -> Bool
    private let resolver: any AddressResolving

    public init(_ policy: NetworkPolicy) {
        self.init(resolver: SystemAddressResolver()) { policy.allows($0) }
    }

    init(resolver: any AddressResolving, allows: @escaping @Sendable (NetworkAddress) -> Bool) {
        self.resolver = resolver
        self.allows = allows
    }

    /// The host of an address, without the brackets of IPv6: the same reading as the client's, so that we check the host
    /// that it will ask. `nil` for what is no address of the web, and for names in other letters than ASCII, which could
    /// be read in two ways (names abroad have an ASCII form, RFC 5890).
    static func host(of address: String) -> String? {
        guard let url = URL(string: address), ["http", "https"].contains(url.scheme?.lowercased()),
            let host = url.host(percentEncoded: false), !host.isEmpty,
            host.utf8.allSatisfy({ $0 < 0x80 && $0 != UInt8(ascii: "%") })
        else { return nil }
        return host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
    }

    /// Runs `body` with a client whose connections to the address's host go where they may.
    ///
    /// - Parameters:
    ///   - idleSeconds: between two pieces, and for connecting.
    ///   - decompressedBytes: unpacks answers up to so many bytes; `nil` leaves them as they are.
    public func with<T: Sendable>(
        _ address: String, idleSeconds: Int, decompressedBytes: Int? = nil, _ body: (HTTPClient) async -> T
    ) async throws(Problem) -> T {
        guard let literal = Self.host(of: address), let host = URL(string: address)?.host(percentEncoded: false) else {
            throw .badAddress
        }
        let found = await resolver.addresses(of: literal)
        guard let target = found.first else { throw .unknownHost(host) }
        guard found.allSatisfy(allows) else { throw .addressNotAllowed(host: host) }
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(connect: .seconds(Int64(idleSeconds)), read: .seconds(Int64(idleSeconds))),
            decompression: decompressedBytes.map { .enabled(limit: .size($0)) } ?? .disabled)
        configuration.dnsOverride[host] = target.description
        configuration.dnsOverride[literal] = target.description
        configuration.httpVersion = .http1Only
        configuration.connectionPool.retryConnectionEstablishment = false
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let result = await body(client)
        // A client that does not close cleanly has nothing left that we would need.
        try? await client.shutdown()
        return result
    }
}
