internal import Loyalty

/// How the regulars are doing, with every estimate's interval; what is not known yet says what it waits for.
struct VitalsView: Sendable, Equatable {
    struct Sign: Sendable, Equatable {
        var label: String
        /// `nil` while it is not known.
        var value: String?
        var interval: String?
        var note: String?
        var missing: String?
    }

    struct Comparison: Sendable, Equatable {
        var text: String
        var verdict: String?
    }

    var signs: [Sign]
    var comparisons: [Comparison]
    var hasComparisons: Bool
    var sample: String

    init(_ data: VitalSigns, texts: Texts) {
        let words = texts.vitals
        let vitals = data.vitals
        func percent(_ interval: ClosedRange<Double>) -> String {
            words.between(texts.percent(interval.lowerBound), texts.percent(interval.upperBound))
        }
        func share(_ label: String, _ share: Proportion?, _ note: String, else missing: String) -> Sign {
            guard let share else { return Sign(label: label, missing: missing) }
            return Sign(
                label: label, value: texts.percent(share.value), interval: percent(share.interval), note: note)
        }
        let fewest = words.needsMembers(texts.number(Int64(Vitals.fewest)))
        let needed = 2 * Vitals.window
        let waits =
            vitals.historyDays < needed
            ? words.needsDays(texts.number(Int64(vitals.historyDays)), texts.number(Int64(needed))) : fewest
        signs = [
            share(words.churn, vitals.churn, words.churnNote, else: waits),
            Sign(label: words.value, missing: words.needsPayments),
            share(words.active, vitals.active, words.activeNote, else: fewest),
            vitals.activeDays.map { days in
                Sign(
                    label: words.days, value: texts.decimal(days.value, decimals: 1),
                    interval: words.between(
                        texts.decimal(days.interval.lowerBound, decimals: 1),
                        texts.decimal(days.interval.upperBound, decimals: 1)), note: words.daysNote)
            } ?? Sign(label: words.days, missing: fewest),
        ]
        comparisons = vitals.comparisons.map { one in
            func points(_ value: Double) -> String { (value < 0 ? "−" : "+") + texts.percent(abs(value)) }
            let interval = one.interval
            let name = data.names[one.rule]?.text ?? one.rule
            return Comparison(
                text: words.compared(
                    name, texts.percent(one.with.value), texts.percent(one.without.value),
                    words.between(points(interval.lowerBound), points(interval.upperBound))),
                verdict: interval.contains(0) ? words.nothingToTell : nil)
        }
        hasComparisons = !comparisons.isEmpty
        sample = words.sample(texts.number(Int64(vitals.sampled)))
    }
}
