import Primitives

extension Verifier {
    /// Suspicions against the marks of their days, and lots against the cases that hold them.
    func checkReviews(
        _ counters: [(name: String, counter: Counter)], _ lots: [Lot], _ member: MemberID,
        _ report: inout VerificationReport
    ) {
        guard let compiled, !compiled.programme.review.isEmpty else { return }
        var open: Set<ReviewKey> = []
        for check in compiled.programme.review {
            let marks = counters.first { $0.name == check.evidence }?.counter.marks ?? []
            for found in counters.first(where: { $0.name == ReviewCheck.cases(of: check.id) })?.counter.marks ?? []
            where found.wanted == ReviewState.open.rawValue {
                open.insert(ReviewKey(check: check.id, day: found.day))
                if !check.isSuspicious(marks.filter({ $0.day == found.day })) {
                    report.add(
                        Difference(
                            kind: .reviewCase, member: member, subject: check.id, stored: found.wanted, recomputed: 0))
                }
            }
        }
        var all: Set<Int32> = []
        for (name, counter) in counters where name.hasPrefix("case/") {
            for mark in counter.marks where mark.wanted == ReviewState.open.rawValue { all.insert(mark.day) }
        }
        for lot in lots where lot.remaining > 0 {
            guard let terms = lot.terms, let watch = terms.watch else { continue }
            let isHeld = compiled.checks(of: watch.by).contains {
                open.contains(ReviewKey(check: $0.id, day: terms.earned))
            }
            // A check that the programme has no more still holds what it held, to its end.
            let isDue = isHeld || (lot.isInReview && all.contains(terms.earned))
            if isDue != lot.isInReview {
                report.add(
                    Difference(
                        kind: .reviewHold, member: member, subject: lot.id.description,
                        stored: lot.isInReview ? 1 : 0, recomputed: isDue ? 1 : 0))
            }
        }
    }
}
