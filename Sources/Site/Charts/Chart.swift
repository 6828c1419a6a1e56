/// Figures to be drawn: lines, bars or stacked bars over the same categories, with intervals where they are known.
///
/// What is drawn, what is said of it, the table behind it and the file with its figures all come from one value, so they
/// cannot differ. `ChartView` draws it; the template `chart` places it. Meant for a few hundred categories at most.
struct Chart: Sendable {
    enum Kind: Sendable, Equatable { case line, bars, stacked }

    struct Series: Sendable, Equatable {
        var name: String
        /// One for each category; `nil` where nothing is known, which leaves a gap.
        var values: [Double?]
        /// The interval around each value; empty if there are none. Stacked bars show none.
        var intervals: [ClosedRange<Double>?]

        init(_ name: String, _ values: [Double?], intervals: [ClosedRange<Double>?] = []) {
            self.name = name
            self.values = values
            self.intervals = intervals
        }

        /// Counts, which a chart shows without decimals.
        init(_ name: String, counts: [Int64]) {
            self.init(name, counts.map { Double($0) })
        }

        func value(at index: Int) -> Double? {
            values.indices.contains(index) ? values[index].flatMap { $0.isFinite ? $0 : nil } : nil
        }

        func interval(at index: Int) -> ClosedRange<Double>? {
            guard intervals.indices.contains(index), let interval = intervals[index],
                interval.lowerBound.isFinite, interval.upperBound.isFinite
            else { return nil }
            return interval
        }
    }

    /// Unique on its page: small letters, digits and hyphens. Also the name of the file with its figures.
    var id: String
    var title: String
    /// What there is to see, in one sentence: it stands below the title and is what a screen reader says of the picture.
    var summary: String
    var kind: Kind
    /// What the categories are: "Week".
    var along: String
    var categories: [String]
    var series: [Series]

    init(
        _ kind: Kind, id: String, title: String, summary: String, along: String, categories: [String],
        series: [Series]
    ) {
        self.kind = kind
        self.id = id
        self.title = title
        self.summary = summary
        self.along = along
        self.categories = categories
        self.series = series
    }

    var isWhole: Bool {
        series.allSatisfy { $0.values.allSatisfy { $0.map { $0 == $0.rounded() } ?? true } && $0.intervals.isEmpty }
    }

    /// Everything that the axis has to reach.
    var extent: [Double] {
        guard kind == .stacked else {
            return series.flatMap { one in
                categories.indices.flatMap { index in
                    [one.value(at: index), one.interval(at: index)?.lowerBound, one.interval(at: index)?.upperBound]
                        .compactMap { $0 }
                }
            }
        }
        return categories.indices.flatMap { index in
            let values = series.compactMap { $0.value(at: index) }
            return [values.filter { $0 > 0 }.reduce(0, +), values.filter { $0 < 0 }.reduce(0, +)]
        }
    }
}
