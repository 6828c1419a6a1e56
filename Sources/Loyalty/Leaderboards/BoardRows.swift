public import Primitives
import Storage

/// What a batch changes of friends and finished periods.
struct BoardRows: Sendable {
    private enum Change: Sendable {
        case code(ID128, of: MemberID, until: Int32)
        case connect(MemberID, MemberID, code: ID128)
        case part(MemberID, MemberID)
        case merge(MemberID, into: MemberID)
    }

    private var changes: [Change] = []

    mutating func offer(_ code: ID128, of member: MemberID, until day: Int32) {
        changes.append(.code(code, of: member, until: day))
    }

    mutating func connect(_ owner: MemberID, _ other: MemberID, code: ID128) {
        changes.append(.connect(owner, other, code: code))
    }

    mutating func part(_ one: MemberID, _ other: MemberID) { changes.append(.part(one, other)) }

    mutating func merge(_ from: MemberID, into member: MemberID) { changes.append(.merge(from, into: member)) }

    func write(_ programme: ProgrammeID, _ connection: any Connection) throws {
        let store = LoyaltyStore(programme: programme)
        for change in changes {
            switch change {
            case .code(let code, let member, let day):
                try store.setFriendCode(code, of: member, until: day, connection)
            case .connect(let owner, let other, let code):
                // A code connects once, whoever else entered it in the same moment.
                guard try store.use(friendCode: code, connection) else { continue }
                try store.befriend(owner, other, connection)
            case .part(let one, let other): try store.unfriend(one, other, connection)
            case .merge(let from, let into): try store.mergeBoards(from, into: into, connection)
            }
        }
    }
}

extension LoyaltyBatch {
    /// Gives a member a code that connects another with them.
    public mutating func offerFriendship(_ code: ID128, of member: MemberID, until day: Int32) {
        boards.offer(code, of: member, until: day)
    }

    public mutating func befriend(_ owner: MemberID, _ other: MemberID, code: ID128) {
        boards.connect(owner, other, code: code)
    }

    public mutating func unfriend(_ one: MemberID, _ other: MemberID) { boards.part(one, other) }

    /// Gives what a record had of boards to the one that takes it over.
    public mutating func mergeBoards(_ from: MemberID, into member: MemberID) { boards.merge(from, into: member) }
}
