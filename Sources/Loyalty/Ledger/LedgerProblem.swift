/// Why the ledger refuses a movement. Nothing has been changed when it is thrown.
public enum LedgerProblem: Error, Sendable, Hashable {
    /// Amounts are positive whole numbers.
    case notPositive(Int64)
    /// The account would leave the range of 64-bit integers.
    case overflow(unit: String)
    case insufficient(unit: String, needed: Int64, spendable: Int64)
    case unknownHold
    /// A hold ends once; asking for the same end again is not an error, asking for another is.
    case holdEnded(Hold.State)
    case holdExpired
    /// The invariant of double entry would break: a defect of the program, not of the input.
    case unbalanced
}
