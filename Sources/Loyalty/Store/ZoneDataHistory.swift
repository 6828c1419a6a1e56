public import Primitives

/// Under which versions of the time zone data a programme's decisions were made, in order: the zones' rules say when a
/// member's day begins, and they change once or twice a year.
///
/// An explanation keeps the number of its version. Below the level `personal` a row tells its day and nothing more, so
/// there the number is that of the version in force when the programme's day began: otherwise the rows of the day of a
/// change would tell what came before it and what after. ``names(of:day:at:)`` says for such days that it may have been
/// either.
public struct ZoneDataHistory: Sendable, Hashable {
    /// One version, and from when on it was in force here.
    public struct Version: Sendable, Hashable {
        /// From 1, without gaps.
        public var number: Int64
        /// As the system names it, such as `2026b`; empty if it does not.
        public var name: String
        /// The day in the programme's time zone.
        public var firstDay: Int32
        public var at: Instant

        public init(number: Int64, name: String, firstDay: Int32, at: Instant) {
            self.number = number
            self.name = name
            self.firstDay = firstDay
            self.at = at
        }
    }

    /// How many days after its day an effect may be decided and count as on time here: lateness is 72 hours by itself, and
    /// days begin at different times.
    static let onTimeDays: Int32 = 4

    public let versions: [Version]

    /// - Parameter versions: by number, from 1.
    public init(_ versions: [Version] = []) {
        self.versions = versions
    }

    public var newest: Version? { versions.last }

    /// What a batch writes that is decided on a day under the newest version; `nil` if none is known.
    public func stamp(on today: Int32) -> Stamp? {
        guard let newest else { return nil }
        let atStart = versions.last { $0.firstDay < today } ?? versions[0]
        return Stamp(exact: newest.number, atStartOfDay: atStart.number, today: today)
    }

    /// The numbers that explanations of one batch get.
    public struct Stamp: Sendable, Hashable {
        var exact: Int64
        var atStartOfDay: Int64
        /// The day on which it is decided, in the programme's time zone.
        var today: Int32

        func number(of effect: AppliedEffect, level: PrivacyLevel) -> Int64 {
            // What is decided long after its day, in an import, tells nothing of the day by this.
            level == .personal || effect.day < today - ZoneDataHistory.onTimeDays ? exact : atStartOfDay
        }
    }

    /// The versions under which a stored effect was decided: one, or those between which its day does not tell.
    ///
    /// - Parameters:
    ///   - number: as stored; `nil` for what was stored before versions were kept.
    ///   - at: as stored: the start of the day where the row tells no more.
    /// - Complexity: O(versions).
    public func names(of number: Int64?, day: Int32, at: Instant) -> [String] {
        guard let number, number >= 1, number <= versions.count else { return [] }
        var names = [versions[Int(number) - 1].name]
        // Days begin on whole minutes: any other time is exact, and so is the number beside it.
        if at.milliseconds % 60_000 == 0, number < versions.count {
            let change = versions[Int(number)].firstDay
            if day >= change - Self.onTimeDays {
                names += versions[Int(number)...].prefix { $0.firstDay == change }.map(\.name)
            }
        }
        var known: Set<String> = []
        return names.filter { !$0.isEmpty && known.insert($0).inserted }
    }
}
