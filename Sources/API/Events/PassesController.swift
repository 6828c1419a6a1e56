import Access
import Primitives
import Runtime
import Vault

/// `POST /v1/passes`: the publisher's server lets one of its pages speak for the reader who is signed in there.
struct PassesController: Sendable {
    let engine: Runtime.Engine
    let passes: PagePasses

    func make(_ call: Call) async throws -> Reply {
        guard call.key?.kind == .live else {
            throw Problem(.missingScope, "A publishable key makes no passes: ask for them on your server.")
        }
        var fields = try Fields(try call.json())
        let subject = fields.text("subject", required: true) ?? ""
        let identity = ExternalIdentity(.user, subject)
        if identity == nil, fields.errors.isEmpty {
            fields.fault(
                "subject", "Send 1 to \(ExternalIdentity.maximumBytes) bytes without control characters.")
        }
        let seconds = fields.integer("seconds", in: 1...PagePasses.maximumMilliseconds / 1_000)
        try fields.finish()
        let programme = try call.programme
        guard let identity,
            let member = try await engine.identities.resolve([identity], programme: programme, now: call.now).first
        else { throw Problem.fault }
        let until = call.now.adding(milliseconds: (seconds ?? PagePasses.standardMilliseconds / 1_000) * 1_000)
        let pass = try passes.make(for: member, in: programme, until: until)
        return .json(201) { writer in
            writer.beginObject()
            writer.member("pass", pass)
            writer.member("expires_at", RFC3339.format(until))
            writer.endObject()
        }
    }
}
