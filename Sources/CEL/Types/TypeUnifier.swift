/// Finds types for type parameters so that values of one type may stand where another is wanted.
///
/// The rules are those of the reference implementation: `dyn` fits everything, `null` fits nullable, time and abstract
/// types, everything else must agree part by part; a parameter takes the most general type it met.
struct TypeUnifier {
    private var bindings: [String: CELType] = [:]
    /// What to restore when an attempt fails.
    private var trail: [(name: String, previous: CELType?)] = []
    private var nextVariable = 0

    mutating func freshVariable() -> CELType {
        nextVariable += 1
        return .parameter("@\(nextVariable)")
    }

    /// A declaration's types with its own parameters replaced by fresh ones.
    mutating func instantiate(_ types: [CELType]) -> [CELType] {
        var names: [String: CELType] = [:]
        func replace(_ type: CELType) -> CELType {
            if case .parameter(let name) = type {
                if let known = names[name] { return known }
                let variable = freshVariable()
                names[name] = variable
                return variable
            }
            return type.mapParts(replace)
        }
        return types.map(replace)
    }

    /// Whether each value type fits its wanted type; binds parameters only if all do.
    mutating func assign(_ values: [CELType], to wanted: [CELType]) -> Bool {
        guard values.count == wanted.count else { return false }
        let mark = trail.count
        for (value, target) in zip(values, wanted) where !isAssignable(value, target) {
            while trail.count > mark, let last = trail.popLast() { bindings[last.name] = last.previous }
            return false
        }
        return true
    }

    /// The type with every known parameter replaced; unknown ones become `dyn` if `isFinal`.
    func resolve(_ type: CELType, isFinal: Bool = false) -> CELType {
        if case .parameter(let name) = type {
            if let known = bindings[name] { return resolve(known, isFinal: isFinal) }
            return isFinal ? .dyn : type
        }
        return type.mapParts { resolve($0, isFinal: isFinal) }
    }

    /// The type of a collection that holds both.
    mutating func join(_ previous: CELType?, _ next: CELType) -> CELType {
        guard let previous else { return next }
        if assign([previous], to: [next]) { return mostGeneral(previous, next) }
        return .dyn
    }

    private mutating func bind(_ name: String, _ type: CELType) {
        trail.append((name, bindings[name]))
        bindings[name] = type
    }

    private mutating func isAssignable(_ first: CELType, _ second: CELType) -> Bool {
        if case .parameter(let name) = second {
            let (isValid, isBound) = substitute(first, for: name)
            if isValid { return true }
            if isBound { return false }
        }
        if case .parameter(let name) = first { return substitute(second, for: name).isValid }
        if first.isDynamic || second.isDynamic { return true }
        if first == .null { return acceptsNull(second) }
        if second == .null { return acceptsNull(first) }
        switch (first, second) {
        case (.nullable(let a), .nullable(let b)): return isAssignable(a, b)
        case (.nullable(let a), _): return isAssignable(a, second)
        case (_, .nullable(let b)): return isAssignable(first, b)
        case (.list(let a), .list(let b)): return isAssignable(a, b)
        case (.map(let a, let b), .map(let c, let d)): return isAssignable(a, c) && isAssignable(b, d)
        case (.type, .type): return true
        case (.abstract(let a, let these), .abstract(let b, let those)):
            guard a == b, these.count == those.count else { return false }
            for (left, right) in zip(these, those) where !isAssignable(left, right) { return false }
            return true
        default: return first == second
        }
    }

    private mutating func substitute(_ type: CELType, for name: String) -> (isValid: Bool, isBound: Bool) {
        if type == .parameter(name) { return (true, true) }
        if let known = bindings[name] {
            if type == known { return (true, true) }
            guard isAssignable(type, known) else { return (false, true) }
            let general = mostGeneral(type, known)
            if !occurs(name, in: general) { bind(name, general) }
            return (true, true)
        }
        guard !occurs(name, in: type) else { return (false, false) }
        bind(name, type)
        return (true, false)
    }

    private func occurs(_ name: String, in type: CELType) -> Bool {
        if case .parameter(let other) = type {
            if other == name { return true }
            guard let known = bindings[other] else { return false }
            return occurs(name, in: known)
        }
        return type.parts.contains { occurs(name, in: $0) }
    }

    private func acceptsNull(_ type: CELType) -> Bool {
        switch type {
        case .null, .nullable, .timestamp, .duration, .abstract: true
        default: false
        }
    }

    private func mostGeneral(_ first: CELType, _ second: CELType) -> CELType {
        isEqualOrLessSpecific(first, second) ? first : second
    }

    private func isEqualOrLessSpecific(_ first: CELType, _ second: CELType) -> Bool {
        if first.isDynamic || first.isParameter { return true }
        if second.isDynamic || second.isParameter { return false }
        // What may be null is the wider of the two.
        if second == .null { return acceptsNull(first) }
        switch (first, second) {
        case (.nullable(let a), .nullable(let b)): return isEqualOrLessSpecific(a, b)
        case (.nullable, _): return true
        case (.list(let a), .list(let b)): return isEqualOrLessSpecific(a, b)
        case (.map(let a, let b), .map(let c, let d)):
            return isEqualOrLessSpecific(a, c) && isEqualOrLessSpecific(b, d)
        case (.type, .type): return true
        case (.abstract(let a, let these), .abstract(let b, let those)):
            return a == b && these.count == those.count && zip(these, those).allSatisfy(isEqualOrLessSpecific)
        default: return first == second
        }
    }
}
