public import Loyalty
public import Primitives
import Storage

/// How much a programme may urge a member, and how much it did.
public struct PressureStanding: Sendable, Hashable {
    public var member: MemberID
    public var terms: PressureTerms
    public var choice: UrgingChoice
    /// What may be said at most on a day and in seven days on end, under the member's choice; `nil` for no end.
    public var perDay: Int64?
    public var perWeek: Int64?
    /// What was said today and in the last seven days, of what counts.
    public var today: Int64
    public var week: Int64
    /// Of the last 30 days, what was held back from the member.
    public var withheld: Int64
}

/// How much was held back from members, over all of them.
public struct WithheldFigures: Sendable, Hashable {
    /// How many days they cover, up to and including today.
    public static let days: Int32 = 30

    public var total: Int64?
    /// By what it was about: a unit, `tier/ID`, a reward, `nudge/ID`.
    public var sources: [String: Int64]
}

extension Engine {
    /// `nil` if there is no such programme.
    public func pressure(of member: MemberID, in programme: ProgrammeID) async throws -> PressureStanding? {
        guard let compiled = host[programme] else { return nil }
        let store = LoyaltyStore(programme: programme)
        let state = try await database.read { connection in
            var state = try store.load([member], joinedDay: 0, connection)[member]
            // A person can turn out to be a known one more than once.
            for _ in 0..<64 {
                guard let into = state?.profile.mergedInto else { break }
                state = try store.load([into], joinedDay: 0, connection)[into]
            }
            return state
        }
        let choice = state?.urgingChoice ?? .normal
        let budget =
            state?.pressure(compiled)
            ?? PressureBudget(terms: compiled.programme.pressure, choice: choice, said: [:])
        let profile = state?.profile ?? MemberProfile(joinedDay: 0)
        let today = compiled.calendar(of: profile, offsets: zones).day(of: clock.now())
        let most = budget.most
        return PressureStanding(
            member: state?.id ?? member, terms: budget.terms, choice: choice, perDay: most?.day, perWeek: most?.week,
            today: budget.since(today), week: budget.since(today - PressureBudget.week + 1),
            withheld: state?.withheldCount(since: today - WithheldFigures.days + 1) ?? 0)
    }

    /// What was held back in the last 30 days, in steps that tell nothing of one member.
    public func withheld(in programme: ProgrammeID) async throws -> WithheldFigures? {
        guard let compiled = host[programme] else { return nil }
        let first = compiled.calendar(offsets: zones).day(of: clock.now()) - WithheldFigures.days + 1
        let store = LoyaltyStore(programme: programme)
        let rows = try await database.read { try store.ruleDays(from: first, $0) }
        var sources: [String: Int64] = [:]
        for row in rows where row.kind == AppliedEffect.Kind.withheld.rawValue {
            sources[row.source, default: 0] += row.count
        }
        return WithheldFigures(
            total: PublishedCount.shown(sources.values.reduce(0, +)),
            sources: sources.compactMapValues { PublishedCount.shown($0) })
    }
}
