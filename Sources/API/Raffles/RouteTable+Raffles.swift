import Access
import HTTPTypes
import Loyalty
import Primitives
import Runtime

extension RouteTable {
    func raffles(_ idempotency: Idempotency, _ wording: EffectWording) -> [Endpoint] {
        let controller = RafflesController(
            engine: services.engine, idempotency: idempotency,
            members: MembersController(
                engine: services.engine, persons: services.persons, erasure: services.erasure,
                idempotency: idempotency, wording: wording, random: services.random))
        let member = path("member", "The member's pseudonym in this programme.")
        let raffle = path("raffle", "A raffle of the programme.", JSONSchema.text(atMost: 64, atLeast: 1))
        return [
            Endpoint(
                .get, "/v1/raffles", operation: "listRaffles", tag: "Raffles", summary: "All raffles of the programme",
                access: .key([.programmeRead]), success: [answer("Raffles", "By their last day.")],
                handle: controller.list),
            Endpoint(
                .get, "/v1/public/{programme}/raffles/{raffle}", operation: "getRaffle", tag: "Raffles",
                summary: "All that it takes to compute a draw again",
                detail: """
                    For anyone, without a key: the commitment to the secret seed from the beginning, the list and its \
                    root once it is closed, the seed and who was drawn once it is drawn. `checks/raffle.py` reads it.
                    """, access: .open,
                parameters: [
                    path(
                        "programme", "The programme.", JSONSchema.text(atMost: 40, pattern: "^[a-z][a-z0-9-]*$")),
                    raffle,
                ], success: [answer("Raffle", "The raffle as it stands.")], problems: [.notFound],
                handle: controller.document),
            Endpoint(
                .post, "/v1/raffles/{raffle}/close", operation: "closeRaffle", tag: "Raffles",
                summary: "Close the list of a raffle",
                detail: "From now on it stays as it is, for everybody to see. The server does it by itself in time.",
                access: .key([.programmeWrite]), parameters: [raffle],
                success: [answer("Raffle", "The list is closed.")], problems: [.notFound, .raffleRefused],
                isKeyed: true, handle: controller.close),
            Endpoint(
                .post, "/v1/raffles/{raffle}/draw", operation: "drawRaffle", tag: "Raffles",
                summary: "Reveal the seed of a raffle and draw it",
                detail: """
                    With `beacon`, the public value that the programme announced, where it announced one. It is drawn \
                    once; the same draw again changes nothing.
                    """,
                access: .key([.programmeWrite]), parameters: [raffle], body: json("RaffleDraw"),
                success: [answer("Raffle", "It is drawn.")], problems: [.notFound, .raffleRefused, .contradiction],
                isKeyed: true, handle: controller.draw),
            Endpoint(
                .get, "/v1/members/{member}/raffles", operation: "getMemberRaffles", tag: "Raffles",
                summary: "A member's tickets, their lines of the lists, and the proof that they are in",
                access: .key([.membersRead]), parameters: [member],
                success: [answer("MemberRaffles", "One for each raffle of the programme.")],
                handle: controller.tickets),
            Endpoint(
                .post, "/v1/members/{member}/raffles/{raffle}/tickets", operation: "getRaffleTickets", tag: "Raffles",
                summary: "Take or buy tickets of a raffle", access: .key([.membersWrite]),
                parameters: [member, raffle], body: json("RaffleTickets"),
                success: [answer(status: 201, "RaffleTicketsResult", "The member has them.")],
                problems: [
                    .notFound, .raffleRefused, .notYet, .noLongerAvailable, .conditionNotMet, .memberLimit,
                    .insufficientBalance,
                ], isKeyed: true, handle: controller.enter),
            Endpoint(
                .post, "/v1/members/{member}/raffles/{raffle}/returns", operation: "returnRaffleTickets",
                tag: "Raffles", summary: "Give bought tickets back",
                detail: """
                    Until the list can be closed. What they cost comes back with the life that it had: what has expired \
                    meanwhile expires at once.
                    """,
                access: .key([.membersWrite]), parameters: [member, raffle], body: json("RaffleReturn"),
                success: [answer("RaffleReturned", "The points are back.")],
                problems: [.notFound, .raffleRefused, .noLongerAvailable], isKeyed: true, handle: controller.giveBack),
            Endpoint(
                .post, "/v1/members/{member}/raffles/{raffle}/take", operation: "takeRafflePrize", tag: "Raffles",
                summary: "Take the prize that waits for a member", access: .key([.membersWrite]),
                parameters: [member, raffle], success: [answer("RafflePrize", "It is given.")],
                problems: [.notFound, .raffleRefused], isKeyed: true, handle: controller.take),
        ]
    }
}

extension Schemas {
    static var raffles: [(String, JSONValue)] {
        let count = JSONSchema.integer(from: 0)
        let hash = JSONSchema.text(pattern: "^[0-9a-f]{64}$")
        let line = JSONSchema.text(pattern: "^[0-9a-f]{32}$")
        let place = JSONSchema.object([
            ("entry", line), ("prize", JSONSchema.orNull(JSONSchema.text())),
            ("state", JSONSchema.choice(RafflePlace.State.allCases.map(\.rawValue))),
            ("until", JSONSchema.orNull(JSONSchema.day)),
        ])
        return [
            (
                "Raffle",
                JSONSchema.object([
                    ("raffle", JSONSchema.text()), ("programme", JSONSchema.text()),
                    ("algorithm", JSONSchema.text()),
                    ("stage", JSONSchema.choice(RaffleStanding.Stage.allCases.map(\.rawValue))),
                    ("from", JSONSchema.day), ("until", JSONSchema.day), ("closes_from", JSONSchema.time),
                    ("commitment", JSONSchema.described(JSONSchema.orNull(hash), "SHA-256 of the seed.")),
                    (
                        "terms",
                        JSONSchema.described(JSONSchema.orNull(hash), "Of the terms that it was made to.")
                    ),
                    (
                        "earlier_commitments",
                        JSONSchema.described(
                            JSONSchema.array(hash), "Made to other terms, before the first day; the oldest first.")
                    ),
                    ("prizes", JSONSchema.array(JSONSchema.text())),
                    ("places", JSONSchema.described(count, "How many are drawn, reserves included.")),
                    ("several", JSONSchema.described(JSONSchema.boolean, "Whether one may win more than once.")),
                    ("root", JSONSchema.described(JSONSchema.orNull(hash), "Of the Merkle tree (RFC 9162).")),
                    ("entries", JSONSchema.array(JSONSchema.object([("entry", line), ("tickets", count)]))),
                    ("beacon", JSONSchema.orNull(JSONSchema.text())), ("seed", JSONSchema.orNull(hash)),
                    ("drawn", JSONSchema.described(JSONSchema.array(place), "The first place first.")),
                ])
            ), ("Raffles", JSONSchema.page(JSONSchema.ref("Raffle"))),
            ("RaffleDraw", JSONSchema.object([("beacon", JSONSchema.text(atMost: 500, atLeast: 1))], required: [])),
            (
                "RaffleTickets",
                JSONSchema.object(
                    [
                        ("count", JSONSchema.integer(from: 1, to: Raffle.maximumTickets)),
                        ("free", JSONSchema.described(JSONSchema.boolean, "Of those that cost nothing.")),
                    ], required: [])
            ),
            (
                "RaffleTicketsResult",
                JSONSchema.object([
                    ("member", JSONSchema.uuid), ("raffle", JSONSchema.text()), ("gained", count),
                ])
            ),
            (
                "RaffleReturn",
                JSONSchema.object([("count", JSONSchema.integer(from: 1, to: Raffle.maximumTickets))], required: [])
            ),
            (
                "RaffleReturned",
                JSONSchema.object([
                    ("member", JSONSchema.uuid), ("raffle", JSONSchema.text()), ("given_back", count),
                    (
                        "returned",
                        JSONSchema.array(JSONSchema.object([("unit", JSONSchema.text()), ("amount", count)]))
                    ),
                ])
            ),
            (
                "RafflePrize",
                JSONSchema.object([
                    ("member", JSONSchema.uuid), ("raffle", JSONSchema.text()), ("prize", JSONSchema.text()),
                ])
            ),
            (
                "MemberRaffles",
                JSONSchema.object([
                    ("member", JSONSchema.uuid),
                    (
                        "raffles",
                        JSONSchema.array(
                            JSONSchema.object([
                                ("raffle", JSONSchema.text()),
                                ("stage", JSONSchema.choice(RaffleStanding.Stage.allCases.map(\.rawValue))),
                                ("tickets", count), ("most", count), ("free_left", count), ("returnable", count),
                                (
                                    "price",
                                    JSONSchema.orNull(
                                        JSONSchema.object([("unit", JSONSchema.text()), ("amount", count)]))
                                ),
                                (
                                    "entries",
                                    JSONSchema.array(
                                        JSONSchema.object([
                                            ("entry", line), ("tickets", count),
                                            (
                                                "proof",
                                                JSONSchema.orNull(
                                                    JSONSchema.object([
                                                        ("index", count), ("of", count),
                                                        ("hashes", JSONSchema.array(hash)),
                                                    ]))
                                            ), ("places", JSONSchema.array(place)),
                                        ]))
                                ),
                            ]))
                    ),
                ])
            ),
        ]
    }
}
