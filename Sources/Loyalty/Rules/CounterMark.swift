/// Awards of one size that a rule wanted to give one member on one day: all that must be remembered of them.
///
/// It holds no item, no event and no time of day, so it may be kept for a member of any privacy level, and it is enough
/// to compute again what every limit allows.
public struct CounterMark: Sendable, Hashable, Comparable {
    /// The member's local day, as days since 1970-01-01.
    public var day: Int32
    /// The cooldown slot of that day; 0 for rules without cooldown.
    public var slot: Int32
    /// The size of each award before limits; 1 for things that are only counted.
    public var wanted: Int64
    /// How many there were.
    public var count: Int64

    public init(day: Int32, slot: Int32 = 0, wanted: Int64, count: Int64 = 1) {
        self.day = day
        self.slot = slot
        self.wanted = wanted
        self.count = count
    }

    /// By day, slot and falling size.
    public static func < (left: CounterMark, right: CounterMark) -> Bool {
        if left.day != right.day { return left.day < right.day }
        if left.slot != right.slot { return left.slot < right.slot }
        return left.wanted > right.wanted
    }

    /// Whether two marks differ in nothing but their count.
    func isAlike(_ other: CounterMark) -> Bool { day == other.day && slot == other.slot && wanted == other.wanted }
}
