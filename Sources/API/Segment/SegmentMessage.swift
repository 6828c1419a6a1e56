import Primitives
import Vault

/// One message of the Segment HTTP API, as far as a loyalty programme can use it. Everything third parties add
/// (`context` with address, user agent, campaign; `integrations`) is not even read, but for a pass.
struct SegmentMessage: Sendable {
    enum Kind: String, Sendable { case track, identify, page, screen, group, alias }

    var kind: Kind
    /// Segment's own key against duplicates; `nil` if the sender gave none.
    var messageID: String?
    var user: ExternalIdentity?
    var anonymous: ExternalIdentity?
    /// The earlier identifier of an `alias`.
    var previous: ExternalIdentity?
    /// The name of a `track`.
    var event = ""
    var properties = JSONObject()
    var traits = JSONObject()
    /// As sent; the sender's clock may be wrong.
    var timestamp: Instant?
    var channel = ""
    /// `context.pass`: proves that a page speaks for `user`.
    var pass: String?

    /// - Parameter kind: from the route; `nil` in a batch, where the message says it.
    /// - Throws: what is wrong with the message.
    init(_ value: JSONValue, kind: Kind?) throws(Problem) {
        guard case .object(let object) = value else { throw .invalid("", "A message is a JSON object.") }
        guard let kind = kind ?? object["type"]?.stringValue.flatMap(Kind.init) else {
            throw .invalid("type", "Send track, identify, page, screen, group or alias.")
        }
        self.kind = kind
        messageID = object["messageId"]?.stringValue.flatMap { (1...256).contains($0.utf8.count) ? $0 : nil }
        user = Self.identity(object["userId"], .user)
        anonymous = Self.identity(object["anonymousId"], .anonymous)
        timestamp = object["timestamp"]?.stringValue.flatMap { RFC3339.parse($0) }
        channel =
            object["channel"]?.stringValue.flatMap {
                $0.unicodeScalars.count <= EventAttributes.Limit.channel ? $0 : nil
            } ?? ""
        pass = object["context"]?["pass"]?.stringValue
        switch kind {
        case .track:
            guard let name = object["event"]?.stringValue,
                (1...EventAttributes.Limit.type).contains(name.unicodeScalars.count)
            else { throw .invalid("event", "Send the event's name.") }
            event = name
            properties = object["properties"]?.objectValue ?? JSONObject()
        case .page, .screen:
            properties = object["properties"]?.objectValue ?? JSONObject()
            for field in ["name", "category"] where properties[field] == nil {
                if let text = object[field]?.stringValue { properties[field] = .string(text) }
            }
        case .identify: traits = object["traits"]?.objectValue ?? JSONObject()
        case .group: break
        case .alias:
            // A visitor's identifier is not marked as one here: it is looked up as what `identify` knows it by.
            previous = Self.identity(object["previousId"], .user)
            guard previous != nil else { throw .invalid("previousId", "Send the earlier identifier.") }
            guard user != nil else { throw .invalid("userId", "Send the identifier from now on.") }
        }
        guard user != nil || anonymous != nil else { throw .invalid("userId", "Send userId or anonymousId.") }
    }

    /// Some clients send numbers.
    private static func identity(
        _ value: JSONValue?, _ namespace: ExternalIdentity.Namespace
    ) -> ExternalIdentity? {
        let text = value?.stringValue ?? value?.intValue.map { String($0) }
        return text.flatMap { ExternalIdentity(namespace, $0) }
    }

    /// When it happened, by our clock: a sender whose clock is off by more than ``clockTolerance`` is put right by how
    /// far its `sentAt` is from now, as Segment does. Below that the difference is the way here.
    func time(sentAt: Instant?, received: Instant) -> Instant {
        guard let timestamp else { return received }
        guard let sentAt, abs(received - sentAt) > Self.clockTolerance else { return timestamp }
        return Instant(milliseconds: timestamp.milliseconds + (received - sentAt))
    }

    /// In milliseconds.
    static let clockTolerance: Int64 = 60_000
}
