import Loyalty
import Primitives
import Runtime

/// `POST /v1/simulations/redemptions`: what would happen if a member redeemed, and all that stands in the way.
struct RedemptionSimulationsController: Sendable {
    let engine: Runtime.Engine
    let members: MembersController

    func simulate(_ call: Call) async throws -> Reply {
        var fields = try Fields(try call.json())
        let text = fields.text("member", required: true) ?? ""
        let reward = fields.text("reward", required: true, limit: 100) ?? ""
        let quantity = fields.integer("quantity", in: 1...1_000_000) ?? 1
        let slot = fields.text("slot", limit: 30) ?? ""
        let unit = fields.text("unit", limit: 100)
        try fields.finish()
        guard let named = MemberID(text) else { throw Problem.notFound("member") }
        let member = try await members.existing(named, call)
        let dryRun = try await engine.simulateRedemption(
            of: reward, RedemptionChoice(quantity: quantity, slot: slot, unit: unit), by: member,
            in: try call.programme)
        return Reply(status: 200, mediaType: Reply.json, body: dryRun.json.bytes())
    }
}
