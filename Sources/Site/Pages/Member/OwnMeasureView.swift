/// A member's own beginning and what came after it.
struct OwnMeasureView: Sendable, Equatable {
    struct Bar: Sendable, Equatable {
        var label: String
        var share: String
        /// From 0 to 100.
        var percent: String
    }

    var title: WordingView
    var why: WordingView?
    var bars: [Bar]
    var hasBars: Bool
    /// What is said instead, or besides.
    var note: String?

    init(_ measure: OwnMeasure, today: LocalDay, texts: Texts) {
        let words = texts.measures
        title = WordingView(measure.title, on: texts.language)
        why = measure.why.map { WordingView($0, on: texts.language) }
        bars = [(words.before, measure.before), (words.now, measure.since)].compactMap { label, share in
            share.map {
                Bar(label: label, share: texts.percent($0), percent: String(Int((min(max($0, 0), 1) * 100).rounded())))
            }
        }
        hasBars = !bars.isEmpty
        if let begun = measure.begun {
            note =
                begun > today
                ? words.ownUntil(texts.day(begun, today: today)) : measure.since == nil ? words.ownTooFew : nil
        } else {
            note = words.ownNothing
        }
    }
}
