import Primitives

/// What each budget has given away in its current period. The store checks the same sums again when it commits.
public struct BudgetBook: Sendable {
    public struct Key: Sendable, Hashable {
        public var budget: String
        /// The first day of the budget's period in the programme's time zone.
        public var day: Int32

        public init(budget: String, day: Int32) {
            self.budget = budget
            self.day = day
        }
    }

    public private(set) var spent: [Key: Int64]
    /// Changes since the last commit.
    public private(set) var changes: [Key: Int64] = [:]

    public init(spent: [Key: Int64] = [:]) {
        self.spent = spent
    }

    /// Sets what the store says.
    public mutating func load(_ key: Key, spent amount: Int64) {
        spent[key] = amount
    }

    /// Takes up to `amount`; returns what there was.
    public mutating func draw(_ amount: Int64, from budget: Budget, day: Int32) -> Int64 {
        let key = Key(budget: budget.id, day: day)
        let given = min(amount, max(0, budget.amount - spent[key, default: 0]))
        if given > 0 {
            spent[key, default: 0] += given
            changes[key, default: 0] += given
        }
        return given
    }

    /// Gives back what a reversal took back.
    public mutating func giveBack(_ amount: Int64, budget: String, day: Int32) {
        let key = Key(budget: budget, day: day)
        spent[key, default: 0] -= amount
        changes[key, default: 0] -= amount
    }

    public mutating func commit() {
        changes.removeAll(keepingCapacity: true)
    }
}
