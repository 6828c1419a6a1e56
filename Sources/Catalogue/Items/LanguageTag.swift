/// A language as in BCP 47, in the short forms a publisher uses: `nl`, `pt-BR`, `zh-Hant-TW`.
public struct LanguageTag: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// With the conventional case: language lower, script titled, region upper.
    public let name: String

    /// Reads `language[-script][-region][-variant…]` (RFC 5646, section 2.1) in any case, with `-` or `_` between; `nil` for
    /// anything else. Extensions and private use are not accepted.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "_" }
        guard let language = parts.first, text.utf8.count <= 35, (2...3).contains(language.utf8.count),
            language.utf8.allSatisfy(Self.isLetter)
        else { return nil }
        var name = language.lowercased()
        var stage = 0
        for part in parts.dropFirst() {
            let count = part.utf8.count
            let letters = part.utf8.allSatisfy(Self.isLetter)
            guard part.utf8.allSatisfy({ Self.isLetter($0) || Self.isDigit($0) }) else { return nil }
            if stage < 1, count == 4, letters {
                stage = 1
                name += "-" + part.prefix(1).uppercased() + part.dropFirst().lowercased()
            } else if stage < 2, count == 2 && letters || count == 3 && part.utf8.allSatisfy(Self.isDigit) {
                stage = 2
                name += "-" + part.uppercased()
            } else if (5...8).contains(count) || count == 4 && part.utf8.first.map(Self.isDigit) == true {
                stage = 3
                name += "-" + part.lowercased()
            } else {
                return nil
            }
        }
        self.name = name
    }

    /// The language without script, region and variants: `nl` for `nl-BE`.
    public var primary: Substring { name.prefix { $0 != "-" } }

    /// Whether someone who reads `other` can read this: the primary languages agree.
    public func matches(_ other: LanguageTag) -> Bool { primary == other.primary }

    public var description: String { name }

    public static func < (left: LanguageTag, right: LanguageTag) -> Bool { left.name < right.name }

    /// Text in an unstated language (ISO 639-2 `und`).
    public static let undetermined = LanguageTag(known: "und")

    private init(known: String) {
        name = known
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
