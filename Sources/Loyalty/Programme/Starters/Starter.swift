public import Primitives

/// A programme to begin with: complete, commented, and meant to be changed. Embedded in the binary.
public struct Starter: Sendable, Hashable {
    /// Those that come with Stamgast, in the order in which they are offered.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case newspaper, streaming, podcast, museum, employees, mobility
    }

    /// What only the house itself knows.
    public struct Answers: Sendable, Hashable {
        public var id: ProgrammeID
        /// The same in every language: a name is a name.
        public var name: String
        /// The first is the fall-back; at least one.
        public var languages: [Language]
        /// An IANA name.
        public var timeZone: String
        /// ISO 4217, of what a point is worth in the books.
        public var currency: Currency

        public init(
            id: ProgrammeID, name: String, languages: [Language], timeZone: String, currency: Currency = .eur
        ) {
            self.id = id
            self.name = name
            self.languages = languages
            self.timeZone = timeZone
            self.currency = currency
        }
    }

    public enum Currency: String, Sendable, Hashable, CaseIterable {
        case eur = "EUR"
        case gbp = "GBP"
        case jpy = "JPY"
        case usd = "USD"

        /// What a starter's point is worth: about a cent.
        var pointText: String { self == .jpy ? "1" : "0.01" }
    }

    public let kind: Kind

    public init(_ kind: Kind) {
        self.kind = kind
    }

    /// The document as a stream, as it lies in the binary.
    public var stream: String {
        let bytes =
            switch kind {
            case .newspaper: PackageResources.starter_newspaper_yaml
            case .streaming: PackageResources.starter_streaming_yaml
            case .podcast: PackageResources.starter_podcast_yaml
            case .museum: PackageResources.starter_museum_yaml
            case .employees: PackageResources.starter_employees_yaml
            case .mobility: PackageResources.starter_mobility_yaml
            }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// - Throws: ``DocumentProblems`` if the embedded text is broken; the tests see to it that it is not.
    public func document() throws(DocumentProblems) -> ProgrammeDocument { try ProgrammeDocument(stream: stream) }

    /// The document of a house: with its name, its languages only, and not open to anybody yet.
    ///
    /// A function of text and answers, line by line, so that comments stay and people can read on from there. Starters are
    /// written for it: every text stands on a line of its own, after the code of its language.
    ///
    /// - Throws: ``DocumentProblems`` as above.
    public func filled(_ answers: Answers) throws(DocumentProblems) -> ProgrammeDocument {
        var lines: [String] = []
        var isInName = false
        let dropped = Language.allCases.filter { !answers.languages.contains($0) }.map { $0.rawValue + ": " }
        for line in stream.split(separator: "\n", omittingEmptySubsequences: false) {
            if isInName {
                if line.hasPrefix(" ") { continue }
                isInName = false
            }
            if line.hasPrefix("programme: ") {
                lines.append("programme: \(answers.id.name)")
            } else if line == "name:", lines.last?.hasPrefix("programme: ") == true {
                isInName = true
                lines.append("name:")
                lines += answers.languages.map { "  \($0.rawValue): \(Self.quoted(answers.name))" }
            } else if line.hasPrefix("languages: ") {
                lines.append("languages: [\(answers.languages.map(\.rawValue).joined(separator: ", "))]")
            } else if line.hasPrefix("timezone: ") {
                lines.append("timezone: \(answers.timeZone)")
                lines.append("pilot: 0                    # who takes part, from 0 to 1; without this line: everybody")
            } else if line.contains("currency: EUR") {
                lines.append(
                    String(line).replacing("amount: 0.01", with: "amount: \(answers.currency.pointText)")
                        .replacing("currency: EUR", with: "currency: \(answers.currency.rawValue)"))
            } else {
                let text = line.drop { $0 == " " }
                guard text.count == line.count || !dropped.contains(where: { text.hasPrefix($0) }) else { continue }
                lines.append(String(line))
            }
        }
        return try ProgrammeDocument(stream: lines.joined(separator: "\n"))
    }

    /// A text between quotes, whatever stands in it.
    private static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
