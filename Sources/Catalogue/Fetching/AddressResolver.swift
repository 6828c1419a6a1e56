import NIOPosix

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Finds the addresses of a host.
protocol AddressResolving: Sendable {
    /// Empty when the host is not known.
    func addresses(of host: String) async -> [NetworkAddress]
}

/// The system's resolver: hosts file and DNS, on a thread of its own because it blocks.
struct SystemAddressResolver: AddressResolving {
    func addresses(of host: String) async -> [NetworkAddress] {
        let found = try? await NIOThreadPool.singleton.runIfActive { Self.resolve(host) }
        return found ?? []
    }

    /// In the system's order of preference (RFC 6724), each once.
    static func resolve(_ host: String) -> [NetworkAddress] {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        #if canImport(Glibc)
            hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #else
            hints.ai_socktype = SOCK_STREAM
        #endif
        var first: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &first) == 0 else { return [] }
        defer { freeaddrinfo(first) }
        var result: [NetworkAddress] = []
        var next = first
        while let info = next {
            if let address = address(info.pointee) { result.append(address) }
            next = info.pointee.ai_next
        }
        return result.uniqued()
    }

    private static func address(_ info: addrinfo) -> NetworkAddress? {
        guard let pointer = info.ai_addr else { return nil }
        let raw = UnsafeRawPointer(pointer)
        let bytes: [UInt8]
        switch info.ai_family {
        case AF_INET:
            bytes = withUnsafeBytes(of: raw.loadUnaligned(as: sockaddr_in.self).sin_addr) { Array($0) }
        case AF_INET6:
            bytes = withUnsafeBytes(of: raw.loadUnaligned(as: sockaddr_in6.self).sin6_addr) { Array($0) }
        default: return nil
        }
        return NetworkAddress(bytes: bytes)
    }
}
