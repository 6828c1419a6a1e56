import CEL
import Testing

/// What the specification says and the vectors happen not to show.
@Suite struct LanguageTests {
    @Test(
        "expressions that are true",
        arguments: [
            // Strings are code points, compared without normalisation.
            "'\\u00e9' != 'e\\u0301'", "size('e\\u0301') == 2", "'\\ud83d\\udc31' == '\\U0001F431'",
            "{'\\u00e9': 1, 'e\\u0301': 2}.size() == 2", "'\\u00e9' in ['e\\u0301'] == false",
            "'a\\u0301b'.contains('a') && !'\\u00e1b'.contains('a')", "'z' < '\\u00e9' && '\\uffff' < '\\U00010000'",
            "r'\\n' == '\\\\n' && R\"\"\"a\"b\"\"\" == 'a\"b'", "b'\\303\\251' == bytes('\\u00e9')",
            // Numbers.
            "-9223372036854775808 < 0", "0xff == 255 && 0XFFu == 255u", "1e3 == 1000.0 && .5 == 0.5",
            "-7 / 2 == -3 && -7 % 2 == -1", "1.0 / 0.0 == double('Infinity')", "!(0.0 / 0.0 == 0.0 / 0.0)",
            "dyn(1) == 1.0 && dyn(1u) == 1 && 1 < 1.5 && 2u > 1.5", "[1, 2.0] == [1.0, 2]",
            "dyn({1: 'a'}) == {1u: 'a'}",
            "int(-1.9) == -1 && int('  1'.trim()) == 1", "string(1e21) == '1e+21' && string(1000000.0) == '1000000'",
            "string(0.1 + 0.2) == '0.30000000000000004'", "string(-0.0) == '-0'", "uint('18446744073709551615') > 1u",
            // Logic absorbs errors on both sides.
            "1 / 0 > 0 || true", "!(1 / 0 > 0 && false)", "[0, 1].exists(x, 1 / x == 1)", "![1, 0].all(x, 1 / x == 2)",
            "false ? 1 / 0 == 1 : true", "cel.bind(x, 1 / 0, true)",
            // Macros.
            "[1, 2, 3].map(x, x > 1, x * 2) == [4, 6]", "{'a': 1, 'b': 2}.map(k, k) == ['a', 'b']",
            "{'a': 1}.filter(k, k == 'a') == ['a']", "[3, 1].exists_one(x, x > 2)",
            "{'a': 1}.transformMapEntry(k, v, {v: k}) == {1: 'a'}", "[1, 2].transformMap(i, v, v * 2) == {0: 2, 1: 4}",
            "['b', 'a'].transformList(i, v, string(i) + v) == ['0b', '1a']", "{'a': 1}.all(k, v, k == 'a' && v == 1)",
            "[1, [2]].exists(x, x == [2])", "optional.of(3).optFlatMap(v, optional.of(v + 1)).value() == 4",
            // Optionals.
            "{'a': {'b': 1}}.?a.?b.value() == 1", "!{}.?a.b.hasValue()", "[1, 2][?5].orValue(9) == 9",
            "optional.unwrap([optional.of(1), optional.none()]) == [1]", "[optional.of(2)].unwrapOpt() == [2]",
            "{?'a': optional.none(), ?'b': optional.of(1)} == {'b': 1}", "[?optional.none(), 2] == [2]",
            // Strings.
            "'a-b-c'.split('-', 2) == ['a', 'b-c'] && 'ab'.split('') == ['a', 'b']",
            "'aaa'.replace('a', 'b', 2) == 'bba'",
            "'ab'.replace('', '-') == '-a-b-'", "'%d%%'.format([5]) == '5%' && '%5'.size() == 2",
            "'%.2e'.format([0.0]) == '0.00e+00' && '%.0e'.format([9.5]) == '1e+01' && '%.0f'.format([0.5]) == '0'",
            "'%.1f'.format([0.25]) == '0.2' && '%.30f'.format([0.1]).startsWith('0.1000000000000000055511')",
            "'%b %o %x'.format([-5, -8, -255]) == '-101 -10 -ff'", "'%s'.format([b'a\\xff\\xfeb']) == 'a\\ufffdb'",
            "'%s'.format([duration('1.5s')]) == '1.5s' && '%d'.format([1.5]) == '1.5'",
            "strings.quote('a\\\"') == '\"a\\\\\\\"\"'",
            // Lists and math.
            "[3, 1, 2].sort() == [1, 2, 3] && ['b', 'a'].sortBy(x, x) == ['a', 'b']",
            "[1, 1.0, 2].distinct() == [1, 2]",
            "[[1], [2, [3]]].flatten() == [1, 2, [3]]", "[1, 2, 3].slice(1, 3) == [2, 3]",
            "lists.range(3) == [0, 1, 2]",
            "[1, 2].first().value() == 1 && ![].last().hasValue()", "[1, 2].reverse() == [2, 1]",
            "math.sqrt(4) == 2.0 && math.round(-0.5) == -1.0 && math.sign(-3) == -1", "math.bitShiftLeft(1, 64) == 0",
            "math.least([3, 1u, 2.0]) == 1u && math.greatest(1) == 1",
            // Times.
            "timestamp('2024-02-29T23:59:59.5-01:00').getDate() == 1", "timestamp(0).getDayOfWeek() == 4",
            "timestamp('2000-12-31T00:00:00Z').getDayOfYear() == 365", "duration('1h30m') == duration('90m')",
            "string(duration('-1.5s')) == '-1.5s' && duration('1us') == duration('1000ns')",
            "duration('123.321456789s').getMilliseconds() == 321", "duration('90s').getMinutes() == 1",
            "string(timestamp('0001-01-01T00:00:00Z')) == '0001-01-01T00:00:00Z'",
            "timestamp('1969-12-31T23:59:59.25Z').getMilliseconds() == 250",
            "timestamp('2009-02-13T23:31:30Z').getHours('-00:30') == 23",
            // Bytes and network.
            "base64.encode(b'\\x00\\xff') == 'AP8=' && base64.decode('AP8') == b'\\x00\\xff'",
            "string(ip('2001:0db8:0:0:1:0:0:1')) == '2001:db8::1:0:0:1'",
            "string(cidr('10.1.2.3/8').masked()) == '10.0.0.0/8'",
            "!isIP('1.2.3.04') && !isIP('::1::') && isIP('::') && !isIP(':') && !isIP('1:2:3:4:5:6:7:8:9')",
            "isCIDR('::/128') && !isCIDR('::/129') && !isCIDR('1.2.3.4/33') && !isCIDR('1.2.3.4/08')",
            // Names and comments.
            "{'in': 1, 'if': 2}.`in` == 1 && {'if': 2}.if == 2", "true // a comment\n && true",
            "type(type) == type && type(1) == int && type(null) == null_type && type([]) == list",
        ])
    func truths(_ text: String) throws {
        #expect(try evaluate(text) == .bool(true))
    }

    @Test(
        "expressions that fail, and how",
        arguments: [
            ("9223372036854775807 + 1", EvaluationError.Code.overflow), ("-(-9223372036854775808)", .overflow),
            ("-9223372036854775808 / -1", .overflow), ("-9223372036854775808 % -1", .overflow), ("1u - 2u", .overflow),
            ("1 / 0", .divisionByZero), ("1 % 0", .divisionByZero), ("int('x')", .invalidValue),
            ("int(1e19)", .outOfRange),
            ("uint(-1)", .outOfRange), ("[1][1]", .invalidIndex), ("[1][-1]", .invalidIndex),
            ("[1][dyn(0.5)]", .invalidIndex),
            ("{'a': 1}['b']", .noSuchKey), ("{'a': 1}.b", .noSuchKey), ("dyn(1).a", .noSuchField),
            ("{1: 1, 1u: 2}", .duplicateKey),
            ("{dyn(1.0): 1}", .unsupportedKey), ("dyn(1) < 'a'", .noSuchOverload),
            ("dyn('a') && true", .noSuchOverload),
            ("optional.none().value()", .emptyOptional), ("timestamp(253402300800)", .outOfRange),
            ("timestamp(0).getHours('Nowhere/City')", .unknownTimeZone), ("'a'.matches('a' + '(')", .invalidPattern),
            ("double('1e999')", .outOfRange), ("bool('yes')", .invalidValue), ("string(b'\\xff')", .invalidValue),
            ("'%d'.format(['a'])", .noSuchOverload), ("'%d'.format([])", .invalidIndex),
            ("'%'.format([1])", .invalidValue),
            ("[1, dyn('a')].sort()", .noSuchOverload), ("base64.decode('*')", .invalidValue),
            ("[2, 1, 0].exists_one(x, 1 / x == 1)", .divisionByZero), ("int('+1')", .invalidValue),
        ])
    func failures(_ text: String, _ code: EvaluationError.Code) {
        let error = #expect(throws: EvaluationError.self) { try evaluate(text) }
        #expect(error?.code == code)
        #expect((error?.line ?? 0) == 1)
    }

    @Test func `an error names the attribute and its place, never a value`() throws {
        var environment = Environment()
        environment.declare(variable: "event", fields: ["share": .double, "name": .string])
        var frame = Frame(layout: environment.layout)
        let program = try environment.check("event.name == 'x' &&\n event.share > 0.5").plan()
        frame[try #require(environment.layout.slot("event.name"))] = .string("x")
        let error = #expect(throws: EvaluationError.self) { try program.evaluate(frame) }
        #expect(error?.description == "2:8: no such attribute `event.share`")
        #expect(program.truth(frame) == .failure(.noSuchAttribute))

        frame[try #require(environment.layout.slot("event.name"))] = .string("secret@example.org")
        let conversion = try environment.check("int(event.name)").plan()
        let failure = #expect(throws: EvaluationError.self) { try conversion.evaluate(frame) }
        #expect(failure.map { "\($0)".contains("secret") } == false)
    }

    @Test func `absent attributes are errors that logic absorbs, and has() sees them`() throws {
        var environment = Environment()
        environment.declare(variable: "event", fields: ["share": .double, "topics": .record(["a": .int, "b": .int])])
        var frame = Frame(layout: environment.layout)
        func value(_ text: String) throws -> Value { try environment.check(text).plan().evaluate(frame) }
        #expect(try value("event.share > 0.5 || true") == .bool(true))
        #expect(try value("event.share > 0.5 && false") == .bool(false))
        #expect(try value("has(event.share) ? event.share : 0.0") == .double(0))
        #expect(try value("event.?share.hasValue()") == .bool(false))
        #expect(try value("has(event.topics)") == .bool(false))
        frame[try #require(environment.layout.slot("event.topics.b"))] = .int(1)
        #expect(try value("has(event.topics) && !has(event.topics.a) && event.topics.b == 1") == .bool(true))
    }

    @Test func `what is not checked fails only where it is evaluated`() throws {
        let environment = Environment()
        let frame = Frame(layout: environment.layout)
        func value(_ text: String) throws -> Value { try environment.parse(text).plan().evaluate(frame) }
        #expect(try value("nobody || true") == .bool(true))
        #expect(try value("nothing(1) || true") == .bool(true))
        #expect(try value("false && 'text'") == .bool(false))
        #expect(throws: EvaluationError.self) { try value("nobody") }
        #expect(throws: EvaluationError.self) { try value("1 + 'a'") }
        let notBool = try environment.parse("1").plan()
        #expect(notBool.truth(frame) == .failure(.notABoolean))
    }

    @Test func `values compare by representation in Swift and by meaning in the language`() {
        #expect(Value.int(1) != .double(1))
        #expect(Value.int(1).isEqual(to: .double(1)))
        #expect(Value.double(.nan) == .double(.nan))
        #expect(!Value.double(.nan).isEqual(to: .double(.nan)))
        #expect(Value.string("é") != .string("e\u{301}"))
        #expect(Set([Value.string("é"), .string("e\u{301}"), .string("é")]).count == 2)
        #expect(MapValue(entries: [(.int(1), .null), (.uint(1), .null)]) == nil)
        let large = (0..<20).map { (key: Value.int(Int64($0)), value: Value.int(Int64($0))) }
        #expect(MapValue(entries: large)?[.double(7)] == .int(7))
        #expect(MapValue(entries: large)?[.double(7.5)] == nil)
    }

    @Test(
        "values survive JSON",
        arguments: [
            Value.null, .bool(true), .int(-5), .int(.min), .uint(.max), .double(0.1), .double(2), .double(.nan),
            .double(-.infinity), .double(1e300), .string("\"\u{0}\n🐱"), .bytes([0, 255]), .list([.int(1), .list([])]),
            .duration(TimeSpan(nanoseconds: -1)), .type(.int), .optional(nil), .optional(.optional(.int(1))),
            .map(MapValue(["a": .map(MapValue())])), .timestamp(Timestamp(rfc3339: "0001-01-01T00:00:00.000000001Z")!),
        ])
    func json(_ value: Value) {
        #expect(Value(json: value.json) == value)
    }
}
