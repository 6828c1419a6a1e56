import Access
import Catalogue
import HTTPTypes
import Loyalty
import Primitives
import Runtime
import Storage

/// Makers that members follow, letters that they get, and what writers are asked to write.
struct LettersController: Sendable {
    let members: MembersController
    let catalogue: CatalogueStore

    private var engine: Runtime.Engine { members.engine }

    // MARK: Follows

    func follows(_ call: Call) async throws -> Reply {
        let programme = try call.programme
        let makers = try await engine.follows(of: try await members.current(call), in: programme)
        let known = catalogue.snapshot(programme)
        return ListReply.json(makers, next: nil) { id, writer in
            writer.beginObject()
            writer.member("maker", id)
            let maker = MakerID(id).flatMap { known.maker($0) }
            writer.key("name")
            if let maker { writer.string(maker.name) } else { writer.null() }
            writer.endObject()
        }
    }

    func follow(_ call: Call) async throws -> Reply {
        guard let maker = MakerID(call["maker"]), catalogue.snapshot(try call.programme).maker(maker) != nil else {
            throw Problem.notFound("maker")
        }
        return try await act(.follow(maker: maker.text, follows: true), call, nil)
    }

    /// Of a maker who is not in the catalogue any more, too.
    func unfollow(_ call: Call) async throws -> Reply {
        try await act(.follow(maker: call["maker"], follows: false), call, nil)
    }

    func followers(_ call: Call) async throws -> Reply {
        let programme = try call.programme
        guard let maker = MakerID(call["maker"]), let found = catalogue.snapshot(programme).maker(maker) else {
            throw Problem.notFound("maker")
        }
        let count = try await engine.followers(of: [maker.text], in: programme)[maker.text]
        return .json { writer in
            writer.beginObject()
            writer.member("maker", maker.text)
            writer.member("name", found.name)
            writer.key("followers")
            if let count { writer.integer(count) } else { writer.null() }
            writer.endObject()
        }
    }

    // MARK: The member's letters

    func list(_ call: Call) async throws -> Reply {
        let page = try Page(call.query)
        let member = try await members.current(call)
        let letters = try await engine.letters(
            to: member, in: try call.programme, before: try page.dayAndID(), limit: page.limit)
        let next = letters.count == page.limit ? letters.last.map { "\($0.letter.sentDay ?? 0).\($0.id)" } : nil
        let language = language(call)
        return ListReply.json(letters, next: next) { LetterDocument.write($0, language, into: &$1) }
    }

    func get(_ call: Call) async throws -> Reply {
        let id = try call.id("letter", of: "letter")
        let member = try await members.current(call)
        guard let letter = try await engine.letter(id, to: member, in: try call.programme) else {
            throw Problem.notFound("letter")
        }
        let language = language(call)
        return .json { LetterDocument.write(letter, language, into: &$0) }
    }

    func reply(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let text = fields.value("reply", required: true)?.stringValue
        let reply = text.flatMap { Letter.Reply(name: $0) }
        if reply == nil, fields.errors.isEmpty { fields.fault("reply", "Send heart or thanks.") }
        try fields.finish()
        return try await act(.reply(letter: try call.id("letter", of: "letter"), reply), call, body)
    }

    func takeBackReply(_ call: Call) async throws -> Reply {
        try await act(.reply(letter: try call.id("letter", of: "letter"), nil), call, nil)
    }

    func settings(_ call: Call) async throws -> Reply {
        let programme = try call.programme
        let member = try await members.current(call)
        let wants = try await engine.wantsLetters(member, in: programme)
        return .json { writer in
            writer.beginObject()
            writer.member("member", member.description)
            writer.member("wants_letters", wants)
            writer.endObject()
        }
    }

    func choose(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let wants = fields.flag("wants_letters", required: true) ?? true
        try fields.finish()
        return try await act(.letters(wants), call, body)
    }

    private func act(_ action: HumanAction, _ call: Call, _ body: JSONValue?) async throws -> Reply {
        let member = try await members.existing(call)
        return try await members.idempotency.perform(.human(action), call, member: member, body: body) { answer in
            Self.reference(answer)
        }
    }

    static func reference(_ answer: Answer) -> Reply {
        .json { writer in
            writer.beginObject()
            writer.member("member", answer.member.description)
            writer.endObject()
        }
    }

    // MARK: The writers'

    func requests(_ call: Call) async throws -> Reply {
        let found = try await engine.letterRequests(of: call.query["signer"], in: try call.programme)
        let language = language(call)
        return ListReply.json(found, next: nil) { LetterDocument.write($0, language, into: &$1) }
    }

    func write(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let text = fields.text("text", required: true, limit: LetterText.most) ?? ""
        let clean = LetterText.clean(text)
        if clean == nil, fields.errors.isEmpty {
            fields.fault("text", "Send plain text that is not empty, without control characters.")
        }
        try fields.finish()
        let letter = try await asked(call)
        let language = try await engine.language(of: letter.member, in: try call.programme)
        return try await finish(.write(letter: letter.id, text: clean ?? "", language), letter, call, body)
    }

    func skip(_ call: Call) async throws -> Reply {
        let letter = try await asked(call)
        return try await finish(.skip(letter: letter.id), letter, call, nil)
    }

    private func asked(_ call: Call) async throws -> Letter {
        let id = try call.id("letter", of: "letter")
        guard let letter = try await engine.askedLetter(id, in: try call.programme) else {
            throw Problem.notFound("letter")
        }
        let signer = engine.host[try call.programme]?.programme.signers.first { $0.id == letter.signer }
        // The scope says that it may change members; a key is nobody's account.
        guard signer?.mayBeWrittenFor(by: nil, mayChangeMembers: true) ?? true else {
            throw Problem(.signerRefused, "The programme names the accounts that write for this signer.")
        }
        return letter
    }

    private func finish(
        _ action: HumanAction, _ letter: Letter, _ call: Call, _ body: JSONValue?
    ) async throws -> Reply {
        let reply = try await members.idempotency.perform(
            .human(action), call, member: letter.member, body: body
        ) { _ in
            .json { writer in
                writer.beginObject()
                writer.member("letter", letter.id.description)
                writer.endObject()
            }
        }
        guard let key = call.key, reply.headers[.idempotencyReplayed] == nil else { return reply }
        // Who wrote in a signer's name, as on the console; never to whom.
        var what = "letter.write"
        if case .skip = action { what = "letter.skip" }
        let entry = AuditEntry(
            programme: key.programme, at: engine.clock.now(), actor: AuditActor(key.principal), action: what,
            object: letter.id.description)
        try await engine.database.write { try Audit.append($0, entry) }
        return reply
    }

    private func language(_ call: Call) -> Language {
        guard let programme = try? call.programme else { return .en }
        return members.wording.texts(programme, acceptLanguage: call.acceptLanguage)?.language ?? .en
    }
}

extension Page {
    /// What a list that is sorted by day and identifier goes on behind.
    func dayAndID() throws(Problem) -> (day: Int32, id: ID128)? {
        guard let after else { return nil }
        let parts = after.split(separator: ".")
        guard parts.count == 2, let day = Int32(parts[0]), let id = ID128(parts[1]) else { throw Self.badCursor }
        return (day, id)
    }
}

/// Letters as JSON.
enum LetterDocument {
    static func write(_ view: LetterView, _ language: Language, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("letter", view.id.description)
        writer.member("occasion", view.letter.occasion)
        writer.member("day", MemberDocument.day(view.letter.sentDay ?? view.letter.day))
        writer.key("from")
        write(view.signer, id: view.letter.signer, language, into: &writer)
        writer.member("text", view.text)
        writer.member("language", (view.letter.language ?? language).rawValue)
        writer.key("why")
        let why = LetterText.filled(
            view.occasion?.why.text(language) ?? "", LetterText.numbers(view.letter.number))
        if why.isEmpty { writer.null() } else { writer.string(why) }
        writer.key("reply")
        if let reply = view.letter.reply { writer.string(reply.name) } else { writer.null() }
        writer.endObject()
    }

    static func write(_ request: LetterRequest, _ language: Language, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("letter", request.id.description)
        writer.member("member", request.letter.member.description)
        writer.member("occasion", request.letter.occasion)
        writer.key("from")
        write(request.signer, id: request.signer.id, language, into: &writer)
        writer.member("day", MemberDocument.day(request.letter.day))
        writer.member("number", request.letter.number)
        writer.member(
            "why",
            LetterText.filled(request.occasion.why.text(language), LetterText.numbers(request.letter.number)))
        writer.member("language", request.language.rawValue)
        writer.member("draft", request.draft)
        writer.endObject()
    }

    private static func write(_ signer: Signer?, id: String, _ language: Language, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("signer", id)
        writer.member("name", signer?.name ?? "")
        writer.member("role", signer?.role.text(language) ?? "")
        writer.key("maker")
        if let maker = signer?.maker { writer.string(maker) } else { writer.null() }
        writer.endObject()
    }
}
