import Loyalty
import Primitives

/// What a simulated programme did so far, counted.
struct ForecastTally {
    /// What one rule, challenge or streak gave.
    struct Source {
        var times: Int64 = 0
        var refused: Int64 = 0
        var members: Set<Int> = []
        var points: [String: Int64] = [:]
    }

    /// What became of one reward or challenge.
    struct Count {
        var times: Int64 = 0
        var members: Set<Int> = []
    }

    var events: Int64 = 0
    /// Events of types that the programme does not declare, by type.
    var undeclared: [String: Int64] = [:]
    /// Events that did not fit their declaration, by type.
    var refused: [String: Int64] = [:]
    var movements: [String: LiabilityReport.Movements] = [:]
    var outstanding: [(day: Int, units: [String: Int64])] = []
    var sources: [String: Source] = [:]
    var heldOut: [String: Set<Int>] = [:]
    var started: [String: Set<Int>] = [:]
    var completed: [String: Count] = [:]
    var badges: [String: Set<Int>] = [:]
    var redeemed: [String: Count] = [:]
    /// How often somebody who looked for a reward was allowed one, and could pay for it too.
    var allowed: [String: Int64] = [:]
    var affordable: [String: Int64] = [:]

    mutating func see(_ changes: Changes, of member: Int) {
        let kinds = Dictionary(
            changes.journal.transfers.map { ($0.id, $0.kind) }, uniquingKeysWith: { first, _ in first })
        for entry in changes.journal.entries where !entry.kind.isMembers {
            movements[entry.unit, default: .init()].add(entry.amount, of: entry.kind, by: kinds[entry.transfer])
        }
        for rule in changes.exposures { heldOut[rule, default: []].insert(member) }
        for effect in changes.effects {
            switch effect.kind {
            case .award where effect.amount > 0:
                sources[effect.source, default: Source()].times += 1
                sources[effect.source]?.members.insert(member)
                sources[effect.source]?.points[effect.subject, default: 0] += effect.amount
            case .award, .refused: sources[effect.source, default: Source()].refused += 1
            case .correction: sources[effect.source]?.points[effect.subject, default: 0] += effect.amount
            case .progress: started[effect.source, default: []].insert(member)
            case .completed:
                completed[effect.source, default: Count()].times += 1
                completed[effect.source]?.members.insert(member)
            case .badge:
                badges[effect.subject, default: []].insert(member)
                note(effect, member)
            case .entitlement, .trait, .webhook: note(effect, member)
            case .confirmation:
                redeemed[effect.source, default: Count()].times += 1
                redeemed[effect.source]?.members.insert(member)
            default: break
            }
        }
    }

    /// What gives no points fires all the same.
    private mutating func note(_ effect: AppliedEffect, _ member: Int) {
        sources[effect.source, default: Source()].times += 1
        sources[effect.source]?.members.insert(member)
    }

    /// What is owed is looked at once a week, and at the end.
    mutating func end(day: Int, isLast: Bool) {
        guard isLast || outstanding.isEmpty || day - (outstanding.last?.day ?? day) >= 7 else { return }
        outstanding.append((day, movements.mapValues(\.total)))
    }
}
