internal import CEL
internal import Primitives

extension ProgrammeChecker {
    /// What a gate refers to exists, and something can open it.
    mutating func check(_ gate: Gate) {
        let name = "gate:\(gate.id)"
        for (index, condition) in gate.opens.enumerated() { check(condition, at: "\(name).open.\(index)") }
        for (index, reward) in gate.offers.enumerated() {
            resolve("reward", reward, among: programme.rewards.map(\.id), at: "\(name).offers.\(index)")
        }
        if gate.opens.flatMap(\.leaves).count(where: { $0.code == "meter" }) > 1 {
            report(
                "A gate has one meter.", at: "\(name).open", fix: "Divide it into two gates, or take one meter out.")
        }
        for access in gate.scope?.access ?? [] where access.hasPrefix("tier:") {
            resolve(
                "tier", String(access.dropFirst(5)), among: programme.tiers?.tiers.map(\.id) ?? [],
                at: "\(name).items.access")
        }
    }

    /// What a till may send is declared.
    mutating func checkCounter() {
        for (index, event) in programme.counterEvents.enumerated() {
            resolve(
                "event type", event, among: programme.events.map(\.id), at: "programme.counter.events.\(index)")
        }
    }

    private mutating func check(_ condition: Gate.Condition, at name: String) {
        switch condition {
        case .any(let parts), .all(let parts):
            if parts.isEmpty {
                report("'\(condition.code)' is empty: it says nothing.", at: name, fix: "Take it out.")
            }
            for (index, part) in parts.enumerated() { check(part, at: "\(name).\(condition.code).\(index)") }
        case .tier(let tier):
            resolve("tier", tier, among: programme.tiers?.tiers.map(\.id) ?? [], at: "\(name).tier")
        case .badge(let badge): resolve("badge", badge, among: programme.badges.map(\.id), at: "\(name).badge")
        case .balance(let unit, _):
            resolve("unit", unit, among: programme.units.map(\.id), at: "\(name).balance.unit")
        case .reward(let reward):
            resolve("reward", reward, among: programme.rewards.map(\.id), at: "\(name).reward")
        case .trait(let trait, let value):
            guard resolve("trait", trait, among: programme.traits.map(\.id), at: "\(name).trait"),
                let type = programme.traits.first(where: { $0.id == trait })?.type
            else { return }
            if !Self.fits(value, type) {
                report(
                    "The trait '\(trait)' is \(type.documentText), and can never have this value.", at: "\(name).trait",
                    fix: value == .bool(true) ? "Say which: { name: \(trait), is: … }." : nil)
            }
        case .entitlement(let entitlement):
            guard !gives(entitlement) else { return }
            warn(
                "No rule, challenge or reward gives the entitlement '\(entitlement)'.", at: "\(name).entitlement")
        case .when(let source):
            check(
                source, .bool, in: RuleEnvironment.memberEnvironment(in: programme, zones: zones), at: "\(name).when")
        case .window, .meter: break
        }
    }

    private func gives(_ entitlement: String) -> Bool {
        if programme.rewards.contains(where: { $0.entitlement == entitlement }) { return true }
        return (programme.rules.flatMap(\.effects) + programme.challenges.flatMap(\.reward)).contains { effect in
            if case .entitlement(entitlement, _) = effect { true } else { false }
        }
    }

    private static func fits(_ value: JSONValue, _ type: FieldType) -> Bool {
        switch type {
        case .boolean: value.boolValue != nil
        case .integer, .duration: value.intValue != nil
        case .number, .fraction: value.doubleValue != nil
        case .text, .topic, .item, .timestamp: value.stringValue != nil
        case .list(let element): fits(value, element)
        }
    }
}
