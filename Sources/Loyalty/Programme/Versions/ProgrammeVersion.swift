public import Primitives

/// One link of a programme's chain of versions.
public struct ProgrammeVersion: Sendable, Hashable {
    public var programme: ProgrammeID
    /// From 1, without gaps.
    public var number: Int64
    /// SHA-256 of the document, see ``ProgrammeDocument/digest``.
    public var digest: [UInt8]
    /// The version that its author had in mind; 0 for the first.
    public var basedOn: Int64
    public var appliedAt: Instant
    /// A member of staff by pseudonym, or a word such as `cli`; never a name or an address.
    public var appliedBy: String
    public var note: String
}

/// What became of a document that was offered as the new version.
public enum ProgrammeApplication: Sendable, Hashable {
    case applied(ProgrammeVersion)
    /// The current version says the same already. Sending a document twice changes nothing.
    case unchanged(ProgrammeVersion)
    /// The document is based on another version than the current one, which is given; `nil` if there is none yet.
    case conflict(current: ProgrammeVersion?)
}
