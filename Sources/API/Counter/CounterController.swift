import Access
import HTTPTypes
import Loyalty
import Primitives
import Runtime
import Vault

/// Tills and front desks. A till is an API key with the scope `counter`, so that the key says which till it is; it sees of
/// a member what it must to serve them, and never their history.
struct CounterController: Sendable {
    let engine: Runtime.Engine
    let cards: Cards
    let tills: TillSlips
    let wording: EffectWording
    let limits: CounterLimits
    let random: any RandomBytes

    static let maximumOperations = 200
    /// A till's clock may be so far ahead.
    private static let aheadMilliseconds = CardCodes.stepMilliseconds * CardCodes.skewSteps

    /// Where and when a request is made.
    private struct Desk {
        let programme: ProgrammeID
        let till: String
        let now: Instant
        let texts: EffectWording.Texts?
    }

    private func desk(_ call: Call) throws -> Desk {
        guard let key = call.key else { throw Problem.badKey }
        return Desk(
            programme: key.programme, till: key.id, now: call.now,
            texts: wording.texts(key.programme, acceptLanguage: call.acceptLanguage))
    }

    // MARK: Look-up

    func lookup(_ call: Call) async throws -> Reply {
        var fields = try Fields(try call.json())
        let code = fields.text("code", required: true, limit: 32) ?? ""
        let id = fields.text("id")
        try fields.finish()
        let desk = try desk(call)
        let member = try await member(
            of: code, at: call.now, visit: id.map { "visit\n" + $0 } ?? random.id().description, desk)
        guard let summary = try await engine.summary(of: member, in: desk.programme),
            let compiled = engine.host[desk.programme]
        else { throw PipelineProblem.unknownProgramme(desk.programme) }
        let until = call.now.adding(milliseconds: TillSlips.visitMilliseconds)
        let visit = try tills.visit(of: summary.member, till: desk.till, in: desk.programme, until: until)
        let languages = compiled.programme.languages
        let language = call.acceptLanguage.flatMap(EffectWording.language) ?? languages.first ?? .en
        let tier = compiled.programme.tiers?.tiers.first { $0.id == summary.tier }
        let tierName = tier?.name.text(language, fallbacks: languages) ?? ""
        let line = compiled.programme.texts["counter.line"]?.text(language, fallbacks: languages) ?? ""
        var reply = try Reply.json(capacity: 1_024) { writer in
            writer.beginObject()
            writer.member("visit", visit)
            MemberDocument.write("expires_at", until, into: &writer)
            writer.member("tier", summary.tier)
            writer.member("tier_name", tierName)
            writer.member("line", line)
            writer.key("redeemable")
            writer.beginArray()
            for state in summary.rewards where state.canRedeem {
                // What has slots is booked on the member's page, where they can be seen.
                guard let reward = compiled.rewards[state.reward]?.reward, reward.slots == nil else { continue }
                writer.beginObject()
                writer.member("reward", reward.id)
                writer.member("name", reward.name.text(language, fallbacks: languages))
                writer.member("price", state.price)
                writer.member("unit", reward.unit)
                writer.endObject()
            }
            writer.endArray()
            writer.key("redemptions")
            writer.beginArray()
            // What was redeemed at home and is fetched here.
            for hold in summary.openHolds {
                writer.beginObject()
                writer.member("reward", hold.reward)
                writer.member(
                    "name",
                    compiled.rewards[hold.reward]?.reward.name.text(language, fallbacks: languages) ?? hold.reward)
                writer.member(
                    "receipt",
                    try tills.receipt(
                        TillSlips.Receipt(member: summary.member, redemption: hold.id), in: desk.programme))
                writer.endObject()
            }
            writer.endArray()
            writer.endObject()
        }
        reply.headers[.cacheControl] = "no-store"
        return reply
    }

    private func member(of code: String, at: Instant, visit: String, _ desk: Desk) async throws -> MemberID {
        try limits.mayTry(till: desk.till, programme: desk.programme, now: desk.now)
        let keeps = Self.latenessMilliseconds(engine.host[desk.programme]?.programme) / 86_400_000 + 2
        let scan = try await cards.scan(
            code, at: at, till: desk.till, visit: visit, in: desk.programme, now: desk.now, keepsDays: keeps)
        switch scan {
        case .member(let member): return member
        case .used: throw Problem(.codeUsed, "Ask for the next code: it changes every 30 seconds.")
        case .unknown:
            limits.wasWrong(till: desk.till, programme: desk.programme, now: desk.now)
            throw Problem.notFound("card")
        }
    }

    // MARK: Operations

    func earn(_ call: Call) async throws -> Reply { try await one("earn", call) }
    func redeem(_ call: Call) async throws -> Reply { try await one("redeem", call) }
    func confirm(_ call: Call) async throws -> Reply { try await one("confirm", call) }
    func refund(_ call: Call) async throws -> Reply { try await one("refund", call) }

    private func one(_ name: String, _ call: Call) async throws -> Reply {
        let operation = try CounterOperation(name, try call.json())
        let desk = try desk(call)
        let result = try await perform(operation, desk)
        return .json(capacity: 512) { Self.write(result, id: operation.id, desk.texts, into: &$0) }
    }

    func batch(_ call: Call) async throws -> Reply {
        var fields = try Fields(try call.json())
        let values = fields.array("operations", required: true, limit: Self.maximumOperations) ?? []
        try fields.finish()
        let desk = try desk(call)
        var results: [(id: String, result: Result<OperationResult, Problem>)] = []
        // One after the other: a redemption rests on what was earned before it.
        for value in values {
            let (id, operation) = CounterOperation.offline(value)
            do {
                results.append((id, .success(try await perform(try operation.get(), desk))))
            } catch {
                let problem = Problem(for: error)
                // What is no fault of this operation is none of the others' either: the till sends all again.
                guard problem.type.status < 500 else { throw error }
                results.append((id, .failure(problem)))
            }
        }
        return .json(capacity: 512 * values.count + 32) { writer in
            writer.beginObject()
            writer.key("results")
            writer.beginArray()
            for (id, result) in results {
                switch result {
                case .success(let result): Self.write(result, id: id, desk.texts, into: &writer)
                case .failure(let problem):
                    writer.beginObject()
                    writer.member("id", id)
                    writer.member("status", "refused")
                    writer.key("effects")
                    writer.beginArray()
                    writer.endArray()
                    writer.key("problem")
                    problem.write(into: &writer)
                    writer.endObject()
                }
            }
            writer.endArray()
            writer.endObject()
        }
    }

    struct OperationResult: Sendable {
        var status = "done"
        var effects: [AppliedEffect] = []
        var hold: Hold?
        var receipt: String?
        var problem: Problem?
    }

    /// Cancels what is not handed out yet; what is, comes back on the terms of its reward.
    private func giveBack(_ hold: ID128, of member: MemberID, _ desk: Desk) async throws -> OperationResult {
        do {
            return try result(
                try await engine.perform(.cancel(hold: hold), member: member, in: desk.programme), desk)
        } catch PipelineProblem.command(.ledger(.holdEnded(.confirmed))),
            PipelineProblem.command(.ledger(.holdEnded(.refunded)))
        {
            return try result(
                try await engine.perform(.refund(hold: hold), member: member, in: desk.programme), desk)
        }
    }

    private func perform(_ operation: CounterOperation, _ desk: Desk) async throws -> OperationResult {
        let at = operation.at ?? desk.now
        guard at <= desk.now.adding(milliseconds: Self.aheadMilliseconds) else {
            throw Problem(.eventInFuture, "It lies in the future: correct the till's clock.")
        }
        let lateness = Self.latenessMilliseconds(engine.host[desk.programme]?.programme)
        guard desk.now - at <= lateness else {
            throw Problem(.eventTooLate, "It is older than the programme's lateness allows.")
        }
        switch operation.kind {
        case .earn(let type, let fields):
            guard let compiled = engine.host[desk.programme] else {
                throw PipelineProblem.unknownProgramme(desk.programme)
            }
            let member = try await person(operation, at: at, desk)
            guard compiled.programme.counterEvents.contains(type) else {
                throw Problem.invalid("type", "The programme's `counter` names the event types that a till may send.")
            }
            return try await earn(operation.id, type, fields, at: at, member, desk)
        case .redeem(let reward):
            let member = try await person(operation, at: at, desk)
            let hold = engine.holdID(
                programme: desk.programme, member: member, key: "till\n\(desk.till)\n\(operation.id)")
            return try result(
                try await engine.perform(.redeem(reward: reward, hold: hold), member: member, in: desk.programme), desk)
        case .confirm(let text):
            let receipt = try self.receipt(text, desk)
            guard let hold = receipt.redemption else { throw Problem.notFound("redemption") }
            return try result(
                try await engine.perform(.confirm(hold: hold), member: receipt.member, in: desk.programme), desk)
        case .refund(let text):
            let receipt = try self.receipt(text, desk)
            if let hold = receipt.redemption { return try await giveBack(hold, of: receipt.member, desk) }
            var effects: [AppliedEffect] = []
            for effect in receipt.effects {
                effects += try await engine.perform(
                    .reverse(effect: effect), member: receipt.member, in: desk.programme
                ).effects
            }
            return OperationResult(effects: effects)
        }
    }

    private func earn(
        _ id: String, _ type: String, _ fields: JSONObject, at: Instant, _ member: MemberID, _ desk: Desk
    ) async throws -> OperationResult {
        let event = IncomingEvent(
            source: "till:" + desk.till, id: id, type: type, time: min(at, desk.now), channel: "counter", fields: fields
        )
        let envelope = EventEnvelope(event: event, user: nil, anonymous: nil, member: member)
        guard let taken = try await engine.take([envelope], in: desk.programme).first else { throw Problem.fault }
        let given = taken.effects.filter { $0.kind == .award && $0.amount > 0 }.map(\.id)
        return OperationResult(
            status: taken.status == .accepted ? "done" : taken.status.rawValue, effects: taken.effects,
            receipt: given.isEmpty
                ? nil : try tills.receipt(TillSlips.Receipt(member: member, effects: given), in: desk.programme),
            problem: taken.problem.map { Problem($0) })
    }

    private func result(_ answer: Answer, _ desk: Desk) throws -> OperationResult {
        let receipt = try answer.hold.map { hold in
            try tills.receipt(TillSlips.Receipt(member: answer.member, redemption: hold.id), in: desk.programme)
        }
        return OperationResult(effects: answer.effects, hold: answer.hold, receipt: receipt)
    }

    private func person(_ operation: CounterOperation, at: Instant, _ desk: Desk) async throws -> MemberID {
        switch operation.person {
        case .visit(let visit):
            guard let member = tills.member(of: visit, till: desk.till, in: desk.programme, now: at) else {
                throw Problem.notFound("visit")
            }
            return member
        case .code(let code):
            // Operations of one till with the same code are of one visit, however often they are sent.
            return try await member(of: code, at: at, visit: "offline", desk)
        case .receipt: throw Problem.notFound("visit")
        }
    }

    private func receipt(_ text: String, _ desk: Desk) throws -> TillSlips.Receipt {
        guard let receipt = tills.read(text, in: desk.programme) else { throw Problem.notFound("receipt") }
        return receipt
    }

    private static func write(
        _ result: OperationResult, id: String, _ texts: EffectWording.Texts?, into writer: inout JSONWriter
    ) {
        writer.beginObject()
        writer.member("id", id)
        writer.member("status", result.status)
        writer.key("effects")
        EventAnswer.write(result.effects, texts, into: &writer)
        if let hold = result.hold {
            writer.key("redemption")
            MemberDocument.write(hold, into: &writer)
        }
        if let receipt = result.receipt { writer.member("receipt", receipt) }
        if let problem = result.problem {
            writer.key("problem")
            problem.write(into: &writer)
        }
        writer.endObject()
    }

    /// How late an event of the programme may be.
    private static func latenessMilliseconds(_ programme: Programme?) -> Int64 {
        switch programme?.lateness {
        case .milliseconds(let amount): amount
        case .days(let days): Int64(days) * 86_400_000
        case .months(let months): Int64(months) * 31 * 86_400_000
        case nil: 72 * 3_600_000
        }
    }
}
