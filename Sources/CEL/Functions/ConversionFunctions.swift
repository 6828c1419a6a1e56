/// `int()`, `string()`, `timestamp()` and the other conversions.
enum ConversionFunctions {
    static func define(in library: inout FunctionLibrary) {
        let to = { (result: CELType, types: [CELType]) in types.map { Overload.global([$0], result) } }
        library.define("bool", to(.bool, [.bool, .string])) { _, arguments throws(Failure) in
            switch arguments[0] {
            case .bool: return arguments[0]
            case .string(let text):
                if ["1", "t", "true", "TRUE", "True"].contains(where: { $0.hasSameBytes(as: text) }) {
                    return .bool(true)
                }
                if ["0", "f", "false", "FALSE", "False"].contains(where: { $0.hasSameBytes(as: text) }) {
                    return .bool(false)
                }
                throw Failure(.invalidValue)
            default: throw Failure(.noSuchOverload)
            }
        }
        library.define("bytes", to(.bytes, [.bytes, .string]), cost: .linear) { budget, arguments throws(Failure) in
            switch arguments[0] {
            case .bytes: return arguments[0]
            case .string(let text):
                try budget.chargeString(bytes: text.utf8.count)
                return .bytes(Array(text.utf8))
            default: throw Failure(.noSuchOverload)
            }
        }
        library.define("double", to(.double, [.double, .int, .uint, .string])) { _, arguments throws(Failure) in
            .double(try double(arguments[0]))
        }
        library.define("int", to(.int, [.int, .uint, .double, .string, .timestamp])) {
            _, arguments throws(Failure) in .int(try int(arguments[0]))
        }
        library.define("uint", to(.uint, [.uint, .int, .double, .string])) { _, arguments throws(Failure) in
            .uint(try uint(arguments[0]))
        }
        let texts: [CELType] = [.string, .bool, .int, .uint, .double, .bytes, .timestamp, .duration]
        library.define("string", to(.string, texts), cost: .linear) { budget, arguments throws(Failure) in
            .string(try string(arguments[0], &budget))
        }
        library.define("timestamp", to(.timestamp, [.timestamp, .string, .int])) { _, arguments throws(Failure) in
            switch arguments[0] {
            case .timestamp: return arguments[0]
            case .string(let text):
                guard let instant = Timestamp(rfc3339: text) else { throw Failure(.invalidValue) }
                return .timestamp(instant)
            case .int(let seconds):
                guard let instant = Timestamp(seconds: seconds) else { throw Failure(.outOfRange) }
                return .timestamp(instant)
            default: throw Failure(.noSuchOverload)
            }
        }
        library.define("duration", to(.duration, [.duration, .string])) { _, arguments throws(Failure) in
            switch arguments[0] {
            case .duration: return arguments[0]
            case .string(let text):
                guard let span = TimeSpan(parsing: text) else { throw Failure(.invalidValue) }
                return .duration(span)
            default: throw Failure(.noSuchOverload)
            }
        }
        let any = CELType.parameter("A")
        library.define("dyn", [.global([any], .dyn)]) { _, arguments throws(Failure) in arguments[0] }
        library.define("type", [.global([any], .type(any))]) { _, arguments throws(Failure) in
            .type(arguments[0].typeName)
        }
    }

    private static func double(_ value: Value) throws(Failure) -> Double {
        switch value {
        case .double(let number): return number
        case .int(let number): return Double(number)
        case .uint(let number): return Double(number)
        case .string(let text):
            switch text.lowercased() {
            case "nan": return .nan
            case "infinity", "+infinity", "inf", "+inf": return .infinity
            case "-infinity", "-inf": return -.infinity
            default:
                guard let number = DoubleText.parse(text) else { throw Failure(.invalidValue) }
                guard number.isFinite else { throw Failure(.outOfRange) }
                return number
            }
        default: throw Failure(.noSuchOverload)
        }
    }

    private static func int(_ value: Value) throws(Failure) -> Int64 {
        switch value {
        case .int(let number): return number
        case .uint(let number):
            guard let result = Int64(exactly: number) else { throw Failure(.outOfRange) }
            return result
        case .double(let number):
            // The bounds are excluded: a double near them may stand for integers beyond them.
            guard number > -0x1p63, number < 0x1p63 else { throw Failure(.outOfRange) }
            return Int64(number)
        case .string(let text):
            guard text.utf8.first != UInt8(ascii: "+"), let number = Int64(text) else { throw Failure(.invalidValue) }
            return number
        case .timestamp(let instant): return instant.seconds
        default: throw Failure(.noSuchOverload)
        }
    }

    private static func uint(_ value: Value) throws(Failure) -> UInt64 {
        switch value {
        case .uint(let number): return number
        case .int(let number):
            guard let result = UInt64(exactly: number) else { throw Failure(.outOfRange) }
            return result
        case .double(let number):
            guard number >= 0, number < 0x1p64 else { throw Failure(.outOfRange) }
            return UInt64(number)
        case .string(let text):
            guard text.utf8.first != UInt8(ascii: "+"), let number = UInt64(text) else { throw Failure(.invalidValue) }
            return number
        default: throw Failure(.noSuchOverload)
        }
    }

    private static func string(_ value: Value, _ budget: inout Budget) throws(Failure) -> String {
        switch value {
        case .string(let text): return text
        case .bool(let flag): return flag ? "true" : "false"
        case .int(let number): return String(number)
        case .uint(let number): return String(number)
        case .double(let number): return DoubleText.general(number)
        case .bytes(let bytes):
            try budget.chargeString(bytes: bytes.count)
            guard let text = String(validating: bytes, as: UTF8.self) else { throw Failure(.invalidValue) }
            return text
        case .timestamp(let instant): return instant.rfc3339
        case .duration(let span): return span.text
        case .ip(let address): return address.text
        case .cidr(let block): return block.text
        default: throw Failure(.noSuchOverload)
        }
    }
}
