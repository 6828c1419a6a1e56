public import Loyalty
public import Primitives
public import Storage

/// A message to a webhook: the effect with its reason class; a receiver drops repeats by its identifier.
public struct WebhookMessage: Sendable, Hashable {
    public var webhook: String
    public var effect: AppliedEffect
    public var member: MemberID

    public init(webhook: String, effect: AppliedEffect, member: MemberID) {
        self.webhook = webhook
        self.effect = effect
        self.member = member
    }

    public var message: Outbox.Message {
        Outbox.Message(
            kind: "webhook/" + webhook, time: effect.at,
            payload: JSONValue.object([
                "id": .string(effect.id.description), "type": "effect", "member": .string(member.description),
                "source": .string(effect.source), "version": .integer(effect.version),
                "at": .string(RFC3339.format(effect.at)),
            ]).bytes())
    }
}
