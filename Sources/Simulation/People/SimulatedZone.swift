import Primitives

/// Where simulated people live. The clock changes follow today's rules at all times, so that a stream does not depend
/// on the machine's time zone data.
public enum SimulatedZone: Int, Hashable, Sendable, CaseIterable {
    case amsterdam, brussels, london, newYork, curacao, paramaribo, tokyo

    /// The IANA name.
    public var name: String {
        switch self {
        case .amsterdam: "Europe/Amsterdam"
        case .brussels: "Europe/Brussels"
        case .london: "Europe/London"
        case .newYork: "America/New_York"
        case .curacao: "America/Curacao"
        case .paramaribo: "America/Paramaribo"
        case .tokyo: "Asia/Tokyo"
        }
    }

    /// Seconds ahead of UTC at noon of a day, counted from 1970-01-01.
    func offset(onDay day: Int) -> Int {
        switch self {
        case .amsterdam, .brussels: Self.isEuropeanSummer(day) ? 7_200 : 3_600
        case .london: Self.isEuropeanSummer(day) ? 3_600 : 0
        case .newYork: Self.isAmericanSummer(day) ? -14_400 : -18_000
        case .curacao: -14_400
        case .paramaribo: -10_800
        case .tokyo: 32_400
        }
    }

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
