import CEL

/// SplitMix64: small, repeatable, the same on every machine.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }
}

/// Writes random expressions that mostly pass the checker, over the variables of ``environment()``.
struct ExpressionGenerator {
    enum Kind: CaseIterable { case bool, int, double, string, list, map, time, span, optional }

    var random: SeededRandom
    private var variables: [(name: String, kind: Kind)] = []

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    static func environment() -> Environment {
        var environment = Environment()
        environment.declare(
            variable: "event",
            fields: [
                "type": .string, "share": .double, "seconds": .int, "at": .timestamp, "topics": .list(.string),
                "length": .duration, "extra": .dyn,
            ])
        environment.declare(
            variable: "member",
            fields: [
                "tier": .string, "paused": .bool, "visits": .int, "topics": .record(["last30days": .list(.string)]),
                "scores": .map(.string, .int),
            ])
        environment.declare(variable: "x", type: .int)
        environment.limits.estimatedCost = .max
        environment.limits.steps = 20_000
        environment.limits.stringBytes = 10_000
        return environment
    }

    /// A frame with random values, some slots left unset.
    mutating func frame(_ environment: Environment) -> Frame {
        var frame = Frame(layout: environment.layout)
        for slot in 0..<environment.layout.count where Int.random(in: 0..<8, using: &random) > 0 {
            frame[slot] = value(environment.layout.types[slot])
        }
        return frame
    }

    private mutating func value(_ type: CELType) -> Value {
        switch type {
        case .bool: .bool(.random(using: &random))
        case .int: .int(pick([0, 1, -1, 2, 30, .max, .min]))
        case .double: .double(pick([0, 0.5, 0.7, -1.5, .nan, .infinity, 1e300]))
        case .string: .string(pick(["", "gold", "article.read", "a text of more than fifteen bytes", "e\u{301}", "é"]))
        case .timestamp: Timestamp(seconds: pick([0, 1_700_000_000, -62_135_596_800])).map { .timestamp($0) } ?? .null
        case .duration: .duration(TimeSpan(nanoseconds: pick([0, 1_500_000_000, -1])))
        case .list: .list((0..<Int.random(in: 0..<4, using: &random)).map { _ in value(.string) })
        case .map: .map(MapValue(["a": .int(1), "b": .int(2)]))
        default: pick([.int(3), .string("x"), .null, .list([.int(1), .string("a")]), .double(2)])
        }
    }

    mutating func pick<T>(_ choices: [T]) -> T { choices[Int.random(in: 0..<choices.count, using: &random)] }

    mutating func expression() -> String {
        variables = []
        return expression(pick([.bool, .bool, .bool] + Kind.allCases), Int.random(in: 1...5, using: &random))
    }

    private mutating func expression(_ kind: Kind, _ depth: Int) -> String {
        let known = variables.filter { $0.kind == kind }
        if !known.isEmpty, Int.random(in: 0..<3, using: &random) == 0 { return pick(known).name }
        if depth <= 0 { return leaf(kind) }
        if Int.random(in: 0..<12, using: &random) == 0 {
            let condition = expression(.bool, depth - 1)
            return "(\(condition) ? \(expression(kind, depth - 1)) : \(expression(kind, depth - 1)))"
        }
        if Int.random(in: 0..<16, using: &random) == 0 { return bind(kind, depth) }
        // Now and then something of the wrong type, hidden from the checker.
        if Int.random(in: 0..<24, using: &random) == 0 { return "dyn(\(expression(pick(Kind.allCases), depth - 1)))" }
        return compound(kind, depth - 1)
    }

    private mutating func bind(_ kind: Kind, _ depth: Int) -> String {
        let bound = pick(Kind.allCases)
        let value = expression(bound, depth - 1)
        let name = "v\(variables.count)"
        variables.append((name, bound))
        defer { variables.removeLast() }
        return "cel.bind(\(name), \(value), \(expression(kind, depth - 1)))"
    }

    private mutating func leaf(_ kind: Kind) -> String {
        switch kind {
        case .bool: pick(["true", "false", "member.paused", "has(event.share)", "has(member.topics)"])
        case .int: pick(["0", "1", "-1", "30", "9223372036854775807", "x", "event.seconds", "member.visits", "0x1f"])
        case .double: pick(["0.0", "0.7", "-1.5", "1e308", "event.share", "double('NaN')", ".5"])
        case .string:
            pick(["''", "'gold'", "\"e\\u0301\"", "r'a\\b'", "event.type", "member.tier", "'''x\ny'''", "'🐱'"])
        case .list: pick(["[]", "['a', 'b']", "event.topics", "member.topics.last30days", "['gold']"])
        case .map: pick(["{}", "{'a': 1}", "member.scores", "{'a': 1, 'b': 2}"])
        case .time: pick(["event.at", "timestamp(0)", "timestamp('2026-01-31T12:00:00Z')"])
        case .span: pick(["event.length", "duration('1h')", "duration('-1.5s')"])
        case .optional: pick(["optional.none()", "optional.of(1)", "member.scores[?'a']", "member.scores.?b"])
        }
    }

    private mutating func loop(_ kind: Kind, _ depth: Int, _ macro: String) -> String {
        let range = expression(.list, depth)
        let name = "e\(variables.count)"
        variables.append((name, .string))
        defer { variables.removeLast() }
        return "\(range).\(macro)(\(name), \(expression(kind, depth)))"
    }

    private mutating func compound(_ kind: Kind, _ depth: Int) -> String {
        func part(_ kind: Kind) -> String { expression(kind, depth) }
        let choice = Int.random(in: 0..<8, using: &random)
        switch kind {
        case .bool:
            switch choice {
            case 0: return "(\(part(.bool)) && \(part(.bool)) && \(part(.bool)))"
            case 1: return "(\(part(.bool)) || \(part(.bool)))"
            case 2: return "!\(part(.bool))"
            case 3:
                let other = pick(Kind.allCases)
                return "(\(part(other)) \(pick(["==", "!="])) \(part(other)))"
            case 4:
                let other = pick([Kind.int, .double, .string, .time, .span])
                return "(\(part(other)) \(pick(["<", "<=", ">", ">="])) \(part(other)))"
            case 5: return loop(.bool, depth, pick(["all", "exists", "exists_one"]))
            case 6: return "(\(part(.string)) in \(part(pick([.list, .map]))))"
            default:
                let test = pick(["startsWith", "endsWith", "contains", "matches"])
                return "\(part(.string)).\(test)(\(part(.string)))"
            }
        case .int:
            switch choice {
            case 0...2: return "(\(part(.int)) \(pick(["+", "-", "*", "/", "%"])) \(part(.int)))"
            case 3: return "size(\(part(pick([.string, .list, .map]))))"
            case 4: return "-\(part(.int))"
            case 5: return "\(part(.map))['a']"
            case 6: return "\(part(.optional)).orValue(\(part(.int)))"
            default:
                return "\(part(.time)).\(pick(["getHours", "getDayOfYear", "getMonth"]))(\(pick(["", "'+05:30'"])))"
            }
        case .double:
            return choice < 6
                ? "(\(part(.double)) \(pick(["+", "-", "*", "/"])) \(part(.double)))" : "double(\(part(.int)))"
        case .string:
            switch choice {
            case 0, 1: return "(\(part(.string)) + \(part(.string)))"
            case 2: return "string(\(part(pick([.int, .double, .bool, .time, .span]))))"
            case 3: return "\(part(.string)).replace(\(part(.string)), \(part(.string)))"
            case 4: return "\(part(.list)).join(\(part(.string)))"
            case 5: return "'%s %s'.format([\(part(pick(Kind.allCases))), \(part(.list))])"
            case 6: return "\(part(.list))[\(part(.int))]"
            default: return "\(part(.string)).\(pick(["lowerAscii", "trim", "reverse"]))()"
            }
        case .list:
            switch choice {
            case 0: return "(\(part(.list)) + \(part(.list)))"
            case 1: return loop(.bool, depth, "filter")
            case 2: return loop(.string, depth, "map")
            case 3: return "[\(part(.string)), \(part(.string))]"
            case 4: return "\(part(.string)).split(\(part(.string)))"
            case 5: return "\(part(.list)).distinct()"
            default: return "\(part(.list)).sort()"
            }
        case .map:
            return choice < 4
                ? "{\(part(.string)): \(part(.int)), 'k': \(part(.int))}"
                : "\(part(.map)).transformMap(k, v, v + \(part(.int)))"
        case .time: return "(\(part(.time)) \(pick(["+", "-"])) \(part(.span)))"
        case .span:
            return choice < 4 ? "(\(part(.time)) - \(part(.time)))" : "(\(part(.span)) + \(part(.span)))"
        case .optional:
            return choice < 4 ? "optional.of(\(part(.int)))" : "\(part(.optional)).optMap(o, o + \(part(.int)))"
        }
    }
}
