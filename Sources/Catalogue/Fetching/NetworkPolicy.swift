#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A block of addresses, as `10.1.0.0/16`, `fd00::/8` or a single `127.0.0.1`.
public struct NetworkBlock: Hashable, Sendable, CustomStringConvertible {
    let address: NetworkAddress
    /// How many leading bits count.
    let bits: Int

    /// `nil` for anything that is not an address in digits, with a length that fits and no bits beyond it.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let address = NetworkAddress(literal: parts[0]) else { return nil }
        let width = address.bytes.count * 8
        let bits = parts.count == 1 ? width : Int(parts[1]) ?? -1
        guard (0...width).contains(bits) else { return nil }
        self.address = address
        self.bits = bits
        guard address.bits(after: bits).allSatisfy({ $0 == 0 }) else { return nil }
    }

    public var description: String { "\(address)/\(bits)" }

    func contains(_ other: NetworkAddress) -> Bool {
        guard other.bytes.count == address.bytes.count else { return false }
        return (0..<bits).allSatisfy { other.bit($0) == address.bit($0) }
    }
}

extension NetworkAddress {
    /// Reads an address in digits only, in the forms of `inet_pton`: no names, no octal, no short forms.
    init?(literal text: some StringProtocol) {
        let text = String(text)
        for (family, count) in [(AF_INET, 4), (AF_INET6, 16)] {
            var bytes = [UInt8](repeating: 0, count: count)
            if inet_pton(family, text, &bytes) == 1 {
                self.init(bytes: bytes)
                return
            }
        }
        return nil
    }

    func bit(_ index: Int) -> UInt8 { bytes[index / 8] >> (7 - index % 8) & 1 }

    fileprivate func bits(after count: Int) -> [UInt8] { (count..<bytes.count * 8).map { bit($0) } }
}

/// Which hosts a request in our name may go to, when somebody else wrote the address: a feed's, a webhook's.
///
/// The public internet, and what the operator allows by name. Never decided by a programme or a feed.
public struct NetworkPolicy: Sendable, Hashable {
    /// The public internet only.
    public static let publicInternet = NetworkPolicy(allowing: [])
    /// No check: for whoever names the address themselves, at the command line of their own machine.
    public static let anywhere = NetworkPolicy(allowing: ["0.0.0.0/0", "::/0"].compactMap { NetworkBlock($0) })

    private let blocks: [NetworkBlock]

    /// - Parameter blocks: networks of one's own that may be reached as well.
    public init(allowing blocks: [NetworkBlock]) {
        self.blocks = blocks
    }

    func allows(_ address: NetworkAddress) -> Bool {
        address.isPublic || blocks.contains { $0.contains(address) }
    }

    /// Whether an address that is declared now may be asked later: what its host stands for today is looked at. A host
    /// that is not known today is judged when it is asked.
    ///
    /// - Returns: `false` if it is no address of the web, or its host stands for one that is not allowed.
    public func allows(address: String) async -> Bool {
        await allows(address: address, SystemAddressResolver())
    }

    func allows(address: String, _ resolver: any AddressResolving) async -> Bool {
        guard let host = GuardedHTTP.host(of: address) else { return false }
        return await resolver.addresses(of: host).allSatisfy { allows($0) }
    }
}
