public import Primitives
internal import Storage

/// Who signs in.
public enum SignInSubject: Sendable, Hashable {
    case staff(ID128)
    case member(ProgrammeID, MemberID)

    /// Kind, id and programme, as three columns.
    var columns: [SQLValue] {
        switch self {
        case .staff(let id): [.integer(0), .id(id), .text("")]
        case .member(let programme, let member): [.integer(1), .member(member), .programme(programme)]
        }
    }

    /// Reads three columns, starting at `index`.
    init(_ row: Row, at index: Int) throws {
        switch try row.int(index) {
        case 0: self = .staff(try row.id(index + 1))
        default: self = .member(try row.programme(index + 2), try row.member(index + 1))
        }
    }

    var isMember: Bool {
        if case .member = self { true } else { false }
    }
}
