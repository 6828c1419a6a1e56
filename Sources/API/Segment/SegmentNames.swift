import Loyalty
import Primitives

/// How what Segment clients send fits what a programme declares.
enum SegmentNames {
    /// The event type of a `track`: the first declared of the name as it is, in lower case with points for blanks, with
    /// underscores, with hyphens. `Article Read` finds `article.read`. A name that fits none stays as it is and goes into
    /// quarantine.
    static func eventType(_ name: String, in types: [String: CompiledEventType]) -> CompiledEventType? {
        if let exact = types[name] { return exact }
        let words = name.lowercased().split { !($0.isLetter || $0.isNumber) }
        for separator in [".", "_", "-"] {
            if let type = types[words.joined(separator: separator)] { return type }
        }
        return nil
    }

    /// The declared fields among the properties. Segment clients send whatever is at hand, so the rest is dropped where
    /// `POST /v1/events` would put the event into quarantine.
    static func fields(_ properties: JSONObject, of type: CompiledEventType) -> (fields: JSONObject, dropped: Int) {
        guard properties.members.contains(where: { type.fieldIndex[$0.key] == nil }) else { return (properties, 0) }
        let declared = properties.members.filter { type.fieldIndex[$0.key] != nil }
        return (JSONObject(declared.map { ($0.key, $0.value) }), properties.count - declared.count)
    }
}
