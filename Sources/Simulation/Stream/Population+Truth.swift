import Loyalty
public import Primitives

/// What is true of one simulated member and no event says.
public struct MemberTruth: Sendable {
    public let member: SimulatedMember
    public let isTreated: Bool
    /// The makers the member likes best.
    public let favouriteMakers: [String]
    /// Probability of cancelling at each of the next twelve renewals, given the member is still there, without and with
    /// rewards; empty without a subscription.
    public let hazards: [(plain: Double, treated: Double)]
    /// The member's own chance of doing one event after another.
    public let chances: [(event: String, chance: Double)]
    /// The day the member cancels within two years of the start: without rewards, and with rewards from the start on.
    public let cancelDay: (plain: Int?, treated: Int?)

    /// As a JSON object, one line of an export.
    public var document: JSONValue {
        func date(_ day: Int?) -> JSONValue {
            day.map { .string(CivilDate(daysSinceEpoch: $0).description) } ?? .null
        }
        return [
            "person": .string(member.key), "group": .string(member.group.id), "language": .string(member.language),
            "zone": .string(member.zone.name), "rhythm": .string(member.rhythm),
            "sessions_per_day": .double(member.sessionsPerDay), "joined": date(member.joinedDay),
            "tastes": .object(JSONObject(member.tastes.map { ($0.subject, .double($0.weight)) })),
            "channels": .object(JSONObject(member.channels.map { ($0.channel, .double($0.share)) })),
            "favourite_makers": .array(favouriteMakers.map(JSONValue.string)),
            "chances": .object(JSONObject(chances.map { ($0.event, .double($0.chance)) })),
            "appetite": .double(member.appetite), "plan": .string(member.plan?.id ?? "none"),
            "traits": .object(JSONObject(member.traits.map { ($0.id, $0.value) })),
            "tastes_when_moved": .object(
                JSONObject(member.tastes(isMoved: true).map { ($0.subject, .double($0.weight)) })),
            "subscribed": date(member.subscribedDay), "treated": .bool(isTreated),
            "response": .string(member.response.id),
            "rewards": [
                "hazard_ratio": .double(member.response.hazard),
                "activity_ratio": .double(member.response.visits),
                "taste_ratio": .double(member.response.moves),
            ],
            "hazards": [
                "plain": .array(hazards.map { .double($0.plain) }),
                "treated": .array(hazards.map { .double($0.treated) }),
            ],
            "cancels": ["plain": date(cancelDay.plain), "treated": date(cancelDay.treated)],
        ]
    }
}

extension Population {
    /// What is true of a member.
    public func truth(of member: SimulatedMember) -> MemberTruth {
        var hazards: [(plain: Double, treated: Double)] = []
        if member.subscribedDay != nil {
            let next = firstRenewal(member)
            hazards = (next..<next + 12).map { renewal in
                (
                    hazard(member, renewal: renewal, onDay: startDay, rewarded: nil),
                    hazard(member, renewal: renewal, onDay: startDay, rewarded: startDay)
                )
            }
        }
        var favourites: [String] = []
        let pair = facts.favourites(of: member)
        for position in [pair.0, pair.1] where position >= 0 {
            let id = facts.makerIDs[position]
            if !favourites.contains(id) { favourites.append(id) }
        }
        let horizon = startDay + 730
        return MemberTruth(
            member: member, isTreated: rewarded(member) != nil, favouriteMakers: favourites, hazards: hazards,
            chances: behaviour.events.enumerated().compactMap { place, event in
                event.after.map { (event.id, member.chance(of: $0, event: place)) }
            },
            cancelDay: (
                cancelDay(member, rewarded: nil, through: horizon),
                cancelDay(member, rewarded: startDay, through: horizon)
            ))
    }

    /// What is true of the population as a whole: how it was made, with every constant an analysis could look for.
    public var truth: JSONValue {
        [
            "seed": .string(String(seed)), "size": .integer(Int64(size)), "start": .string(RFC3339.format(start)),
            "simulation": .string(behaviour.id), "derived": .bool(behaviour.isDerived),
            "topics": .array(behaviour.subjects.map { .string($0) }),
            "moves": .array(behaviour.moves.map { .string($0) }),
            "groups": .object(
                JSONObject(
                    behaviour.groups.enumerated().map { place, group in
                        (
                            group.id,
                            [
                                "share": .double(habits.groupShares[place]), "visits": .double(group.visits),
                                "tastes": .array(habits.tastes[place].map(JSONValue.double)),
                            ]
                        )
                    })),
            "responses": .object(
                JSONObject(
                    behaviour.responses.map { response in
                        (
                            response.id,
                            [
                                "hazard_ratio": .double(response.hazard), "activity_ratio": .double(response.visits),
                                "taste_ratio": .double(response.moves),
                            ]
                        )
                    })),
            "settling": [
                "floor": .double((behaviour.subscription?.settling ?? .init()).floor),
                "newcomers": .double((behaviour.subscription?.settling ?? .init()).newcomers),
                "each": .double((behaviour.subscription?.settling ?? .init()).each),
            ],
            "appeal": .object(JSONObject(facts.items.map { ($0.id, .double($0.appeal)) })),
        ]
    }
}
