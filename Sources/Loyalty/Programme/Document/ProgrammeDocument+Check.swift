public import CEL

/// What a document says, and everything that is wrong or doubtful about it.
public struct ProgrammeCheck: Sendable {
    /// The programme; `nil` if there is any error.
    public var programme: Programme?
    /// In the order of files and lines.
    public var problems: [DocumentProblem]
    /// What each rule and challenge looks at, and so at which privacy levels it can be served.
    public var rules: [RuleSummary]
    /// What the examples beside the rules came to; empty if the document has other errors than failing examples.
    public var examples: [ExampleResult] = []

    public var errors: [DocumentProblem] { problems.filter { $0.severity == .error } }
    public var warnings: [DocumentProblem] { problems.filter { $0.severity == .warning } }
}

extension ProgrammeDocument {
    /// Reads and checks the whole document, collecting every problem, and runs the examples beside its rules.
    ///
    /// - Parameter zones: the time zones of this system; without them a zone's name is only looked at.
    /// - Complexity: linear in the document, but for comparing every rule with those of its exclusivity group.
    public func check(zones: (any TimeZoneSource)? = nil) -> ProgrammeCheck {
        let reading = DocumentParser.read(self)
        guard let programme = reading.programme else {
            return ProgrammeCheck(programme: nil, problems: reading.problems.sorted(), rules: [])
        }
        var checker = ProgrammeChecker(programme, reading.sources, zones: zones)
        checker.run()
        let problems = (reading.problems + checker.problems).sorted()
        let failed = problems.contains { $0.severity == .error }
        return ProgrammeCheck(
            programme: failed ? nil : programme, problems: problems, rules: checker.rules,
            examples: checker.examples)
    }

    /// The programme as far as it can be read, unchecked: for versions that an earlier release accepted.
    public var reading: Programme? { DocumentParser.read(self).programme }

    /// The programme that the document says.
    ///
    /// - Throws: every error of ``check(zones:)``; warnings are passed over.
    public func programme(zones: (any TimeZoneSource)? = nil) throws(DocumentProblems) -> Programme {
        let check = check(zones: zones)
        guard let programme = check.programme else { throw DocumentProblems(check.errors) }
        return programme
    }
}
