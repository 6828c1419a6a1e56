import Loyalty
import Primitives
import Runtime
import Vault

/// The attributes of a CloudEvent 1.0 as they were found, and what is wrong with them.
///
/// An event must say which one it is (`source`, `id`), what happened (`type`) and to whom (`subject` or `anonymousid`).
/// Without these it cannot even be kept in quarantine, so it is refused; everything else is the programme's to judge.
struct EventAttributes {
    /// The longest texts, in characters (Unicode scalars).
    enum Limit {
        static let id = 256
        static let type = 256
        static let source = 1_024
        static let channel = 64
        static let pass = 512
    }

    /// A `subject` that starts so names a visitor and not a known person.
    static let anonymousPrefix = "anonymous:"

    var specversion: String?
    var id: String?
    var source: String?
    var type: String?
    var subject: String?
    var time: String?
    var dataMediaType: String?
    var channel: String?
    var anonymousID: String?
    /// Proves whose event it is, where the key cannot.
    var pass: String?
    /// Whether the member reads without trace.
    var isTraceless = false
    var fields = JSONObject()
    var faults: [Problem.FieldError] = []

    /// What became of reading.
    enum Outcome: Sendable {
        case event(EventEnvelope, pass: String?)
        /// It cannot be taken: the identifier as far as it is known, and why.
        case refused(id: String, [Problem.FieldError])
    }

    mutating func fault(_ field: String, _ detail: String) {
        faults.append(Problem.FieldError(field, detail))
    }

    /// - Parameter received: the time of an event that has none.
    consuming func outcome(received: Instant) -> Outcome {
        if let specversion, specversion != "1.0" {
            fault("specversion", "This server takes CloudEvents 1.0.")
        } else if specversion == nil, !isFaulty("specversion") {
            fault("specversion", "Send \"1.0\".")
        }
        let id = checked(id, "id", Limit.id)
        let source = checked(source, "source", Limit.source)
        let type = checked(type, "type", Limit.type)
        if let dataMediaType, !Self.isJSON(dataMediaType) {
            fault("datacontenttype", "Data must be application/json.")
        }
        if let channel, channel.unicodeScalars.count > Limit.channel {
            fault("channel", "Send at most \(Limit.channel) characters.")
        }
        var at = received
        if let time {
            if let parsed = RFC3339.parse(time) {
                at = parsed
            } else {
                fault("time", "Send a time such as 2026-11-21T20:15:00Z.")
            }
        }
        let (user, anonymous) = persons()
        if let pass, !(1...Limit.pass).contains(pass.utf8.count) {
            fault("pass", "Send the pass as it was made.")
        }
        if user == nil, anonymous == nil, pass == nil, !isFaulty("subject"), !isFaulty("anonymousid") {
            fault("subject", "Send your identifier of the user, or a visitor's as `anonymousid`.")
        }
        guard faults.isEmpty else { return .refused(id: id, faults) }
        var event = IncomingEvent(
            source: source, id: id, type: type, time: at, channel: channel ?? "", fields: fields)
        event.isTraceless = isTraceless
        return .event(EventEnvelope(event: event, user: user, anonymous: anonymous), pass: pass)
    }

    private mutating func persons() -> (ExternalIdentity?, ExternalIdentity?) {
        var user: ExternalIdentity?
        var anonymous: ExternalIdentity?
        if let subject {
            if subject.hasPrefix(Self.anonymousPrefix) {
                anonymous = ExternalIdentity(.anonymous, String(subject.dropFirst(Self.anonymousPrefix.count)))
                if anonymous == nil { fault("subject", Self.badIdentity) }
            } else {
                user = ExternalIdentity(.user, subject)
                if user == nil { fault("subject", Self.badIdentity) }
            }
        }
        if let anonymousID {
            anonymous = ExternalIdentity(.anonymous, anonymousID)
            if anonymous == nil { fault("anonymousid", Self.badIdentity) }
        }
        return (user, anonymous)
    }

    private static let badIdentity = "Send 1 to \(ExternalIdentity.maximumBytes) bytes without control characters."

    private mutating func checked(_ value: String?, _ field: String, _ limit: Int) -> String {
        guard let value else {
            if !isFaulty(field) { fault(field, "The attribute is required.") }
            return ""
        }
        guard (1...limit).contains(value.unicodeScalars.count) else {
            fault(field, "Send 1 to \(limit) characters.")
            return ""
        }
        return value
    }

    private func isFaulty(_ field: String) -> Bool { faults.contains { $0.field == field } }

    /// `application/json` and everything that is JSON by its suffix (RFC 6839, section 3.1).
    static func isJSON(_ mediaType: String) -> Bool {
        let bare = mediaType.prefix { $0 != ";" }.lowercased()
        return bare == "application/json" || bare == "text/json" || bare.hasSuffix("+json")
    }
}
