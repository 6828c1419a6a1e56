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
    /// What the person chose in the programme: a zone, a language, a level, and what they state of themselves.
    public var choices: ProfileChange {
        ProfileChange(
            level: isPersonal ? .personal : nil, timeZone: zone.name, language: Language(rawValue: language),
            traits: Dictionary(traits.map { ($0.id, $0.value) }, uniquingKeysWith: { first, _ in first }))
    }
}
