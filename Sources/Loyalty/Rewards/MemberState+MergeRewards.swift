public import Primitives

/// Redemptions of one person with two records.
extension MemberState {
    /// The name of the counter of what records that were taken over had of a reward.
    static func takenOver(_ reward: String) -> String { "redeemed/" + reward }

    /// The name of the counter that says that a record was taken over which has redemptions.
    static func absorbed(_ member: MemberID) -> String { "absorbed/" + member.description }

    /// The records that this one took over and that have redemptions.
    public var absorbedRecords: [MemberID] {
        counters.keys.filter { $0.hasPrefix("absorbed/") }.sorted()
            .compactMap { MemberID(String($0.dropFirst("absorbed/".count))) }
    }

    /// Redemptions stay with their record; what they count towards limits is the survivor's.
    mutating func takeOver(redemptionsOf other: MemberState, into changes: inout Changes) {
        guard !other.redemptions.isEmpty else { return }
        for record in other.redemptions.values where record.counts {
            let name = Self.takenOver(record.reward)
            counters[name, default: .empty].add(CounterMark(day: record.day, wanted: 1, count: record.quantity))
            changes.counters.insert(name)
            if record.state == .confirmed { noteHandedOut(record, into: &changes) }
        }
        let name = Self.absorbed(other.id)
        counters[name, default: .empty].add(CounterMark(day: other.profile.joinedDay, wanted: 1))
        changes.counters.insert(name)
    }

    /// A redemption of a record that was taken over came to nothing: it counts no longer.
    ///
    /// - Parameters:
    ///   - record: as it ended.
    ///   - today: the first moment at which what it gave by name is no longer there.
    public mutating func forgive(_ record: RedemptionRecord, today: Instant, into changes: inout Changes) {
        var names = [Self.takenOver(record.reward)]
        // What was only held was not handed out: a mark like it is another redemption's.
        if record.state == .refunded { names.append(Self.handedOut(record.reward)) }
        for name in names {
            guard var counter = counters[name],
                counter.remove(CounterMark(day: record.day, wanted: 1, count: record.quantity))
            else { continue }
            counters[name] = counter
            changes.counters.insert(name)
        }
        let grant = EffectID.derived(from: record.id, step: "entitlement")
        for (name, present) in entitlements where present.effect == grant {
            entitlements[name]?.expiresAt = today
            changes.entitlements.insert(name)
        }
    }

    /// A redemption that stayed with a record that was taken over was handed out: what it opens, it opens to the survivor.
    ///
    /// - Parameter other: the record, as it is after the confirmation.
    public mutating func receive(_ record: RedemptionRecord, of other: MemberState, into changes: inout Changes) {
        noteHandedOut(record, into: &changes)
        let grant = EffectID.derived(from: record.id, step: "entitlement")
        for (name, theirs) in other.entitlements where theirs.effect == grant {
            let mine = entitlements[name].map { $0.expiresAt ?? .latest }
            guard mine.map({ $0 < (theirs.expiresAt ?? .latest) }) ?? true else { continue }
            entitlements[name] = theirs
            changes.entitlements.insert(name)
        }
    }

    /// The name of the counter of what records that were taken over were handed of a reward.
    static func handedOut(_ reward: String) -> String { "handed-out/" + reward }

    /// How many of a reward the member was handed, under whatever record: those still held do not count.
    public func handedOut(_ reward: String) -> Int64 {
        let own = redemptions.values.reduce(Int64(0)) { sum, record in
            record.reward == reward && record.state == .confirmed ? sum + record.quantity : sum
        }
        return own + (counters[Self.handedOut(reward)]?.count ?? 0)
    }

    private mutating func noteHandedOut(_ record: RedemptionRecord, into changes: inout Changes) {
        let name = Self.handedOut(record.reward)
        counters[name, default: .empty].add(CounterMark(day: record.day, wanted: 1, count: record.quantity))
        changes.counters.insert(name)
    }
}
