public import Loyalty
public import Primitives
public import Storage

/// A message to a webhook: the effect with its reason class; a receiver drops repeats by its identifier.
public struct WebhookMessage: Sendable, Hashable {
    public var webhook: String
    public var effect: AppliedEffect
    public var member: MemberID
    /// For one that takes an earlier one back: which, where that is known. A review knows the day and how many.
    public var reverses: ID128?

    public init(webhook: String, effect: AppliedEffect, member: MemberID, reverses: ID128? = nil) {
        self.reverses = reverses
        self.webhook = webhook
        self.effect = effect
        self.member = member
    }

    public var message: Outbox.Message {
        var payload: JSONObject = [
            "id": .string(effect.id.description), "type": effect.kind == .reversal ? "reversal" : "effect",
            "member": .string(member.description), "source": .string(effect.source),
            "version": .integer(effect.version), "at": .string(RFC3339.format(effect.at)),
        ]
        if effect.kind == .reversal {
            payload["day"] = .string(CivilDate(daysSinceEpoch: Int(effect.day)).description)
            payload["reverses"] = reverses.map { JSONValue.string($0.description) } ?? JSONValue.null
        }
        return Outbox.Message(
            kind: "webhook/" + webhook, time: effect.at, payload: JSONValue.object(payload).bytes())
    }
}
