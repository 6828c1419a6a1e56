import Loyalty
import Primitives
import Vault

/// Why a level cannot be chosen.
public enum AgeProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// The member is under 16 and nobody with parental responsibility agreed.
    case tooYoung

    public var description: String {
        "`level` can be off or session: the member is under 16, and nobody with parental responsibility agreed"
    }
}

/// Children's choices. The age band lies sealed in the vault; the pipeline sees only the highest level that it leaves.
extension Engine {
    /// The change as it may be carried out, once what it says of the member's age is in the vault.
    ///
    /// - Throws: `AgeProblem.tooYoung` for a level that a child cannot choose; nothing is stored then.
    func withinAge(
        _ change: ProfileChange, of member: MemberID, in programme: ProgrammeID
    ) async throws -> ProfileChange {
        let isRaised = change.level.map { $0 > .session } ?? false
        guard isRaised || change.ageBand != nil else { return change }
        let known = try await identities.ageBand(of: member, programme: programme)
        guard let band = change.ageBand ?? known, !band.allowsProfiling else {
            if let band = change.ageBand {
                try await identities.store(ageBand: band, of: member, programme: programme)
            }
            return change
        }
        guard !isRaised else { throw AgeProblem.tooYoung }
        if change.ageBand != nil { try await identities.store(ageBand: band, of: member, programme: programme) }
        var change = change
        change.highestLevel = .session
        return change
    }

    /// Lowers a level that was raised while the vault learnt that the member is a child: after a raise, and after a merge
    /// of two members of whom one is.
    func lowerForAge(_ member: MemberID, in programme: ProgrammeID) async throws {
        guard let band = try await identities.ageBand(of: member, programme: programme), !band.allowsProfiling else {
            return
        }
        _ = try await perform(.profile(ProfileChange(highestLevel: .session)), member: member, in: programme)
    }
}
