internal import Crypto
public import Primitives

/// The record of processing of a programme (GDPR article 30) with the facts of its impact assessment (article 35), made
/// from the programme document: what is not in the document is not processed.
public struct ProcessingRecord: Sendable, Hashable {
    /// A kind of event, as one line of the record.
    public struct Event: Sendable, Hashable {
        public var id: String
        /// Names of fields with their types, as the document writes them.
        public var fields: [String]
        /// How long the raw event is kept, by level, as the document writes it; a level that is absent keeps nothing.
        public var keep: [(level: PrivacyLevel, time: String)] {
            get { kept.map { ($0.level, $0.time) } }
            set { kept = newValue.map { Kept(level: $0.level, time: $0.time) } }
        }
        private var kept: [Kept]

        struct Kept: Sendable, Hashable {
            var level: PrivacyLevel
            var time: String
        }

        init(_ event: EventType) {
            id = event.id
            fields = event.fields.map { "\($0.id): \($0.type.documentText)" }
            kept = PrivacyLevel.allCases.compactMap { level in
                event.keep[level].map { Kept(level: level, time: $0.documentText) }
            }
        }
    }

    /// A consent purpose, with everything that is processed under it.
    public struct Purpose: Sendable, Hashable {
        public var id: String
        public var events: [Event]
    }

    /// Whoever receives messages about members: an address that the document names.
    public struct Recipient: Sendable, Hashable {
        public var id: String
        /// The host of its address, without path or user.
        public var host: String
    }

    public var programme: ProgrammeID
    /// Of the programme document.
    public var version: Int64
    public var purposes: [Purpose]
    public var traits: [String]
    public var recipients: [Recipient]
    /// Figures that protect members, by name: how many a cell has at least, the yearly privacy budget.
    public var thresholds: [String: Int64]

    /// - Parameter thresholds: what the house guarantees beside the document.
    public init(_ programme: Programme, version: Int64, thresholds: [String: Int64]) {
        self.programme = programme.id
        self.version = version
        self.thresholds = thresholds
        purposes = Dictionary(grouping: programme.events, by: \.purpose).sorted { $0.key < $1.key }.map { id, events in
            Purpose(id: id, events: events.sorted { $0.id < $1.id }.map { Event($0) })
        }
        traits = programme.traits.map { "\($0.id): \($0.type.documentText)" }.sorted()
        recipients = programme.webhooks.sorted { $0.id < $1.id }.map {
            Recipient(id: $0.id, host: Self.host($0.url))
        }
    }

    static func host(_ address: String) -> String {
        guard let start = address.firstRange(of: "://") else { return "" }
        let rest = address[start.upperBound...].prefix { !"/?#".contains($0) }
        return String(rest.split(separator: "@").last ?? "")
    }

    /// The facts that an impact assessment rests on, without the number of the document's version: another price of a
    /// reward is another version and no other assessment.
    public var facts: JSONValue {
        var limits: JSONObject = [:]
        for (name, value) in thresholds.sorted(by: { $0.key < $1.key }) { limits[name] = .integer(value) }
        return [
            "programme": .string(programme.name),
            "purposes": .array(
                purposes.map { purpose in
                    [
                        "purpose": .string(purpose.id),
                        "events": .array(
                            purpose.events.map { event in
                                var keep: JSONObject = [:]
                                for (level, time) in event.keep { keep[level.rawValue] = .string(time) }
                                return [
                                    "event": .string(event.id), "fields": .array(event.fields.map { .string($0) }),
                                    "keep": .object(keep),
                                ]
                            }),
                    ]
                }),
            "traits": .array(traits.map { .string($0) }),
            "recipients": .array(
                recipients.map { ["recipient": .string($0.id), "host": .string($0.host)] }),
            "thresholds": .object(limits),
        ]
    }

    /// Names this state of the facts: SHA-256 over their canonical JSON (RFC 8785), its first 16 digits. Another purpose,
    /// retention, recipient or threshold has another one, and so asks for another assessment.
    public var digest: String {
        let digits = Array("0123456789abcdef")
        return SHA256.hash(data: facts.canonicalBytes()).prefix(8).reduce(into: "") { text, byte in
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
    }

    /// The whole record as JSON.
    public var json: JSONValue {
        [
            "format": "stamgast-processing", "document_version": .integer(version), "assessment": .string(digest),
            "facts": facts,
        ]
    }
}
