internal import Catalogue
internal import Primitives

/// How gates are written.
extension DocumentTree {
    static func gate(_ gate: Gate, _ languages: [Language]) -> DocumentTree {
        .mapping(
            ("gate", .text(gate.id)), ("name", localized(gate.name, languages)),
            ("items", gate.scope.map { scope($0) }),
            ("open", .list(gate.opens.map { condition($0) })),
            ("offers", gate.offers.isEmpty ? nil : .list(gate.offers.map { .text($0) })),
            ("why", localized(gate.why, languages)))
    }

    private static func scope(_ scope: Gate.Scope) -> DocumentTree {
        func words(_ words: [String]) -> DocumentTree? { words.isEmpty ? nil : .list(words.map { .text($0) }) }
        return .mapping(
            ("kinds", words(scope.kinds.map(\.rawValue))), ("topics", words(scope.topics)),
            ("series", words(scope.series)), ("items", words(scope.items)), ("access", words(scope.access)),
            ("early-access", scope.isEarly ? .raw("true") : nil))
    }

    private static func condition(_ condition: Gate.Condition) -> DocumentTree {
        switch condition {
        case .any(let parts): .mapping(("any", .list(parts.map { self.condition($0) })))
        case .all(let parts): .mapping(("all", .list(parts.map { self.condition($0) })))
        case .tier(let name), .badge(let name), .entitlement(let name), .reward(let name):
            .mapping((condition.code, .text(name)))
        case .balance(let unit, let least):
            .mapping(("balance", .mapping(("unit", .text(unit)), ("at-least", .raw(String(least))))))
        case .trait(let name, .bool(true)): .mapping(("trait", .text(name)))
        case .trait(let name, let value): .mapping(("trait", .mapping(("name", .text(name)), ("is", json(value)))))
        case .window(let from, let until):
            .mapping(
                (
                    "window",
                    .mapping(("from", from.map { .raw(instant($0)) }), ("until", until.map { .raw(instant($0)) }))
                ))
        case .when(let source): .mapping(("when", .text(source)))
        case .meter(let free, let per):
            .mapping(("meter", .mapping(("free", .raw(String(free))), ("per", .raw(per.rawValue)))))
        }
    }
}
