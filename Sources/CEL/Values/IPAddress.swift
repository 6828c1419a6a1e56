/// An IPv4 or IPv6 address.
public struct IPAddress: Sendable, Hashable {
    /// 4 or 6: how the address was written.
    public let family: Int
    /// The address in network order: the upper 64 bits of an IPv6 address, zero for IPv4.
    public let high: UInt64
    /// The lower 64 bits of an IPv6 address, or the 32 bits of an IPv4 address.
    public let low: UInt64

    init(family: Int, high: UInt64, low: UInt64) {
        self.family = family
        self.high = high
        self.low = low
    }

    /// Reads an address. Zones (`fe80::1%en0`) and dotted IPv4 inside IPv6 are not accepted.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        if bytes.contains(UInt8(ascii: ":")) {
            guard let words = IPAddress.parseSix(bytes) else { return nil }
            family = 6
            high = words[0..<4].reduce(0) { $0 << 16 | UInt64($1) }
            low = words[4..<8].reduce(0) { $0 << 16 | UInt64($1) }
        } else {
            guard let value = IPAddress.parseFour(bytes) else { return nil }
            family = 4
            high = 0
            low = value
        }
    }

    private static func parseFour(_ bytes: [UInt8]) -> UInt64? {
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var value: UInt64 = 0
        for part in parts {
            guard (1...3).contains(part.count), part.count == 1 || part.first != UInt8(ascii: "0") else { return nil }
            var octet: UInt64 = 0
            for byte in part {
                guard byte >= 0x30, byte <= 0x39 else { return nil }
                octet = octet * 10 + UInt64(byte - 0x30)
            }
            guard octet <= 255 else { return nil }
            value = value << 8 | octet
        }
        return value
    }

    private static func parseSix(_ bytes: [UInt8]) -> [UInt16]? {
        guard bytes.count <= 39 else { return nil }
        var before: [UInt16] = []
        var after: [UInt16] = []
        var hasGap = false
        var position = 0
        if bytes.starts(with: [0x3a, 0x3a]) {
            hasGap = true
            position = 2
        }
        while position < bytes.count {
            var word: UInt32 = 0
            var digits = 0
            while position < bytes.count, let digit = bytes[position].hexDigitValue {
                word = word << 4 | UInt32(digit)
                digits += 1
                position += 1
            }
            guard (1...4).contains(digits) else { return nil }
            if hasGap { after.append(UInt16(word)) } else { before.append(UInt16(word)) }
            guard before.count + after.count <= 8 else { return nil }
            if position == bytes.count { break }
            guard bytes[position] == 0x3a else { return nil }
            position += 1
            if position < bytes.count, bytes[position] == 0x3a {
                guard !hasGap else { return nil }
                hasGap = true
                position += 1
            } else if position == bytes.count {
                return nil
            }
        }
        let missing = 8 - before.count - after.count
        guard hasGap ? missing >= 1 : missing == 0 else { return nil }
        return before + Array(repeating: 0, count: missing) + after
    }

    /// The address as text: dotted for IPv4, RFC 5952 for IPv6.
    public var text: String {
        if family == 4 {
            return "\(low >> 24 & 255).\(low >> 16 & 255).\(low >> 8 & 255).\(low & 255)"
        }
        let words = (0..<8).map { index in
            UInt16(truncatingIfNeeded: (index < 4 ? high : low) >> UInt64((3 - index % 4) * 16))
        }
        var best = 0..<0
        var start = 0
        while start < 8 {
            guard words[start] == 0 else {
                start += 1
                continue
            }
            var end = start
            while end < 8, words[end] == 0 { end += 1 }
            if end - start > best.count, end - start >= 2 { best = start..<end }
            start = end
        }
        let hexadecimal = { (words: ArraySlice<UInt16>) in words.map { String($0, radix: 16) }.joined(separator: ":") }
        if best.isEmpty { return hexadecimal(words[...]) }
        return hexadecimal(words[..<best.lowerBound]) + "::" + hexadecimal(words[best.upperBound...])
    }

    /// The IPv4 address inside an IPv4-mapped IPv6 address, and every other address itself.
    var unmapped: IPAddress {
        family == 6 && high == 0 && low >> 32 == 0xffff ? IPAddress(family: 4, high: 0, low: low & 0xffff_ffff) : self
    }

    public static func == (left: IPAddress, right: IPAddress) -> Bool {
        let a = left.unmapped
        let b = right.unmapped
        return a.family == b.family && a.high == b.high && a.low == b.low
    }

    public func hash(into hasher: inout Hasher) {
        let address = unmapped
        hasher.combine(address.family)
        hasher.combine(address.high)
        hasher.combine(address.low)
    }

    public var isUnspecified: Bool { high == 0 && low == 0 }

    public var isLoopback: Bool { family == 4 ? low >> 24 == 127 : high == 0 && low == 1 }

    public var isMulticast: Bool { family == 4 ? low >> 28 == 0xe : high >> 56 == 0xff }

    public var isLinkLocalMulticast: Bool {
        family == 4 ? low >> 8 == 0xe00000 : high >> 56 == 0xff && high >> 48 & 0xf == 2
    }

    public var isLinkLocalUnicast: Bool { family == 4 ? low >> 16 == 0xa9fe : high >> 54 == 0x3fa }

    public var isGlobalUnicast: Bool {
        let isBroadcast = family == 4 && low == 0xffff_ffff
        return !isBroadcast && !isUnspecified && !isLoopback && !isMulticast && !isLinkLocalUnicast
    }
}

/// An IP network: an address and the number of its leading bits that are fixed.
public struct CIDRBlock: Sendable, Hashable {
    public let address: IPAddress
    /// 0...32 for IPv4, 0...128 for IPv6.
    public let prefixLength: Int

    init(address: IPAddress, prefixLength: Int) {
        self.address = address
        self.prefixLength = prefixLength
    }

    /// Reads text such as `10.0.0.0/8`.
    public init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count == 2, let address = IPAddress(String(parts[0]) ?? "") else { return nil }
        let digits = Array(parts[1])
        guard (1...3).contains(digits.count), digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
            digits.count == 1 || digits[0] != 0x30
        else { return nil }
        let length = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        guard length <= (address.family == 4 ? 32 : 128) else { return nil }
        self.address = address
        prefixLength = length
    }

    public var text: String { "\(address.text)/\(prefixLength)" }

    /// The network with every free bit cleared.
    public var masked: CIDRBlock {
        let width = address.family == 4 ? 32 : 128
        let free = width - prefixLength
        let lowMask: UInt64 = free >= 64 ? 0 : ~0 << UInt64(free)
        let highMask: UInt64 = free <= 64 ? ~0 : free >= 128 ? 0 : ~0 << UInt64(free - 64)
        let base = IPAddress(family: address.family, high: address.high & highMask, low: address.low & lowMask)
        return CIDRBlock(address: base, prefixLength: prefixLength)
    }

    public func contains(_ other: IPAddress) -> Bool {
        guard other.family == address.family else { return false }
        let base = CIDRBlock(address: other, prefixLength: prefixLength).masked.address
        return base.high == masked.address.high && base.low == masked.address.low
    }

    public func contains(_ other: CIDRBlock) -> Bool { other.prefixLength >= prefixLength && contains(other.address) }
}

extension UInt8 {
    /// The value of an ASCII hexadecimal digit.
    var hexDigitValue: Int? {
        switch self {
        case 0x30...0x39: Int(self) - 0x30
        case 0x41...0x46: Int(self) - 0x41 + 10
        case 0x61...0x66: Int(self) - 0x61 + 10
        default: nil
        }
    }
}
