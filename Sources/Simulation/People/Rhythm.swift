/// When in the day someone reads.
public enum Rhythm: Int, Hashable, Sendable, CaseIterable {
    case morning, lunch, evening, night

    public var name: String {
        switch self {
        case .morning: "morning"
        case .lunch: "lunch"
        case .evening: "evening"
        case .night: "night"
        }
    }

    /// Weights of the hours of a working day on the clock.
    private var weekday: [Double] {
        switch self {
        case .morning: [1, 0, 0, 0, 1, 4, 16, 30, 24, 9, 5, 4, 6, 4, 3, 3, 4, 6, 6, 6, 7, 7, 4, 2]
        case .lunch: [1, 0, 0, 0, 0, 1, 3, 6, 8, 6, 8, 14, 28, 22, 9, 6, 6, 6, 6, 6, 7, 7, 4, 2]
        case .evening: [3, 1, 0, 0, 0, 1, 3, 6, 6, 4, 4, 4, 6, 4, 3, 3, 4, 8, 12, 20, 28, 28, 18, 9]
        case .night: [24, 16, 8, 3, 1, 0, 1, 2, 3, 3, 3, 4, 5, 4, 3, 3, 4, 5, 6, 8, 12, 18, 26, 30]
        }
    }

    /// Weights of the hours of a Saturday or Sunday: later and slower.
    private var weekend: [Double] {
        let later = Array(weekday.suffix(2) + weekday.dropLast(2))
        return zip(later, Self.leisurely).map { 0.7 * $0 + $1 }
    }

    private static let leisurely: [Double] = [
        1, 0, 0, 0, 0, 0, 1, 3, 7, 11, 12, 10, 7, 5, 5, 5, 5, 5, 5, 5, 6, 6, 4, 2,
    ]

    /// Cumulative shares of the hours, by rhythm, first for working days.
    static let hours: [[[Double]]] = allCases.map { rhythm in
        [rhythm.weekday, rhythm.weekend].map { weights in
            let total = weights.reduce(0, +)
            var sum = 0.0
            return weights.map { weight in
                sum += weight / total
                return sum
            }
        }
    }
}
