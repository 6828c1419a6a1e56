import Primitives
import Testing

@Suite struct JSONWriterTests {
    @Test func `pieces come out with their commas and colons`() {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("id", "é-1")
        writer.key("list")
        writer.beginArray()
        writer.integer(1)
        writer.double(0.5)
        writer.null()
        writer.beginObject()
        writer.endObject()
        writer.raw(Array("[1, 2]".utf8))
        writer.endArray()
        writer.key("a \"quoted\" key")
        writer.bool(true)
        writer.endObject()
        #expect(writer.text == #"{"id":"é-1","list":[1,0.5,null,{},[1, 2]],"a \"quoted\" key":true}"#)
        writer.removeAll()
        writer.unsigned(.max)
        #expect(writer.text == "18446744073709551615")
    }

    @Test func `every character that must be escaped is, and only those`() throws {
        for scalar in (0...0x2100).compactMap({ Unicode.Scalar(UInt32($0)) }) {
            let value = JSONValue.string("x\(scalar)y")
            #expect(try JSONValue(parsing: value.bytes()) == value)
            let needs = scalar.value < 0x20 || scalar == "\"" || scalar == "\\"
            #expect(value.bytes().contains(UInt8(ascii: "\\")) == needs)
        }
        #expect(JSONValue.string("\u{1F}\u{8}\n").text() == #""\u001f\b\n""#)
    }

    @Test func `the style for HTML cannot close a script`() throws {
        let value: JSONValue = ["k</script>": "<!-- & \u{2028}\u{2029}\u{2027} -->"]
        var writer = JSONWriter(.html)
        writer.value(value)
        #expect(
            writer.text
                == #"{"k\u003c/script\u003e":"\u003c!-- \u0026 \u2028\u2029"# + "\u{2027}" + #" --\u003e"}"#)
        #expect(try JSONValue(parsing: writer.bytes) == value)
    }

    @Test func `pretty text has a line for each member`() throws {
        let value: JSONValue = ["a": [1, [:], []], "b": ["c": nil]]
        let expected = """
            {
              "a": [
                1,
                {},
                []
              ],
              "b": {
                "c": null
              }
            }
            """
        #expect(value.text(pretty: true) == expected)
        #expect(try JSONValue(parsing: expected) == value)
    }

    @Test(arguments: [
        // ECMAScript's Number::toString; the first rows are RFC 8785, appendix B.
        (0x0000_0000_0000_0000 as UInt64, "0"), (0x8000_0000_0000_0000, "0"), (0x0000_0000_0000_0001, "5e-324"),
        (0x8000_0000_0000_0001, "-5e-324"), (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
        (0xffef_ffff_ffff_ffff, "-1.7976931348623157e+308"), (0x4340_0000_0000_0000, "9007199254740992"),
        (0xc340_0000_0000_0000, "-9007199254740992"), (0x4430_0000_0000_0000, "295147905179352830000"),
        (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"), (0x44b5_2d02_c7e1_4af6, "1e+23"),
        (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"), (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
        (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"), (0x444b_1ae4_d6e2_ef50, "1e+21"),
        (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"), (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
        (0x41b3_de43_5555_5553, "333333333.3333332"), (0x41b3_de43_5555_5554, "333333333.33333325"),
        (0x41b3_de43_5555_5555, "333333333.3333333"), (0x41b3_de43_5555_5556, "333333333.3333334"),
        (0x41b3_de43_5555_5557, "333333333.33333343"), (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
        (0x4314_3ff3_c1cb_0959, "1424953923781206.2"), (0.1.bitPattern, "0.1"), (123456.789.bitPattern, "123456.789"),
        (1e-7.bitPattern, "1e-7"), (1.5e300.bitPattern, "1.5e+300"), (0.0001.bitPattern, "0.0001"),
    ])
    func `canonical numbers are those of ECMAScript`(_ bits: UInt64, _ expected: String) throws {
        let value = Double(bitPattern: bits)
        #expect(String(decoding: JSONValue.double(value).canonicalBytes(), as: UTF8.self) == expected)
        guard case .double(let back) = try JSONValue(parsing: JSONValue.double(value).bytes()) else {
            Issue.record("\(value) did not come back as a double")
            return
        }
        #expect(back.bitPattern == bits)
    }

    @Test func `canonical form sorts keys by UTF-16 code units`() throws {
        // RFC 8785, section 3.2.3.
        let text = #"""
            {"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",
             "\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}
            """#
        let canonical = String(decoding: try JSONValue(parsing: text).canonicalBytes(), as: UTF8.self)
        let names = [
            "Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign",
            "Emoji: Grinning Face", "Hebrew Letter Dalet With Dagesh",
        ]
        var rest = canonical[...]
        for name in names {
            guard let range = rest.firstRange(of: name) else {
                Issue.record("\(name) is missing or out of order")
                return
            }
            rest = rest[range.upperBound...]
        }
        #expect(
            JSONValue.object(["b": 1.0, "a": [["d": 1, "c": 2]]]).canonicalBytes()
                == Array(#"{"a":[{"c":2,"d":1}],"b":1}"#.utf8))
        #expect(JSONValue.integer(1).canonicalBytes() == JSONValue.double(1).canonicalBytes())
    }

    @Test func `what is not a number is written as null`() {
        #expect(JSONValue.array([.double(.nan), .double(.infinity)]).text() == "[null,null]")
    }
}
