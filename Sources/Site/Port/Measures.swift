/// A behaviour and how it has changed. No figure rests on fewer members than the programme says.
public struct MeasureTable: Sendable, Hashable {
    public struct Row: Sendable, Hashable {
        public struct Figures: Sendable, Hashable {
            public var members: Int64
            /// Shares from 0 to 1; changes from -1 to 1.
            public var baseline: Double
            public var since: Double
            public var change: Double
            public var low: Double
            public var high: Double

            public init(
                members: Int64, baseline: Double, since: Double, change: Double, low: Double, high: Double
            ) {
                self.members = members
                self.baseline = baseline
                self.since = since
                self.change = change
                self.low = low
                self.high = high
            }
        }

        public enum Title: Sendable, Hashable {
            case all, treated, heldOut
            case group(String)
        }

        public var title: Title
        /// `nil`: too few members.
        public var figures: Figures?

        public init(title: Title, figures: Figures?) {
            self.title = title
            self.figures = figures
        }
    }

    public var title: Wording
    public var why: Wording?
    public var minimum: Int64
    public var rows: [Row]
    /// What the nudge is the cause of, with its interval; `nil` while nobody can say.
    public var effect: (change: Double, low: Double, high: Double)? {
        get { effectValues.count == 3 ? (effectValues[0], effectValues[1], effectValues[2]) : nil }
        set { effectValues = newValue.map { [$0.change, $0.low, $0.high] } ?? [] }
    }
    private var effectValues: [Double] = []

    public init(title: Wording, why: Wording? = nil, minimum: Int64, rows: [Row]) {
        self.title = title
        self.why = why
        self.minimum = minimum
        self.rows = rows
    }
}
