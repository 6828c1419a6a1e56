import Primitives

/// What the terms of a programme's units and rules ask of events: worked out once.
struct ProgrammeTerms: Sendable {
    /// Names of counters of activity that some expiry looks at.
    var activities: Set<String> = []
    /// For every event type that an award waits for, or that cancels one: the fields that join them; "" for none.
    var awaited: [String: Set<String>] = [:]
    /// The longest window in days: what is older than that needs no memory.
    var longestWindow: Int32 = 0
    /// How late an event may come.
    let graceMilliseconds: Int64

    /// The same, in whole days.
    var graceDays: Int32 { Int32(clamping: (graceMilliseconds + 86_399_999) / 86_400_000) }

    /// Whether nothing of this concerns any event.
    var areEmpty: Bool { activities.isEmpty && awaited.isEmpty }

    init(_ programme: Programme) {
        graceMilliseconds =
            switch programme.lateness ?? EventReader.standardLateness {
            case .milliseconds(let amount): amount
            case .days(let days): Int64(days) * 86_400_000
            case .months(let months): Int64(months) * 31 * 86_400_000
            }
        for unit in programme.units {
            add(unit.pending)
            add(unit.expires, of: unit.id)
        }
        for rule in programme.rules {
            add(rule.pending)
            for (index, effect) in rule.effects.enumerated() {
                guard case .award(_, let unit) = effect else { continue }
                add(rule.expires, of: unit)
                for own in rule.awardTerms[index]?.all ?? [] {
                    add(own.pending)
                    add(own.expires, of: unit)
                }
            }
        }
    }

    private mutating func add(_ pending: PendingTerm?) {
        guard case .event(let term) = pending else { return }
        for type in [term.until, term.cancelledBy].compactMap({ $0 }) {
            awaited[type, default: []].insert(term.match ?? "")
        }
        let days: Int =
            switch term.within {
            case .days(let count): count
            case .months(let count): count * 31
            case .milliseconds(let amount): Int(amount / 86_400_000) + 1
            }
        longestWindow = max(longestWindow, Int32(clamping: days))
    }

    private mutating func add(_ expires: ExpiryTerm?, of unit: String) {
        guard case .inactive(_, let resets) = expires else { return }
        for activity in resets { activities.insert(activity.counter(unit)) }
    }

    /// The name of the counter that remembers on which days events of an awaited type came, and for what.
    static func counter(_ type: String, match field: String?) -> String {
        "until/" + type + (field.map { "#" + $0 } ?? "")
    }
}
