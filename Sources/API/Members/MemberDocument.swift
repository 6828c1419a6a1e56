import Loyalty
public import Primitives
public import Runtime

/// A member as JSON.
public enum MemberDocument {
    /// What `GET /v1/members/{member}` answers.
    public static func json(_ summary: MemberSummary) -> JSONValue {
        var writer = JSONWriter(reservingCapacity: 1_024)
        write(summary, into: &writer)
        return (try? JSONValue(parsing: writer.bytes)) ?? .null
    }

    static func write(_ summary: MemberSummary, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("member", summary.member.description)
        writeProfile(summary.profile, into: &writer)
        writer.key("tier")
        if summary.tier.isEmpty { writer.null() } else { writer.string(summary.tier) }
        writer.key("next_tier")
        if let next = summary.nextTier {
            writer.beginObject()
            writer.member("id", next.id)
            writer.member("missing", next.missing)
            writer.endObject()
        } else {
            writer.null()
        }
        writer.key("experience")
        if let level = summary.level {
            writer.beginObject()
            writer.member("level", Int64(level))
            writer.key("next_at")
            if let at = summary.nextLevelAt { writer.integer(at) } else { writer.null() }
            writer.endObject()
        } else {
            writer.null()
        }
        writer.key("balances")
        writer.beginArray()
        for balance in summary.balances { write(balance, into: &writer) }
        writer.endArray()
        writer.key("challenges")
        writer.beginArray()
        for challenge in summary.challenges { write(challenge, into: &writer) }
        writer.endArray()
        writer.key("badges")
        writer.beginArray()
        for (badge, grant) in summary.badges.sorted(by: { $0.key < $1.key }) {
            writer.beginObject()
            writer.member("badge", badge)
            writer.member("day", day(grant.day))
            writer.endObject()
        }
        writer.endArray()
        writer.key("entitlements")
        writer.beginArray()
        for (name, grant) in summary.entitlements.sorted(by: { $0.key < $1.key }) {
            writer.beginObject()
            writer.member("name", name)
            writer.member("day", day(grant.day))
            write("expires_at", grant.expiresAt, into: &writer)
            writer.endObject()
        }
        writer.endArray()
        writer.key("traits")
        writer.object(JSONObject(summary.traits.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }))
        writer.key("rewards")
        writer.beginArray()
        for reward in summary.rewards { write(reward, into: &writer) }
        writer.endArray()
        writer.key("redemptions")
        writer.beginArray()
        for hold in summary.openHolds.sorted(by: { $0.id < $1.id }) { write(hold, into: &writer) }
        writer.endArray()
        writer.endObject()
    }

    private static func writeProfile(_ profile: MemberProfile, into writer: inout JSONWriter) {
        writer.member("level", profile.level.rawValue)
        writer.key("time_zone")
        if let zone = profile.timeZone { writer.string(zone) } else { writer.null() }
        writer.key("day_start")
        if let minutes = profile.dayStartMinutes { writer.string(DayStartText.write(minutes)) } else { writer.null() }
        writer.key("language")
        if let language = profile.language { writer.string(language.rawValue) } else { writer.null() }
        writer.member("paused", profile.isPaused)
        writer.member("joined_day", day(profile.joinedDay))
    }

    private static func write(_ balance: MemberSummary.Balance, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("unit", balance.unit)
        writer.member("spendable", balance.spendable)
        writer.member("pending", balance.pending)
        writer.member("held", balance.held)
        writer.member("owed", balance.owed)
        write("next_activation", balance.nextActivation, into: &writer)
        write("next_expiry", balance.nextExpiry, into: &writer)
        writer.key("lots")
        writer.beginArray()
        for lot in balance.lots {
            writer.beginObject()
            writer.member("lot", lot.id.description)
            writer.member("remaining", lot.remaining)
            writer.member("pending", lot.activeAt != nil)
            write("active_at", lot.terms?.awaits == nil ? lot.activeAt : nil, into: &writer)
            writer.key("awaits")
            if let awaits = lot.terms?.awaits, let end = lot.activeAt {
                writer.beginObject()
                writer.member("event", awaits.until)
                writer.member("ends_at", RFC3339.format(end))
                writer.member("then", awaits.otherwise.rawValue)
                writer.endObject()
            } else {
                writer.null()
            }
            write("expires_at", lot.expiresAt, into: &writer)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
    }

    private static func write(
        _ key: StaticString, _ coming: (amount: Int64, at: Instant)?, into writer: inout JSONWriter
    ) {
        writer.key(key)
        guard let coming else { return writer.null() }
        writer.beginObject()
        writer.member("amount", coming.amount)
        writer.member("at", RFC3339.format(coming.at))
        writer.endObject()
    }

    private static func write(_ reward: MemberSummary.RewardState, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("reward", reward.reward)
        writer.member("share", reward.share)
        writer.member("can_redeem", reward.canRedeem)
        writer.member("condition_met", reward.conditionMet)
        writer.member("redeemed", reward.redeemed)
        writer.endObject()
    }

    static func write(_ hold: Hold, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("redemption", hold.id.description)
        writer.member("reward", hold.reward)
        writer.member("unit", hold.unit)
        writer.member("amount", hold.amount)
        writer.member("state", hold.state.name)
        writer.member("opened_at", RFC3339.format(hold.openedAt))
        writer.member("expires_at", RFC3339.format(hold.expiresAt))
        writer.endObject()
    }

    static func write(_ key: StaticString, _ instant: Instant?, into writer: inout JSONWriter) {
        writer.key(key)
        if let instant { writer.string(RFC3339.format(instant)) } else { writer.null() }
    }

    static func day(_ day: Int32) -> String { CivilDate(daysSinceEpoch: Int(day)).description }
}

/// The time at which a member's day starts, as in the programme document: `04:00`.
enum DayStartText {
    static func write(_ minutes: Int) -> String {
        func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return padded(minutes / 60) + ":" + padded(minutes % 60)
    }

    /// Minutes after midnight; `nil` unless two digits, a colon and two digits name a time before midnight.
    static func read(_ text: String) -> Int? {
        let bytes = Array(text.utf8)
        guard bytes.count == 5, bytes[2] == UInt8(ascii: ":"),
            [0, 1, 3, 4].allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[$0]) }),
            let hours = Int(text.prefix(2)), let minutes = Int(text.suffix(2)), hours < 24, minutes < 60
        else { return nil }
        return hours * 60 + minutes
    }
}
