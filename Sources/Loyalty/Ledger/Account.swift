public import Primitives

/// Where an amount of a unit can be. Every transfer moves amounts between the accounts of one member, so its entries sum
/// to zero; the programme's side lies with the member too (contra-accounts), so no account is shared and none is hot.
public enum AccountKind: Int64, Sendable, Hashable, CaseIterable {
    /// Earned and waiting: cannot be spent yet.
    case pending = 1
    /// Can be spent.
    case active = 2
    /// Set aside for a redemption that is not confirmed yet.
    case held = 3
    /// Contra: what the programme has issued to this member (negative).
    case issued = 11
    /// Contra: what was redeemed.
    case redeemed = 12
    /// Contra: what expired.
    case expired = 13
    /// Contra: corrections by staff.
    case adjusted = 14
    /// Contra: what moved to or from another record of the same person.
    case merged = 15
    /// What the member owes after a reversal of points that were spent (negative, or 0); later earnings pay it off first.
    case debt = 16
    /// Contra: what went to other members and shared wallets, and came from them.
    case transferred = 21
    /// Contra: what the programme kept of transfers.
    case charged = 22

    /// Whether the member owns it; such an account is never negative.
    public var isMembers: Bool { rawValue < 10 }
}

/// One account of one member: its balance, and how many entries made it.
public struct Account: Sendable, Hashable {
    public var unit: String
    public var kind: AccountKind
    public var balance: Int64
    /// The number of entries so far; entry numbers have no gaps.
    public var version: Int64

    public init(unit: String, kind: AccountKind, balance: Int64 = 0, version: Int64 = 0) {
        self.unit = unit
        self.kind = kind
        self.balance = balance
        self.version = version
    }
}

/// Points earned together: they become spendable together and expire together.
public struct Lot: Sendable, Hashable {
    /// The transfer that issued it.
    public var id: ID128
    public var unit: String
    public var granted: Int64
    /// What can still be spent or expire.
    public var remaining: Int64
    /// What open holds have set aside of it.
    public var held: Int64
    /// When it can be spent; `nil` once it can.
    public var activeAt: Instant?
    /// When what is left of it expires; `nil` means never.
    public var expiresAt: Instant?
    /// What else becomes of it; `nil` for most.
    public var terms: LotTerms?

    public init(
        id: ID128, unit: String, granted: Int64, remaining: Int64, held: Int64 = 0, activeAt: Instant? = nil,
        expiresAt: Instant? = nil, terms: LotTerms? = nil
    ) {
        self.id = id
        self.unit = unit
        self.granted = granted
        self.remaining = remaining
        self.held = held
        self.activeAt = activeAt
        self.expiresAt = expiresAt
        self.terms = terms
    }

    /// Whether anything can still happen to it.
    public var isOpen: Bool { remaining > 0 || held > 0 }

    /// Spending order: oldest-expiring first, never-expiring last; ties by identifier so that it is the same everywhere.
    public static func spendsBefore(_ left: Lot, _ right: Lot) -> Bool {
        let leftExpiry = left.expiresAt?.milliseconds ?? .max
        let rightExpiry = right.expiresAt?.milliseconds ?? .max
        return leftExpiry != rightExpiry ? leftExpiry < rightExpiry : left.id < right.id
    }
}

/// Points set aside for one redemption. A hold ends exactly once.
public struct Hold: Sendable, Hashable {
    public enum State: Int64, Sendable, Hashable {
        case open = 1
        case confirmed = 2
        case cancelled = 3
        case expired = 4
        /// It was confirmed and then undone.
        case refunded = 5
    }

    /// How much of which lot is set aside.
    public struct Part: Sendable, Hashable {
        public var lot: ID128
        public var amount: Int64

        public init(lot: ID128, amount: Int64) {
            self.lot = lot
            self.amount = amount
        }
    }

    public var id: ID128
    public var unit: String
    public var amount: Int64
    public var reward: String
    public var parts: [Part]
    public var state: State
    public var openedAt: Instant
    public var expiresAt: Instant

    public init(
        id: ID128, unit: String, amount: Int64, reward: String, parts: [Part], state: State = .open, openedAt: Instant,
        expiresAt: Instant
    ) {
        self.id = id
        self.unit = unit
        self.amount = amount
        self.reward = reward
        self.parts = parts
        self.state = state
        self.openedAt = openedAt
        self.expiresAt = expiresAt
    }
}

/// One movement: what, why, when. Its entries say between which accounts.
public struct Transfer: Sendable, Hashable {
    public enum Kind: Int64, Sendable, Hashable, CaseIterable {
        case earn = 1
        case activate = 2
        case hold = 3
        case confirm = 4
        case cancel = 5
        case expire = 6
        case reverse = 7
        case adjust = 8
        case mergeOut = 9
        case mergeIn = 10
        case correct = 11
        /// What was earned goes towards what is owed.
        case payDebt = 12
        /// To another member or a shared wallet.
        case transferOut = 21
        /// From another member or a shared wallet; `refers` is the transfer out.
        case transferIn = 22
        /// What the programme keeps of a transfer.
        case charge = 23
        /// What a confirmed redemption cost comes back.
        case refund = 30
        /// What a conversion or extra minutes give.
        case convert = 31
        /// What was spendable is set aside for a review.
        case suspend = 40
    }

    public var id: ID128
    public var kind: Kind
    public var unit: String
    /// The size of the movement, never negative.
    public var amount: Int64
    /// When it happened; for members below the level `personal` the start of that day.
    public var at: Instant
    /// The rule, challenge or reward on whose behalf it happened; empty for staff and for the calendar.
    public var source: String
    public var sourceVersion: Int64
    /// The transfer, hold or lot that it answers, if any.
    public var refers: ID128?
    /// The budget it was paid from and the first day of the budget's period.
    public var budget: String?
    public var budgetDay: Int32?

    public init(
        id: ID128, kind: Kind, unit: String, amount: Int64, at: Instant, source: String = "", sourceVersion: Int64 = 0,
        refers: ID128? = nil, budget: String? = nil, budgetDay: Int32? = nil
    ) {
        self.id = id
        self.kind = kind
        self.unit = unit
        self.amount = amount
        self.at = at
        self.source = source
        self.sourceVersion = sourceVersion
        self.refers = refers
        self.budget = budget
        self.budgetDay = budgetDay
    }
}

/// One line of one account.
public struct Entry: Sendable, Hashable {
    public var transfer: ID128
    public var unit: String
    public var kind: AccountKind
    /// The entry's number within its account, from 1.
    public var version: Int64
    public var amount: Int64
    /// The account's balance after it.
    public var balance: Int64
}

/// How much a transfer took from a lot (negative) or put back (positive).
public struct LotUse: Sendable, Hashable {
    public var transfer: ID128
    public var lot: ID128
    public var amount: Int64
}
