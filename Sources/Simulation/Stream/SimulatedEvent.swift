public import Primitives

/// Something that a simulated person did, as a sender reports it.
public struct SimulatedEvent: Hashable, Sendable {
    /// Unique among the population's events; the same when it is sent again.
    public let id: String
    /// A CloudEvents `source`: `/avondpost/app`.
    public let source: String
    /// One of the behaviour's event types, or `member.identified`.
    public let type: String
    /// When it happened.
    public let time: Instant
    /// When it arrives: `time`, or later.
    public let arrival: Instant
    /// The sender's id of the person, or of the device while the person is not known.
    public let person: String
    /// The device, while it is not known whose it is, and once more in `member.identified`.
    public let device: String?
    /// The fields of the type.
    public let fields: JSONObject

    /// Whether `person` is a device.
    public var isAnonymous: Bool { device == person }

    /// The same event as a sender reports it who has other fields.
    public func reported(with fields: JSONObject) -> SimulatedEvent {
        SimulatedEvent(
            id: id, source: source, type: type, time: time, arrival: arrival, person: person, device: device,
            fields: fields)
    }

    /// Writes the event as CloudEvents 1.0, with the person as `subject`.
    public func writeCloudEvent(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("specversion", "1.0")
        writer.member("id", id)
        writer.member("source", source)
        writer.member("type", type)
        writer.member("time", RFC3339.format(time))
        writer.member("subject", person)
        writer.key("data")
        writer.object(fields)
        writer.endObject()
    }

    /// Writes the event as a message of the Segment HTTP API: `identify` for `member.identified`, `track` for all else.
    public func writeSegmentMessage(to writer: inout JSONWriter) {
        let isIdentify = type == "member.identified"
        writer.beginObject()
        writer.member("type", isIdentify ? "identify" : "track")
        writer.member("messageId", id)
        if !isAnonymous { writer.member("userId", person) }
        if let device { writer.member("anonymousId", device) }
        if !isIdentify { writer.member("event", type) }
        writer.member("timestamp", RFC3339.format(time))
        writer.key(isIdentify ? "traits" : "properties")
        writer.object(fields)
        writer.endObject()
    }

    /// The event as CloudEvents 1.0.
    public var cloudEvent: JSONValue {
        [
            "specversion": "1.0", "id": .string(id), "source": .string(source), "type": .string(type),
            "time": .string(RFC3339.format(time)), "subject": .string(person), "data": .object(fields),
        ]
    }
}
