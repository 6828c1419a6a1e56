import Foundation
import Primitives
import Testing

/// The reader against Foundation's decoder on the same bytes.
@Suite struct JSONFuzzTests {
    /// What Foundation makes of a text.
    enum Decoded: Decodable {
        case null
        case bool(Bool)
        case integer(Int64)
        case unsigned(UInt64)
        case double(Double)
        case string(String)
        case array([Decoded])
        case object([String: Decoded])

        init(from decoder: any Decoder) throws {
            if let object = try? decoder.container(keyedBy: AnyKey.self) {
                var members: [String: Decoded] = [:]
                for key in object.allKeys { members[key.stringValue] = try object.decode(Decoded.self, forKey: key) }
                self = .object(members)
                return
            }
            if var list = try? decoder.unkeyedContainer() {
                var elements: [Decoded] = []
                while !list.isAtEnd { elements.append(try list.decode(Decoded.self)) }
                self = .array(elements)
                return
            }
            let single = try decoder.singleValueContainer()
            if single.decodeNil() {
                self = .null
            } else if let value = try? single.decode(Bool.self) {
                self = .bool(value)
            } else if let value = try? single.decode(String.self) {
                self = .string(value)
            } else if let value = try? single.decode(Int64.self) {
                self = .integer(value)
            } else if let value = try? single.decode(UInt64.self) {
                self = .unsigned(value)
            } else {
                self = .double(try single.decode(Double.self))
            }
        }

        struct AnyKey: CodingKey {
            var stringValue: String
            var intValue: Int? { nil }
            init?(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        func agrees(with value: JSONValue) -> Bool {
            switch (self, value) {
            case (.null, .null): true
            case (.bool(let left), .bool(let right)): left == right
            case (.string(let left), .string(let right)): Array(left.utf8) == Array(right.utf8)
            case (.integer(let left), .integer(let right)): left == right
            case (.integer(let left), .double(let right)): Double(left) == right
            case (.unsigned(let left), .unsigned(let right)): left == right
            case (.unsigned(let left), .double(let right)): Double(left) == right
            case (.double(let left), .double(let right)): left == right
            case (.array(let left), .array(let right)):
                left.count == right.count && zip(left, right).allSatisfy { $0.agrees(with: $1) }
            case (.object(let left), .object(let right)):
                left.count == right.count && right.allSatisfy { left[$0.key]?.agrees(with: $0.value) == true }
            default: false
            }
        }
    }

    static func foundation(_ bytes: [UInt8]) -> Decoded? {
        try? JSONDecoder().decode(Decoded.self, from: Data(bytes))
    }

    /// Where Foundation is laxer: it takes a byte order mark, the last of two equal keys, a comma before the end.
    static func isStricter(_ problem: JSONProblem, _ bytes: [UInt8]) -> Bool {
        switch problem.reason {
        case .duplicateKey, .byteOrderMark, .tooDeep, .numberOutOfRange, .invalidUTF8, .loneSurrogate: true
        case .expectedValue, .expectedKey:
            bytes[..<problem.offset].last { $0 > 0x20 } == UInt8(ascii: ",")
                && [UInt8(ascii: "]"), UInt8(ascii: "}")].contains(bytes[problem.offset])
        default: false
        }
    }

    @Test(arguments: [UInt64(1), 2, 3, 4])
    func `random values survive writing and reading, in Foundation too`(_ seed: UInt64) throws {
        print("JSON round trip: seed \(seed)")
        var random = Xoshiro256(seed: seed)
        for _ in 0..<1_000 {
            let value = RandomJSON.value(using: &random, depth: 5)
            let bytes = value.bytes()
            #expect(try JSONValue(parsing: bytes) == value)
            #expect(try JSONValue(parsing: value.text(pretty: true)) == value)
            let decoded = try #require(Self.foundation(bytes), "\(value.text())")
            #expect(decoded.agrees(with: value), "\(value.text())")
            let canonical = value.canonicalBytes()
            #expect(try JSONValue(parsing: canonical).canonicalBytes() == canonical)
        }
    }

    @Test(arguments: [UInt64(11), 12, 13, 14])
    func `mutated texts are judged as Foundation judges them`(_ seed: UInt64) throws {
        print("JSON mutation: seed \(seed)")
        var random = Xoshiro256(seed: seed)
        let pieces: [[UInt8]] =
            [
                "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud83d", "\\ude00", "0", "-", ".", "e", "E", "+",
                "1",
                "null", "true", "false", " ", "\n", "\0", "é", "/", "1e400", "99999999999999999999", "\"a\":", "NaN",
            ].map { Array($0.utf8) } + [[0x80], [0xC3], [0xED, 0xA0, 0x80], [0xFF], [0xF0, 0x9F]]
        var accepted = 0
        var refused = 0
        for _ in 0..<4_000 {
            var bytes = RandomJSON.value(using: &random, depth: 3).bytes()
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: 0...bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes.insert(contentsOf: pieces.randomElement(using: &random) ?? [], at: place)
                case 1 where place < bytes.count: bytes.remove(at: place)
                case 2 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 3: bytes.removeSubrange(place..<min(bytes.count, place + 3))
                default: break
                }
            }
            let text = String(decoding: bytes, as: UTF8.self)
            let theirs = Self.foundation(bytes)
            let skipped = JSONReaderTests.skip(bytes)
            switch JSONReaderTests.read(bytes) {
            case .success(let ours):
                accepted += 1
                #expect(skipped == nil, "\(text)")
                let decoded = try #require(theirs, "only we accept \(text)")
                #expect(decoded.agrees(with: ours), "\(text)")
            case .failure(let problem):
                refused += 1
                #expect(skipped == problem, "\(text)")
                #expect(theirs == nil || Self.isStricter(problem, bytes), "only we refuse \(text): \(problem)")
            }
        }
        #expect(accepted > 200)
        #expect(refused > 200)
    }

    @Test(arguments: [UInt64(21), 22])
    func `random bytes never trap the reader`(_ seed: UInt64) {
        print("JSON random bytes: seed \(seed)")
        var random = Xoshiro256(seed: seed)
        let alphabet = Array("{}[]\",:\\u0019eE+-.ntf \u{1}é".utf8) + [0xFF, 0xD8]
        for _ in 0..<20_000 {
            let count = Int.random(in: 0..<40, using: &random)
            let bytes = (0..<count).map { _ in alphabet.randomElement(using: &random) ?? 0 }
            var reader = JSONReader(bytes.span)
            // Calls in any order: errors are fine, traps are not.
            for _ in 0..<8 {
                switch Int.random(in: 0..<9, using: &random) {
                case 0: try? reader.beginObject()
                case 1: _ = try? reader.nextKey()?.string
                case 2: try? reader.beginArray()
                case 3: _ = try? reader.nextElement()
                case 4: _ = try? reader.string()
                case 5: _ = try? reader.int()
                case 6: _ = try? reader.rawValue()
                case 7: try? reader.unwind(to: 0)
                default: _ = try? reader.value()
                }
            }
        }
    }

    @Test func `doubles read as Foundation reads them`() throws {
        let seed: UInt64 = 31
        print("JSON doubles: seed \(seed)")
        var random = Xoshiro256(seed: seed)
        for _ in 0..<20_000 {
            let value = Double(bitPattern: random.next())
            guard value.isFinite else { continue }
            let bytes = JSONValue.double(value).bytes()
            guard case .double(let back) = try JSONValue(parsing: bytes) else {
                Issue.record("\(value) came back as something else")
                return
            }
            #expect(back.bitPattern == value.bitPattern)
            let digits = (0..<Int.random(in: 1...25, using: &random)).map { _ in
                "\(UInt.random(in: 0...9, using: &random))"
            }
            let text = "1\(digits.joined()).5e\(Int.random(in: -330...280, using: &random))"
            #expect(try JSONValue(parsing: text).doubleValue == Double(text))
        }
    }
}

enum RandomJSON {
    static let texts = [
        "", "a", "naam", "ti\"tel", "\\", "\n", "é", "新聞", "😀", "\u{0}", "<script>", "a longer text than sixteen bytes",
    ]

    static func value(using random: inout Xoshiro256, depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 9 : 7), using: &random) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &random))
        case 2: return .integer(Int64.random(in: -1000...1000, using: &random))
        case 3: return .integer(Int64(bitPattern: random.next()))
        case 4:
            let value = Double(bitPattern: random.next())
            return .double(value.isFinite ? value : 0.5)
        case 5: return .double(Double(Int.random(in: -100_000...100_000, using: &random)) / 100)
        case 6: return .string(text(using: &random))
        case 7:
            return .array(
                (0..<Int.random(in: 0..<5, using: &random)).map { _ in value(using: &random, depth: depth - 1) })
        default:
            var object = JSONObject()
            for _ in 0..<Int.random(in: 0..<6, using: &random) {
                object[text(using: &random)] = value(using: &random, depth: depth - 1)
            }
            return .object(object)
        }
    }

    static func text(using random: inout Xoshiro256) -> String {
        let count = Int.random(in: 0..<3, using: &random)
        return (0...count).map { _ in texts.randomElement(using: &random) ?? "" }.joined()
    }
}
