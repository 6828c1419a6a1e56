public import Loyalty
public import Primitives

/// An event in quarantine, as it is sealed: with the member's pseudonym, never with the sender's name for the person.
public struct QuarantinedContent: Sendable {
    public var event: IncomingEvent
    public var claim: ID128
    public var member: MemberID

    public init(event: IncomingEvent, claim: ID128, member: MemberID) {
        self.event = event
        self.claim = claim
        self.member = member
    }

    public var encoded: [UInt8] {
        JSONValue.object([
            "source": .string(event.source), "id": .string(event.id), "type": .string(event.type),
            "time": .integer(event.time.milliseconds), "channel": .string(event.channel),
            "fields": .object(event.fields), "claim": .string(claim.description),
            "member": .string(member.description),
        ]).bytes()
    }

    /// `nil` if the bytes are not such content.
    public init?(encoded bytes: [UInt8]) {
        guard let json = try? JSONValue(parsing: bytes), let source = json["source"]?.stringValue,
            let id = json["id"]?.stringValue, let type = json["type"]?.stringValue,
            let time = json["time"]?.intValue, let channel = json["channel"]?.stringValue,
            let fields = json["fields"]?.objectValue, let claim = json["claim"]?.stringValue.flatMap({ ID128($0) }),
            let member = json["member"]?.stringValue.flatMap({ MemberID($0) })
        else { return nil }
        self.init(
            event: IncomingEvent(
                source: source, id: id, type: type, time: Instant(milliseconds: time), channel: channel,
                fields: fields),
            claim: claim, member: member)
    }
}
