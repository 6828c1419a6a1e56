import Loyalty
import Primitives
import Runtime

/// Raffles as JSON. The public document holds all that `checks/raffle.py` needs, and nothing that names a member.
enum RaffleDocument {
    static func write(_ standing: RaffleStanding, _ programme: ProgrammeID, into writer: inout JSONWriter) {
        let raffle = standing.raffle
        writer.beginObject()
        writer.member("raffle", raffle.id)
        writer.member("programme", programme.name)
        writer.member("algorithm", RaffleDraw.algorithm)
        writer.member("stage", standing.stage.rawValue)
        writer.member("from", MemberDocument.day(raffle.days.first))
        writer.member("until", MemberDocument.day(raffle.days.last))
        writer.member("closes_from", RFC3339.format(standing.closesFrom))
        writer.key("commitment")
        text(standing.record.map { hex($0.commitment) }, into: &writer)
        writer.key("terms")
        text(standing.record?.terms.map(hex), into: &writer)
        writer.key("earlier_commitments")
        writer.beginArray()
        for commitment in standing.record?.earlier ?? [] { writer.string(commitment) }
        writer.endArray()
        writer.key("prizes")
        writer.beginArray()
        // Once the list is closed, those that it was closed with.
        let closed = standing.record?.closedDay == nil ? nil : standing.record
        for prize in closed?.prizes ?? raffle.prizeList { writer.string(prize) }
        writer.endArray()
        writer.member("places", Int64(closed?.places ?? raffle.places))
        writer.member("several", closed?.several ?? raffle.several)
        writer.key("root")
        text(standing.record?.root.map(hex), into: &writer)
        writer.key("entries")
        writer.beginArray()
        for entry in standing.entries { write(entry, into: &writer) }
        writer.endArray()
        writer.key("beacon")
        if standing.stage == .drawn { writer.string(standing.record?.beacon ?? "") } else { writer.null() }
        writer.key("seed")
        text(standing.record?.seed.map(hex), into: &writer)
        writer.key("drawn")
        writer.beginArray()
        for place in standing.places { write(place, into: &writer) }
        writer.endArray()
        writer.endObject()
    }

    private static func write(_ entry: RaffleEntry, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("entry", hex(entry.id.bytes))
        writer.member("tickets", entry.tickets)
        writer.endObject()
    }

    private static func write(_ place: RafflePlace, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("entry", hex(place.entry.bytes))
        writer.key("prize")
        text(place.prize, into: &writer)
        writer.member("state", place.state.rawValue)
        writer.key("until")
        text(place.until.map { MemberDocument.day($0) }, into: &writer)
        writer.endObject()
    }

    static func write(_ one: MemberRaffle, into writer: inout JSONWriter) {
        let raffle = one.standing.raffle
        writer.beginObject()
        writer.member("raffle", raffle.id)
        writer.member("stage", one.standing.stage.rawValue)
        writer.member("tickets", one.tickets)
        writer.member("most", raffle.most)
        writer.member("free_left", max(0, raffle.free - one.freeTaken))
        writer.member("returnable", one.returnable)
        writer.key("price")
        if let price = raffle.price {
            writer.beginObject()
            writer.member("unit", price.unit)
            writer.member("amount", price.amount)
            writer.endObject()
        } else {
            writer.null()
        }
        writer.key("entries")
        writer.beginArray()
        for line in one.lines {
            writer.beginObject()
            writer.member("entry", hex(line.entry.id.bytes))
            writer.member("tickets", line.entry.tickets)
            writer.key("proof")
            if let proof = line.proof {
                writer.beginObject()
                writer.member("index", Int64(proof.index))
                writer.member("of", Int64(one.standing.entries.count))
                writer.key("hashes")
                writer.beginArray()
                for hash in proof.hashes { writer.string(hex(hash)) }
                writer.endArray()
                writer.endObject()
            } else {
                writer.null()
            }
            writer.key("places")
            writer.beginArray()
            for place in line.places { write(one.standing.places[place], into: &writer) }
            writer.endArray()
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
    }

    private static func text(_ text: String?, into writer: inout JSONWriter) {
        if let text { writer.string(text) } else { writer.null() }
    }

    /// Lower-case hexadecimal digits.
    static func hex(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef")
        return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}
