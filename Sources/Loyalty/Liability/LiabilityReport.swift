public import Primitives

/// What a programme owes its members in points: month by month what came and went, what is outstanding, what of it is
/// expected never to be spent, and what that is worth.
///
/// Outstanding is what lies in members' accounts: spendable, pending and set aside. Every movement is the sum of the
/// entries of a contra-account, so opening, movements and closing agree by double entry, and closing is the sum that
/// `verify` recomputes.
public struct LiabilityReport: Sendable, Hashable {
    /// What moved in points; what adds to what is owed is positive.
    public struct Movements: Sendable, Hashable {
        public var issued: Int64 = 0
        /// Awards that were reversed or corrected, as far as the points were there: negative.
        public var takenBack: Int64 = 0
        public var redeemed: Int64 = 0
        public var expired: Int64 = 0
        public var adjusted: Int64 = 0
        /// What the programme kept of transfers.
        public var charged: Int64 = 0
        /// Between records: members, shared wallets, records of one person. Zero, unless one of the two was erased since.
        public var moved: Int64 = 0

        public init() {}

        public var total: Int64 { issued + takenBack + redeemed + expired + adjusted + charged + moved }

        /// - Parameters:
        ///   - account: the contra-account.
        ///   - amount: the entry in it; what goes out of it comes to the member.
        public mutating func add(_ amount: Int64, of account: AccountKind, by transfer: Transfer.Kind?) {
            switch account {
            case .issued where transfer == nil || transfer == .earn || transfer == .convert: issued -= amount
            // What could not be taken back is owed, and counts when it is paid.
            case .issued, .debt: takenBack -= amount
            case .redeemed: redeemed -= amount
            case .expired: expired -= amount
            case .charged: charged -= amount
            case .merged, .transferred: moved -= amount
            // What staff corrected, and whatever else the programme's side has.
            default: adjusted -= amount
            }
        }
    }

    public struct MonthRow: Sendable, Hashable {
        public var month: Month
        public var opening: Int64
        public var movements: Movements
        public var closing: Int64 { opening + movements.total }
    }

    /// One unit.
    public struct UnitReport: Sendable, Hashable {
        public var unit: String
        public var value: UnitValue?
        public var months: [MonthRow]
        /// What is in members' accounts now; the closing of the last month if that is the running one.
        public var outstanding: Int64
        /// How much of that is expected to expire; see ``Breakage``.
        public var expectedBreakage: Int64
        /// The rates behind it, by age in months.
        public var breakageRates: [Double]
        /// What erased members' accounts say: their points left the figures above when they were erased.
        public var erased: Movements
        /// What erased members had when they were erased, and nobody owes any more.
        public var forfeited: Int64 { erased.total }

        /// In millionths of the currency; `nil` without a value.
        public var deferredMicros: Int64? { value.map { $0.micros * (outstanding - expectedBreakage) } }
    }

    public var programme: ProgrammeID
    public var from: Month
    public var to: Month
    public var units: [UnitReport]
}

/// How much of what is outstanding will expire, from the programme's own history.
///
/// The additive method of claims reserving (incremental loss ratios; Schmidt and Zocher 2006, "The Bornhuetter-Ferguson
/// principle", section on the additive method): a cohort is what was issued in one month; the rate of an age is what expired
/// at that age, over all cohorts that are old enough to have shown it, divided by what those cohorts were issued. It is the
/// chain ladder with rates instead of factors, which is needed because nothing expires in the first months. What a cohort
/// is still expected to lose is what it was issued times the rates of the ages ahead, and never more than is left of it.
/// Ages that no cohort has reached count as zero: breakage is recognised when the history shows it.
public struct Breakage: Sendable, Hashable {
    public struct Cohort: Sendable, Hashable {
        public var issued: Int64 = 0
        public var remaining: Int64 = 0
        /// By age in months.
        public var expired: [Int: Int64] = [:]

        public init(issued: Int64 = 0, remaining: Int64 = 0, expired: [Int: Int64] = [:]) {
            self.issued = issued
            self.remaining = remaining
            self.expired = expired
        }
    }

    /// By age in months.
    public let rates: [Double]
    public let expected: Int64

    /// - Parameter now: the running month, which is not complete and shows no rate.
    public init(_ cohorts: [Month: Cohort], now: Month) {
        let oldest = cohorts.keys.map { now.index - $0.index }.max() ?? 0
        var rates: [Double] = []
        for age in 0..<max(0, oldest) {
            var expired: Int64 = 0
            var issued: Int64 = 0
            for (month, cohort) in cohorts where month.index + age < now.index {
                expired += cohort.expired[age] ?? 0
                issued += cohort.issued
            }
            rates.append(issued > 0 ? Double(expired) / Double(issued) : 0)
        }
        self.rates = rates
        var expected: Int64 = 0
        for (month, cohort) in cohorts where cohort.remaining > 0 {
            let age = now.index - month.index
            let ahead = age < rates.count ? rates[max(0, age)...].reduce(0, +) : 0
            let soFar = cohort.expired[age] ?? 0
            let lost = (Double(cohort.issued) * ahead).rounded() - Double(soFar)
            expected += min(cohort.remaining, max(0, Int64(lost)))
        }
        self.expected = expected
    }
}
