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
        return friends(standing, view)
    }

    private func friends(_ standing: ReferralStanding, _ view: SiteView) -> FriendDesk {
        let referral = standing.referral
        var desk = FriendDesk(
            title: view.wording(referral.name, or: referral.id), why: referral.why.wording(view.language),
            code: standing.code.spaced, link: standing.link, waiting: standing.waiting, friends: standing.friends,
            standing: standing.ambassador.map { view.wording($0.name, or: $0.id) },
            next: standing.next.map { view.wording($0.name, or: $0.id) },
            missing: standing.next.flatMap(\.at).map { $0 - standing.friends } ?? 0, mayClaim: standing.mayClaim)
        desk.isInvited = !standing.invitations.isEmpty
        return desk
    }

    func ambassador(_ member: SiteMember, language: PageLanguage) async throws -> AmbassadorDesk? {
        let programme = member.programme.id
        guard let view = view(programme, language) else { throw ProgrammeGone() }
        guard let standing = try await engine.referral(of: member.member, in: programme) else { return nil }
        func gifts(_ ambassador: Referral.Ambassador) -> [AmbassadorDesk.Gift] {
            ambassador.effects.compactMap { effect -> AmbassadorDesk.Gift? in
                switch effect {
                case .award(let amount, let unit): Int64(amount).map { .amount(view.amount($0, unit)) }
                case .badge(let badge):
                    .named(view.wording(view.compiled.badges[badge]?.name ?? ProgrammeText([:]), or: badge))
                case .entitlement: .access
                case .tickets(let raffle, _):
                    .named(view.wording(view.compiled.raffles[raffle]?.raffle.name ?? ProgrammeText([:]), or: raffle))
                default: nil
                }
            }
        }
        let today = view.compiled.calendar(offsets: engine.zones).day(of: view.now)
        return AmbassadorDesk(
            today: LocalDay(daysSinceEpoch: Int(today)),
            standing: standing.ambassador.map { view.wording($0.name, or: $0.id) },
            since: standing.ambassadorSince.map { LocalDay(daysSinceEpoch: Int($0)) },
            gives: standing.ambassador.map(gifts) ?? [],
            invitations: standing.invitations.map {
                AmbassadorDesk.Invitation(id: $0.id, name: view.wording($0.name, or: $0.id), gives: gifts($0))
            }, friends: friends(standing, view))
    }

    func answer(_ standing: String, accepts: Bool, for member: SiteMember) async throws -> Bool {
        do {
            _ = try await engine.perform(
                .referral(.answer(standing: standing, accepts: accepts)), member: member.member,
                in: member.programme.id)
            return true
        } catch PipelineProblem.command {
            return false
        }
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

    func friends(for staff: SiteStaff, language: PageLanguage) async throws -> ConsoleFriends {
        let programme = staff.programme.id
        guard let view = view(programme, language) else { throw ProgrammeGone() }
        let counts = try await engine.referralCounts(in: programme)
        let today = view.compiled.calendar(offsets: engine.zones).day(of: view.now)
        var friends = ConsoleFriends(
            today: LocalDay(daysSinceEpoch: Int(today)), open: counts[.open, default: 0],
            rewarded: counts[.rewarded, default: 0], ended: counts[.ended, default: 0])
        let standings = view.programme.referral?.ambassadors ?? []
        for standing in standings.reversed() {
            let name = view.wording(standing.name, or: standing.id)
            friends.ambassadors += try await engine.ambassadors(in: standing.id, limit: 100, of: programme).map {
                ConsoleFriends.Ambassador(
                    member: $0.member.description, standing: name, since: LocalDay(daysSinceEpoch: Int($0.since)),
                    friends: $0.friends)
            }
        }
        guard try await deciding(staff) != nil else { return friends }
        friends.standings = standings.filter(\.isInvited).map {
            ConsoleFriends.Standing(id: $0.id, name: view.wording($0.name, or: $0.id))
        }
        return friends
    }

    func invite(_ member: String, to standing: String, withdraws: Bool, for staff: SiteStaff) async throws -> Bool {
        guard let principal = try await deciding(staff) else { throw HTTPError(.forbidden) }
        guard let member = MemberID(member) else { return false }
        do {
            _ = try await engine.perform(
                .referral(.invite(standing: standing, withdraws: withdraws)), member: member, in: staff.programme.id)
        } catch PipelineProblem.command, PipelineProblem.unknownMember {
            return false
        }
        let entry = AuditEntry(
            programme: staff.programme.id, at: engine.clock.now(), actor: AuditActor(principal),
            action: withdraws ? "ambassador.withdrawn" : "ambassador.invited",
            object: "member:" + member.description)
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
