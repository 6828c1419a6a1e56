import CEL
import Testing

@Suite struct RegexTests {
    private static func matches(_ text: String, _ pattern: String) throws -> Bool {
        var environment = Environment()
        environment.declare(variable: "text", type: .string)
        environment.declare(variable: "pattern", type: .string)
        var frame = Frame(layout: environment.layout)
        frame.set(0, string: text)
        frame.set(1, string: pattern)
        return try environment.check("text.matches(pattern)").plan().evaluateBool(frame)
    }

    @Test(
        "patterns and texts that match",
        arguments: [
            ("", "abc"), ("abc", "xabcx"), ("^abc$", "abc"), ("^a", "ab"), ("b$", "ab"), ("a.c", "abc"), ("a.c", "a🐱c"),
            ("^.$", "é"), ("a*", ""), ("^a+b?$", "aa"), ("^(ab|cd)+$", "abcdab"), ("^a{2,3}$", "aaa"), ("^a{2}$", "aa"),
            ("^a{2,}$", "aaaa"), ("[abc]", "b"), ("[^abc]", "d"), ("[a-c]", "b"), ("[]a]", "]"), ("[a-]", "-"),
            ("^[\\d\\s]+$", "1 2"), ("\\d+", "a1"), ("^\\D+$", "abc"), ("^\\w+$", "a_1"), ("\\W", "a b"), ("\\S", "a"),
            ("^\\pL+$", "aé"), ("^\\p{Lu}$", "É"), ("^\\P{Lu}$", "é"), ("^\\p{^Lu}$", "é"), ("^[\\p{Nd}x]+$", "1x"),
            ("[[:alpha:]]", "a"), ("^[[:^digit:]]$", "a"), ("(?i)abc", "ABC"), ("(?i)É", "é"), ("(?i)[a-c]x", "BX"),
            ("a(?i)b", "aB"), ("(?i:a)b", "Ab"), ("(?s)a.b", "a\nb"), ("(?m)^b$", "a\nb\nc"), ("\\Aab\\z", "ab"),
            ("\\bab\\b", "x ab y"), ("a\\Bb", "ab"), ("\\x41\\x{1F431}", "A🐱"), ("\\Qa.b\\E", "a.b"), ("a\\.b", "a.b"),
            ("(?P<name>a)(?<other>b)", "ab"), ("a|b|", "z"), ("(|a)+b", "aab"), ("^(a|b)*?c$", "abac"), ("\\012", "\n"),
            ("a{,3}", "a{,3}"), ("{", "{"), ("x{2", "x{2"), ("[[:word:]-]+", "-"), ("^(?:a?){3}b$", "aab"),
            ("\\t\\n", "\t\n"),
            ("^[^\\n]+$", "abc"), ("[\\]]", "]"), ("a||b", ""), ("^$", ""), ("(^a)", "ab"), ("(a$)", "ba"),
        ])
    func matching(_ pattern: String, _ text: String) throws {
        #expect(try Self.matches(text, pattern))
    }

    @Test(
        "patterns and texts that do not match",
        arguments: [
            ("abc", "ab"), ("^abc$", "abcd"), ("a.c", "a\nc"), ("^a{2,3}$", "a"), ("^a{2,3}$", "aaaa"), ("[^a]", "a"),
            ("^b", "ab"), ("a$", "ab"), ("ABC", "abc"), ("a(?i:b)c", "abC"), ("^.$", "ab"), ("\\bb", "ab"),
            ("^b$", "a\nb"),
            ("\\d", "a"), ("^\\p{Lu}$", "é"), ("é", "e\u{301}"), ("^.$", "e\u{301}"),
            ("(a*)*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
            ("a^b", "ab"), ("x*y", ""), ("\\Aa\\z", "a\n"), ("[[:digit:]]", "x"), ("^(a|ab)$", "abc"),
        ])
    func notMatching(_ pattern: String, _ text: String) throws {
        #expect(try !Self.matches(text, pattern))
    }

    @Test(
        "patterns that are refused",
        arguments: [
            "(", ")", "a)", "[", "[a", "*", "+a", "a**", "a{2}{3}", "\\", "\\1", "(?=a)", "(?<=a)", "(?!a)", "[b-a]",
            "\\p{Greek}",
            "(?P<>a)", "(?z)", "\\x{110000}", "\\x4", "[[:nope:]]", "\\C", "(?P<n", "a{1001}", "x{3,2}", "\\q",
        ])
    func refused(_ pattern: String) {
        let error = #expect(throws: EvaluationError.self) { try Self.matches("a", pattern) }
        #expect(error?.code == .invalidPattern)
    }

    @Test func `a constant pattern gives what a computed one gives`() throws {
        for (pattern, text) in [("^a+$", "aaa"), ("b", "abc"), ("^$", ""), ("x$", "yx"), ("^yx", "yxz"), ("q", "yx")] {
            let constant = try evaluate("'\(text)'.matches('\(pattern)')")
            #expect(constant == .bool(try Self.matches(text, pattern)))
            #expect(try evaluate("matches('\(text)', '\(pattern)')") == constant)
        }
    }
}
