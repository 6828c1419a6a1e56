import Access
import Hummingbird
import Loyalty
import Primitives
import Runtime
import Site

/// How often staff may be wrong about a card's code: as often as a till (`CounterLimits`, and the threat model's arithmetic).
final class CounterTries: Sendable {
    private let staff = TokenBuckets<String>(burst: 10, count: 60, perMilliseconds: 3_600_000)
    private let programmes = TokenBuckets<ProgrammeID>(burst: 300, count: 300, perMilliseconds: 3_600_000)

    func mayTry(_ till: String, _ programme: ProgrammeID, now: Instant) -> Bool {
        staff.take(till, cost: 0, now: now).remaining > 0 && programmes.take(programme, cost: 0, now: now).remaining > 0
    }

    func wasWrong(_ till: String, _ programme: ProgrammeID, now: Instant) {
        _ = staff.take(till, now: now)
        _ = programmes.take(programme, now: now)
    }
}

/// The counter for staff who are signed in: they are the till. They see of a member what a till sees, and do it in the
/// same ways, so that a code that was scanned at one counter is used at the others.
extension SiteAdapter {
    func clerk(session secret: String) async throws -> SiteStaff? {
        guard let principal = try await principal(secret), case .staff(let id, _, let programmes) = principal,
            let face = try await consoleProgramme(programmes), principal.allows(.counterServe, in: face.id)
        else { return nil }
        return SiteStaff(
            programme: face, staff: id.description, seesMembers: principal.allows(.membersRead, in: face.id))
    }

    func scan(
        _ code: String, key: String, admits: Bool, for staff: SiteStaff, language: PageLanguage
    ) async throws -> CounterScan {
        try await mustServe(staff)
        let (programme, till, now) = (staff.programme.id, Self.till(staff), engine.clock.now())
        guard counterTries.mayTry(till, programme, now: now) else { return .tooMany }
        // A ticket is longer than any card's code, so neither is taken for the other.
        if TicketToken(code) != nil {
            guard let found = try await ticket(code, admits: admits, for: staff, language: language) else {
                counterTries.wasWrong(till, programme, now: now)
                return .unknown
            }
            return .ticket(found)
        }
        guard let view = view(programme, language) else { throw ProgrammeGone() }
        // As long as for tills, whose late operations rest on the same scans.
        let keeps = Self.latenessDays(view.programme) + 2
        let scan = try await home.access.cards.scan(
            code, at: now, till: till, visit: "visit\n" + key, in: programme, now: now, keepsDays: keeps)
        switch scan {
        case .member(let member): return .member(try await counterVisit(of: member, staff, view))
        case .used: return .used
        case .unknown:
            counterTries.wasWrong(till, programme, now: now)
            return .unknown
        }
    }

    func visit(_ visit: String, for staff: SiteStaff, language: PageLanguage) async throws -> CounterVisit? {
        try await mustServe(staff)
        guard let view = view(staff.programme.id, language) else { throw ProgrammeGone() }
        guard let member = visitor(visit, staff) else { return nil }
        return try await counterVisit(of: member, staff, view, visit: visit)
    }

    func handOut(_ receipt: String, for staff: SiteStaff, language: PageLanguage) async throws -> CounterOutcome {
        try await mustServe(staff)
        let programme = staff.programme.id
        guard let view = view(programme, language) else { throw ProgrammeGone() }
        guard let slip = home.access.tills.read(receipt, in: programme), let hold = slip.redemption else {
            return .refused(nil)
        }
        let summary = try await engine.summary(of: slip.member, in: programme)
        let title = summary?.redemptions.first { $0.id == hold }.map { counterTitle($0.reward, view) }
        do {
            _ = try await engine.perform(.confirm(hold: hold), member: slip.member, in: programme)
            return .done(title ?? Wording("", language))
        } catch PipelineProblem.command {
            return .refused(title)
        }
    }

    func serve(
        _ reward: String, visit: String, key: String, for staff: SiteStaff, language: PageLanguage
    ) async throws -> CounterOutcome {
        try await mustServe(staff)
        let programme = staff.programme.id
        guard let view = view(programme, language) else { throw ProgrammeGone() }
        guard let member = visitor(visit, staff) else { return .over }
        guard let known = view.compiled.rewards[reward]?.reward, Self.isServed(known) else { return .refused(nil) }
        let title = counterTitle(reward, view)
        let hold = engine.holdID(
            programme: programme, member: member, key: "till\n\(Self.till(staff))\n\(reward)\n\(key)")
        do {
            _ = try await engine.perform(.redeem(reward: reward, hold: hold), member: member, in: programme)
            _ = try await engine.perform(.confirm(hold: hold), member: member, in: programme)
            return .done(title)
        } catch PipelineProblem.command {
            return .refused(title)
        }
    }

    // MARK: Parts

    private func mustServe(_ staff: SiteStaff) async throws {
        guard try await may(.counterServe, staff) else { throw HTTPError(.forbidden) }
    }

    /// The account as the till: a code that was scanned under it is its own.
    private static func till(_ staff: SiteStaff) -> String { "staff:" + staff.staff }

    private func visitor(_ visit: String, _ staff: SiteStaff) -> MemberID? {
        home.access.tills.member(
            of: visit, till: Self.till(staff), in: staff.programme.id, now: engine.clock.now())
    }

    /// What has slots is booked, and what is sent needs an address, on the member's page.
    private static func isServed(_ reward: Reward) -> Bool { reward.slots == nil && !reward.kind.isSent }

    private func counterTitle(_ reward: String, _ view: SiteView) -> Wording {
        view.compiled.rewards[reward].map { view.wording($0.reward.name, or: reward) } ?? Wording(reward, "")
    }

    private func counterVisit(
        of member: MemberID, _ staff: SiteStaff, _ view: SiteView, visit: String? = nil
    ) async throws -> CounterVisit {
        let programme = staff.programme.id
        guard let summary = try await engine.summary(of: member, in: programme) else { throw ProgrammeGone() }
        let until = engine.clock.now().adding(milliseconds: TillSlips.visitMilliseconds)
        let tier = view.programme.tiers?.tiers.first { $0.id == summary.tier }
        let quantities = Dictionary(
            summary.redemptions.map { ($0.id, $0.quantity) }, uniquingKeysWith: { first, _ in first })
        return CounterVisit(
            visit: try visit
                ?? home.access.tills.visit(of: summary.member, till: Self.till(staff), in: programme, until: until),
            tier: tier.map { view.wording($0.name, or: $0.id) },
            line: view.programme.texts["counter.line"]?.wording(view.language),
            waiting: try summary.openHolds.map { hold in
                CounterVisit.Waiting(
                    receipt: try home.access.tills.receipt(
                        TillSlips.Receipt(member: summary.member, redemption: hold.id), in: programme),
                    title: counterTitle(hold.reward, view), quantity: quantities[hold.id] ?? 1)
            },
            offers: summary.rewards.compactMap { state in
                guard state.canRedeem, let reward = view.compiled.rewards[state.reward]?.reward, Self.isServed(reward)
                else { return nil }
                return CounterVisit.Offer(
                    reward: reward.id, title: view.wording(reward.name, or: reward.id),
                    price: view.amount(state.price, reward.unit))
            })
    }

    private static func latenessDays(_ programme: Programme) -> Int64 {
        switch programme.lateness {
        case .milliseconds(let amount): amount / 86_400_000
        case .days(let days): Int64(days)
        case .months(let months): Int64(months) * 31
        case nil: 3
        }
    }
}
