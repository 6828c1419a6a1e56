public import Loyalty
public import Primitives
import Storage
import Vault

/// A proposal as it can be read.
public struct ProposalView: Sendable, Identifiable {
    public var proposal: Proposal
    /// Empty once its author took it back or was erased.
    public var text: String
    /// As it may be shown; see ``ProposalTerms/shown(_:of:on:)``. `nil` while it is not shown.
    public var counts: (inFavour: Int64?, against: Int64?)?
    /// What the vote says, once it is over.
    public var outcome: VoteCount.Outcome?
    public var isOpen: Bool
    /// What the member who asks voted.
    public var own: Proposal.Choice?
    public var isMine: Bool

    public var id: ID128 { proposal.id }
}

extension Engine {
    /// Proposals in these states, the newest first.
    ///
    /// - Parameter member: who looks; their own votes are told to them alone.
    public func proposals(
        _ states: [Proposal.State], in programme: ProgrammeID, for member: MemberID? = nil,
        before: (day: Int32, id: ID128)? = nil, limit: Int
    ) async throws -> [ProposalView] {
        let store = LoyaltyStore(programme: programme)
        let limit = max(1, min(limit, 200))
        let (found, own) = try await database.read { connection in
            (
                try store.proposals(states, before: before, limit: limit, connection),
                try member.map { try store.votes(of: $0, connection) } ?? [:]
            )
        }
        let counts = try await votes(on: found.map(\.id), in: programme)
        return try found.map { try view($0, counts[$0.id] ?? VoteCount(), own[$0.id], member, in: programme) }
    }

    /// What a member proposed, whatever became of it.
    public func proposals(of member: MemberID, in programme: ProgrammeID) async throws -> [ProposalView] {
        let store = LoyaltyStore(programme: programme)
        let (found, own) = try await database.read { connection in
            (try store.proposals(of: member, connection), try store.votes(of: member, connection))
        }
        let counts = try await votes(on: found.map(\.id), in: programme)
        return try found.map { try view($0, counts[$0.id] ?? VoteCount(), own[$0.id], member, in: programme) }
    }

    /// One proposal; for members only what all may see, and their own.
    public func proposal(
        _ id: ID128, in programme: ProgrammeID, for member: MemberID? = nil, asStaff: Bool = false
    ) async throws -> ProposalView? {
        let store = LoyaltyStore(programme: programme)
        let (found, counts, own) = try await database.read { connection in
            (
                try store.proposal(id, connection), try store.votes(on: [id], connection),
                try member.map { try store.votes(of: $0, connection) } ?? [:]
            )
        }
        guard let found, asStaff || found.state.isPublic || (member != nil && found.author == member) else {
            return nil
        }
        return try view(found, counts[id] ?? VoteCount(), own[id], member, in: programme)
    }

    /// How the votes on proposals stand; those with many votes as of some seconds ago.
    private func votes(on proposals: [ID128], in programme: ProgrammeID) async throws -> [ID128: VoteCount] {
        let now = clock.now()
        let known = voteCounts.find(proposals, now: now)
        let missing = proposals.filter { known[$0] == nil }
        guard !missing.isEmpty else { return known }
        let store = LoyaltyStore(programme: programme)
        let counted = try await database.read { try store.votes(on: missing, $0) }
        voteCounts.keep(counted, now: now) { $0.inFavour + $0.against }
        return known.merging(counted) { known, _ in known }
    }

    private func view(
        _ proposal: Proposal, _ count: VoteCount, _ own: Proposal.Choice?, _ member: MemberID?,
        in programme: ProgrammeID
    ) throws -> ProposalView {
        guard let compiled = host[programme] else { throw PipelineProblem.unknownProgramme(programme) }
        let today = compiled.calendar(offsets: zones).day(of: clock.now())
        let terms = compiled.programme.proposals ?? ProposalTerms()
        let bytes = try? sealer.open(proposal.sealed, programme: programme, id: proposal.id)
        let isOpen = proposal.isOpen(on: today)
        let wasVotedOn = proposal.state == .open || proposal.state == .adopted || proposal.state == .declined
        return ProposalView(
            proposal: proposal, text: bytes.map { String(decoding: $0, as: UTF8.self) } ?? "",
            counts: wasVotedOn ? terms.shown(count, of: proposal, on: today) : nil,
            outcome: wasVotedOn && !isOpen ? count.outcome(quorum: terms.quorum) : nil, isOpen: isOpen, own: own,
            isMine: member != nil && proposal.author == member)
    }

    /// The identifier of a proposal: the same for a request that is sent twice.
    public func proposalID(of member: MemberID, key: String, in programme: ProgrammeID) -> ID128 {
        let hash = claims.bytes(ofParts: [
            Array("proposal".utf8), Array(programme.name.utf8), member.value.bytes, Array(key.utf8),
        ])
        return (ID128(bytes: hash.prefix(16)) ?? ID128(high: 0, low: 0)).asUUID(version: 8)
    }

    /// What staff does about a proposal: it is about no member.
    ///
    /// - Parameter now: overrides the clock, for what is told of the past.
    public func tend(_ action: HumanAction, in programme: ProgrammeID, now: Instant? = nil) async throws {
        let nobody = MemberID(ID128(high: 0, low: 0))
        _ = try await perform(.human(action), member: nobody, in: programme, now: now)
    }
}
