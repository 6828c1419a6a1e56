public import Primitives

/// A request of a data subject (GDPR articles 15 to 21), as the privacy office handles it. Its words lie in the vault.
public struct PrivacyRequest: Sendable, Hashable {
    /// The right that is used.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case access, erasure, rectification, restriction, objection, portability
    }

    public enum State: Int64, Sendable, Hashable, CaseIterable {
        case open = 0
        case done = 1
        case refused = 2
        case withdrawn = 3
        /// Another request of the same member and kind answers it.
        case duplicate = 4
        /// Being carried out: a crash in between leaves it here, and it can be completed again.
        case working = 5

        public var isOver: Bool { self != .open && self != .working }
    }

    /// How somebody made sure that the request is the member's own (article 12(6)). No copy of a document is kept.
    public enum Identity: String, Sendable, Hashable, CaseIterable {
        case knownAddress = "known-address"
        case account
        case inPerson = "in-person"
        case document
    }

    /// Why it takes longer than a month (article 12(3)).
    public enum Extension: String, Sendable, Hashable, CaseIterable { case complex, many }

    /// Why it is not followed (articles 12(5), 12(6), 17(3)).
    public enum Refusal: String, Sendable, Hashable, CaseIterable { case unfounded, identity, law }

    public var id: ID128
    /// `nil` for a letter of somebody who is no member, and once the member is erased.
    public var member: MemberID?
    public var kind: Kind
    public var state = State.open
    /// Whether staff opened it for a letter.
    public var isLetter: Bool
    public var hasText = false
    public var hasAnswer = false
    /// Days since 1970-01-01, of the programme.
    public var receivedDay: Int32
    public var dueDay: Int32
    public var extended: Extension?
    public var identity: Identity?
    /// Who checked the identity.
    public var checkedBy: ID128?
    public var endedDay: Int32?
    public var refusal: Refusal?
    public var duplicateOf: ID128?

    public init(id: ID128, member: MemberID?, kind: Kind, isLetter: Bool = false, receivedDay: Int32) {
        self.id = id
        self.member = member
        self.kind = kind
        self.isLetter = isLetter
        self.receivedDay = receivedDay
        dueDay = Self.due(received: receivedDay, months: 1)
    }

    /// What somebody does with a request.
    public enum Step: Sendable, Hashable {
        case check(Identity)
        case extend(Extension)
        /// The request is about to be carried out.
        case begin
        case complete
        case refuse(Refusal)
        case duplicate(of: PrivacyRequest)
        /// By the member.
        case withdraw
    }

    /// Why a step cannot be taken.
    public enum Problem: Error, Sendable, Hashable {
        /// The request is over.
        case over
        /// Nobody has made sure yet whose request it is.
        case unchecked
        /// It was extended before, or its month is over.
        case tooLate
        /// The other one is not a request of the same member and kind, or answers none itself.
        case noOriginal
    }

    /// The last day of a time of whole months after the day of receipt: the same day of the month, or the last one where
    /// there is none (Regulation 1182/71, article 3(2)(c)).
    public static func due(received: Int32, months: Int) -> Int32 {
        let day = CivilDate(daysSinceEpoch: Int(received))
        let month = day.year * 12 + day.month - 1 + months
        var last = day.day
        while last > 28 {
            if let date = CivilDate(year: month / 12, month: month % 12 + 1, day: last) {
                return Int32(clamping: date.daysSinceEpoch)
            }
            last -= 1
        }
        let date = CivilDate(year: month / 12, month: month % 12 + 1, day: last)
        return date.map { Int32(clamping: $0.daysSinceEpoch) } ?? received
    }

    /// The request after a step.
    ///
    /// An identity is checked for one request: no other request, however alike, passes it on or takes it over, and a
    /// duplicate is never carried out (CVE-2026-42303 of Fides approved unverified erasures that way).
    public func after(_ step: Step, by staff: ID128?, today: Int32) throws(Problem) -> PrivacyRequest {
        var next = self
        if case .complete = step, state == .working {
            next.state = .done
            next.endedDay = today
            return next
        }
        if case .begin = step, state == .working { return next }
        guard state == .open else { throw .over }
        switch step {
        case .check(let identity):
            guard self.identity == nil else { return self }
            next.identity = identity
            next.checkedBy = staff
        case .extend(let reason):
            guard extended == nil, today <= dueDay else { throw .tooLate }
            next.extended = reason
            next.dueDay = Self.due(received: receivedDay, months: 3)
        case .begin:
            guard identity != nil else { throw .unchecked }
            next.state = .working
        case .complete: throw .unchecked
        case .refuse(let reason):
            next.state = .refused
            next.refusal = reason
            next.endedDay = today
        case .duplicate(let original):
            guard original.id != id, original.kind == kind, let member, original.member == member,
                original.state != .duplicate, original.state != .withdrawn
            else { throw .noOriginal }
            next.state = .duplicate
            next.duplicateOf = original.id
            next.endedDay = today
        case .withdraw:
            next.state = .withdrawn
            next.endedDay = today
        }
        return next
    }
}
