public import Loyalty
import Primitives
public import Simulation

/// Sends simulated events as the publisher's systems would: with the fields that the programme declares.
public struct SimulatedSender: Sendable {
    let compiled: CompiledProgramme

    public init(compiled: CompiledProgramme) {
        self.compiled = compiled
    }

    /// - Returns: `nil` for what senders would not send, such as an event of a type that the programme does not declare.
    public func event(_ simulated: SimulatedEvent, sendsUndeclared: Bool = false) -> IncomingEvent? {
        guard simulated.type != "member.identified" else { return nil }
        var fields = simulated.fields
        guard let type = compiled.eventTypes[simulated.type] else {
            guard sendsUndeclared else { return nil }
            return incoming(simulated, fields)
        }
        fields = JSONObject(
            fields.filter { type.fieldIndex[$0.key] != nil && $0.value != .null }.map { ($0.key, $0.value) })
        // A player reports how much was played; the simulator says only that the end was reached.
        if simulated.type == "episode.finished", fields["share"] == nil { fields["share"] = .double(1) }
        return incoming(simulated, fields)
    }

    /// The same as it is printed; what identifies a person goes on as it is.
    public func sent(_ simulated: SimulatedEvent) -> SimulatedEvent? {
        if simulated.type == "member.identified" { return simulated }
        return event(simulated).map { simulated.reported(with: $0.fields) }
    }

    private func incoming(_ simulated: SimulatedEvent, _ fields: JSONObject) -> IncomingEvent {
        IncomingEvent(
            source: simulated.source, id: simulated.id, type: simulated.type, time: simulated.time,
            channel: String(simulated.source.split(separator: "/").last ?? ""), fields: fields)
    }
}

extension SimulatedMember {
    /// What the person chose in the programme: two in three have favourite topics, one in four lets the house remember.
    public var choices: ProfileChange {
        let topics = tastes.sorted { $0.weight > $1.weight }.prefix(2).map { JSONValue.string($0.topic.id) }
        return ProfileChange(
            level: index % 4 == 0 ? .personal : nil, timeZone: zone.name, language: Language(rawValue: language),
            traits: index % 3 == 2 ? [:] : ["topics": .array(Array(topics))])
    }
}
