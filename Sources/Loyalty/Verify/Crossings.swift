import Primitives

/// What left one record and arrived at another, over all records of a programme: a transfer to another member and every
/// movement of a shared wallet is two transfers that must agree.
struct Crossings: Sendable {
    private var sent: [ID128: Int64] = [:]
    private var received: [ID128: Int64] = [:]
    /// What is in the contra-accounts of those who are there, by unit.
    private var living: [String: Int64] = [:]
    /// What erased members left in theirs.
    var erased: [String: Int64] = [:]

    mutating func add(_ transfer: Transfer) {
        switch transfer.kind {
        case .transferOut:
            sent[transfer.id, default: 0] += transfer.amount
            living[transfer.unit, default: 0] += transfer.amount
        case .transferIn:
            received[transfer.refers ?? transfer.id, default: 0] += transfer.amount
            living[transfer.unit, default: 0] -= transfer.amount
        default: break
        }
    }

    /// Where both sides are still there they are equal; of the others, see ``checkSums(_:)``.
    func check(_ report: inout VerificationReport) {
        for (id, amount) in received.sorted(by: { $0.key < $1.key }) {
            guard let out = sent[id], out != amount else { continue }
            report.add(
                Difference(
                    kind: .transferMismatch, member: nil, subject: id.description, stored: amount, recomputed: out))
        }
    }

    /// Per unit, what was sent and what was received is the same, with what erased members sent and received.
    func checkSums(_ report: inout VerificationReport) {
        for unit in Set(living.keys).union(erased.keys).sorted() {
            let sum = (living[unit] ?? 0) + (erased[unit] ?? 0)
            guard sum != 0 else { continue }
            report.add(
                Difference(kind: .transferMismatch, member: nil, subject: unit, stored: sum, recomputed: 0))
        }
    }
}
