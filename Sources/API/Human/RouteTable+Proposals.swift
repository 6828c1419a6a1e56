import Access
import HTTPTypes
import Loyalty
import Primitives
import Runtime

/// What changed, and what members propose.
extension RouteTable {
    func proposals(_ idempotency: Idempotency) -> [Endpoint] {
        let controller = ProposalsController(members: people)
        let member = path("member", "The member's pseudonym in this programme.")
        let proposal = path("proposal", "The proposal.")
        let changed = answer("MemberReference", "Changed, and on disk.")
        let read = Endpoint.Guard.key([.programmeRead])
        let write = Endpoint.Guard.key([.membersWrite])
        let state = Endpoint.Parameter(
            name: "state", place: .query, isRequired: false, meaning: "Those that all see if absent.",
            schema: JSONSchema.choice(Proposal.State.allCases.map(\.name)))
        return [
            Endpoint(
                .get, "/v1/programme/news", operation: "listNews", tag: "Proposals",
                summary: "What changed in the programme and why, the newest version first",
                detail: """
                    Only what members notice, in their language. Versions that change nothing for them are left out, so \
                    a page may have fewer entries than its `limit`.
                    """, access: read, parameters: paging(Int64(NewsDesk.most)) + [languages],
                success: [answer("News", "A page of versions.")], handle: controller.news),
            Endpoint(
                .get, "/v1/programme/announcements", operation: "listAnnouncements", tag: "Proposals",
                summary: "Changes that are announced and do not hold yet", access: read, parameters: [languages],
                success: [answer("Announcements", "All of them, the next first.")], handle: controller.announcements),
            Endpoint(
                .get, "/v1/proposals", operation: "listProposals", tag: "Proposals",
                summary: "What members propose, the newest first", access: read, parameters: [state] + paging,
                success: [answer("Proposals", "A page of proposals, without their authors.")],
                handle: controller.list),
            Endpoint(
                .get, "/v1/proposals/{proposal}", operation: "getProposal", tag: "Proposals",
                summary: "One proposal", access: read, parameters: [proposal],
                success: [answer("Proposal", "The proposal, without its author.")], problems: [.notFound],
                handle: controller.get),
            Endpoint(
                .post, "/v1/proposals/{proposal}/moderation", operation: "moderateProposal", tag: "Proposals",
                summary: "Put a proposal to the vote, or say why not", access: .key([.programmeWrite]),
                parameters: [proposal], body: json("Moderation"), success: [answer("Proposal", "Done, and on disk.")],
                problems: [.notFound, .proposalRefused], isKeyed: true, handle: controller.moderate),
            Endpoint(
                .post, "/v1/proposals/{proposal}/decision", operation: "decideProposal", tag: "Proposals",
                summary: "Answer a proposal once its vote is over",
                detail: """
                    With a reason that its author and all voters read. What was adopted later names the version that \
                    has it, by the same call.
                    """, access: .key([.programmeWrite]), parameters: [proposal], body: json("Decision"),
                success: [answer("Proposal", "Done, and on disk.")],
                problems: [.notFound, .proposalRefused, .contradiction], isKeyed: true, handle: controller.decide),
            Endpoint(
                .get, "/v1/members/{member}/proposals", operation: "listOwnProposals", tag: "Proposals",
                summary: "What a member proposed", access: .key([.membersRead]), parameters: [member],
                success: [answer("Proposals", "All of them, whatever became of them.")], handle: controller.mine),
            Endpoint(
                .post, "/v1/members/{member}/proposals", operation: "propose", tag: "Proposals",
                summary: "Propose a rule, a reward or an idea",
                detail: "Staff looks at it first. Its text is sealed, and goes when its author is erased.",
                access: write, parameters: [member], body: json("ProposalRequest"),
                success: [answer(status: 201, "ProposalReference", "Taken, and on disk.")],
                problems: [.proposalRefused], isKeyed: true, handle: controller.propose),
            Endpoint(
                .delete, "/v1/members/{member}/proposals/{proposal}", operation: "withdrawProposal", tag: "Proposals",
                summary: "Take a proposal back", access: write, parameters: [member, proposal], success: [changed],
                problems: [.proposalRefused], isKeyed: true, handle: controller.withdraw),
            Endpoint(
                .put, "/v1/members/{member}/votes/{proposal}", operation: "vote", tag: "Proposals",
                summary: "Vote on a proposal",
                detail: "One vote per member; the last one counts, until the vote is over.",
                access: write, parameters: [member, proposal], body: json("Vote"), success: [changed],
                problems: [.proposalRefused], isKeyed: true, handle: controller.vote),
            Endpoint(
                .delete, "/v1/members/{member}/votes/{proposal}", operation: "takeBackVote", tag: "Proposals",
                summary: "Take a vote back", access: write, parameters: [member, proposal], success: [changed],
                problems: [.proposalRefused], isKeyed: true, handle: controller.takeBackVote),
        ]
    }

    private func paging(_ most: Int64) -> [Endpoint.Parameter] {
        [
            Endpoint.Parameter(
                name: "limit", place: .query, isRequired: false, meaning: "The most versions that are looked at.",
                schema: JSONSchema.integer(from: 1, to: most)),
            Endpoint.Parameter(
                name: "after", place: .query, isRequired: false, meaning: "The `next` of the page before.",
                schema: JSONSchema.text()),
        ]
    }
}

extension Schemas {
    static var proposals: [(String, JSONValue)] {
        let text = JSONSchema.text()
        let count = JSONSchema.described(
            JSONSchema.orNull(JSONSchema.integer(from: PublishedCount.least)),
            "Rounded down; `null` for fewer than \(PublishedCount.least).")
        return [
            (
                "NewsItem",
                JSONSchema.object([
                    ("thing", JSONSchema.choice(ProgrammeNews.Item.Thing.allCases.map(\.rawValue))), ("id", text),
                    ("says", text), ("takes_away", JSONSchema.boolean),
                ])
            ),
            (
                "Edition",
                JSONSchema.object([
                    ("version", JSONSchema.integer(from: 1)), ("day", JSONSchema.day),
                    ("because", JSONSchema.orNull(text)),
                    (
                        "announced",
                        JSONSchema.described(JSONSchema.boolean, "Whether an earlier version announced a change then.")
                    ), ("changes", JSONSchema.array(JSONSchema.ref("NewsItem"))),
                    (
                        "proposals",
                        JSONSchema.described(
                            JSONSchema.array(JSONSchema.ref("Proposal")), "What was adopted and came with it.")
                    ),
                ])
            ),
            ("News", JSONSchema.page(JSONSchema.ref("Edition"))),
            (
                "Announcement",
                JSONSchema.object([("day", JSONSchema.day), ("what", text), ("because", JSONSchema.orNull(text))])
            ),
            ("Announcements", JSONSchema.page(JSONSchema.ref("Announcement"))),
            (
                "Proposal",
                JSONSchema.object([
                    ("proposal", JSONSchema.uuid), ("kind", JSONSchema.choice(Proposal.Kind.allCases.map(\.rawValue))),
                    ("state", JSONSchema.choice(Proposal.State.allCases.map(\.name))), ("day", JSONSchema.day),
                    ("until_day", JSONSchema.orNull(JSONSchema.day)), ("open", JSONSchema.boolean),
                    ("language", JSONSchema.choice(Language.allCases.map(\.rawValue))), ("text", text),
                    (
                        "votes",
                        JSONSchema.described(
                            JSONSchema.orNull(JSONSchema.object([("for", count), ("against", count)])),
                            "`null` while the programme shows none.")
                    ),
                    (
                        "outcome",
                        JSONSchema.orNull(JSONSchema.choice(VoteCount.Outcome.allCases.map(\.rawValue)))
                    ), ("answer", JSONSchema.orNull(text)), ("version", JSONSchema.orNull(JSONSchema.integer(from: 1))),
                ])
            ),
            ("Proposals", JSONSchema.page(JSONSchema.ref("Proposal"))),
            (
                "ProposalRequest",
                JSONSchema.object([
                    ("kind", JSONSchema.choice(Proposal.Kind.allCases.map(\.rawValue))),
                    ("text", plain(atMost: Proposal.most)),
                ])
            ),
            (
                "ProposalReference",
                JSONSchema.object([("proposal", JSONSchema.uuid), ("member", JSONSchema.uuid)])
            ),
            ("Vote", JSONSchema.object([("vote", JSONSchema.choice(["for", "against"]))])),
            (
                "Moderation",
                [
                    "oneOf": [
                        JSONSchema.object(
                            [
                                ("accept", ["const": true] as JSONValue),
                                ("reason", plain(atMost: Proposal.answerMost)),
                            ], required: ["accept"]),
                        JSONSchema.object([
                            ("accept", ["const": false] as JSONValue), ("reason", plain(atMost: Proposal.answerMost)),
                        ]),
                    ]
                ]
            ),
            (
                "Decision",
                JSONSchema.object(
                    [
                        ("adopt", JSONSchema.boolean), ("because", plain(atMost: Proposal.answerMost)),
                        ("version", JSONSchema.integer(from: 1, to: .max)),
                    ], required: ["adopt", "because"])
            ),
        ]
    }
}
