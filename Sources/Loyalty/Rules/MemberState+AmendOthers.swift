import Primitives

/// What an amendment takes back besides points.
extension MemberState {
    /// Badges, access, tickets, traits and webhooks that the original gave, and the corrected event would not.
    mutating func takeOthers(
        _ original: Event, _ before: [Want], except after: [Want], _ context: DecisionContext,
        into changes: inout Changes
    ) {
        let today = context.calendar.day(of: context.now)
        let at = stamp(context.now, day: today, context)
        let earlier = context.calendar.day(of: original.at)
        for rule in original.type.rules {
            for (index, effect) in rule.others {
                let isWanted = { (wants: [Want]) in
                    wants.contains { $0.source == rule.rule.id && $0.index == index }
                }
                // On the same day it stays what it was.
                guard !isWanted(after) else { continue }
                let id = EffectID.derived(
                    programme: programme, source: rule.rule.id, cause: original.claim, member: self.id, index: index)
                guard
                    let subject = takeBack(
                        effect, of: original, id: id, wasWanted: isWanted(before), day: earlier, at: at, context,
                        into: &changes)
                else { continue }
                let reversal = AppliedEffect(
                    id: EffectID.derived(from: id, step: "amendment"), kind: .reversal, source: rule.rule.id,
                    version: rule.version, subject: subject, at: at, day: today)
                if case .webhook = effect {
                    changes.webhooks.append((subject, reversal))
                    changes.reversedWebhooks[reversal.id] = id
                } else {
                    changes.effects.append(reversal)
                }
            }
        }
    }

    /// - Returns: what it was about; `nil` if there was nothing to take back.
    private mutating func takeBack(
        _ effect: Effect, of original: Event, id: ID128, wasWanted: Bool, day: Int32, at: Instant,
        _ context: DecisionContext, into changes: inout Changes
    ) -> String? {
        let type = original.type.declaration.id
        switch effect {
        case .badge(let badge):
            let known = wasWanted ? unwatch(.badge, badge, by: type, day: day, into: &changes) : nil
            guard badges[badge]?.effect == id else { return nil }
            badges[badge] = nil
            changes.badges.insert(badge)
            // Another event of those days may have given it as well.
            if known != nil { settleBadge(badge, at: at, context, into: &changes) }
            return badges[badge] == nil ? badge : nil
        case .entitlement(let name, let lasts):
            let value =
                lasts.map { context.calendar.instant($0, after: day).milliseconds } ?? Self.withoutEnd
            let known = wasWanted ? unwatch(.access, name, by: type, day: day, value: value, into: &changes) : nil
            guard entitlements[name]?.effect == id else { return nil }
            entitlements[name]?.expiresAt = at
            changes.entitlements.insert(name)
            if known != nil { settleAccess(name, at: at, context, into: &changes) }
            return entitlements[name]?.expiresAt.map { $0 <= at } ?? false ? name : nil
        case .tickets(let raffle, let count):
            guard wasWanted else { return nil }
            let waited = unwatch(.tickets, raffle, by: type, day: day, count: count, into: &changes)
            // What waits is in no list.
            guard waited != true, removeTickets(count, from: raffle, day: day, into: &changes) else { return nil }
            return raffle
        case .trait(let name, let value):
            let had = traits[name]
            guard unset(name, value, by: type, effect: id, day: day, context, into: &changes), traits[name] != had
            else { return nil }
            return name
        case .webhook(let name):
            // Nothing is kept of what was sent: the rule says whether it was.
            guard wasWanted else { return nil }
            return unwatch(.webhook, name, by: type, day: day, into: &changes) == true ? nil : name
        default: return nil
        }
    }
}
