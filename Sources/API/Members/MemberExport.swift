import Loyalty
public import Primitives
public import Runtime
import Storage
public import Vault

/// Everything that is a member's, as one JSON document (GDPR articles 15 and 20), written a part at a time: however long
/// the history is, no more than a page of it is in memory.
public struct MemberExport: Sendable {
    /// A piece of the document, and where the next one goes on; `nil` after the last.
    public struct Part: Sendable {
        public let bytes: [UInt8]
        public let next: String?
    }

    /// Lines of a part.
    static let page = 200

    let engine: Runtime.Engine
    let persons: Persons

    public init(engine: Runtime.Engine, persons: Persons) {
        self.engine = engine
        self.persons = persons
    }

    /// - Parameters:
    ///   - place: from the part before; `nil` for the first.
    ///   - language: of the reasons in words.
    /// - Returns: `nil` for a programme that is not there, or a place that none of ours is.
    public func part(
        of member: MemberID, in programme: ProgrammeID, after place: String?, language: String
    ) async throws -> Part? {
        guard let place else { return try await head(member, programme) }
        let parts = place.split(separator: ".").map(String.init)
        switch parts.first {
        case "letters": return try await letters(member, programme, parts)
        case "history": return try await history(member, programme, parts, language)
        case "events": return try await events(member, programme, parts)
        case "questions": return try await questions(member, programme, parts)
        case "proposals": return try await proposals(member, programme)
        case "records": return try await records(member, programme, parts)
        default: return nil
        }
    }

    /// What has an end by itself: who the member is and what they have.
    private func head(_ member: MemberID, _ programme: ProgrammeID) async throws -> Part? {
        guard let summary = try await engine.summary(of: member, in: programme) else { return nil }
        let now = engine.clock.now()
        let actor = "member:" + member.description
        let fields = try await persons.reveal(
            [member], programme: programme, purpose: .export, actor: actor, now: now)[member]
        var names: [ExternalIdentity] = []
        do {
            names = try await persons.externalIdentities(
                of: member, programme: programme, purpose: .export, actor: actor, now: now)
        } catch VaultProblem.unknownMember {}
        var writer = JSONWriter(reservingCapacity: 4_096)
        writer.beginObject()
        writer.member("format", "stamgast-member")
        writer.member("version", Int64(1))
        writer.member("programme", programme.name)
        writer.member("exported_at", RFC3339.format(now))
        writer.key("person")
        writer.beginObject()
        for (field, value) in (fields ?? [:]).sorted(by: { $0.key.name < $1.key.name }) {
            writer.key(field.name)
            writer.string(value)
        }
        writer.endObject()
        writer.key("consents")
        writer.beginArray()
        do {
            let receipts = try await persons.consents.receipts(
                of: member, programme: programme, purpose: .export, actor: actor, now: now)
            for receipt in receipts {
                writer.value(
                    receipt.json(controller: ConsentController(name: programme.name), service: programme.name))
            }
        } catch VaultProblem.unknownMember {}
        writer.endArray()
        writer.key("identifiers")
        writer.beginArray()
        for name in names {
            writer.beginObject()
            writer.member("namespace", name.namespace.name)
            writer.member("value", name.value)
            writer.endObject()
        }
        writer.endArray()
        writer.key("choices")
        writer.beginObject()
        writer.member("level", summary.profile.level.rawValue)
        writer.member("letters", try await engine.wantsLetters(member, in: programme))
        if let standing = try await engine.pressure(of: member, in: programme) {
            writer.member("urging", standing.choice.name)
        }
        if let profiling = try await engine.profiling(of: member, in: programme) {
            writer.key("profiling")
            ProfilingDocument.write(profiling.choice, of: profiling.member, now: now, into: &writer)
        }
        writer.endObject()
        writer.key("member")
        MemberDocument.write(summary, into: &writer)
        Self.write(summary.streaks, into: &writer)
        Self.write(try await engine.redemptions(of: member, in: programme), into: &writer)
        writer.key("follows")
        writer.beginArray()
        for maker in try await engine.follows(of: member, in: programme) { writer.string(maker) }
        writer.endArray()
        writer.key("letters")
        writer.beginArray()
        return Part(bytes: writer.bytes, next: "letters")
    }

    private static func write(_ streaks: [StreakState], into writer: inout JSONWriter) {
        writer.key("streaks")
        writer.beginArray()
        for streak in streaks {
            writer.beginObject()
            writer.member("streak", streak.streak)
            writer.member("current", streak.current)
            writer.member("longest", streak.longest)
            writer.member("freezes", streak.freezes)
            if let day = streak.startDay { writer.member("since", MemberDocument.day(day)) }
            writer.endObject()
        }
        writer.endArray()
    }

    private static func write(_ redemptions: [MemberRedemption], into writer: inout JSONWriter) {
        writer.key("all_redemptions")
        writer.beginArray()
        for redemption in redemptions {
            let record = redemption.record
            writer.beginObject()
            writer.member("redemption", record.id.description)
            writer.member("reward", record.reward)
            writer.member("state", record.state.name)
            writer.member("quantity", record.quantity)
            if !record.slot.isEmpty { writer.member("slot", record.slot) }
            writer.member("day", MemberDocument.day(record.day))
            if let code = redemption.code { writer.member("code", code) }
            if let ticket = redemption.ticket { writer.member("ticket", ticket.text) }
            if let day = record.endedDay { writer.member("ended_day", MemberDocument.day(day)) }
            writer.endObject()
        }
        writer.endArray()
    }

    private func letters(_ member: MemberID, _ programme: ProgrammeID, _ place: [String]) async throws -> Part? {
        var before: (day: Int32, id: ID128)?
        if place.count == 3, let day = Int32(place[1]), let id = ID128(place[2]) { before = (day, id) }
        let letters = try await engine.letters(to: member, in: programme, before: before, limit: Self.page)
        let rows = letters.map { letter in
            var writer = JSONWriter(reservingCapacity: 512)
            writer.beginObject()
            writer.member("letter", letter.id.description)
            writer.member("day", MemberDocument.day(letter.letter.sentDay ?? letter.letter.day))
            writer.member("occasion", letter.letter.occasion)
            if let signer = letter.signer { writer.member("from", signer.name) }
            writer.member("text", letter.text)
            if let reply = letter.letter.reply { writer.member("reply", reply.name) }
            writer.endObject()
            return writer.bytes
        }
        let last = letters.count == Self.page ? letters.last : nil
        return Self.part(
            rows, isFirst: before == nil, next: last.map { "letters.\($0.letter.sentDay ?? 0).\($0.id)" },
            end: "],\"history\":[", then: "history")
    }

    private func history(
        _ member: MemberID, _ programme: ProgrammeID, _ place: [String], _ language: String
    ) async throws -> Part? {
        var before: (day: Int32, effect: ID128)?
        if place.count == 3, let day = Int32(place[1]), let id = ID128(place[2]) { before = (day, id) }
        let effects = try await engine.history(of: member, in: programme, before: before, limit: Self.page)
        let texts = EffectWording(host: engine.host).texts(programme, acceptLanguage: language)
        let rows = effects.map { effect in
            var writer = JSONWriter(reservingCapacity: 512)
            EventAnswer.write(effect, texts, isStored: true, into: &writer)
            return writer.bytes
        }
        let last = effects.count == Self.page ? effects.last : nil
        return Self.part(
            rows, isFirst: before == nil, next: last.map { "history.\($0.day).\($0.id)" }, end: "],\"events\":[",
            then: "events")
    }

    private func events(_ member: MemberID, _ programme: ProgrammeID, _ place: [String]) async throws -> Part? {
        var after: (at: Instant, claim: ID128)?
        if place.count == 3, let at = Int64(place[1]), let claim = ID128(place[2]) {
            after = (Instant(milliseconds: at), claim)
        }
        let start = after
        let store = LoyaltyStore(programme: programme)
        let events = try await engine.database.read {
            try store.keptEvents(of: member, after: start, limit: Self.page, $0)
        }
        let rows = events.map { event in
            var writer = JSONWriter(reservingCapacity: 512)
            writer.beginObject()
            writer.member("type", event.type)
            writer.member("at", RFC3339.format(event.at))
            writer.key("fields")
            writer.raw(event.payload)
            writer.endObject()
            return writer.bytes
        }
        let last = events.count == Self.page ? events.last : nil
        return Self.part(
            rows, isFirst: start == nil, next: last.map { "events.\($0.at.milliseconds).\($0.claim)" },
            end: "],\"questions\":[", then: "questions")
    }

    /// What was written to the service desk and by it, one conversation a part; notes that the desk made for itself are
    /// about the member, too.
    private func questions(_ member: MemberID, _ programme: ProgrammeID, _ place: [String]) async throws -> Part? {
        let desk = ServiceDesk(engine: engine, persons: persons)
        let threads = try await desk.threads(of: member, in: programme)
        let start: Int
        switch place.count {
        case 1: start = 0
        case 2:
            guard let id = ID128(place[1]), let index = threads.firstIndex(where: { $0.id == id }) else { return nil }
            start = index + 1
        default: return nil
        }
        guard start < threads.count else {
            return Self.part([], isFirst: true, next: nil, end: "],\"proposals\":", then: "proposals")
        }
        let thread = threads[start]
        guard
            let said = try await desk.conversation(
                thread.id, in: programme, actor: "member:" + member.description, purpose: .export)
        else { return nil }
        var writer = JSONWriter(reservingCapacity: 2_048)
        writer.beginObject()
        writer.member("question", thread.id.description)
        writer.member("day", MemberDocument.day(thread.begunDay))
        if let subject = said.subject { writer.member("subject", subject) }
        if let effect = thread.effect { writer.member("effect", effect.description) }
        if let day = thread.closedDay { writer.member("closed_day", MemberDocument.day(day)) }
        if let helped = thread.helped { writer.member("helped", helped) }
        writer.key("messages")
        writer.beginArray()
        for message in said.messages {
            writer.beginObject()
            writer.member("from", message.author.name)
            writer.member("day", MemberDocument.day(message.day))
            writer.member("text", message.text)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        let isLast = start + 1 == threads.count
        return Self.part(
            [writer.bytes], isFirst: start == 0, next: isLast ? nil : "questions.\(thread.id)",
            end: "],\"proposals\":", then: "proposals")
    }

    private static func part(
        _ rows: [[UInt8]], isFirst: Bool, next: String?, end: String, then: String?
    ) -> Part {
        var bytes: [UInt8] = []
        for (index, row) in rows.enumerated() {
            if index > 0 || !isFirst { bytes.append(UInt8(ascii: ",")) }
            bytes += row
        }
        if next == nil { bytes += Array(end.utf8) }
        return Part(bytes: bytes, next: next ?? then)
    }
}
