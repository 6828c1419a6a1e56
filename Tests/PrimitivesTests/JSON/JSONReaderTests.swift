import Primitives
import Testing

@Suite struct JSONReaderTests {
    static func read(_ bytes: [UInt8]) -> Result<JSONValue, JSONProblem> {
        do throws(JSONProblem) { return .success(try JSONValue(parsing: bytes)) } catch { return .failure(error) }
    }

    /// The same text through `skip`, which must judge as `value` does.
    static func skip(_ bytes: [UInt8]) -> JSONProblem? {
        do throws(JSONProblem) {
            var reader = JSONReader(bytes.span)
            try reader.skip()
            try reader.finish()
            return nil
        } catch { return error }
    }

    @Test(arguments: JSONCases.valid)
    func `a valid text is read and skipped`(_ example: JSONCases.Valid) throws {
        #expect(try JSONValue(parsing: example.text) == example.value, "\(example.text)")
        #expect(Self.skip(Array(example.text.utf8)) == nil)
    }

    @Test(arguments: JSONCases.invalid)
    func `an invalid text is refused with its reason and place`(_ example: JSONCases.Invalid) {
        guard case .failure(let problem) = Self.read(example.bytes) else {
            Issue.record("accepted \(String(decoding: example.bytes, as: UTF8.self))")
            return
        }
        #expect(problem.reason == example.reason)
        #expect(problem.offset == example.offset)
        #expect(Self.skip(example.bytes) == problem)
    }

    @Test func `line and column count lines and characters`() {
        let text = "{\n  \"naam\": \"Zoë 新聞\", x\n}"
        guard case .failure(let problem) = Self.read(Array(text.utf8)) else {
            Issue.record("accepted")
            return
        }
        #expect(problem.line == 2)
        #expect(problem.column == 21)
        #expect(problem.description == "line 2, column 21: expected a key in double quotes")
    }

    @Test func `depth is limited at exactly the given level`() throws {
        for depth in [1, 5, 64] {
            let text = Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
            #expect(throws: Never.self) { try JSONValue(parsing: text, maximumDepth: depth) }
            #expect { try JSONValue(parsing: text, maximumDepth: depth - 1) } throws: {
                ($0 as? JSONProblem)?.reason == .tooDeep(limit: depth - 1)
            }
        }
        let bomb = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
        #expect { try JSONValue(parsing: bomb, maximumDepth: .max) } throws: {
            ($0 as? JSONProblem)?.reason == .tooDeep(limit: 512)
        }
    }

    @Test func `a typed walk reads what it asks for and skips the rest`() throws {
        let text = Array(
            #"""
            {"id": "a-1", "ignored": {"deep": [1, {"x": null}]}, "share": 0.85, "seconds": 30, "ok": true,
             "topics": ["kunst", "stad"], "\u0069tem": "i-9", "nothing": null}
            """#.utf8)
        var reader = JSONReader(text.span)
        var id: String?
        var share: Double?
        var seconds: Int64?
        var ok: Bool?
        var topics: [String] = []
        var item: String?
        var others: [String] = []
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "id": id = try reader.string()
            case "share": share = try reader.double()
            case "seconds": seconds = try reader.int()
            case "ok": ok = try reader.bool()
            case "item": item = try reader.string()
            case "topics":
                try reader.beginArray()
                while try reader.nextElement() { topics.append(try reader.string()) }
            default: others.append(key.string)
            }
        }
        try reader.finish()
        #expect(id == "a-1")
        #expect(share == 0.85)
        #expect(seconds == 30)
        #expect(ok == true)
        #expect(item == "i-9")
        #expect(topics == ["kunst", "stad"])
        #expect(others == ["ignored", "nothing"])
    }

    @Test func `a wrong kind leaves the reader in front of the value`() throws {
        let text = Array(#"[{"a": "x", "b": [1,2]}, {"a": 2}]"#.utf8)
        var reader = JSONReader(text.span)
        try reader.beginArray()
        let hasFirst = try reader.nextElement()
        #expect(hasFirst)
        let depth = reader.depth
        try reader.beginObject()
        _ = try reader.nextKey()
        do {
            _ = try reader.int()
            Issue.record("a string was read as a number")
        } catch {
            #expect(error.reason == .wrongKind(expected: .number, found: .string))
            #expect(error.offset == 7)
        }
        try reader.unwind(to: depth)
        let hasSecond = try reader.nextElement()
        #expect(hasSecond)
        try reader.beginObject()
        let key = try reader.nextKey()?.string
        #expect(key == "a")
        let number = try reader.int()
        #expect(number == 2)
        let end = try reader.nextKey()?.string
        #expect(end == nil)
        let hasThird = try reader.nextElement()
        #expect(!hasThird)
        try reader.finish()
    }

    @Test func `a raw value can be read again and keeps its place in the text`() throws {
        let text = Array("{\"first\": 1,\n \"data\": {\"n\": tru }, \"z\": 2}".utf8)
        let good = Array("{\"first\": 1,\n \"data\": {\"n\": [true, 1.50] }, \"z\": 2}".utf8)
        var reader = JSONReader(good.span)
        try reader.beginObject()
        _ = try reader.nextKey()
        _ = try reader.nextKey()
        let range = try reader.rawValue()
        #expect(String(decoding: good[range], as: UTF8.self) == #"{"n": [true, 1.50] }"#)
        guard var inner = reader.reader(over: range) else {
            Issue.record("no reader")
            return
        }
        try inner.beginObject()
        _ = try inner.nextKey()
        do {
            _ = try inner.string()
        } catch {
            #expect(error.line == 2)
            #expect(error.column == 16)
        }
        #expect(Self.skip(text)?.line == 2)
        let outside = reader.reader(over: 0..<10_000) == nil
        #expect(outside)
    }

    @Test func `calls out of turn are errors, not crashes`() throws {
        let text = Array(#"{"a": [1]}"#.utf8)
        var reader = JSONReader(text.span)
        do {
            _ = try reader.nextKey()
            Issue.record("a key was read where a value must come")
        } catch { #expect(error.reason == .outOfTurn) }
        try reader.beginObject()
        do {
            _ = try reader.string()
            Issue.record("a value was read where a key must come")
        } catch { #expect(error.reason == .outOfTurn) }
        do {
            _ = try reader.nextElement()
            Issue.record("an element was read in an object")
        } catch { #expect(error.reason == .outOfTurn) }
        do {
            try reader.finish()
            Issue.record("finished inside an object")
        } catch { #expect(error.reason == .outOfTurn) }
        try reader.unwind(to: 0)
        try reader.finish()
    }

    @Test(arguments: [
        ("30", 30), ("-9223372036854775808", Int64.min), ("9223372036854775807", .max), ("3e1", 30), ("30.0", 30),
        ("-0", 0), ("12.5e1", 125),
    ])
    func `whole numbers are read as integers`(_ text: String, _ expected: Int64) throws {
        let bytes = Array(text.utf8)
        var reader = JSONReader(bytes.span)
        let number = try reader.int()
        #expect(number == expected)
        try reader.finish()
    }

    @Test(arguments: [
        ("9223372036854775808", JSONProblem.Reason.numberOutOfRange), ("-9223372036854775809", .numberOutOfRange),
        ("1e300", .numberOutOfRange), ("1.5", .notWhole), ("1e-3", .notWhole),
        ("99999999999999999999999999", .numberOutOfRange), ("\"1\"", .wrongKind(expected: .number, found: .string)),
    ])
    func `an integer out of range or with a fraction is refused`(_ text: String, _ reason: JSONProblem.Reason) throws {
        let bytes = Array(text.utf8)
        var reader = JSONReader(bytes.span)
        do {
            _ = try reader.int()
            Issue.record("accepted \(text)")
        } catch { #expect(error.reason == reason) }
        // The value still stands there.
        try reader.skip()
        try reader.finish()
    }

    @Test func `an object of very many keys is read in linear time and its duplicates are found`() throws {
        var text = "{"
        for index in 0..<50_000 { text += "\"k\(index)\":\(index)," }
        let good = text + "\"last\":0}"
        let bad = text + "\"k49\\u0039\":0}"
        let value = try JSONValue(parsing: good)
        #expect(value.objectValue?.count == 50_001)
        #expect(value["k49999"] == 49_999)
        #expect { try JSONValue(parsing: bad) } throws: { ($0 as? JSONProblem)?.reason == .duplicateKey }
    }

    @Test func `keys are the same only when their bytes are`() throws {
        // é as one scalar and as two: canonically equivalent, and still two keys.
        let value = try JSONValue(parsing: "{\"\u{E9}\": 1, \"e\u{301}\": 2}")
        #expect(value["\u{E9}"] == 1)
        #expect(value["e\u{301}"] == 2)
        // Keys that share length, head and tail.
        let similar = try JSONValue(parsing: #"{"aaaaaaaaXbbbbbbbb": 1, "aaaaaaaaYbbbbbbbb": 2}"#)
        #expect(similar["aaaaaaaaYbbbbbbbb"] == 2)
    }
}
