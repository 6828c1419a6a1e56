import Loyalty
import Primitives
import Runtime
import Storage
import Vault

/// The end of a member's export: what they proposed, what they asked the privacy office, who looked at their data, and
/// then every row that the main database holds under their pseudonym.
extension MemberExport {
    /// What the sections before are told in words; the rows that they come from stand in `records` as well.
    func proposals(_ member: MemberID, _ programme: ProgrammeID) async throws -> Part {
        let actor = "member:" + member.description
        let proposals = try await engine.proposals(of: member, in: programme)
        let requests = PrivacyRequests(
            engine: engine, persons: persons,
            // Nothing is erased here: reading needs no vault file of its own.
            erasure: Erasure(engine: engine, persons: persons, vaultDatabase: engine.database))
        var writer = JSONWriter(reservingCapacity: 4_096)
        writer.beginArray()
        for proposal in proposals {
            writer.beginObject()
            writer.member("proposal", proposal.id.description)
            writer.member("state", proposal.proposal.state.name)
            writer.member("text", proposal.text)
            writer.endObject()
        }
        writer.endArray()
        var bytes = writer.bytes
        bytes += Array(",\"privacy_requests\":".utf8)
        writer = JSONWriter(reservingCapacity: 1_024)
        writer.beginArray()
        for request in try await requests.requests(of: member, in: programme) {
            let words = try await requests.words(of: request, in: programme, purpose: .ownPage, actor: actor)
            writer.beginObject()
            writer.member("request", request.id.description)
            writer.member("kind", request.kind.rawValue)
            writer.member("received_day", MemberDocument.day(request.receivedDay))
            writer.member("due_day", MemberDocument.day(request.dueDay))
            if let day = request.endedDay { writer.member("ended_day", MemberDocument.day(day)) }
            if let text = words.text { writer.member("text", text) }
            if let answer = words.answer { writer.member("answer", answer) }
            writer.endObject()
        }
        writer.endArray()
        bytes += writer.bytes + Array(",\"looked\":".utf8)
        writer = JSONWriter(reservingCapacity: 1_024)
        writer.beginArray()
        for entry in try await persons.accessLog(of: member, programme: programme, limit: 10_000) {
            writer.beginObject()
            writer.member("day", String(RFC3339.format(entry.at).prefix(10)))
            writer.member("purpose", entry.purpose)
            writer.key("fields")
            writer.beginArray()
            for field in entry.fields { writer.string(field) }
            writer.endArray()
            writer.endObject()
        }
        writer.endArray()
        bytes += writer.bytes + Array(",\"left_out\":".utf8)
        writer = JSONWriter(reservingCapacity: 512)
        writer.beginObject()
        for (column, reason) in MemberTables.leftOut.sorted(by: { $0.key < $1.key }) {
            writer.key(column)
            writer.string(reason)
        }
        writer.endObject()
        bytes += writer.bytes + Array(",\"records\":{".utf8)
        return Part(bytes: bytes, next: "records.0.0.0")
    }

    /// Rows of tables, a page at a time: the tables in the order of their names, in each the member and everyone who
    /// turned out to be them.
    ///
    /// - Parameter place: the table, which of the member's pseudonyms, and how many rows came before.
    func records(_ member: MemberID, _ programme: ProgrammeID, _ place: [String]) async throws -> Part? {
        let numbers = place.dropFirst().compactMap { Int($0) }
        let all = Home.memberTables
        guard numbers.count == 3, numbers.allSatisfy({ $0 >= 0 }), all.tables.indices.contains(numbers[0]) else {
            return nil
        }
        let loyalty = LoyaltyStore(programme: programme)
        var (table, name, offset) = (numbers[0], numbers[1], numbers[2])
        var bytes: [UInt8] = []
        var left = Self.page
        while true {
            let (current, which, start, most) = (all.tables[table], name, offset, left)
            let (of, rows): (Int, [MemberTables.Record]) = try await engine.database.read { connection in
                var names = try loyalty.records(of: member, connection)
                if names.isEmpty { names = [member] }
                guard names.indices.contains(which) else { return (names.count, []) }
                return (
                    names.count,
                    try all.rows(
                        of: current, of: names[which], in: programme, offset: start, limit: most, connection)
                )
            }
            if name == 0, offset == 0 {
                if table > 0 { bytes.append(UInt8(ascii: ",")) }
                var writer = JSONWriter()
                writer.string(current.name)
                bytes += writer.bytes + Array(":[[".utf8)
            } else if offset == 0 {
                bytes += Array("],[".utf8)
            }
            for (index, row) in rows.enumerated() {
                if index > 0 || offset > 0 { bytes.append(UInt8(ascii: ",")) }
                bytes += Self.json(row, of: current.name)
            }
            offset += rows.count
            left -= rows.count
            if left <= 0 { return Part(bytes: bytes, next: "records.\(table).\(name).\(offset)") }
            (name, offset) = (name + 1, 0)
            if name >= of {
                bytes += Array("]]".utf8)
                (table, name) = (table + 1, 0)
                if table == all.tables.count { return Part(bytes: bytes + Array("}}".utf8), next: nil) }
            }
        }
    }

    private static func json(_ row: MemberTables.Record, of table: String) -> [UInt8] {
        var writer = JSONWriter(reservingCapacity: 256)
        writer.beginObject()
        for (column, value) in row {
            writer.key(column)
            switch value {
            case .null: writer.null()
            case .integer(let number): write(number, column, into: &writer)
            case .real(let number): writer.double(number)
            case .text(let text): writer.string(text)
            case .id(let id): writer.string(id.description)
            case .blob(let bytes):
                if table == "counter", column == "marks",
                    let counter = Counter(encodedMarks: bytes, granted: 0, refused: 0)
                {
                    write(counter, into: &writer)
                } else if let text = String(validating: bytes, as: UTF8.self), !text.unicodeScalars.contains("\0") {
                    writer.string(text)
                } else {
                    writer.string(bytes.map { hex($0) }.joined())
                }
            }
        }
        writer.endObject()
        return writer.bytes
    }

    private static func hex(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }

    /// Days and moments as such; what else is a number stays one.
    private static func write(_ number: Int64, _ column: String, into writer: inout JSONWriter) {
        if column == "day" || column.hasSuffix("_day"), let day = Int32(exactly: number) {
            writer.string(MemberDocument.day(day))
        } else if column == "at" || column.hasSuffix("_at") {
            writer.string(RFC3339.format(Instant(milliseconds: number)))
        } else {
            writer.integer(number)
        }
    }

    private static func write(_ counter: Counter, into writer: inout JSONWriter) {
        writer.beginArray()
        for mark in counter.marks {
            writer.beginObject()
            writer.member("day", MemberDocument.day(mark.day))
            writer.member("slot", mark.slot)
            writer.member("size", mark.wanted)
            writer.member("times", mark.count)
            writer.endObject()
        }
        writer.endArray()
    }
}
