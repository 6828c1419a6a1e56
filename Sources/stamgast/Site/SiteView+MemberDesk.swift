import Loyalty
import Primitives
import Runtime
import Site

extension SiteView {
    /// A member's standing as staff see it.
    func consoleMember(_ summary: MemberSummary, mayAdjust: Bool) -> ConsoleMember {
        let zone = summary.profile.timeZone ?? programme.timeZone
        var member = ConsoleMember(
            today: LocalDay(daysSinceEpoch: Int(summary.day)), id: summary.member.description,
            level: summary.profile.level.page,
            joined: summary.profile.joinedDay > 0
                ? LocalDay(daysSinceEpoch: Int(summary.profile.joinedDay)) : nil,
            isPaused: summary.profile.isPaused, mayAdjust: mayAdjust)
        member.holdings = summary.balances.map { balance in
            ConsoleMember.Holding(
                id: balance.unit,
                name: compiled.units[balance.unit].map { wording($0.name, or: $0.id) } ?? Wording(balance.unit, ""),
                spendable: balance.spendable, pending: balance.pending, held: balance.held, owed: balance.owed,
                expiring: balance.nextExpiry.map {
                    Site.Balance.Expiring(amount: $0.amount, day: moment($0.at, zone: zone).day)
                })
        }
        member.tier = tier(summary)
        // What runs, and what was begun.
        member.challenges = programme.challenges.compactMap { challenge in
            guard let state = summary.challenges.first(where: { $0.challenge == challenge.id }),
                state.isRunning || state.count > 0
            else { return nil }
            return progress(challenge, state, zone: zone)
        }
        member.streaks = streaks(summary)
        member.redemptions = summary.openHolds.sorted { ($0.openedAt, $0.id) > ($1.openedAt, $1.id) }.map { hold in
            ConsoleMember.Redemption(
                title: compiled.rewards[hold.reward].map { wording($0.reward.name, or: hold.reward) }
                    ?? Wording(hold.reward, ""),
                price: amount(hold.amount, hold.unit), until: moment(hold.expiresAt, zone: zone).day)
        }
        return member
    }

    func openReview(_ found: ReviewCase) -> ConsoleMember.Review {
        ConsoleMember.Review(
            check: found.check, day: LocalDay(daysSinceEpoch: Int(found.day)),
            held: found.held.sorted { $0.key < $1.key }.map { amount($0.value, $0.key) },
            until: moment(found.endsAt, zone: programme.timeZone).day)
    }

    /// One kept effect. What the member reads nothing about is named all the same: staff answer for that too.
    func entry(_ effect: AppliedEffect, of profile: MemberProfile, note: String?) -> ConsoleMember.Entry {
        let shown: ConsoleMember.Entry.Shown
        if let line = line(effect, of: profile) {
            shown = .line(line)
        } else {
            let silent: ConsoleMember.Entry.Silent =
                switch effect.kind {
                case .entitlement: .access
                case .trait: .trait
                case .heldOut: .heldOut
                case .withheld: .withheld
                default: .other
                }
            // Below the level `personal` only the day is kept.
            let when =
                profile.level == .personal
                ? moment(effect.at, zone: profile.timeZone ?? programme.timeZone)
                : LocalMoment(LocalDay(daysSinceEpoch: Int(effect.day)))
            shown = .silent(silent, when: when, reason: reason(effect))
        }
        return ConsoleMember.Entry(
            shown, isByStaff: effect.kind == .adjustment && effect.source == "staff", note: note,
            fields: Self.fields(effect))
    }

    /// As the API names them, and no more than is stored.
    private static func fields(_ effect: AppliedEffect) -> [(name: String, value: String)] {
        var fields = [
            ("effect", effect.id.description), ("kind", effect.kind.rawValue), ("source", effect.source),
            ("version", String(effect.version)), ("subject", effect.subject), ("amount", String(effect.amount)),
            ("wanted", String(effect.wanted)),
        ].filter { !$0.1.isEmpty }
        if let refusal = effect.refusal { fields.append(("refusal", refusal.text)) }
        if !effect.proof.isEmpty { fields.append(("proof", String(decoding: effect.proof, as: UTF8.self))) }
        return fields.map { (name: $0.0, value: $0.1) }
    }
}
