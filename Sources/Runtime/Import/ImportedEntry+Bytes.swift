import Loyalty
import Primitives
import Vault

/// How an entry lies in a file while many are put in order.
extension ImportedEntry {
    var bytes: [UInt8] {
        switch self {
        case .event(let entry):
            let event = entry.event
            return JSONValue.object([
                "source": .string(event.source), "id": .string(event.id), "type": .string(event.type),
                "time": .integer(event.time.milliseconds), "channel": .string(event.channel),
                "fields": .object(event.fields), "person": entry.person?.json ?? .null,
            ]).bytes()
        case .link(let link):
            var personal = JSONObject()
            for (field, value) in link.personal.sorted(by: { $0.key.name < $1.key.name }) {
                personal[field.name] = value.map { .string($0) } ?? .null
            }
            return JSONValue.object([
                "link": link.id.map { .string($0) } ?? .null, "time": .integer(link.time.milliseconds),
                "subject": link.subject.json, "previous": link.previous?.json ?? .null,
                "traits": .object(
                    JSONObject(link.change.traits.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })),
                "personal": .object(personal),
            ]).bytes()
        }
    }

    /// `nil` for bytes that are no entry.
    init?(bytes: [UInt8]) {
        guard let json = try? JSONValue(parsing: bytes), let milliseconds = json["time"]?.intValue else { return nil }
        let time = Instant(milliseconds: milliseconds)
        if let subject = json["subject"] {
            guard let subject = ExternalIdentity(json: subject) else { return nil }
            var change = ProfileChange()
            for member in json["traits"]?.objectValue ?? JSONObject() { change.traits[member.key] = member.value }
            var personal: [PersonalField: String?] = [:]
            for member in json["personal"]?.objectValue ?? JSONObject() {
                guard let field = PersonalField(member.key) else { return nil }
                personal[field] = .some(member.value.stringValue)
            }
            self = .link(
                ImportedLink(
                    id: json["link"]?.stringValue, time: time, subject: subject,
                    previous: json["previous"].flatMap { ExternalIdentity(json: $0) }, change: change,
                    personal: personal))
            return
        }
        guard let source = json["source"]?.stringValue, let id = json["id"]?.stringValue,
            let type = json["type"]?.stringValue, let channel = json["channel"]?.stringValue,
            let fields = json["fields"]?.objectValue
        else { return nil }
        self = .event(
            ImportedEvent(
                person: json["person"].flatMap { ExternalIdentity(json: $0) },
                event: IncomingEvent(source: source, id: id, type: type, time: time, channel: channel, fields: fields)))
    }
}

extension ExternalIdentity {
    fileprivate var json: JSONValue { [.string(namespace.name), .string(value)] }

    fileprivate init?(json: JSONValue) {
        guard let name = json[0]?.stringValue, let namespace = Namespace(name), let value = json[1]?.stringValue else {
            return nil
        }
        self.init(namespace, value)
    }
}
