internal import Foundation
public import Primitives
internal import Vault

/// What a till carries for us, sealed: it can hand it back and read nothing in it.
///
/// A *visit* speaks for the member whose code was scanned, at this till, for ten minutes. A *receipt* names what one
/// operation gave or took, so that it can be taken back later without the member standing there; it shows nothing else.
public struct TillSlips: Sendable {
    public static let visitMilliseconds: Int64 = 600_000
    private let visits: SealedText
    private let receipts: SealedText

    init(ring: Keyring, random: any RandomBytes) throws(VaultProblem) {
        visits = try SealedText(ring: ring, use: "till visit", random: random)
        receipts = try SealedText(ring: ring, use: "till receipt", random: random)
    }

    public struct Receipt: Sendable, Hashable {
        public var member: MemberID
        /// The redemption, if it was one.
        public var redemption: ID128?
        /// The effects that gave something.
        public var effects: [ID128]

        public init(member: MemberID, redemption: ID128? = nil, effects: [ID128] = []) {
            self.member = member
            self.redemption = redemption
            self.effects = effects
        }
    }

    public func visit(of member: MemberID, till: String, in programme: ProgrammeID, until: Instant) throws -> String {
        try visits.seal("\(programme.name)\n\(till)\n\(member)\n\(until.milliseconds)")
    }

    /// Whom a visit is of; `nil` if it is another till's or programme's, or over.
    public func member(of visit: String, till: String, in programme: ProgrammeID, now: Instant) -> MemberID? {
        guard let parts = visits.open(visit)?.split(separator: "\n", omittingEmptySubsequences: false),
            parts.count == 4, parts[0] == programme.name, parts[1] == till, let until = Int64(parts[3]),
            now.milliseconds < until
        else { return nil }
        return MemberID(parts[2])
    }

    public func receipt(_ receipt: Receipt, in programme: ProgrammeID) throws -> String {
        let names = receipt.effects.prefix(Self.maximumEffects).map(\.description).joined(separator: " ")
        return try receipts.seal(
            "\(programme.name)\n\(receipt.member)\n\(receipt.redemption?.description ?? "")\n\(names)")
    }

    /// What a receipt is of; `nil` if it is not ours or of another programme.
    public func read(_ receipt: String, in programme: ProgrammeID) -> Receipt? {
        guard let parts = receipts.open(receipt)?.split(separator: "\n", omittingEmptySubsequences: false),
            parts.count == 4, parts[0] == programme.name, let member = MemberID(parts[1])
        else { return nil }
        return Receipt(
            member: member, redemption: ID128(parts[2]),
            effects: parts[3].split(separator: " ").compactMap { ID128($0) })
    }

    /// One event gives fewer effects than this; beyond it a receipt takes the first ones back.
    static let maximumEffects = 64
}
