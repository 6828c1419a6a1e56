import Access
import Hummingbird
import Loyalty
import Primitives
import Runtime
import Site
import Storage
import Vault

extension SiteAdapter {
    private static let shown = 100

    func reviews(for staff: SiteStaff, language: PageLanguage) async throws -> ReviewQueue {
        let programme = staff.programme.id
        guard let view = view(programme, language) else { throw ProgrammeGone() }
        guard let principal = try await principal(of: staff), principal.allows(.membersRead, in: programme) else {
            throw HTTPError(.forbidden)
        }
        let store = LoyaltyStore(programme: programme)
        let total = try await home.database.read { try store.openReviews($0) }
        let found = try await engine.reviews(ReviewFilter(), limit: Self.shown, in: programme)
        let calendar = view.compiled.calendar(offsets: engine.zones)
        return ReviewQueue(
            today: LocalDay(daysSinceEpoch: Int(calendar.day(of: view.now))), total: total,
            cases: found.map { queued in
                var one = ReviewQueue.Case(
                    member: queued.member.description, check: queued.found.check,
                    why: view.compiled.reviewCheck(queued.found.check)?.why.wording(language),
                    day: LocalDay(daysSinceEpoch: Int(queued.found.day)),
                    held: queued.found.held.sorted { $0.key < $1.key }.map { view.amount($0.value, $0.key) },
                    badges: queued.found.badges,
                    until: LocalDay(daysSinceEpoch: Int(calendar.day(of: queued.found.endsAt))))
                one.others = queued.found.others
                return one
            }, mayDecide: principal.allows(.ledgerAdjust, in: programme))
    }

    func decide(_ choice: ReviewChoice, for staff: SiteStaff) async throws -> Int {
        let programme = staff.programme.id
        guard let principal = try await principal(of: staff), principal.allows(.ledgerAdjust, in: programme) else {
            throw HTTPError(.forbidden)
        }
        var filter = ReviewFilter(check: choice.check)
        if let text = choice.member {
            guard let member = MemberID(text) else { return 0 }
            filter.member = member
        }
        filter.device = choice.device
        filter.day = choice.day.map { Int32(clamping: $0.daysSinceEpoch) }
        var count = 0
        var hasMore = true
        while hasMore {
            let (decided, more) = try await engine.decideReviews(
                filter, releases: choice.releases, limit: 500, in: programme)
            count += decided.count
            hasMore = more && !decided.isEmpty
        }
        if count > 0 {
            let entry = AuditEntry(
                programme: programme, at: engine.clock.now(), actor: AuditActor(principal),
                action: choice.releases ? "review.release" : "review.refuse", object: "review:\(choice.check)",
                after: JSONValue.object(["reason": .string(choice.reason), "cases": .integer(Int64(count))]).text())
            try await home.database.write { try Audit.append($0, entry) }
        }
        return count
    }

    func devices(for staff: SiteStaff, language: PageLanguage) async throws -> DeviceQueue {
        let programme = staff.programme.id
        guard let view = view(programme, language) else { throw ProgrammeGone() }
        guard let principal = try await principal(of: staff), principal.allows(.membersRead, in: programme) else {
            throw HTTPError(.forbidden)
        }
        let found = try await engine.crowdedDevices(limit: Self.shown, in: programme)
        let today = view.compiled.calendar(offsets: engine.zones).day(of: view.now)
        return DeviceQueue(
            today: LocalDay(daysSinceEpoch: Int(today)),
            devices: found.map { device in
                DeviceQueue.Device(
                    check: device.check, why: view.compiled.reviewCheck(device.check)?.why.wording(language),
                    day: LocalDay(daysSinceEpoch: Int(device.day)), device: device.device, members: device.members)
            }, mayDecide: principal.allows(.ledgerAdjust, in: programme))
    }

    /// What waits of a member, in the words of the programme.
    func waits(_ member: MemberID, _ view: SiteView) async throws -> [WaitingReview] {
        let found = try await engine.openReviews(of: member, in: view.programme.id)
        let calendar = view.compiled.calendar(offsets: engine.zones)
        return found.map { one in
            WaitingReview(
                why: view.compiled.reviewCheck(one.check)?.why.wording(view.language),
                held: one.held.sorted { $0.key < $1.key }.map { view.amount($0.value, $0.key) },
                until: LocalDay(daysSinceEpoch: Int(calendar.day(of: one.endsAt))))
        }
    }

    func principal(of staff: SiteStaff) async throws -> Principal? {
        guard let id = ID128(staff.staff) else { return nil }
        return try await home.access.staff.find(id)?.principal
    }
}

extension SiteView {
    func review(_ effect: AppliedEffect) -> ReviewNews? {
        switch effect.subject {
        case MemberState.ReviewNotice.held:
            // Several units in one number would be no number; most cases have one.
            let units = compiled.programme.units.filter { $0.kind == .points }
            guard effect.amount > 0, units.count == 1, let unit = units.first else { return .waits(nil) }
            return .waits(amount(effect.amount, unit.id))
        case MemberState.ReviewNotice.released: return .released
        case MemberState.ReviewNotice.refused: return .refused
        default: return nil
        }
    }
}
