public import Assignment
public import Loyalty
public import Primitives

/// What a programme would do: the engine's own decisions over a simulated population, before anybody is in it.
///
/// Everything happens in memory, and follows from the programme and the settings: the same arguments give the same report,
/// byte for byte. People's visits, tastes and subscriptions are those of a `Behaviour`; what rewards do to them is known
/// (`Behaviour.Response`) and begins the day after the programme first gave them something that can be felt: a reward, a badge,
/// access, a tier. Points alone move nobody. So the report says what the programme causes, and beside it what a hold-out
/// would have let you estimate.
public struct Forecast: Sendable {
    public struct Settings: Sendable, Hashable {
        public var members: Int
        public var days: Int
        public var seed: UInt64
        /// The first day, at midnight UTC.
        public var start: Instant
        /// Who would be left out, so that the effect can be measured against them.
        public var holdOut: BasisPoints

        public init(members: Int, days: Int, seed: UInt64, start: Instant, holdOut: BasisPoints) {
            self.members = members
            self.days = days
            self.seed = seed
            self.start = start
            self.holdOut = holdOut
        }

        public static let memberLimit = 1_000_000
        public static let dayLimit = 3_660
    }

    public let programme: CompiledProgramme
    public let settings: Settings
    /// How the people behave. Two programmes are compared on the same people.
    public let behaviour: Behaviour
    private let zones: any ZoneOffsets

    /// - Parameter behaviour: of the people; `nil` for what the programme supposes.
    public init(
        _ programme: CompiledProgramme, settings: Settings, behaviour: Behaviour? = nil, zones: any ZoneOffsets
    ) {
        self.programme = programme
        self.settings = settings
        self.behaviour = behaviour ?? programme.programme.behaviour
        self.zones = zones
    }

    /// Lives through all days.
    ///
    /// - Parameters:
    ///   - progress: told after each day how many are over.
    ///   - truth: given one line of JSON after the other when it is over: the population, then each member with what the
    ///     programme did to them and no programme can see.
    /// - Throws: what an award that leaves the ledger's range throws; cancellation of the task.
    /// - Complexity: members × days; memory for all members' states.
    public func run(
        progress: (_ done: Int, _ total: Int) throws -> Void = { _, _ in }, truth: ((JSONValue) throws -> Void)? = nil
    ) throws -> ForecastReport {
        var life = ForecastLife(programme, settings, behaviour, zones)
        for day in 0..<settings.days {
            try Task.checkCancellation()
            try life.live(day)
            try progress(day + 1, settings.days)
        }
        if let truth { try life.tell(truth) }
        return life.report
    }
}
