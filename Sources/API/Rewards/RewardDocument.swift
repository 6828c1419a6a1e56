import Loyalty
import Primitives
import Runtime

/// Rewards and redemptions as JSON.
enum RewardDocument {
    /// A reward as one member sees it: what it costs them, what is left, and why not.
    static func write(
        _ reward: Reward, _ state: MemberSummary.RewardState,
        _ places: [(place: RewardPlace, entry: WaitingPlace, before: Int64)], into writer: inout JSONWriter
    ) {
        writer.beginObject()
        writer.member("reward", reward.id)
        writer.member("kind", reward.kind.rawValue)
        writer.key("prices")
        writer.beginArray()
        for price in state.prices {
            writer.beginObject()
            writer.member("unit", price.unit)
            writer.member("amount", price.amount)
            writer.endObject()
        }
        writer.endArray()
        writer.key("left")
        if let left = state.left { writer.integer(max(0, left)) } else { writer.null() }
        writer.member("offered", state.offered)
        writer.member("redeemed", state.redeemed)
        writer.member("wished", state.isWished)
        writer.member("can_redeem", state.canRedeem)
        writer.key("why_not")
        writer.beginArray()
        for problem in state.whyNot {
            let problem = Problem(problem)
            writer.beginObject()
            writer.member("code", problem.extras["code"]?.stringValue ?? problem.type.rawValue)
            writer.member("detail", problem.detail)
            writer.key("missing")
            writer.object(JSONObject(problem.extras.members.filter { $0.key != "code" }.map { ($0.key, $0.value) }))
            writer.endObject()
        }
        writer.endArray()
        writer.key("slots")
        writer.beginArray()
        for slot in reward.allSlots { writer.string(slot.id) }
        writer.endArray()
        writer.key("waiting")
        writer.beginArray()
        for (place, entry, before) in places where place.reward == reward.id {
            write(place, entry, before, into: &writer)
        }
        writer.endArray()
        writer.key("topics")
        writer.beginArray()
        for topic in reward.topics { writer.string(topic) }
        writer.endArray()
        writer.key("maker")
        if let maker = reward.maker { writer.string(maker) } else { writer.null() }
        writer.endObject()
    }

    static func write(
        _ place: RewardPlace, _ entry: WaitingPlace, _ before: Int64, into writer: inout JSONWriter
    ) {
        writer.beginObject()
        writer.member("reward", place.reward)
        writer.key("slot")
        if place.slot.isEmpty { writer.null() } else { writer.string(place.slot) }
        writer.member("quantity", entry.quantity)
        writer.member("before", before)
        MemberDocument.write("offered_until", entry.offeredUntil, into: &writer)
        writer.endObject()
    }

    static func write(_ one: MemberRedemption, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("member", one.member.description)
        writer.key("redemption")
        MemberDocument.write(one.hold, into: &writer)
        writer.member("quantity", one.record.quantity)
        text("slot", one.record.slot.isEmpty ? nil : one.record.slot, into: &writer)
        text("code", one.code, into: &writer)
        text("ticket", one.ticket?.text, into: &writer)
        text("fulfilment", one.record.fulfilment?.name, into: &writer)
        text("tracking", one.tracking?.number, into: &writer)
        text("carrier", one.tracking?.carrier, into: &writer)
        writer.endObject()
    }

    static func write(_ standing: RewardStanding, into writer: inout JSONWriter) {
        let reward = standing.reward
        writer.beginObject()
        writer.member("reward", reward.id)
        writer.member("kind", reward.kind.rawValue)
        writer.member("withdrawn", reward.isWithdrawn)
        number("taken", standing.taken, into: &writer)
        number("left", standing.left, into: &writer)
        number("stock", standing.stock, into: &writer)
        writer.member("waiting", standing.waiting)
        writer.key("codes")
        if reward.codes == nil {
            writer.null()
        } else {
            writer.beginObject()
            writer.member("free", standing.codes[.free, default: 0])
            writer.member("reserved", standing.codes[.reserved, default: 0])
            writer.member("given", standing.codes[.given, default: 0])
            writer.member("low", standing.isLow)
            writer.endObject()
        }
        writer.key("donated")
        if reward.kind == .donation {
            let total = standing.donations ?? DonationTotal()
            writer.beginObject()
            writer.member("amount", total.publishedAmount)
            writer.member("unit", reward.unit)
            writer.member("gifts", total.publishedQuantity)
            writer.key("value")
            if let value = reward.value {
                writer.beginObject()
                writer.member(
                    "amount", value.amount.multipliedReportingOverflow(by: total.publishedQuantity).partialValue)
                writer.member("currency", value.currency)
                writer.endObject()
            } else {
                writer.null()
            }
            writer.endObject()
        } else {
            writer.null()
        }
        writer.endObject()
    }

    private static func text(_ key: StaticString, _ value: String?, into writer: inout JSONWriter) {
        writer.key(key)
        if let value { writer.string(value) } else { writer.null() }
    }

    private static func number(_ key: StaticString, _ value: Int64?, into writer: inout JSONWriter) {
        writer.key(key)
        if let value { writer.integer(value) } else { writer.null() }
    }
}
