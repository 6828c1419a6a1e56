internal import Primitives

/// Where simulated people live. The clock changes follow today's rules at all times, so that a stream does not depend
/// on the machine's time zone data.
public struct SimulatedZone: Hashable, Sendable {
    /// The IANA name.
    public let name: String
    private let standard: Int
    private let summer: Summer

    private enum Summer { case none, european, american }

    /// - Returns: `nil` for a zone that the simulator does not know; see ``names``.
    public init?(_ name: String) {
        guard let rule = Self.rules[name] else { return nil }
        (standard, summer) = rule
        self.name = name
    }

    public static let amsterdam = SimulatedZone("Europe/Amsterdam", 3_600, .european)
    public static let utc = SimulatedZone("UTC", 0, .none)

    private init(_ name: String, _ standard: Int, _ summer: Summer) {
        (self.name, self.standard, self.summer) = (name, standard, summer)
    }

    public static let names: [String] = rules.keys.sorted()

    /// Seconds ahead of UTC at noon of a day, counted from 1970-01-01.
    public func offset(onDay day: Int) -> Int {
        switch summer {
        case .none: standard
        case .european: standard + (Self.isEuropeanSummer(day) ? 3_600 : 0)
        case .american: standard + (Self.isAmericanSummer(day) ? 3_600 : 0)
        }
    }

    private static let rules: [String: (Int, Summer)] = {
        var rules: [String: (Int, Summer)] = [
            "UTC": (0, .none), "Atlantic/Reykjavik": (0, .none), "America/Curacao": (-14_400, .none),
            "America/Aruba": (-14_400, .none), "America/Paramaribo": (-10_800, .none),
            "America/Sao_Paulo": (-10_800, .none), "America/Argentina/Buenos_Aires": (-10_800, .none),
            "America/Bogota": (-18_000, .none), "America/Lima": (-18_000, .none),
            "Africa/Lagos": (3_600, .none), "Africa/Johannesburg": (7_200, .none), "Africa/Nairobi": (10_800, .none),
            "Europe/Istanbul": (10_800, .none), "Asia/Dubai": (14_400, .none), "Asia/Karachi": (18_000, .none),
            "Asia/Kolkata": (19_800, .none), "Asia/Dhaka": (21_600, .none), "Asia/Bangkok": (25_200, .none),
            "Asia/Jakarta": (25_200, .none), "Asia/Ho_Chi_Minh": (25_200, .none), "Asia/Shanghai": (28_800, .none),
            "Asia/Singapore": (28_800, .none), "Asia/Hong_Kong": (28_800, .none), "Asia/Manila": (28_800, .none),
            "Asia/Taipei": (28_800, .none), "Australia/Perth": (28_800, .none), "Asia/Tokyo": (32_400, .none),
            "Asia/Seoul": (32_400, .none), "Australia/Brisbane": (36_000, .none),
        ]
        for (name, seconds) in [
            ("Lisbon", 0), ("London", 0), ("Dublin", 0), ("Amsterdam", 3_600), ("Brussels", 3_600), ("Paris", 3_600),
            ("Berlin", 3_600), ("Madrid", 3_600), ("Rome", 3_600), ("Vienna", 3_600), ("Zurich", 3_600),
            ("Luxembourg", 3_600), ("Copenhagen", 3_600), ("Oslo", 3_600), ("Stockholm", 3_600), ("Prague", 3_600),
            ("Warsaw", 3_600), ("Budapest", 3_600), ("Athens", 7_200), ("Helsinki", 7_200), ("Bucharest", 7_200),
            ("Kyiv", 7_200),
        ] { rules["Europe/" + name] = (seconds, .european) }
        for (name, hours) in [
            ("New_York", 5), ("Toronto", 5), ("Chicago", 6), ("Denver", 7), ("Los_Angeles", 8), ("Vancouver", 8),
        ] { rules["America/" + name] = (-3_600 * hours, .american) }
        return rules
    }()

    /// From the last Sunday of March to the last Sunday of October (Directive 2000/84/EC).
    private static func isEuropeanSummer(_ day: Int) -> Bool {
        let year = CivilDate(daysSinceEpoch: day).year
        return lastSunday(year, 3, 31) <= day && day < lastSunday(year, 10, 31)
    }

    /// From the second Sunday of March to the first Sunday of November (Energy Policy Act of 2005).
    private static func isAmericanSummer(_ day: Int) -> Bool {
        let year = CivilDate(daysSinceEpoch: day).year
        return lastSunday(year, 3, 14) <= day && day < lastSunday(year, 11, 7)
    }

    /// The last Sunday up to a day of the month.
    private static func lastSunday(_ year: Int, _ month: Int, _ upTo: Int) -> Int {
        guard let date = CivilDate(year: year, month: month, day: upTo) else { return 0 }
        return date.daysSinceEpoch - date.weekday % 7
    }
}
