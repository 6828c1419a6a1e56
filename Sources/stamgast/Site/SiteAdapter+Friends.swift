import Access
import Hummingbird
import Loyalty
import Primitives
import Runtime
import Site
import Storage

/// Bringing others, on the member's page and in the console.
extension SiteAdapter {
    func friends(of member: SiteMember, language: PageLanguage) async throws -> FriendDesk? {
        let programme = member.programme.id
        guard let view = view(programme, language) else { throw ProgrammeGone() }
        guard let standing = try await engine.referral(of: member.member, in: programme) else { return nil }
        let referral = standing.referral
        return FriendDesk(
            title: view.wording(referral.name, or: referral.id), why: referral.why.wording(language),
            code: standing.code.spaced, link: standing.link, waiting: standing.waiting, friends: standing.friends,
            standing: standing.ambassador.map { view.wording($0.name, or: $0.id) },
            next: standing.next.map { view.wording($0.name, or: $0.id) },
            missing: standing.next.map { $0.at - standing.friends } ?? 0, mayClaim: standing.mayClaim)
    }

    func drawFriendCode(for member: SiteMember) async throws -> Bool {
        let programme = member.programme.id
        guard engine.host[programme]?.programme.referral != nil else { return false }
        _ = try await engine.perform(.referral(.draw), member: member.member, in: programme)
        return true
    }

    func claimFriend(code: String, for member: SiteMember) async throws -> Bool {
        let programme = member.programme.id
        guard let code = SharingCode(typed: code), let advocate = try await engine.advocate(code: code, in: programme)
        else { return false }
        do {
            _ = try await engine.perform(
                .referral(.claim(advocate: advocate)), member: member.member, in: programme)
            return true
        } catch PipelineProblem.command {
            return false
        }
    }

    func friends(for staff: SiteStaff) async throws -> ConsoleFriends {
        let programme = staff.programme.id
        guard let compiled = engine.host[programme] else { throw ProgrammeGone() }
        let all = try await engine.referrals(in: programme)
        let today = compiled.calendar(offsets: engine.zones).day(of: engine.clock.now())
        return ConsoleFriends(
            today: LocalDay(daysSinceEpoch: Int(today)),
            open: all.counts[.open, default: 0] + all.counts[.review, default: 0],
            rewarded: all.counts[.rewarded, default: 0], ended: all.counts[.ended, default: 0],
            cases: all.review.map {
                ConsoleFriends.Case(
                    id: $0.member.description, day: LocalDay(daysSinceEpoch: Int($0.claimedDay)))
            }, mayDecide: try await deciding(staff) != nil)
    }

    func decideFriend(_ id: String, isReleased: Bool, for staff: SiteStaff) async throws -> Bool {
        guard let principal = try await deciding(staff) else { throw HTTPError(.forbidden) }
        guard let member = MemberID(id) else { return false }
        do {
            _ = try await engine.decide(isReleased, referralOf: member, in: staff.programme.id)
        } catch is ReferralProblem {
            return false
        }
        let entry = AuditEntry(
            programme: staff.programme.id, at: engine.clock.now(), actor: AuditActor(principal),
            action: isReleased ? "referral.released" : "referral.refused", object: "referral")
        try await home.database.write { try Audit.append($0, entry) }
        return true
    }

    private func deciding(_ staff: SiteStaff) async throws -> Principal? {
        guard let id = ID128(staff.staff), let account = try await home.access.staff.find(id),
            let principal = account.principal, principal.allows(.membersWrite, in: staff.programme.id)
        else { return nil }
        return principal
    }
}
