import Loyalty
import NIOCore
import Primitives
import Runtime
import Storage
import Vault

/// Rewards beside the redemption itself: what there is, pools of codes, waiting lists, wishes, parcels, tickets.
struct RewardsController: Sendable {
    let engine: Runtime.Engine
    let idempotency: Idempotency
    let members: MembersController

    /// The most codes of one upload.
    static let maximumCodes = 10_000
    static let codeBytes = 200
    static let lines = "text/csv"

    // MARK: What there is

    func catalogue(_ call: Call) async throws -> Reply {
        let standings = try await engine.rewardStandings(in: try call.programme)
        return .json(capacity: 1_024) { writer in
            writer.beginObject()
            writer.key("rewards")
            writer.beginArray()
            for standing in standings { RewardDocument.write(standing, into: &writer) }
            writer.endArray()
            writer.endObject()
        }
    }

    func offers(_ call: Call) async throws -> Reply {
        let programme = try call.programme
        let member = try await members.existing(call)
        guard let compiled = engine.host[programme],
            let summary = try await engine.summary(of: member, in: programme)
        else { throw PipelineProblem.unknownProgramme(programme) }
        let places = try await engine.waitingPlaces(of: summary.member, in: programme)
        return .json(capacity: 2_048) { writer in
            writer.beginObject()
            writer.member("member", summary.member.description)
            writer.key("rewards")
            writer.beginArray()
            for state in summary.rewards {
                guard let reward = compiled.rewards[state.reward]?.reward else { continue }
                RewardDocument.write(reward, state, places, into: &writer)
            }
            writer.endArray()
            writer.endObject()
        }
    }

    func redemptions(_ call: Call) async throws -> Reply {
        let member = try await members.existing(call)
        let all = try await engine.redemptions(of: member, in: try call.programme)
        return .json(capacity: 1_024) { writer in
            writer.beginObject()
            writer.key("redemptions")
            writer.beginArray()
            for one in all { RewardDocument.write(one, into: &writer) }
            writer.endArray()
            writer.endObject()
        }
    }

    // MARK: Codes

    func addCodes(_ call: Call) async throws -> Reply {
        let programme = try call.programme
        let (codes, body) = try codes(of: call)
        guard let reward = engine.host[programme]?.rewards[call["reward"]]?.reward else {
            throw Problem.notFound("reward")
        }
        guard reward.codes != nil else {
            throw Problem(.unknownReward, "The reward has no `codes`: add them to the programme first.")
        }
        return try await idempotency.once(call, body: body) {
            let added = try await engine.addCodes(codes, to: reward.id, in: programme)
            return .json(201) { writer in
                writer.beginObject()
                writer.member("reward", reward.id)
                writer.member("added", Int64(added))
                writer.member("known", Int64(codes.count - added))
                writer.endObject()
            }
        }
    }

    /// As JSON, or one per line.
    private func codes(of call: Call) throws(Problem) -> (codes: [String], body: JSONValue) {
        var codes: [String] = []
        let body: JSONValue
        if call.mediaType == Self.lines || call.mediaType == "text/plain" {
            let text = String(buffer: call.body)
            codes = text.split(whereSeparator: \.isNewline).map { line in
                var line = line[...]
                if line.first == "\"", line.last == "\"", line.count >= 2 { line = line.dropFirst().dropLast() }
                return String(line)
            }.filter { !$0.isEmpty }
            body = .array(codes.map { .string($0) })
        } else {
            body = try call.json()
            var fields = try Fields(body)
            let list = fields.array("codes", required: true, limit: Self.maximumCodes) ?? []
            for (index, value) in list.enumerated() {
                guard let code = value.stringValue else {
                    fields.fault("codes.\(index)", "Send a text.")
                    break
                }
                codes.append(code)
            }
            try fields.finish()
        }
        guard codes.count <= Self.maximumCodes else {
            throw .invalid("codes", "Send at most \(Self.maximumCodes) at once.")
        }
        guard
            codes.allSatisfy({ code in
                (1...Self.codeBytes).contains(code.utf8.count)
                    && code.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 }
            })
        else { throw .invalid("codes", "A code is 1 to \(Self.codeBytes) bytes without control characters.") }
        var seen: Set<String> = []
        codes = codes.filter { seen.insert($0).inserted }
        return (codes, body)
    }

    // MARK: Afterwards

    func refund(_ call: Call) async throws -> Reply {
        let hold = try call.id("redemption", of: "redemption")
        return try await members.perform(.refund(hold: hold), call, try await members.existing(call), nil, status: 200)
    }

    func fulfil(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let name = fields.text("state", required: true) ?? ""
        let state = Fulfilment(name: name)
        if state == nil, fields.errors.isEmpty {
            fields.fault("state", "Send one of: \(Fulfilment.allCases.map(\.name).joined(separator: ", ")).")
        }
        let number = fields.text("tracking", limit: 500)
        let carrier = fields.text("carrier", limit: 100)
        for (field, text) in [("tracking", number), ("carrier", carrier)] where !Tracking.isPlain(text ?? "") {
            fields.fault(field, "Send a text without control characters.")
        }
        try fields.finish()
        guard (number == nil && carrier == nil) || state == .sent else {
            throw Problem(.contradiction, "Only what is `sent` has a `tracking`.")
        }
        guard carrier == nil || number != nil else {
            throw Problem(.contradiction, "A `carrier` goes with a `tracking`.")
        }
        let tracking = number.map { Tracking(carrier: carrier, number: $0) }
        let hold = try call.id("redemption", of: "redemption")
        let member = try await members.existing(call)
        let sealed = try tracking.map { try engine.sealedTracking($0, of: hold, in: try call.programme) } ?? []
        return try await members.perform(
            .fulfil(hold: hold, state: state ?? .requested, tracking: sealed), call, member, body, status: 200)
    }

    func fulfilments(_ call: Call) async throws -> Reply {
        let page = try Page(call.query)
        let programme = try call.programme
        var states: [Fulfilment] = [.requested, .packed]
        if let text = call.query["state"] {
            guard let state = Fulfilment(name: text) else {
                throw Problem.parameter(
                    "state", "Send one of: \(Fulfilment.allCases.map(\.name).joined(separator: ", ")).")
            }
            states = [state]
        }
        var after: (day: Int32, hold: ID128)?
        if let text = page.after {
            let parts = text.split(separator: ".")
            guard parts.count == 2, let day = Int32(parts[0]), let hold = ID128(String(parts[1])) else {
                throw Page.badCursor
            }
            after = (day, hold)
        }
        let store = LoyaltyStore(programme: programme)
        let (wanted, start, limit) = (states, after, page.limit)
        let found = try await engine.database.read {
            try store.fulfilments(wanted, after: start, limit: limit, $0)
        }
        let next = found.count == limit ? found.last.map { "\($0.record.endedDay ?? 0).\($0.record.id)" } : nil
        return ListReply.json(found, next: next) { one, writer in
            writer.beginObject()
            writer.member("member", one.member.description)
            writer.member("redemption", one.record.id.description)
            writer.member("reward", one.record.reward)
            writer.member("quantity", one.record.quantity)
            writer.member("state", one.record.fulfilment?.name ?? "")
            writer.member("day", MemberDocument.day(one.record.endedDay ?? one.record.day))
            writer.endObject()
        }
    }

    /// Whether a ticket is good; with `admit`, its use is noted, once.
    func checkTicket(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let text = fields.text("ticket", required: true) ?? ""
        let admits = fields.flag("admit") ?? false
        try fields.finish()
        let programme = try call.programme
        return try await idempotency.once(call, body: body) {
            guard let (one, verdict) = try await engine.check(ticket: text, admits: admits, in: programme) else {
                throw Problem.notFound("ticket")
            }
            return .json { writer in
                writer.beginObject()
                writer.member("valid", verdict == .good || verdict == .admitted)
                writer.member("used", verdict == .used)
                writer.member("admitted", verdict == .admitted)
                writer.member("state", one.record.state.name)
                writer.member("reward", one.record.reward)
                writer.member("quantity", one.record.quantity)
                writer.key("slot")
                if one.record.slot.isEmpty { writer.null() } else { writer.string(one.record.slot) }
                writer.endObject()
            }
        }
    }

    // MARK: Waiting and wishing

    func wait(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let reward = fields.text("reward", required: true, limit: 100) ?? ""
        let slot = fields.text("slot", limit: 30) ?? ""
        let quantity = fields.integer("quantity", in: 1...1_000_000) ?? 1
        try fields.finish()
        let member = try await members.existing(call)
        return try await idempotency.perform(
            .wait(reward: reward, slot: slot, quantity: quantity), call, member: member, body: body
        ) { answer in
            .json(201) { writer in
                writer.beginObject()
                writer.member("member", answer.member.description)
                writer.member("reward", reward)
                writer.member("before", Int64(answer.waitingBefore ?? 0))
                writer.endObject()
            }
        }
    }

    func stopWaiting(_ call: Call) async throws -> Reply {
        let member = try await members.existing(call)
        let slot = call.query["slot"] ?? ""
        return try await idempotency.perform(
            .stopWaiting(reward: call["reward"], slot: slot), call, member: member, body: nil
        ) { _ in .noContent }
    }

    func wish(_ call: Call) async throws -> Reply { try await wish(call, true) }
    func unwish(_ call: Call) async throws -> Reply { try await wish(call, false) }

    private func wish(_ call: Call, _ isWished: Bool) async throws -> Reply {
        let member = try await members.existing(call)
        return try await idempotency.perform(
            .wish(reward: call["reward"], isWished: isWished), call, member: member, body: nil
        ) { _ in .noContent }
    }
}
