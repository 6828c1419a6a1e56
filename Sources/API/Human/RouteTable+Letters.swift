import Access
import HTTPTypes
import Loyalty
import Primitives
import Runtime

/// Follows and letters.
extension RouteTable {
    var people: MembersController {
        MembersController(
            engine: services.engine, persons: services.persons, erasure: services.erasure,
            idempotency: Idempotency(engine: services.engine), wording: EffectWording(host: services.engine.host),
            random: services.random)
    }

    func letters(_ idempotency: Idempotency) -> [Endpoint] {
        let controller = LettersController(members: people, catalogue: services.catalogue)
        let member = path("member", "The member's pseudonym in this programme.")
        let maker = path("maker", "Your identifier of the maker.", JSONSchema.text(atLeast: 1))
        let letter = path("letter", "The letter.")
        let changed = answer("MemberReference", "Changed, and on disk.")
        let read = Endpoint.Guard.key([.membersRead])
        let write = Endpoint.Guard.key([.membersWrite])
        let signer = Endpoint.Parameter(
            name: "signer", place: .query, isRequired: false, meaning: "Only those of this signer.",
            schema: JSONSchema.text())
        return [
            Endpoint(
                .get, "/v1/members/{member}/follows", operation: "listFollows", tag: "Letters",
                summary: "The makers whom a member follows",
                detail: "What the member chose and can take back. Nothing follows from what they read.", access: read,
                parameters: [member], success: [answer("Follows", "All of them.")], handle: controller.follows),
            Endpoint(
                .put, "/v1/members/{member}/follows/{maker}", operation: "follow", tag: "Letters",
                summary: "Follow a maker", access: write, parameters: [member, maker], success: [changed],
                problems: [.memberLimit], isKeyed: true, handle: controller.follow),
            Endpoint(
                .delete, "/v1/members/{member}/follows/{maker}", operation: "unfollow", tag: "Letters",
                summary: "Follow a maker no more", access: write, parameters: [member, maker], success: [changed],
                isKeyed: true, handle: controller.unfollow),
            Endpoint(
                .get, "/v1/makers/{maker}/followers", operation: "countFollowers", tag: "Letters",
                summary: "How many follow a maker",
                detail: "In steps of \(PublishedCount.least), and `null` below: nobody's choice can be read from it.",
                access: .key([.programmeRead]), parameters: [maker],
                success: [answer("Followers", "The count.")], problems: [.notFound], handle: controller.followers),
            Endpoint(
                .get, "/v1/members/{member}/letters", operation: "listLetters", tag: "Letters",
                summary: "The letters that a member got, the newest first", access: read,
                parameters: [member] + paging + [languages], success: [answer("Letters", "A page of letters.")],
                handle: controller.list),
            Endpoint(
                .get, "/v1/members/{member}/letters/{letter}", operation: "getLetter", tag: "Letters",
                summary: "One letter", detail: "For e-mail tools that a webhook told of it.", access: read,
                parameters: [member, letter, languages], success: [answer("Letter", "The letter.")],
                handle: controller.get),
            Endpoint(
                .put, "/v1/members/{member}/letters/{letter}/reply", operation: "replyToLetter", tag: "Letters",
                summary: "Answer a letter with a heart or a thank-you", access: write, parameters: [member, letter],
                body: json("LetterReply"), success: [changed], isKeyed: true, handle: controller.reply),
            Endpoint(
                .delete, "/v1/members/{member}/letters/{letter}/reply", operation: "takeBackReply", tag: "Letters",
                summary: "Take an answer back", access: write, parameters: [member, letter], success: [changed],
                isKeyed: true, handle: controller.takeBackReply),
            Endpoint(
                .get, "/v1/members/{member}/letter-settings", operation: "getLetterSettings", tag: "Letters",
                summary: "Whether a member wants letters", access: read, parameters: [member],
                success: [answer("LetterSettings", "What they chose.")], handle: controller.settings),
            Endpoint(
                .put, "/v1/members/{member}/letter-settings", operation: "chooseLetters", tag: "Letters",
                summary: "Turn letters on or off", detail: "Off holds at once: what waits is not written.",
                access: write, parameters: [member], body: json("LetterChoice"), success: [changed], isKeyed: true,
                handle: controller.choose),
            Endpoint(
                .get, "/v1/letter-requests", operation: "listLetterRequests", tag: "Letters",
                summary: "What signers are asked to write today",
                detail: """
                    To whom is a pseudonym, why is a moment; nothing else of the member is told. Who is asked for is \
                    weighed by the kind of moment and by how long ago somebody wrote to the member, never by what \
                    anybody has or spends.
                    """, access: read, parameters: [signer, languages],
                success: [
                    answer("LetterRequests", "At most \(Runtime.Engine.mostRequests), the latest moments first.")
                ],
                handle: controller.requests),
            Endpoint(
                .post, "/v1/letter-requests/{letter}/text", operation: "writeLetter", tag: "Letters",
                summary: "Write a letter that was asked for",
                detail: """
                    Plain text in the member's language. It is sent at once, under the signer's name. Letters of a signer \
                    with `written-by` are written on the console, by those accounts.
                    """,
                access: write, parameters: [letter], body: json("LetterText"),
                success: [answer("LetterReference", "Sent, and on disk.")],
                problems: [.notFound, .letterEnded, .signerRefused], isKeyed: true, handle: controller.write),
            Endpoint(
                .post, "/v1/letter-requests/{letter}/skip", operation: "skipLetter", tag: "Letters",
                summary: "Write nothing for this moment", access: write, parameters: [letter],
                success: [answer("LetterReference", "Skipped.")], problems: [.notFound, .letterEnded, .signerRefused],
                isKeyed: true,
                handle: controller.skip),
        ]
    }
}

extension Schemas {
    static var letters: [(String, JSONValue)] {
        let from = JSONSchema.object([
            ("signer", JSONSchema.text()), ("name", JSONSchema.text()), ("role", JSONSchema.text()),
            ("maker", JSONSchema.orNull(JSONSchema.text())),
        ])
        let language = JSONSchema.choice(Language.allCases.map(\.rawValue))
        let reply = JSONSchema.choice(Letter.Reply.allCases.map(\.name))
        return [
            (
                "Follows",
                JSONSchema.page(
                    JSONSchema.object([("maker", JSONSchema.text()), ("name", JSONSchema.orNull(JSONSchema.text()))]))
            ),
            (
                "Followers",
                JSONSchema.object([
                    ("maker", JSONSchema.text()), ("name", JSONSchema.text()),
                    (
                        "followers",
                        JSONSchema.described(
                            JSONSchema.orNull(JSONSchema.integer(from: PublishedCount.least)),
                            "Rounded down; `null` for fewer than \(PublishedCount.least).")
                    ),
                ])
            ),
            ("Signer", from),
            (
                "Letter",
                JSONSchema.object([
                    ("letter", JSONSchema.uuid), ("occasion", JSONSchema.text()), ("day", JSONSchema.day),
                    ("from", JSONSchema.ref("Signer")), ("text", JSONSchema.text()), ("language", language),
                    ("why", JSONSchema.orNull(JSONSchema.text())), ("reply", JSONSchema.orNull(reply)),
                ])
            ),
            ("Letters", JSONSchema.page(JSONSchema.ref("Letter"))),
            ("LetterReply", JSONSchema.object([("reply", reply)])),
            (
                "LetterSettings",
                JSONSchema.object([("member", JSONSchema.uuid), ("wants_letters", JSONSchema.boolean)])
            ),
            ("LetterChoice", JSONSchema.object([("wants_letters", JSONSchema.boolean)])),
            (
                "LetterRequest",
                JSONSchema.object([
                    ("letter", JSONSchema.uuid), ("member", JSONSchema.uuid), ("occasion", JSONSchema.text()),
                    ("from", JSONSchema.ref("Signer")), ("day", JSONSchema.day),
                    (
                        "number",
                        JSONSchema.described(
                            JSONSchema.integer(), "The how-manieth year, event or day it is; 0 where none is counted.")
                    ), ("why", JSONSchema.text()), ("language", language),
                    ("draft", JSONSchema.described(JSONSchema.text(), "What to begin with.")),
                ])
            ),
            ("LetterRequests", JSONSchema.page(JSONSchema.ref("LetterRequest"))),
            (
                "LetterText",
                JSONSchema.object([("text", plain(atMost: LetterText.most))])
            ),
            ("LetterReference", JSONSchema.object([("letter", JSONSchema.uuid)])),
        ]
    }

    /// Plain text that says something: what ``LetterText/clean(_:most:)`` takes.
    static func plain(atMost limit: Int) -> JSONValue {
        let hidden =
            #"\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF"#
        return JSONSchema.text(
            atMost: limit, atLeast: 1,
            pattern: "^[^\(hidden)]*[^\\s\(hidden)][^\(hidden)]*$")
    }
}
