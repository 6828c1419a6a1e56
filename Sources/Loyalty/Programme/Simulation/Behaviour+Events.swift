public import Primitives

extension Behaviour {
    /// How one event type comes about, and what its fields say.
    public struct Event: Sendable, Hashable {
        public var id: String
        /// The kind of item it is about; `nil` for an event without an item.
        public var item: String?
        /// The chance of going through with it; `nil`: always.
        public var finishes: Finishing?
        /// Whether only what was gone through with is sent.
        public var isSentFinishedOnly = false
        /// In their order: a field can follow from an earlier one.
        public var fields: [Field] = []
        /// How often a day it happens beside visits; `nil`: on visits only.
        public var rate: Rate?
        /// That it follows another event.
        public var after: After?
        /// That it happens where an item of its kind takes place.
        public var attends: Attendance?

        public init(id: String) { self.id = id }
    }

    public struct Finishing: Sendable, Hashable {
        public var usual: Double
        /// How much a liked subject adds: times the person's tilt, 0.2 to 3.6.
        public var taste: Double
        /// How much one of the two makers adds that a person likes best.
        public var maker: Double
        public var most: Double

        public init(usual: Double, taste: Double = 0, maker: Double = 0, most: Double = 0.95) {
            self.usual = usual
            self.taste = taste
            self.maker = maker
            self.most = most
        }
    }

    public struct Rate: Sendable, Hashable {
        /// Times a day, before the person's own activity.
        public var perDay: Double
        public var channel: String

        public init(perDay: Double, channel: String) {
            self.perDay = perDay
            self.channel = channel
        }
    }

    public struct After: Sendable, Hashable {
        public var event: String
        /// The share of people who do it at all, and their chance, drawn evenly between two.
        public var share: Double
        public var chance: Span
        /// Which field of the first event must have one of which texts.
        public var field: String?
        public var values: [String]

        public init(event: String, share: Double, chance: Span, field: String? = nil, values: [String] = []) {
            self.event = event
            self.share = share
            self.chance = chance
            self.field = field
            self.values = values
        }
    }

    public struct Attendance: Sendable, Hashable {
        /// The chance, times how much the group and the person like the subject and the channel.
        public var chance: Double
        public var most: Double
        /// Only people of these zones can come; empty for all.
        public var zones: [SimulatedZone]
        public var channel: String

        public init(chance: Double, most: Double, zones: [SimulatedZone], channel: String) {
            self.chance = chance
            self.most = most
            self.zones = zones
            self.channel = channel
        }
    }

    /// One field and where its value comes from.
    public struct Field: Sendable, Hashable {
        public var id: String
        public var draw: Draw

        public init(_ id: String, _ draw: Draw) {
            self.id = id
            self.draw = draw
        }
    }

    /// Evenly between two numbers, both included, bent by a power: above 1, low values come more often.
    public struct Span: Sendable, Hashable {
        public var from: Double
        public var to: Double
        public var power: Double
        /// Whether it gives whole numbers.
        public var isWhole: Bool

        public init(_ from: Double, _ to: Double, power: Double = 1, isWhole: Bool = false) {
            self.from = from
            self.to = to
            self.power = power
            self.isWhole = isWhole
        }
    }

    /// Where the value of a field comes from.
    public indirect enum Draw: Sendable, Hashable {
        case value(JSONValue)
        case oneOf([Choice])
        case span(Span)
        /// A subject, by the person's tastes.
        case taste
        /// A share of the item: one span if it was gone through with, else another.
        case finished(Span, otherwise: Span)
        /// Seconds: the item's length times the share times the span.
        case length(Span)
        /// By the value of an earlier field; the last is for all others.
        case by(String, [Case], otherwise: Draw?)
        /// A list of one.
        case list(Draw)
        /// The moment of the event.
        case moment
    }

    public struct Choice: Sendable, Hashable {
        public var value: JSONValue
        public var weight: Double

        public init(_ value: JSONValue, _ weight: Double = 1) {
            self.value = value
            self.weight = weight
        }
    }

    public struct Case: Sendable, Hashable {
        public var value: String
        public var draw: Draw

        public init(_ value: String, _ draw: Draw) {
            self.value = value
            self.draw = draw
        }
    }
}
