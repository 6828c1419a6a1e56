import Access
import HTTPTypes
import Primitives

/// Earning by tokens that nobody can join to what was read.
extension RouteTable {
    func earning(_ wording: EffectWording) -> [Endpoint] {
        let controller = AnonymousEarningController(earning: services.earning, speaker: speaker, wording: wording)
        return [
            Endpoint(
                .get, "/v1/anonymous/keys", operation: "getEarningKeys", tag: "Earning",
                summary: "Today's keys for earning without saying who you are",
                detail: """
                    The same answer for every reader of pages with this key, and cacheable. Per event type: `tokens` with one key per thing that it can \
                    be worth, or `identified` where it is earned by the member's own event. `too-few` means that fewer than \
                    `least` members earn one of its things on a day, so that a token would hide nobody; `terms` that the \
                    programme's terms need more than a token tells.
                    """,
                access: .key([.eventsWrite]),
                success: [answer("EarningKeys", "The keys of the programme's day.")],
                allowsPages: true, handle: controller.keys),
            Endpoint(
                .post, "/v1/anonymous/events", operation: "reportAnonymously", tag: "Earning",
                summary: "Report an event of nobody, and have tokens signed for it",
                detail: """
                    For pages, with a publishable key and nothing else: no member, no visitor, no time, no identifier. Send \
                    one blinded message (RFC 9474, RSABSSA-SHA384-PSS-Deterministic) for each key of the type; what the \
                    event is worth comes back signed. Nothing of it is stored. `outdated` asks to fetch the keys anew, \
                    `identified` to send the member's own event to `POST /v1/events` instead.
                    """,
                access: .key([.eventsWrite]), body: json("AnonymousEvent"),
                success: [answer("AnonymousAnswer", "Signatures, or why there are none.")], allowsPages: true,
                handle: controller.report),
            Endpoint(
                .post, "/v1/members/me/tokens", operation: "redeemTokens", tag: "Earning",
                summary: "Credit tokens to the member of a pass",
                detail: """
                    Send what was collected together, in random order and some time later. A token counts once, for the day \
                    of its key, as long as that is at most seven days ago; sending it again says `spent` and changes \
                    nothing. What it gives knows a class and a day.
                    """,
                access: .key([.eventsWrite]), parameters: [languages], body: json("TokenRedemption"),
                success: [answer("TokenResults", "One result per token, in the order of the request.")],
                problems: [.passRefused], allowsPages: true, handle: controller.redeem),
        ]
    }
}
