public import Loyalty
public import Primitives
import Storage

/// Codes that open something: of gifts and of invitations. Only their keyed hashes are stored.
public struct SharingCode: Sendable, Hashable {
    /// Letters and digits that nobody mistakes for each other (Crockford's base 32).
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    /// Sixteen of them, 80 bits.
    public let text: String

    /// The code of 80 bits.
    public init(_ id: ID128) {
        var bits = id.high
        var bytes: [UInt8] = []
        for index in 0..<16 {
            if index == 8 { bits = id.low }
            bytes.append(Self.alphabet[Int(bits & 31)])
            bits >>= 5
        }
        text = String(decoding: bytes, as: UTF8.self)
    }

    /// What somebody typed: in any case, with spaces and hyphens, O for 0 and I or L for 1. `nil` if it can be no code.
    public init?(typed: String) {
        guard typed.utf8.count <= 64 else { return nil }
        var bytes: [UInt8] = []
        for byte in typed.uppercased().utf8 where byte != UInt8(ascii: " ") && byte != UInt8(ascii: "-") {
            switch byte {
            case UInt8(ascii: "O"): bytes.append(UInt8(ascii: "0"))
            case UInt8(ascii: "I"), UInt8(ascii: "L"): bytes.append(UInt8(ascii: "1"))
            default: bytes.append(byte)
            }
        }
        guard bytes.count == 16, bytes.allSatisfy({ Self.alphabet.contains($0) }) else { return nil }
        text = String(decoding: bytes, as: UTF8.self)
    }

    /// In groups of four, for people.
    public var spaced: String {
        var result = ""
        for (index, character) in text.enumerated() {
            if index > 0, index % 4 == 0 { result.append("-") }
            result.append(character)
        }
        return result
    }
}

extension Engine {
    /// What is stored of a gift's code: also the identifier of the hold that is the gift.
    public func giftID(_ code: SharingCode, in programme: ProgrammeID) -> ID128 {
        sharingID("gift", code, in: programme)
    }

    /// What is stored of an invitation's code.
    public func invitationID(_ code: SharingCode, in programme: ProgrammeID) -> ID128 {
        sharingID("invitation", code, in: programme)
    }

    private func sharingID(_ use: String, _ code: SharingCode, in programme: ProgrammeID) -> ID128 {
        claim(programme: programme, source: "sharing/" + use, id: code.text).asUUID(version: 8)
    }

    /// Whose gift a code stands for; `nil` if it stands for none.
    public func giver(of gift: ID128, in programme: ProgrammeID) async throws -> MemberID? {
        let store = LoyaltyStore(programme: programme)
        return try await database.read { try store.giver(of: gift, $0) }
    }

    /// The wallet that an invitation is for; `nil` if it is for none.
    public func wallet(invitation: ID128, in programme: ProgrammeID) async throws -> MemberID? {
        let store = LoyaltyStore(programme: programme)
        return try await database.read { try store.wallet(invitation: invitation, $0) }
    }

    /// The members of a shared wallet, those who left too.
    public func members(
        of wallet: MemberID, in programme: ProgrammeID
    ) async throws -> [(member: MemberID, membership: Membership)] {
        let store = LoyaltyStore(programme: programme)
        return try await database.read { try store.members(of: wallet, $0) }
    }
}
