import Primitives

/// Texts in the manner of the JSON Parsing Test Suite (Seriot, "Parsing JSON is a minefield"): y_ and n_.
enum JSONCases {
    struct Valid: Sendable {
        let text: String
        let value: JSONValue
    }

    struct Invalid: Sendable {
        let bytes: [UInt8]
        let reason: JSONProblem.Reason
        let offset: Int

        init(_ text: String, _ reason: JSONProblem.Reason, at offset: Int) {
            self.init(Array(text.utf8), reason, at: offset)
        }

        init(_ bytes: [UInt8], _ reason: JSONProblem.Reason, at offset: Int) {
            self.bytes = bytes
            self.reason = reason
            self.offset = offset
        }
    }

    static let valid: [Valid] = [
        Valid(text: "null", value: nil),
        Valid(text: " true ", value: true),
        Valid(text: "\t\r\n false\n", value: false),
        Valid(text: "0", value: 0),
        Valid(text: "-0", value: 0),
        Valid(text: "-0.0", value: .double(-0.0)),
        Valid(text: "123", value: 123),
        Valid(text: "-1", value: -1),
        Valid(text: "9223372036854775807", value: .integer(.max)),
        Valid(text: "-9223372036854775808", value: .integer(.min)),
        Valid(text: "9223372036854775808", value: .unsigned(9_223_372_036_854_775_808)),
        Valid(text: "18446744073709551615", value: .unsigned(.max)),
        Valid(text: "18446744073709551616", value: 18446744073709551616.0),
        Valid(text: "-9223372036854775809", value: -9223372036854775809.0),
        Valid(text: "100000000000000000000", value: 1e20),
        Valid(text: "1.0", value: 1.0),
        Valid(text: "1e2", value: 100.0),
        Valid(text: "1E+2", value: 100.0),
        Valid(text: "1.5e-3", value: 0.0015),
        Valid(text: "0.1", value: 0.1),
        Valid(text: "123456789012345678901234567890e-10", value: 12345678901234567890.123456789),
        Valid(text: "1.7976931348623157e308", value: .double(.greatestFiniteMagnitude)),
        Valid(text: "5e-324", value: .double(.leastNonzeroMagnitude)),
        Valid(text: "1e-400", value: 0.0),
        Valid(text: "0e99999999999999999999", value: 0.0),
        Valid(text: "2.2250738585072011e-308", value: .double(.leastNormalMagnitude.nextDown)),
        Valid(text: "9007199254740993.0", value: 9007199254740992.0),
        Valid(text: #""""#, value: ""),
        Valid(text: #""abc""#, value: "abc"),
        Valid(text: #""\"\\\/\b\f\n\r\t""#, value: "\"\\/\u{8}\u{C}\n\r\t"),
        Valid(text: #""\u00e9\u00E9\u0000""#, value: "éé\0"),
        Valid(text: #""\uD83D\uDE00 \ud834\udd1e""#, value: "😀 𝄞"),
        Valid(text: "\"é 新聞 😀 \u{7F} \u{2028}\u{FFFF}\u{10FFFF}\"", value: "é 新聞 😀 \u{7F} \u{2028}\u{FFFF}\u{10FFFF}"),
        Valid(
            text: #""longer than eight bytes, then \n an escape""#, value: "longer than eight bytes, then \n an escape"),
        Valid(text: "[]", value: []),
        Valid(text: "[ ]", value: []),
        Valid(text: "[1,2 , 3]", value: [1, 2, 3]),
        Valid(text: "[[],[[]]]", value: [[], [[]]]),
        Valid(text: "{}", value: [:]),
        Valid(text: #"{"a":1}"#, value: ["a": 1]),
        Valid(text: #"{"":0}"#, value: ["": 0]),
        Valid(text: #"{"\u0061":{"a":[{"a":null}]},"b":"a"}"#, value: ["a": ["a": [["a": nil]]], "b": "a"]),
        Valid(text: #"{ "a" : 1 , "A" : 2 }"#, value: ["a": 1, "A": 2]),
    ]

    private static func quoted(_ bytes: [UInt8]) -> [UInt8] { [0x22] + bytes + [0x22] }

    static let invalid: [Invalid] =
        [
            Invalid("", .unexpectedEnd, at: 0),
            Invalid("  ", .unexpectedEnd, at: 2),
            Invalid([0xEF, 0xBB, 0xBF, 0x31], .byteOrderMark, at: 0),
            Invalid("nul", .unexpectedEnd, at: 3),
            Invalid("nulL", .expectedValue, at: 0),
            Invalid("True", .expectedValue, at: 0),
            Invalid("NaN", .expectedValue, at: 0),
            Invalid("Infinity", .expectedValue, at: 0),
            Invalid("'a'", .expectedValue, at: 0),
            Invalid("1 2", .trailingBytes, at: 2),
            Invalid("{}}", .trailingBytes, at: 2),
            Invalid("null\0", .trailingBytes, at: 4),
            Invalid("01", .invalidNumber, at: 0),
            Invalid("-01", .invalidNumber, at: 0),
            Invalid("-", .unexpectedEnd, at: 1),
            Invalid("-a", .invalidNumber, at: 0),
            Invalid("+1", .expectedValue, at: 0),
            Invalid(".5", .expectedValue, at: 0),
            Invalid("1.", .unexpectedEnd, at: 2),
            Invalid("1.e1", .invalidNumber, at: 0),
            Invalid("1e", .unexpectedEnd, at: 2),
            Invalid("1e+", .unexpectedEnd, at: 3),
            Invalid("1ea", .invalidNumber, at: 0),
            Invalid("0x1", .trailingBytes, at: 1),
            Invalid("1_000", .trailingBytes, at: 1),
            Invalid("1e309", .numberOutOfRange, at: 0),
            Invalid("[0, -1e400]", .numberOutOfRange, at: 4),
            Invalid("1" + String(repeating: "0", count: 309), .numberOutOfRange, at: 0),
            Invalid("\"", .unexpectedEnd, at: 1),
            Invalid("\"abc", .unexpectedEnd, at: 4),
            Invalid("\"a\u{1}b\"", .unescapedControlCharacter, at: 2),
            Invalid("\"line\nbreak\"", .unescapedControlCharacter, at: 5),
            Invalid("\"12345678901\t\"", .unescapedControlCharacter, at: 12),
            Invalid(#""\a""#, .invalidEscape, at: 1),
            Invalid(#""\u12G4""#, .invalidEscape, at: 1),
            Invalid(#""\u123""#, .invalidEscape, at: 1),
            Invalid(#""\u12"#, .unexpectedEnd, at: 5),
            Invalid(#""\"#, .unexpectedEnd, at: 2),
            Invalid(#""\uD800""#, .loneSurrogate, at: 1),
            Invalid(#""\uDC00""#, .loneSurrogate, at: 1),
            Invalid(#""\uD800\u0041""#, .loneSurrogate, at: 1),
            Invalid(#""\uD800\uD800""#, .loneSurrogate, at: 1),
            Invalid(#""\uD83D\n""#, .loneSurrogate, at: 1),
            Invalid("[", .unexpectedEnd, at: 1),
            Invalid("[1", .unexpectedEnd, at: 2),
            Invalid("[1,", .unexpectedEnd, at: 3),
            Invalid("[1,]", .expectedValue, at: 3),
            Invalid("[,1]", .expectedValue, at: 1),
            Invalid("[1 2]", .expectedCommaOrEnd, at: 3),
            Invalid("[1}", .expectedCommaOrEnd, at: 2),
            Invalid("{", .unexpectedEnd, at: 1),
            Invalid(#"{"a""#, .unexpectedEnd, at: 4),
            Invalid(#"{"a" 1}"#, .expectedColon, at: 5),
            Invalid(#"{"a":}"#, .expectedValue, at: 5),
            Invalid(#"{"a":1,}"#, .expectedKey, at: 7),
            Invalid(#"{,"a":1}"#, .expectedKey, at: 1),
            Invalid(#"{"a":1 "b":2}"#, .expectedCommaOrEnd, at: 7),
            Invalid(#"{a:1}"#, .expectedKey, at: 1),
            Invalid(#"{1:1}"#, .expectedKey, at: 1),
            Invalid(#"{"a":1]"#, .expectedCommaOrEnd, at: 6),
            Invalid("{\"a\":1/*c*/}", .expectedCommaOrEnd, at: 6),
            Invalid(#"{"a":1,"a":2}"#, .duplicateKey, at: 7),
            Invalid(#"{"a":1,"\u0061":2}"#, .duplicateKey, at: 7),
            Invalid(#"{"a":{"b":1,"c":{},"b":2}}"#, .duplicateKey, at: 19),
            Invalid(#"{"quite a long key":1,"quite a long key":2}"#, .duplicateKey, at: 22),
            Invalid(#"{"":1,"":2}"#, .duplicateKey, at: 6),
        ]
        + [
            // Ill-formed UTF-8: stray continuation, cut off, overlong, surrogate, beyond U+10FFFF, never used bytes.
            [0x80], [0xC3], [0xC3, 0x28], [0xC0, 0xAF], [0xC1, 0xBF], [0xE0, 0x80, 0xAF], [0xE0, 0x9F, 0xBF],
            [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xE2, 0x82], [0xE2, 0x28, 0xA1], [0xF0, 0x80, 0x80, 0x80],
            [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xF0, 0x9F, 0x98], [0xFE],
            [0xFF], [0xE9],
        ].map { Invalid(quoted($0), .invalidUTF8, at: 1) }
        + [
            Invalid([0x7B, 0x22, 0xE9, 0x22, 0x3A, 0x31, 0x7D], .invalidUTF8, at: 2),
            Invalid([0xE9], .expectedValue, at: 0),
        ]
}
