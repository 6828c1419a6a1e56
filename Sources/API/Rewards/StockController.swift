import Access
import Loyalty
import Primitives
import Runtime
import Vault

/// What staff put into a reward's stock, or take out.
struct StockController: Sendable {
    let engine: Runtime.Engine
    let idempotency: Idempotency
    let random: any RandomBytes

    /// The changes that are listed.
    static let listed = 100

    func change(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let amount = fields.integer("change", required: true, in: -1_000_000...1_000_000) ?? 0
        if amount == 0, fields.errors.isEmpty { fields.fault("change", "The change must not be zero.") }
        let reason = fields.text("reason", required: true, limit: 500) ?? ""
        try fields.finish()
        let programme = try call.programme
        guard let key = call.key else { throw Problem.badKey }
        let reward = call["reward"]
        guard engine.host[programme]?.rewards[reward] != nil else { throw Problem.notFound("reward") }
        // The same key is the same change, whatever became of the record of its answer.
        let id =
            call.idempotencyKey.map {
                engine.holdID(
                    programme: programme, member: MemberID(ID128(high: 0, low: 0)), key: "stock\n\(reward)\n" + $0)
            } ?? random.id()
        return try await idempotency.once(call, body: body) {
            try await engine.changeStock(
                of: reward, by: amount, id: id, reason: reason, by: AuditActor(key.principal), in: programme)
            let standing = try await engine.rewardStandings(in: programme).first { $0.reward.id == reward }
            return .json(201) { writer in
                writer.beginObject()
                writer.member("reward", reward)
                writer.key("stock")
                if let stock = standing?.stock { writer.integer(stock) } else { writer.null() }
                writer.key("left")
                if let left = standing?.left { writer.integer(left) } else { writer.null() }
                writer.endObject()
            }
        }
    }

    func list(_ call: Call) async throws -> Reply {
        let changes = try await engine.stockChanges(in: try call.programme, limit: Self.listed)
        return .json(capacity: 1_024) { writer in
            writer.beginObject()
            writer.key("changes")
            writer.beginArray()
            for change in changes {
                writer.beginObject()
                writer.member("change", change.id.description)
                writer.member("reward", change.reward)
                writer.member("amount", change.amount)
                writer.member("at", RFC3339.format(change.at))
                writer.member("reason", change.reason)
                writer.endObject()
            }
            writer.endArray()
            writer.endObject()
        }
    }
}
