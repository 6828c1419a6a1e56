public import Primitives

/// A document that is being changed and is not in force: one per programme.
public struct ProgrammeDraft: Sendable, Hashable {
    public var document: ProgrammeDocument
    /// The version that it began as, or was brought onto.
    public var basedOn: Int64
    /// Other after every change; 0 before the first.
    public var revision: Int64
    /// A member of staff by pseudonym.
    public var changedBy: String
    public var changedAt: Instant
    public var plan: Plan?
    /// Why a plan was not carried out.
    public var refusal: Refusal?

    public enum Refusal: String, Sendable, Hashable, CaseIterable {
        /// Another version came in between.
        case outdated
        /// The document has errors.
        case problems
        /// It does not say what becomes of members who are in the middle of something.
        case undecided
        /// Whoever planned it may not change the programme any more.
        case role
    }

    /// When it is to come into force, and on whose word.
    public struct Plan: Sendable, Hashable {
        public var at: Instant
        public var by: String

        public init(at: Instant, by: String) {
            self.at = at
            self.by = by
        }
    }

    public init(
        document: ProgrammeDocument, basedOn: Int64, revision: Int64 = 0, changedBy: String, changedAt: Instant,
        plan: Plan? = nil, refusal: Refusal? = nil
    ) {
        self.document = document
        self.basedOn = basedOn
        self.revision = revision
        self.changedBy = changedBy
        self.changedAt = changedAt
        self.plan = plan
        self.refusal = refusal
    }

    /// The files that differ between two documents, in the order of their paths.
    public static func changedPaths(_ one: ProgrammeDocument, _ other: ProgrammeDocument) -> [String] {
        let paths = Set(one.files.map(\.path)).union(other.files.map(\.path))
        return paths.filter { one[$0] != other[$0] }.sorted()
    }

    /// The files that this draft and others changed, each in their own way.
    public static func conflicts(
        of draft: ProgrammeDocument, from base: ProgrammeDocument, onto current: ProgrammeDocument
    ) -> [String] {
        let theirs = Set(changedPaths(base, current))
        return changedPaths(base, draft).filter { theirs.contains($0) && draft[$0] != current[$0] }
    }

    /// The draft's own changes on top of another version.
    ///
    /// - Parameter keepsOwn: whose word counts where both changed a file.
    public static func rebased(
        _ draft: ProgrammeDocument, from base: ProgrammeDocument, onto current: ProgrammeDocument, keepsOwn: Bool
    ) throws(DocumentProblems) -> ProgrammeDocument {
        let theirs = Set(conflicts(of: draft, from: base, onto: current))
        var files = Dictionary(current.files.map { ($0.path, $0) }) { first, _ in first }
        for path in changedPaths(base, draft) where keepsOwn || !theirs.contains(path) {
            files[path] = draft.files.first { $0.path == path }
        }
        return try ProgrammeDocument(files: Array(files.values))
    }
}
