import Access
import HTTPTypes
import Primitives
import Runtime

/// Every route of the API: the one place where they are declared. Registration, the OpenAPI document and the tests all
/// read it.
struct RouteTable {
    let services: APIServices
    let configuration: APIConfiguration
    let httpMetrics: HTTPMetrics
    let segmentMetrics: SegmentMetrics

    var endpoints: [Endpoint] {
        let idempotency = Idempotency(engine: services.engine)
        let wording = EffectWording(host: services.engine.host)
        // A list of lists: a long sum takes the type checker too long.
        let own: [[Endpoint]] = [
            letters(idempotency), proposals(idempotency), events(idempotency, wording), segment(),
            members(idempotency, wording), entitlements(), counter(wording), sharing(idempotency, wording),
            jobs(idempotency), streaks(idempotency), tiers(idempotency), rewards(idempotency, wording),
            achievements(idempotency, wording), leaderboards(idempotency, wording), catalogue(idempotency),
            play(idempotency), programme(idempotency), quarantine(idempotency, wording), raffles(idempotency, wording),
            referrals(idempotency, wording), simulations(idempotency, wording), reviews(idempotency, wording),
            measures(), webhooks(idempotency), pressure(idempotency), profiling(idempotency), earning(wording),
            recommended(),
        ]
        let endpoints = own.flatMap { $0 }
        return endpoints + operations(endpoints)
    }

    func json(_ schema: String, limit: Int? = nil) -> Endpoint.Body {
        Endpoint.Body(
            contents: [(Reply.json, JSONSchema.ref(schema))], limit: min(limit ?? .max, configuration.bodyBytes))
    }

    func answer(status: Int = 200, _ schema: String, _ meaning: String) -> Endpoint.Success {
        Endpoint.Success(status: status, meaning: meaning, schema: JSONSchema.ref(schema))
    }

    static let gone = Endpoint.Success(status: 204, meaning: "It is gone.", mediaType: nil)

    func path(_ name: String, _ meaning: String, _ schema: JSONValue = JSONSchema.uuid) -> Endpoint.Parameter {
        Endpoint.Parameter(name: name, place: .path, isRequired: true, meaning: meaning, schema: schema)
    }

    var paging: [Endpoint.Parameter] {
        [
            Endpoint.Parameter(
                name: "limit", place: .query, isRequired: false,
                meaning: "The most entries of the page; \(Page.standardLimit) if absent.",
                schema: JSONSchema.integer(from: 1, to: Int64(Page.maximumLimit))),
            Endpoint.Parameter(
                name: "after", place: .query, isRequired: false, meaning: "The `next` of the page before.",
                schema: JSONSchema.text()),
        ]
    }

    let languages = Endpoint.Parameter(
        name: "Accept-Language", place: .header, isRequired: false,
        meaning: "The language of reasons; the programme's first if absent.", schema: JSONSchema.text())

    var speaker: Speaker {
        Speaker(passes: services.passes, identities: services.engine.identities)
    }

    // MARK: Events

    private func events(_ idempotency: Idempotency, _ wording: EffectWording) -> [Endpoint] {
        let controller = EventsController(
            engine: services.engine, wording: wording, speaker: speaker, limit: configuration.eventsPerRequest)
        let passes = PassesController(engine: services.engine, passes: services.passes)
        let amendments = AmendmentsController(engine: services.engine, wording: wording, idempotency: idempotency)
        return [
            Endpoint(
                .post, "/v1/events", operation: "takeEvents", tag: "Events",
                summary: "Take events and answer with their effects",
                detail: """
                    CloudEvents 1.0 in structured, batched or binary mode. All that is accepted is on disk before the \
                    answer. An event is the same one if `source` and `id` are; sending it again changes nothing. What \
                    does not fit its declaration goes into quarantine; what does not even say which event it is, or \
                    whose, is refused. With a publishable key an event names a visitor (`anonymousid`), or carries the \
                    `pass` of the member it is about.
                    """,
                access: .key([.eventsWrite]), parameters: [languages],
                body: Endpoint.Body(
                    contents: [
                        (EventsController.structured, JSONSchema.ref("CloudEvent")),
                        (EventsController.batched, JSONSchema.ref("CloudEventBatch")),
                        (Reply.json, ["anyOf": [JSONSchema.ref("CloudEvent"), JSONSchema.ref("CloudEventBatch")]]),
                    ], limit: min(configuration.eventBodyBytes, configuration.bodyBytes), acceptsAny: true),
                success: [answer("EventResults", "One result per event, in the order of the request.")],
                allowsPages: true, handle: controller.take),
            Endpoint(
                .post, "/v1/events/amendments", operation: "amendEvent", tag: "Events",
                summary: "Correct an event, or say that it did not happen",
                detail: """
                    Send the event as it was sent (`source`, `id`, person, `time`, `data`) and what it should have said. \
                    What it gave is taken back and what the corrected one gives is added, as one difference: an order \
                    that was sent back in part is the same event with fewer lines. Limits and budgets get their room \
                    back. An event is amended once.
                    """,
                access: .key([.membersWrite]), parameters: [languages], body: json("Amendment"),
                success: [answer(status: 201, "CommandResult", "What the amendment did.")],
                problems: [.unknownEvent, .alreadyAmended, .notAsSent, .notFound], isKeyed: true,
                handle: amendments.amend),
            Endpoint(
                .post, "/v1/passes", operation: "makePass", tag: "Events",
                summary: "Let a page speak for the reader who is signed in there",
                detail: """
                    For the publisher's server, with a secret key. The page sends the pass with its events (attribute \
                    `pass`, or `context.pass` in the form of Segment) and with the widget; it opens nothing but this one \
                    member, in this programme, until it ends.
                    """,
                access: .key([.eventsWrite]), body: json("PassRequest"),
                success: [answer(status: 201, "Pass", "Put it into the page of this reader and of nobody else.")],
                handle: passes.make),
        ]
    }

    // MARK: Segment

    private func segment() -> [Endpoint] {
        let controller = SegmentController(
            engine: services.engine, persons: services.persons, speaker: speaker, random: services.random,
            metrics: segmentMetrics)
        let kinds: [(SegmentMessage.Kind, String, String)] = [
            (.track, "SegmentTrack", "Take an event in the form of Segment"),
            (.identify, "SegmentMessage", "Say who a visitor is, and what is known of them"),
            (.page, "SegmentMessage", "Take a page view, if the programme declares `page`"),
            (.screen, "SegmentMessage", "Take a screen view, if the programme declares `screen`"),
            (.group, "SegmentMessage", "Accepted and not used"),
            (.alias, "SegmentAlias", "Say that two identifiers are of one person"),
        ]
        let success = [answer("SegmentSuccess", "Taken. What went into quarantine is not told here.")]
        let single = kinds.map { kind, schema, summary in
            Endpoint(
                .post, "/v1/" + kind.rawValue,
                operation: "segment\(kind.rawValue.prefix(1).uppercased())\(kind.rawValue.dropFirst())",
                tag: "Segment", summary: summary, access: .key([.eventsWrite]),
                body: json(schema, limit: configuration.segmentMessageBytes), success: success
            ) { call in try await controller.one(kind, call) }
        }
        let batches = [("batch", "segmentBatch"), ("import", "segmentImport")].map { name, operation in
            Endpoint(
                .post, "/v1/" + name, operation: operation, tag: "Segment",
                summary: "Take a batch of messages in the form of Segment", access: .key([.eventsWrite]),
                body: json("SegmentBatch", limit: configuration.segmentBatchBytes), success: success
            ) { [messageBytes = configuration.segmentMessageBytes] call in
                try await controller.batch(call, messageBytes: messageBytes)
            }
        }
        return single + batches
    }

    // MARK: Members

    private func members(_ idempotency: Idempotency, _ wording: EffectWording) -> [Endpoint] {
        let controller = MembersController(
            engine: services.engine, persons: services.persons, erasure: services.erasure, idempotency: idempotency,
            wording: wording, random: services.random)
        let member = path("member", "The member's pseudonym in this programme.")
        let redemption = path("redemption", "The `redemption` of the answer to redeeming.")
        let result = answer("CommandResult", "Done, and on disk.")
        let created = answer(status: 201, "CommandResult", "Done, and on disk.")
        return [
            Endpoint(
                .get, "/v1/members/{member}", operation: "getMember", tag: "Members",
                summary: "What a member has now", access: .key([.membersRead]), parameters: [member],
                success: [answer("Member", "The member.")], handle: controller.get),
            Endpoint(
                .get, "/v1/members/by-external/{namespace}/{id}", operation: "findMember", tag: "Members",
                summary: "Find a member by an identifier of yours",
                detail: "Namespaces: `user`, `anonymous`, `email`. The vault is asked; nothing is created.",
                access: .key([.membersRead]),
                parameters: [
                    path("namespace", "Who gave the identifier.", JSONSchema.text(atLeast: 1)),
                    path("id", "The identifier.", JSONSchema.text(atLeast: 1)),
                ], success: [answer("Member", "The member.")], handle: controller.findExternal),
            Endpoint(
                .get, "/v1/members/{member}/history", operation: "getHistory", tag: "Members",
                summary: "A member's effects with their reasons, the latest day first", access: .key([.membersRead]),
                parameters: [member] + paging + [languages], success: [answer("History", "A page of effects.")],
                handle: controller.history),
            Endpoint(
                .patch, "/v1/members/{member}", operation: "changeMember", tag: "Members",
                summary: "Change what a member has chosen", detail: "Absent fields stay as they are.",
                access: .key([.membersWrite]), parameters: [member],
                body: Endpoint.Body(
                    contents: [
                        (Reply.json, JSONSchema.ref("MemberChange")),
                        ("application/merge-patch+json", JSONSchema.ref("MemberChange")),
                    ], limit: configuration.bodyBytes),
                success: [answer("MemberReference", "Changed, and on disk.")], problems: [.conditionNotMet],
                isKeyed: true, handle: controller.change),
            Endpoint(
                .delete, "/v1/members/{member}", operation: "eraseMember", tag: "Members", summary: "Erase a member",
                detail: """
                    Their key is destroyed and every row that is linked to them goes, with those of every record that \
                    turned out to be the same person: points, progress, reasons, raw and quarantined events, messages \
                    that wait, kept answers. Sums of the programme stay. It cannot be undone; whoever comes back under \
                    the same identifier is a new member. Asking again changes nothing.
                    """,
                access: .key([.membersWrite]), parameters: [member], success: [Self.gone], isKeyed: true,
                handle: controller.erase),
            Endpoint(
                .post, "/v1/members/{member}/adjustments", operation: "adjust", tag: "Members",
                summary: "Correct a balance, with a reason", access: .key([.membersWrite]), parameters: [member],
                body: json("Adjustment"), success: [created], problems: [.insufficientBalance], isKeyed: true,
                handle: controller.adjust),
            Endpoint(
                .post, "/v1/members/{member}/redemptions", operation: "redeem", tag: "Members",
                summary: "Set the price of a reward aside",
                detail: "The points are held until the redemption is confirmed, cancelled or runs out.",
                access: .key([.membersWrite]), parameters: [member], body: json("RedemptionRequest"),
                success: [created], problems: [.insufficientBalance, .outOfStock], isKeyed: true,
                handle: controller.redeem),
            Endpoint(
                .post, "/v1/members/{member}/redemptions/{redemption}/confirm", operation: "confirmRedemption",
                tag: "Members", summary: "Spend what was set aside", access: .key([.membersWrite]),
                parameters: [member, redemption], success: [result], problems: [.holdEnded], isKeyed: true,
                handle: controller.confirm),
            Endpoint(
                .post, "/v1/members/{member}/redemptions/{redemption}/cancel", operation: "cancelRedemption",
                tag: "Members", summary: "Give back what was set aside", access: .key([.membersWrite]),
                parameters: [member, redemption], success: [result], problems: [.holdEnded], isKeyed: true,
                handle: controller.cancel),
            Endpoint(
                .post, "/v1/members/{member}/reversals", operation: "reverse", tag: "Members",
                summary: "Take an effect back", detail: "Nothing is deleted: a compensating effect is added.",
                access: .key([.membersWrite]), parameters: [member], body: json("Reversal"), success: [created],
                problems: [.unknownEffect], isKeyed: true, handle: controller.reverse),
        ]
    }

    // MARK: Catalogue

    private func catalogue(_ idempotency: Idempotency) -> [Endpoint] {
        let items = ItemsController(catalogue: services.catalogue, idempotency: idempotency)
        let makers = MakersController(catalogue: services.catalogue, idempotency: idempotency)
        let feeds = FeedsController(feeds: services.feeds, idempotency: idempotency)
        let item = path("item", "Your identifier of the item.", JSONSchema.text(atLeast: 1))
        let feed = path("feed", "Your name for the feed.", JSONSchema.text(pattern: FeedsController.namePattern))
        let read = Endpoint.Guard.key([.programmeRead])
        let write = Endpoint.Guard.key([.catalogueWrite])
        let batch = answer("PutResult", "All of the batch was taken; with any fault none of it is.")
        let states = Endpoint.Parameter(
            name: "state", place: .query, isRequired: false, meaning: "`live` if absent.",
            schema: JSONSchema.choice(["live", "withdrawn", "stub"]))
        return [
            Endpoint(
                .put, "/v1/items", operation: "putItems", tag: "Catalogue",
                summary: "Describe items, new or known",
                detail: "A description replaces the one before; sending the same again changes nothing.",
                access: write, body: json("ItemBatch"), success: [batch], problems: [.contradiction],
                isKeyed: true, handle: items.put),
            Endpoint(
                .get, "/v1/items", operation: "listItems", tag: "Catalogue", summary: "Items, by identifier",
                access: read, parameters: [states] + paging, success: [answer("Items", "A page of items.")],
                handle: items.list),
            Endpoint(
                .get, "/v1/items/stubs", operation: "listStubs", tag: "Catalogue",
                summary: "Items that events name and nobody has described", access: read, parameters: paging,
                success: [answer("Stubs", "A page of stubs.")], handle: items.stubs),
            Endpoint(
                .get, "/v1/items/{item}", operation: "getItem", tag: "Catalogue", summary: "One item", access: read,
                parameters: [item], success: [answer("Item", "The item.")], handle: items.get),
            Endpoint(
                .delete, "/v1/items/{item}", operation: "deleteItem", tag: "Catalogue",
                summary: "Forget an item",
                detail: "Its identifier stays marked, so that a late event does not make a stub of it.", access: write,
                parameters: [item], success: [Self.gone], isKeyed: true, handle: items.delete),
            Endpoint(
                .put, "/v1/makers", operation: "putMakers", tag: "Catalogue", summary: "Describe makers",
                access: write, body: json("MakerBatch"), success: [batch], problems: [.contradiction], isKeyed: true,
                handle: makers.putMakers),
            Endpoint(
                .get, "/v1/makers", operation: "listMakers", tag: "Catalogue", summary: "Makers, by identifier",
                access: read, parameters: paging, success: [answer("Makers", "A page of makers.")],
                handle: makers.listMakers),
            Endpoint(
                .put, "/v1/series", operation: "putSeries", tag: "Catalogue", summary: "Describe series",
                access: write, body: json("SeriesBatch"), success: [batch], problems: [.contradiction], isKeyed: true,
                handle: makers.putSeries),
            Endpoint(
                .get, "/v1/series", operation: "listSeries", tag: "Catalogue", summary: "Series, by identifier",
                access: read, parameters: paging, success: [answer("SeriesPage", "A page of series.")],
                handle: makers.listSeries),
            Endpoint(
                .get, "/v1/feeds", operation: "listFeeds", tag: "Catalogue", summary: "Feeds and how they are doing",
                access: read, parameters: paging, success: [answer("Feeds", "A page of feeds.")], handle: feeds.list),
            Endpoint(
                .get, "/v1/feeds/{feed}", operation: "getFeed", tag: "Catalogue", summary: "One feed", access: read,
                parameters: [feed], success: [answer("Feed", "The feed.")], handle: feeds.get),
            Endpoint(
                .put, "/v1/feeds/{feed}", operation: "putFeed", tag: "Catalogue",
                summary: "Follow a feed, or change how", detail: "It is read at once and then at its interval.",
                access: write, parameters: [feed], body: json("FeedSettings"),
                success: [answer("Feed", "Changed."), answer(status: 201, "Feed", "Followed from now on.")],
                isKeyed: true,
                handle: feeds.put),
            Endpoint(
                .delete, "/v1/feeds/{feed}", operation: "deleteFeed", tag: "Catalogue",
                summary: "Follow a feed no longer", detail: "Its items stay.", access: write, parameters: [feed],
                success: [Self.gone], isKeyed: true, handle: feeds.delete),
        ]
    }

    // MARK: Programme

    private func programme(_ idempotency: Idempotency) -> [Endpoint] {
        let controller = ProgrammeController(
            updates: services.programmes, zones: services.engine.zones, idempotency: idempotency)
        return [
            Endpoint(
                .get, "/v1/programme", operation: "getProgramme", tag: "Programme",
                summary: "The programme in force, as a document", access: .key([.programmeRead]),
                success: [answer("Programme", "The document and its version.")], problems: [.notFound],
                handle: controller.get),
            Endpoint(
                .post, "/v1/programme/check", operation: "checkProgramme", tag: "Programme",
                summary: "What is wrong with a document", detail: "Nothing changes.", access: .key([.programmeRead]),
                body: json("ProgrammeDocument"), success: [answer("ProgrammeCheck", "Every problem with its place.")],
                handle: controller.check),
            Endpoint(
                .put, "/v1/programme", operation: "putProgramme", tag: "Programme",
                summary: "Put a document in force",
                detail: """
                    The document names the version that it is based on. If another one is in force by then, the answer \
                    is 409 with the difference. The server takes the new version between two batches of events. Where \
                    members are in the middle of a challenge or on a tier that changes, `changes.yaml` must say what \
                    becomes of them: keep, convert or restart. Without it the answer is 409 with each such change and \
                    the lines to add, and nothing changes.
                    """,
                access: .key([.programmeWrite]), body: json("ProgrammeChange"),
                success: [answer("ProgrammeChanged", "In force.")],
                problems: [.outdatedVersion, .invalidProgramme, .undecidedChanges],
                isKeyed: true, handle: controller.put),
            Endpoint(
                .get, "/v1/programme/versions", operation: "listProgrammeVersions", tag: "Programme",
                summary: "All versions, the latest first", access: .key([.programmeRead]), parameters: paging,
                success: [answer("ProgrammeVersions", "A page of versions.")], handle: controller.versions),
        ]
    }

    // MARK: Quarantine

    private func quarantine(_ idempotency: Idempotency, _ wording: EffectWording) -> [Endpoint] {
        let controller = QuarantineController(
            engine: services.engine, idempotency: idempotency, wording: wording)
        let event = path("event", "The `id` from the list.")
        return [
            Endpoint(
                .get, "/v1/quarantine", operation: "listQuarantine", tag: "Quarantine",
                summary: "Events that could not be taken, the latest day first",
                detail: "What was wrong, without the content: that is sealed.", access: .key([.console]),
                parameters: paging, success: [answer("QuarantinedEvents", "A page of events.")],
                handle: controller.list),
            Endpoint(
                .post, "/v1/quarantine/{event}/replay", operation: "replayEvent", tag: "Quarantine",
                summary: "Try an event again", access: .key([.console, .eventsWrite]),
                parameters: [event, languages], success: [answer("EventResult", "What became of it.")], isKeyed: true,
                handle: controller.replay),
            Endpoint(
                .delete, "/v1/quarantine/{event}", operation: "deleteQuarantined", tag: "Quarantine",
                summary: "Give an event up", access: .key([.console, .eventsWrite]), parameters: [event],
                success: [Self.gone], isKeyed: true, handle: controller.delete),
        ]
    }

    // MARK: Operations

    /// - Parameter others: the routes before these.
    private func operations(_ others: [Endpoint]) -> [Endpoint] {
        var routes = others.map { (method: $0.method.rawValue, template: $0.template) }
        for template in ["/health", "/ready", "/metrics", "/openapi.json"] { routes.append(("GET", template)) }
        let controller = OperationsController(
            engine: services.engine, readiness: services.readiness, metrics: httpMetrics, segment: segmentMetrics,
            routes: routes)
        var endpoints = [
            Endpoint(
                .get, "/health", operation: "health", tag: "Operations", summary: "Whether the process answers",
                access: .open, success: [answer("Health", "It does.")], handle: controller.health),
            Endpoint(
                .get, "/ready", operation: "ready", tag: "Operations",
                summary: "Whether requests should be sent here", access: .open,
                success: [answer("Readiness", "Yes."), answer(status: 503, "Readiness", "No, and what is not well.")],
                handle: controller.ready),
            Endpoint(
                .get, "/metrics", operation: "metrics", tag: "Operations",
                summary: "Counters in the text format of Prometheus", access: .key([.metricsRead]),
                success: [
                    Endpoint.Success(
                        status: 200, meaning: "Version 0.0.4 of the format.",
                        mediaType: OperationsController.metricsMediaType, schema: JSONSchema.text())
                ], isAboutServer: true, handle: controller.metrics),
        ]
        let description = Endpoint(
            .get, "/openapi.json", operation: "openapi", tag: "Operations", summary: "This document", access: .open,
            success: [Endpoint.Success(status: 200, meaning: "OpenAPI 3.1.", schema: JSONSchema.anyObject)]
        ) { _ in throw Problem.fault }
        let document = OpenAPIDocument(
            endpoints: others + endpoints + [description], configuration: configuration
        ).json.bytes()
        endpoints.append(
            Endpoint(
                .get, "/openapi.json", operation: description.operation, tag: description.tag,
                summary: description.summary, access: .open, success: description.success
            ) { _ in Reply(status: 200, mediaType: Reply.json, body: document) })
        return endpoints
    }
}
