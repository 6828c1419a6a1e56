import Loyalty
import Primitives
import Runtime

/// Writes what became of events.
enum EventAnswer {
    /// - Parameters:
    ///   - outcomes: what was read, in the order of the request.
    ///   - results: what the engine says of those that were taken, in order.
    static func reply(
        _ outcomes: [EventAttributes.Outcome], _ results: [EventResult], texts: EffectWording.Texts?
    ) -> Reply {
        .json(capacity: 32 + outcomes.count * 160) { writer in
            var next = results.makeIterator()
            writer.beginObject()
            writer.key("results")
            writer.beginArray()
            for outcome in outcomes {
                switch outcome {
                case .event:
                    if let result = next.next() { write(result, texts, into: &writer) }
                case .refused(let id, let faults):
                    writer.beginObject()
                    writer.member("id", id)
                    writer.member("status", "refused")
                    writer.key("effects")
                    writer.beginArray()
                    writer.endArray()
                    writer.key("problem")
                    Problem.invalid(faults).write(into: &writer)
                    writer.endObject()
                }
            }
            writer.endArray()
            writer.endObject()
        }
    }

    static func write(_ result: EventResult, _ texts: EffectWording.Texts?, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("id", result.id)
        writer.member("status", result.status.rawValue)
        writer.key("effects")
        write(result.effects, texts, into: &writer)
        if let problem = result.problem {
            writer.key("problem")
            Problem(problem).write(into: &writer)
        }
        writer.endObject()
    }

    static func write(_ effects: [AppliedEffect], _ texts: EffectWording.Texts?, into writer: inout JSONWriter) {
        writer.beginArray()
        for effect in effects { write(effect, texts, into: &writer) }
        writer.endArray()
    }

    /// - Parameter isStored: whether it is read back, with its day and version, instead of just having happened.
    static func write(
        _ effect: AppliedEffect, _ texts: EffectWording.Texts?, isStored: Bool = false, into writer: inout JSONWriter
    ) {
        writer.beginObject()
        writer.member("id", effect.id.description)
        writer.member("kind", effect.kind.rawValue)
        writer.member("source", effect.source)
        writer.member("subject", effect.subject)
        writer.member("amount", effect.amount)
        if effect.wanted != effect.amount { writer.member("wanted", effect.wanted) }
        if let refusal = effect.refusal { writer.member("refusal", refusal.text) }
        if let why = texts?.why(effect.source) { writer.member("why", why) }
        if isStored {
            writer.member("version", effect.version)
            writer.member("day", CivilDate(daysSinceEpoch: Int(effect.day)).description)
            writer.member("at", RFC3339.format(effect.at))
            if !effect.zoneData.isEmpty {
                writer.key("zone_data")
                writer.beginArray()
                for name in effect.zoneData { writer.string(name) }
                writer.endArray()
            }
            if !effect.proof.isEmpty {
                writer.key("proof")
                writer.raw(effect.proof)
            }
        }
        writer.endObject()
    }
}
