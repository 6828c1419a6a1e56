/// An IP address, and whether a request that a stranger named may go there.
struct NetworkAddress: Hashable, Sendable, CustomStringConvertible {
    /// 4 or 16, in network order.
    let bytes: [UInt8]

    /// Dotted for IPv4; eight full groups for IPv6 (RFC 4291, section 2.2, form 1).
    var description: String {
        guard bytes.count == 16 else { return bytes.map { String($0) }.joined(separator: ".") }
        return stride(from: 0, to: 16, by: 2).map { String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16) }
            .joined(separator: ":")
    }

    /// Whether the address belongs to the public internet: none of the special-purpose blocks of the IANA registries
    /// (RFC 6890 and its updates), no multicast, and no IPv6 form that carries such an IPv4 address inside.
    var isPublic: Bool {
        switch bytes.count {
        case 4: Self.isPublicV4(bytes[...])
        case 16: Self.isPublicV6(bytes)
        default: false
        }
    }

    private static func isPublicV4(_ bytes: ArraySlice<UInt8>) -> Bool {
        let value = bytes.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return !specialV4.contains { value >> (32 - $0.bits) == $0.prefix >> (32 - $0.bits) }
    }

    private static func isPublicV6(_ bytes: [UInt8]) -> Bool {
        func starts(_ prefix: [UInt8]) -> Bool { bytes.starts(with: prefix) }
        let zeros = bytes.prefix { $0 == 0 }.count
        // IPv4-mapped ::ffff:0:0/96, and the deprecated IPv4-compatible ::/96 with :: and ::1 in it.
        if zeros == 10, bytes[10] == 0xFF, bytes[11] == 0xFF { return isPublicV4(bytes[12...]) }
        if zeros >= 12 { return false }
        // Translation (RFC 6052, RFC 8215) and 6to4 (RFC 3056) reach the IPv4 address they carry.
        if starts([0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]) { return isPublicV4(bytes[12...]) }
        if starts([0, 0x64, 0xFF, 0x9B]) { return false }
        if starts([0x20, 0x02]) { return isPublicV4(bytes[2..<6]) }
        // Protocol assignments with Teredo and ORCHID (2001::/23), documentation (2001:db8::/32, 3fff::/20).
        if starts([0x20, 0x01]), bytes[2] < 0x02 { return false }
        if starts([0x20, 0x01, 0x0D, 0xB8]) || (starts([0x3F, 0xFF]) && bytes[2] < 0x10) { return false }
        // Everything else that is public lies in 2000::/3; unique local, link-local, multicast and the rest do not.
        return bytes[0] >> 5 == 1
    }

    private static let specialV4: [(prefix: UInt32, bits: UInt32)] = [
        (0x0000_0000, 8), (0x0A00_0000, 8), (0x6440_0000, 10), (0x7F00_0000, 8), (0xA9FE_0000, 16), (0xAC10_0000, 12),
        (0xC000_0000, 24), (0xC000_0200, 24), (0xC058_6300, 24), (0xC0A8_0000, 16), (0xC612_0000, 15),
        (0xC633_6400, 24),
        (0xCB00_7100, 24), (0xE000_0000, 4), (0xF000_0000, 4),
    ]
}
