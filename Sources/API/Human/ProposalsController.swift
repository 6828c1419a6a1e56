import Access
import Loyalty
import Primitives
import Runtime

/// What changed in a programme, and what members propose and vote on.
struct ProposalsController: Sendable {
    let members: MembersController

    private var engine: Runtime.Engine { members.engine }

    // MARK: What changed

    func news(_ call: Call) async throws -> Reply {
        let page = try Page(call.query, maximum: NewsDesk.most)
        let programme = try call.programme
        var before = Int64.max
        if let after = page.after {
            guard let number = Int64(after), number > 0 else { throw Page.badCursor }
            before = number
        }
        let (editions, next) = try await engine.news(of: programme, before: before, limit: page.limit)
        let adopted = try await engine.adopted(in: programme)
        let language = members.wording.texts(programme, acceptLanguage: call.acceptLanguage)?.language ?? .en
        return ListReply.json(editions, next: next.map { String($0) }) { edition, writer in
            NewsDocument.write(edition, adopted[edition.version.number] ?? [], language, into: &writer)
        }
    }

    func announcements(_ call: Call) async throws -> Reply {
        let programme = try call.programme
        let language = members.wording.texts(programme, acceptLanguage: call.acceptLanguage)?.language ?? .en
        return ListReply.json(engine.announcements(in: programme), next: nil) { one, writer in
            writer.beginObject()
            writer.member("day", MemberDocument.day(one.day))
            writer.member("what", one.what.text(language))
            writer.key("because")
            if one.because.isEmpty { writer.null() } else { writer.string(one.because.text(language)) }
            writer.endObject()
        }
    }

    // MARK: Proposals

    func list(_ call: Call) async throws -> Reply {
        let page = try Page(call.query)
        let programme = try call.programme
        var states: [Proposal.State] = [.open, .adopted, .declined]
        if let text = call.query["state"] {
            guard let state = Proposal.State.allCases.first(where: { $0.name == text }) else {
                throw Problem.parameter(
                    "state", "Use one of: \(Proposal.State.allCases.map(\.name).joined(separator: ", ")).")
            }
            states = [state]
        }
        let found = try await engine.proposals(
            states, in: programme, before: try page.dayAndID(), limit: page.limit)
        let next = found.count == page.limit ? found.last.map { "\($0.proposal.day).\($0.id)" } : nil
        return ListReply.json(found, next: next) { ProposalDocument.write($0, into: &$1) }
    }

    func get(_ call: Call) async throws -> Reply {
        let id = try call.id("proposal", of: "proposal")
        guard let found = try await engine.proposal(id, in: try call.programme, asStaff: true) else {
            throw Problem.notFound("proposal")
        }
        return .json { ProposalDocument.write(found, into: &$0) }
    }

    func mine(_ call: Call) async throws -> Reply {
        let member = try await members.current(call)
        let found = try await engine.proposals(of: member, in: try call.programme)
        return ListReply.json(found, next: nil) { ProposalDocument.write($0, into: &$1) }
    }

    func propose(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let kindText = fields.text("kind", required: true, limit: 20) ?? ""
        let kind = Proposal.Kind(rawValue: kindText)
        if kind == nil, fields.errors.isEmpty { fields.fault("kind", "Send rule, reward or idea.") }
        let text = fields.text("text", required: true, limit: Proposal.most) ?? ""
        let clean = LetterText.clean(text, most: Proposal.most)
        if clean == nil, fields.errors.isEmpty {
            fields.fault("text", "Send plain text that is not empty, without control characters.")
        }
        try fields.finish()
        let member = try await members.existing(call)
        let id = members.commandID(call, "proposal", member).asUUID(version: 8)
        return try await members.idempotency.perform(
            .human(.propose(id: id, kind: kind ?? .idea, text: clean ?? "")), call, member: member, body: body
        ) { answer in
            .json(201) { writer in
                writer.beginObject()
                writer.member("proposal", id.description)
                writer.member("member", answer.member.description)
                writer.endObject()
            }
        }
    }

    func withdraw(_ call: Call) async throws -> Reply {
        try await act(.withdrawProposal(try call.id("proposal", of: "proposal")), call, nil)
    }

    func vote(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let choice = fields.value("vote", required: true)?.stringValue.flatMap { Proposal.Choice(name: $0) }
        if choice == nil, fields.errors.isEmpty { fields.fault("vote", "Send for or against.") }
        try fields.finish()
        return try await act(.vote(try call.id("proposal", of: "proposal"), choice), call, body)
    }

    func takeBackVote(_ call: Call) async throws -> Reply {
        try await act(.vote(try call.id("proposal", of: "proposal"), nil), call, nil)
    }

    private func act(_ action: HumanAction, _ call: Call, _ body: JSONValue?) async throws -> Reply {
        let member = try await members.existing(call)
        return try await members.idempotency.perform(.human(action), call, member: member, body: body) { answer in
            LettersController.reference(answer)
        }
    }

    // MARK: By staff

    func moderate(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let accepts = fields.flag("accept", required: true) ?? false
        let reason = fields.text("reason", required: !accepts, limit: Proposal.answerMost)
        let clean = reason.flatMap { LetterText.clean($0) }
        if reason != nil, clean == nil { fields.fault("reason", "Send plain text that is not empty.") }
        try fields.finish()
        return try await tend(
            .moderate(try call.id("proposal", of: "proposal"), accepts: accepts, reason: clean), call, body)
    }

    func decide(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let adopts = fields.flag("adopt", required: true) ?? false
        let because = fields.text("because", required: true, limit: Proposal.answerMost) ?? ""
        let clean = LetterText.clean(because)
        if clean == nil, fields.errors.isEmpty { fields.fault("because", "Send plain text that is not empty.") }
        let version = fields.integer("version", in: 1...Int64.max)
        try fields.finish()
        let programme = try call.programme
        if let version {
            guard adopts else { throw Problem(.contradiction, "What is not adopted comes in no version.") }
            guard version <= engine.host[programme]?.version ?? 0 else {
                throw Problem(.contradiction, "The programme has no such version yet.")
            }
        }
        return try await tend(
            .decideProposal(
                try call.id("proposal", of: "proposal"), adopts: adopts, because: clean ?? "", version: version),
            call, body)
    }

    private func tend(_ action: HumanAction, _ call: Call, _ body: JSONValue?) async throws -> Reply {
        let programme = try call.programme
        let id = try call.id("proposal", of: "proposal")
        return try await members.idempotency.onceAfresh(call, body: body) {
            try await engine.tend(action, in: programme)
        } answer: {
            guard let found = try await engine.proposal(id, in: programme, asStaff: true) else {
                throw Problem.notFound("proposal")
            }
            return .json { ProposalDocument.write(found, into: &$0) }
        }
    }
}

/// What changed, as JSON.
enum NewsDocument {
    static func write(
        _ edition: NewsDesk.Edition, _ adopted: [ProposalView], _ language: Language, into writer: inout JSONWriter
    ) {
        let wording = NewsWording(language, edition.programme)
        writer.beginObject()
        writer.member("version", edition.version.number)
        writer.member("day", MemberDocument.day(edition.day))
        writer.key("because")
        if edition.because.isEmpty { writer.null() } else { writer.string(edition.because.text(language)) }
        writer.member("announced", edition.wasAnnounced)
        writer.key("changes")
        writer.beginArray()
        for item in edition.items {
            writer.beginObject()
            writer.member("thing", item.thing.rawValue)
            writer.member("id", item.id)
            writer.member("says", wording.says(item))
            writer.member("takes_away", item.takesAway)
            writer.endObject()
        }
        writer.endArray()
        writer.key("proposals")
        writer.beginArray()
        for proposal in adopted { ProposalDocument.write(proposal, into: &writer) }
        writer.endArray()
        writer.endObject()
    }
}

/// A proposal as JSON, without its author: nobody who answers it need know whose it is.
enum ProposalDocument {
    static func write(_ view: ProposalView, into writer: inout JSONWriter) {
        let proposal = view.proposal
        writer.beginObject()
        writer.member("proposal", view.id.description)
        writer.member("kind", proposal.kind.rawValue)
        writer.member("state", proposal.state.name)
        writer.member("day", MemberDocument.day(proposal.day))
        writer.key("until_day")
        if let until = proposal.until { writer.string(MemberDocument.day(until)) } else { writer.null() }
        writer.member("open", view.isOpen)
        writer.member("language", proposal.language.rawValue)
        writer.member("text", view.text)
        writer.key("votes")
        if let counts = view.counts {
            writer.beginObject()
            write("for", counts.inFavour, into: &writer)
            write("against", counts.against, into: &writer)
            writer.endObject()
        } else {
            writer.null()
        }
        writer.key("outcome")
        if let outcome = view.outcome { writer.string(outcome.rawValue) } else { writer.null() }
        writer.key("answer")
        if let answer = proposal.answer { writer.string(answer) } else { writer.null() }
        write("version", proposal.version, into: &writer)
        writer.endObject()
    }

    private static func write(_ key: StaticString, _ value: Int64?, into writer: inout JSONWriter) {
        writer.key(key)
        if let value { writer.integer(value) } else { writer.null() }
    }
}
