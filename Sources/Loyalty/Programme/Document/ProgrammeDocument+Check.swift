internal import Primitives

/// What a document says, and everything that is wrong or doubtful about it.
public struct ProgrammeCheck: Sendable {
    /// The programme; `nil` if there is any error.
    public var programme: Programme?
    /// In the order of files and lines.
    public var problems: [DocumentProblem]

    public var errors: [DocumentProblem] { problems.filter { $0.severity == .error } }
    public var warnings: [DocumentProblem] { problems.filter { $0.severity == .warning } }
}

extension ProgrammeDocument {
    /// Reads and checks the whole document, collecting every problem.
    public func check() -> ProgrammeCheck {
        let reading = DocumentParser.read(self)
        let failed = reading.problems.contains { $0.severity == .error }
        return ProgrammeCheck(programme: failed ? nil : reading.programme, problems: reading.problems.sorted())
    }

    /// The programme that the document says.
    ///
    /// - Throws: every error of ``check()``; warnings are passed over.
    public func programme() throws(DocumentProblems) -> Programme {
        let check = check()
        guard let programme = check.programme else { throw DocumentProblems(check.errors) }
        return programme
    }
}
