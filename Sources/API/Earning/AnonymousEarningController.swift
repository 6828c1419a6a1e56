import Foundation
import HTTPTypes
import Loyalty
import Personalisation
import Primitives
import Runtime

/// Earning without saying who does: keys for everybody, reports by nobody, tokens back from members.
struct AnonymousEarningController: Sendable {
    let earning: AnonymousEarning
    let speaker: Speaker
    let wording: EffectWording

    /// The most tokens of one request.
    static let maximumTokens = 50
    /// The longest that the keys may be kept by whoever asked.
    static let cacheMilliseconds: Int64 = 300_000

    // MARK: Keys

    func keys(_ call: Call) async throws -> Reply {
        let programme = try call.programme
        let offer = try await earning.offer(programme, now: call.now)
        var reply = Reply.json(capacity: 4_096) { writer in
            writer.beginObject()
            writer.member("programme", programme.name)
            writer.member("day", CivilDate(daysSinceEpoch: Int(offer.day)).description)
            writer.member("until", RFC3339.format(offer.until))
            writer.member("least", EarningReach.k)
            writer.key("types")
            writer.beginArray()
            for (type, standing) in offer.types.sorted(by: { $0.key < $1.key }) {
                writer.beginObject()
                writer.member("type", type)
                switch standing {
                case .open(let keys):
                    writer.member("by", "tokens")
                    writer.key("keys")
                    writer.beginArray()
                    for key in keys {
                        writer.beginObject()
                        writer.member("id", key.id)
                        writer.member("spki", Data(key.publicKey).base64EncodedString())
                        writer.endObject()
                    }
                    writer.endArray()
                case .identified(let reason):
                    writer.member("by", "identified")
                    writer.member("reason", Self.name(of: reason))
                }
                writer.endObject()
            }
            writer.endArray()
            writer.endObject()
        }
        let milliseconds = min(Self.cacheMilliseconds, max(0, offer.until - call.now))
        reply.headers[.cacheControl] = "public, max-age=\(milliseconds / 1_000)"
        // One publishable key stands in the pages of all readers, so the answer is still the same for all of them.
        reply.headers[.vary] = "authorization"
        return reply
    }

    static func name(of reason: AnonymousEarning.Reason) -> String {
        switch reason {
        case .obstacles: "terms"
        case .tooFew: "too-few"
        case .nothing: "nothing"
        }
    }

    // MARK: Reports

    func report(_ call: Call) async throws -> Reply {
        var fields = try Fields(try call.json())
        let type = fields.text("type", required: true, limit: EventAttributes.Limit.type) ?? ""
        let channel = fields.text("channel", limit: EventAttributes.Limit.channel) ?? ""
        let data = fields.object("data") ?? JSONObject()
        let object = fields.object("blinded", required: true) ?? JSONObject()
        var blinded: [String: [UInt8]] = [:]
        if object.members.count > Self.maximumTokens {
            fields.fault("blinded", "Send at most \(Self.maximumTokens) at once.")
        } else {
            for member in object.members {
                guard let bytes = Self.bytes(member.value, count: BlindSignatures.bytes) else {
                    fields.fault("blinded", "Send \(BlindSignatures.bytes) bytes in base 64 for each key.")
                    break
                }
                blinded[member.key] = bytes
            }
        }
        try fields.finish()
        let report: AnonymousEarning.Report
        do {
            report = try await earning.report(
                type, channel: channel, fields: data, blinded: blinded, in: try call.programme, now: call.now)
        } catch let problem as EventProblem {
            return Self.answer("refused") { writer in
                writer.key("problem")
                Problem(problem).write(into: &writer)
            }
        }
        switch report {
        case .signed(let signed):
            return Self.answer("signed") { writer in
                writer.key("signatures")
                writer.beginObject()
                for one in signed {
                    writer.key(one.key)
                    writer.string(Data(one.signature).base64EncodedString())
                }
                writer.endObject()
            }
        case .outdated: return Self.answer("outdated") { _ in }
        case .identified(let reason):
            return Self.answer("identified") { writer in writer.member("reason", Self.name(of: reason)) }
        }
    }

    private static func answer(_ status: String, _ more: (inout JSONWriter) -> Void) -> Reply {
        var reply = Reply.json(capacity: 1_024) { writer in
            writer.beginObject()
            writer.member("status", status)
            more(&writer)
            writer.endObject()
        }
        reply.headers[.cacheControl] = "no-store"
        return reply
    }

    // MARK: Tokens

    func redeem(_ call: Call) async throws -> Reply {
        var fields = try Fields(try call.json())
        let pass = fields.text("pass", required: true, limit: EventAttributes.Limit.pass)
        let array = fields.array("tokens", required: true, limit: Self.maximumTokens) ?? []
        var tokens: [EarningToken?] = []
        for (index, value) in array.enumerated() {
            var token = try Fields(value, prefix: "tokens[\(index)]")
            let key = token.text("key", required: true, limit: 32) ?? ""
            let nonce = token.value("nonce", required: true)
            let signature = token.value("signature", required: true)
            tokens.append(
                EarningToken(
                    key: key, nonce: nonce.flatMap { Self.bytes($0, count: BlindSignatures.nonceBytes) } ?? [],
                    signature: signature.flatMap { Self.bytes($0, count: BlindSignatures.bytes) } ?? []))
            fields.add(token.errors)
        }
        try fields.finish()
        guard let key = call.key else { throw Problem.badKey }
        let verdict = try await speaker.verdict(user: nil, pass: pass, key: key, now: call.now)
        guard case .may(let known) = verdict, let member = known else {
            guard case .mayNot(let fault) = verdict else { throw Problem.fault }
            throw Problem(.passRefused, "Correct what `errors` names.", errors: [fault])
        }
        let programme = try call.programme
        let results = try await earning.redeem(tokens, member: member, in: programme, now: call.now)
        let texts = wording.texts(programme, acceptLanguage: call.acceptLanguage)
        var reply = Reply.json(capacity: 64 + results.count * 256) { writer in
            writer.beginObject()
            writer.key("results")
            writer.beginArray()
            for result in results {
                writer.beginObject()
                var effects: [AppliedEffect] = []
                switch result {
                case .credited(let given):
                    writer.member("status", "credited")
                    effects = given
                case .spentBefore: writer.member("status", "spent")
                case .refused: writer.member("status", "refused")
                }
                writer.key("effects")
                EventAnswer.write(effects, texts, into: &writer)
                writer.endObject()
            }
            writer.endArray()
            writer.endObject()
        }
        reply.headers[.cacheControl] = "no-store"
        return reply
    }

    private static func bytes(_ value: JSONValue, count: Int) -> [UInt8]? {
        guard let text = value.stringValue, let data = Data(base64Encoded: text), data.count == count else {
            return nil
        }
        return Array(data)
    }
}
