public import Primitives
import Vault

/// What a member shows at the door: which redemption of whom it is, and a keyed hash that nobody else can make.
///
/// 64 characters of base 32 (RFC 4648, section 6): sixteen bytes of member, sixteen of redemption, eight of HMAC.
public struct TicketToken: Sendable, Hashable {
    public let member: MemberID
    public let redemption: ID128
    private let mac: [UInt8]

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    init(member: MemberID, redemption: ID128, mac: [UInt8]) {
        self.member = member
        self.redemption = redemption
        self.mac = mac
    }

    /// `nil` unless the text has the form of a ticket; whether it is genuine, ``Engine/isGenuine(_:in:)`` says.
    public init?(_ text: String) {
        let letters = text.uppercased().utf8.filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: " ") }
        guard letters.count == 64 else { return nil }
        var bytes: [UInt8] = []
        var bits: UInt64 = 0
        for (index, letter) in letters.enumerated() {
            guard let value = Self.alphabet.firstIndex(of: letter) else { return nil }
            bits = bits << 5 | UInt64(value)
            if index % 8 == 7 {
                for shift in stride(from: 32, through: 0, by: -8) {
                    bytes.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
                }
                bits = 0
            }
        }
        guard let member = ID128(bytes: bytes[0..<16]), let redemption = ID128(bytes: bytes[16..<32]) else {
            return nil
        }
        self.member = MemberID(member)
        self.redemption = redemption
        mac = Array(bytes[32...])
    }

    public var text: String {
        let bytes = member.value.bytes + redemption.bytes + mac
        var letters: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 5) {
            let bits = bytes[start..<start + 5].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            for shift in stride(from: 35, through: 0, by: -5) {
                letters.append(Self.alphabet[Int(bits >> UInt64(shift) & 31)])
            }
        }
        return String(decoding: letters, as: UTF8.self)
    }

    /// Compares all bytes, whatever the first different one is.
    func has(_ expected: [UInt8]) -> Bool {
        guard mac.count == expected.count else { return false }
        return zip(mac, expected).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

extension Engine {
    private func mac(_ member: MemberID, _ redemption: ID128, _ programme: ProgrammeID) -> [UInt8] {
        Array(
            claims.bytes(ofParts: [
                Array("ticket".utf8), Array(programme.name.utf8), member.value.bytes, redemption.bytes,
            ]).prefix(8))
    }

    /// The ticket of a redemption.
    public func ticket(_ redemption: ID128, of member: MemberID, in programme: ProgrammeID) -> TicketToken {
        TicketToken(member: member, redemption: redemption, mac: mac(member, redemption, programme))
    }

    /// Whether this house made the ticket, for this programme.
    public func isGenuine(_ ticket: TicketToken, in programme: ProgrammeID) -> Bool {
        ticket.has(mac(ticket.member, ticket.redemption, programme))
    }
}
