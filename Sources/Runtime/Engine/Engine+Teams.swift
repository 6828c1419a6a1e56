public import Loyalty
public import Primitives
import Storage

/// How far a member's team is in one of its challenges, as that member sees it.
///
/// Who did how much is in it only of those who show it. In a small team the sum would tell what the others did (it less one's
/// own part): then it comes in quarters of the target, unless all others show theirs.
public struct TeamProgress: Sendable, Hashable {
    public var challenge: String
    /// The team; `nil` for one who belongs to none of the kind.
    public var team: MemberID?
    /// The kind of shared wallet that its teams are.
    public var kind: String
    public var memberCount: Int64
    /// What this member added in the period themselves, while they belonged to the team.
    public var own: Int64
    public var target: Int64
    /// What the team reached; `nil` where that would tell what others did.
    public var reached: Int64?
    /// How many quarters of the target, rounded down: 0 to 4.
    public var quarters: Int
    public var isComplete: Bool
    /// What the others added who show it, the most first.
    public var shown: [Int64]
    /// Under which names, one each, drawn from word lists for this team: nothing leads back from them.
    public var shownNames: [BoardName] = []
    /// When the period ends; `nil` for challenges without end.
    public var endsAt: Instant?
    public var gives: TeamTerms.Gives
    public var least: Int64
}

extension Engine {
    /// Team challenges that run today, with how far the member's team is in each.
    public func teams(of member: MemberID, in programme: ProgrammeID) async throws -> [TeamProgress] {
        guard let compiled = host[programme] else { throw PipelineProblem.unknownProgramme(programme) }
        guard !compiled.teamChallenges.isEmpty else { return [] }
        let store = LoyaltyStore(programme: programme)
        let now = clock.now()
        let zones = self.zones
        return try await database.read { connection in
            guard var state = try store.load([member], joinedDay: 0, connection)[member] else { return [] }
            if let into = state.profile.mergedInto {
                state = try store.load([into], joinedDay: 0, connection)[into] ?? state
            }
            let calendar = compiled.calendar(of: state.profile, offsets: zones)
            let day = calendar.day(of: now)
            var rosters: [MemberID: Roster] = [:]
            for kind in Set(compiled.teamChallenges.compactMap { $0.team?.wallet }) {
                guard let wallet = state.team(of: kind, on: day), rosters[wallet] == nil else { continue }
                let memberships = try store.members(of: wallet, connection).filter { $0.member != state.id }
                let ids = memberships.filter(\.membership.isCurrent).map(\.member)
                rosters[wallet] = Roster(
                    team: try store.load([wallet], joinedDay: 0, connection)[wallet],
                    others: try store.load(ids, joinedDay: 0, connection),
                    hasFormer: memberships.contains { !$0.membership.isCurrent })
            }
            return compiled.teamChallenges.compactMap { challenge in
                Self.progress(challenge, state, rosters, calendar, day: day)
            }
        }
    }

    private struct Roster {
        var team: MemberState?
        /// Those who belong to it now, without the member.
        var others: [MemberID: MemberState]
        var hasFormer: Bool
    }

    private static func progress(
        _ challenge: Challenge, _ state: MemberState, _ rosters: [MemberID: Roster], _ calendar: MemberCalendar,
        day: Int32
    ) -> TeamProgress? {
        guard let terms = challenge.team,
            let empty = ChallengeEvaluation(challenge, .empty).standing(on: day)
        else { return nil }
        let endsAt = empty.days.upperBound < Int32.max ? calendar.start(of: empty.days.upperBound) : nil
        var progress = TeamProgress(
            challenge: challenge.id, team: nil, kind: terms.wallet, memberCount: 0, own: 0, target: empty.target,
            reached: 0, quarters: 0, isComplete: false, shown: [], endsAt: endsAt, gives: terms.gives,
            least: terms.least)
        guard let wallet = state.team(of: terms.wallet, on: day), let roster = rosters[wallet], let team = roster.team,
            let standing = team.evaluation(of: challenge).standing(on: day)
        else { return progress }
        let others = roster.others.values.map { other in
            (
                member: other.id, shows: other.memberships[wallet]?.shows ?? false,
                added: other.contribution(to: wallet, of: challenge, in: standing.days)
            )
        }
        progress.team = wallet
        progress.memberCount = team.shared?.memberCount ?? 0
        progress.own = state.contribution(to: wallet, of: challenge, in: standing.days)
        progress.target = standing.target
        progress.isComplete = standing.isComplete
        progress.quarters = (1...4).count {
            let share = standing.target.multipliedReportingOverflow(by: Int64($0))
            return !share.overflow && standing.value >= (share.partialValue + 3) / 4
        }
        let shown = others.filter { $0.shows && $0.added > 0 }
            .sorted { $0.added != $1.added ? $0.added > $1.added : $0.member < $1.member }
        progress.shown = shown.map(\.added)
        progress.shownNames = shown.map {
            BoardName(member: $0.member, board: "team/" + wallet.description, draw: 0, programme: state.programme)
        }
        let isOpen = progress.memberCount >= terms.minimum || (others.allSatisfy(\.shows) && !roster.hasFormer)
        progress.reached = isOpen ? standing.value : nil
        return progress
    }
}

extension MemberSummary {
    /// Shows of a team's challenge what the team reached, in place of the member's own part; in quarters of the target where
    /// no more may be told.
    public mutating func show(_ teams: [TeamProgress]) {
        for team in teams {
            guard let index = challenges.firstIndex(where: { $0.challenge == team.challenge }) else { continue }
            challenges[index].count = team.reached ?? Int64(team.quarters) * team.target / 4
        }
    }
}
