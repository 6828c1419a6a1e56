/// A behaviour that a programme wants to change, and how it is known whether it did: the share of some events among all of
/// a type, against the member's own beginning and against members for whom a rule did nothing.
public struct Measure: Sendable, Hashable {
    /// The fewest members that any published figure rests on.
    public static let least = 5
    public static let standardMinimum = 10
    /// Events that a share rests on, before and after; below, a member is not counted.
    public static let fewest: Int64 = 5

    public var id: String
    public var name: LocalizedText
    public var event: String
    /// Which events count as the behaviour.
    public var condition: String
    /// How many weeks from a member's first event are their beginning. Nothing is asked of them in it.
    public var baselineWeeks: Int
    /// Fewer members than this, and a cell is not shown.
    public var minimum: Int
    /// A trait by which figures are divided, such as a department.
    public var group: String?
    /// A rule with a hold-out; members in it are what the others are compared with.
    public var against: String?
    public var why: LocalizedText

    public init(
        id: String, name: LocalizedText = LocalizedText([:]), event: String, condition: String, baselineWeeks: Int = 4,
        minimum: Int = Measure.standardMinimum, group: String? = nil, against: String? = nil,
        why: LocalizedText = LocalizedText([:])
    ) {
        self.id = id
        self.name = name
        self.event = event
        self.condition = condition
        self.baselineWeeks = baselineWeeks
        self.minimum = minimum
        self.group = group
        self.against = against
        self.why = why
    }

    /// The counter of a member's events: slot 1 the behaviour, slot 0 the rest.
    public static func counter(_ id: String) -> String { "measure/" + id }
}
