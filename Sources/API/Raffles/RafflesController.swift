import Access
import HTTPTypes
import Loyalty
import Primitives
import Runtime
import Storage

/// Raffles: what anyone may see, tickets of members, and the draw.
struct RafflesController: Sendable {
    let engine: Runtime.Engine
    let idempotency: Idempotency
    let members: MembersController

    // MARK: What anyone may see

    func list(_ call: Call) async throws -> Reply {
        let programme = try call.programme
        let all = try await engine.raffles(in: programme)
        return ListReply.json(all, next: nil) { RaffleDocument.write($0, programme, into: &$1) }
    }

    func document(_ call: Call) async throws -> Reply {
        guard let programme = ProgrammeID(call["programme"]) else { throw Problem.notFound("programme") }
        var reply = try await show(call["raffle"], programme)
        reply.headers[.accessControlAllowOrigin] = "*"
        return reply
    }

    private func show(_ raffle: String, _ programme: ProgrammeID) async throws -> Reply {
        guard let standing = try await engine.raffle(raffle, in: programme) else { throw Problem.notFound("raffle") }
        return .json(capacity: 2_048) { RaffleDocument.write(standing, programme, into: &$0) }
    }

    // MARK: Members

    func tickets(_ call: Call) async throws -> Reply {
        let member = try await members.existing(call)
        let all = try await engine.raffles(of: member, in: try call.programme)
        return .json(capacity: 1_024) { writer in
            writer.beginObject()
            writer.member("member", member.description)
            writer.key("raffles")
            writer.beginArray()
            for one in all { RaffleDocument.write(one, into: &writer) }
            writer.endArray()
            writer.endObject()
        }
    }

    func enter(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let count = fields.integer("count", in: 1...Raffle.maximumTickets) ?? 1
        let free = fields.flag("free") ?? false
        try fields.finish()
        let member = try await members.existing(call)
        let raffle = call["raffle"]
        let id = members.commandID(call, "raffle", member)
        return try await idempotency.perform(
            .raffle(raffle, .enter(count, free: free, id: id)), call, member: member, body: body
        ) { answer in
            .json(201) { writer in
                writer.beginObject()
                writer.member("member", answer.member.description)
                writer.member("raffle", raffle)
                writer.member("gained", count)
                writer.endObject()
            }
        }
    }

    func giveBack(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let count = fields.integer("count", in: 1...Raffle.maximumTickets) ?? 1
        try fields.finish()
        let member = try await members.existing(call)
        let raffle = call["raffle"]
        let id = members.commandID(call, "raffle-return", member)
        return try await idempotency.perform(
            .raffle(raffle, .giveBack(count, id: id)), call, member: member, body: body
        ) { answer in
            .json { writer in
                writer.beginObject()
                writer.member("member", answer.member.description)
                writer.member("raffle", raffle)
                writer.member("given_back", count)
                writer.key("returned")
                writer.beginArray()
                for effect in answer.effects where effect.kind == .refund && effect.source == raffle {
                    writer.beginObject()
                    writer.member("unit", effect.subject)
                    writer.member("amount", effect.amount)
                    writer.endObject()
                }
                writer.endArray()
                writer.endObject()
            }
        }
    }

    func take(_ call: Call) async throws -> Reply {
        let member = try await members.existing(call)
        let raffle = call["raffle"]
        let all = try await engine.raffles(of: member, in: try call.programme)
        guard let mine = all.first(where: { $0.standing.raffle.id == raffle }) else { throw Problem.notFound("raffle") }
        guard let prize = mine.toTake else {
            // Sent again, the same request has the answer it had.
            return try await idempotency.once(call, body: nil) { throw RaffleProblem.nothingToTake }
        }
        return try await idempotency.once(call, body: nil) {
            let answer = try await engine.perform(
                .raffle(raffle, .prize(prize.prize, place: prize.place)), member: member, in: try call.programme)
            return .json { writer in
                writer.beginObject()
                writer.member("member", answer.member.description)
                writer.member("raffle", raffle)
                writer.member("prize", prize.prize)
                writer.endObject()
            }
        }
    }

    // MARK: Staff

    func close(_ call: Call) async throws -> Reply {
        let programme = try call.programme
        return try await idempotency.once(call, body: nil) {
            try await engine.closeRaffle(call["raffle"], in: programme)
            try await note("raffle.closed", call)
            return try await show(call["raffle"], programme)
        }
    }

    private func note(_ action: String, _ call: Call) async throws {
        guard let key = call.key else { return }
        let entry = AuditEntry(
            programme: key.programme, at: call.now, actor: AuditActor(key.principal), action: action,
            object: "raffle:" + call["raffle"])
        try await engine.database.write { try Audit.append($0, entry) }
    }

    func draw(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let beacon = fields.text("beacon", limit: 500) ?? ""
        try fields.finish()
        let programme = try call.programme
        return try await idempotency.once(call, body: body) {
            try await engine.drawRaffle(call["raffle"], beacon: beacon, in: programme)
            try await note("raffle.drawn", call)
            return try await show(call["raffle"], programme)
        }
    }
}

extension Problem {
    init(_ problem: RaffleProblem) {
        func refused(_ reason: String, _ detail: String) -> Problem {
            Problem(.raffleRefused, detail, extras: ["reason": .string(reason)])
        }
        switch problem {
        case .unknown: self = .notFound("raffle")
        case .notForSale: self = refused("not-for-sale", "Its tickets cannot be bought.")
        case .notReturnable(let count):
            self.init(
                .raffleRefused, "\(count) bought tickets can be given back.",
                extras: ["reason": .string("not-returnable"), "returnable": .integer(count)])
        case .freeLimit(let most):
            self.init(.memberLimit, "One member may take \(most) for nothing.", extras: ["limit": .integer(most)])
        case .alreadyDrawn: self = refused("drawn", "It was drawn, with another public value.")
        case .notClosed:
            self = refused("not-closed", "Close the list first, so that everybody sees it before the draw.")
        case .closesFrom(let instant):
            self = refused("open", "The list can be closed from \(RFC3339.format(instant)) on.")
        case .beaconMissing: self = .invalid("beacon", "Send the public value that the programme announced.")
        case .beaconUnannounced:
            self.init(.contradiction, "The programme announced no public value, so none may be mixed in.")
        case .nothingToTake: self = refused("nothing-to-take", "No prize waits for this member.")
        case .tooManyEntries(let count): self = refused("too-many", "A list of \(count) is not drawn.")
        }
    }
}
