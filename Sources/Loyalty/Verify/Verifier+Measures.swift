import Primitives
import Storage

extension Verifier {
    /// The sums of measures, against what members' counters add up to.
    func checkMeasures(_ database: any Database, _ report: inout VerificationReport) async throws {
        guard let programme = compiled?.programme else { return }
        let store = LoyaltyStore(programme: self.programme)
        for measure in programme.measures {
            let terms = MeasureTerms(measure, in: programme)
            let (stored, counted) = try await database.read { connection in
                var counted = MeasureChanges()
                // Sums that nobody has asked for yet, or of other terms, are added up when somebody does.
                guard let stored = try store.measureSums(terms, connection) else {
                    return ([MeasurePart: MeasureSum](), counted)
                }
                try store.measured(terms, connection) { counted.replace([:], by: $0) }
                return (stored, counted)
            }
            let parts = Dictionary(counted.cells.map { ($0.key.part, $0.value) }) { first, _ in first }
            for part in Set(stored.keys).union(parts.keys).sorted() where stored[part] != parts[part] {
                report.add(
                    Difference(
                        kind: .measureSum, member: nil, subject: measure.id, stored: stored[part]?.members ?? 0,
                        recomputed: parts[part]?.members ?? 0))
            }
        }
    }
}
