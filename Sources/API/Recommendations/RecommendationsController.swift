import Access
import Catalogue
import Foundation
import HTTPTypes
import Loyalty
import Personalisation
import Primitives
import Runtime
import Vault

/// What to read, watch or hear next, and what a persona's lists hold.
struct RecommendationsController: Sendable {
    let engine: Runtime.Engine
    let recommendations: Recommendations
    let speaker: Speaker

    static let passHeader = "Stamgast-Pass"
    /// Not a part of the address: proxies keep those, and beside a member's name it would say what they read.
    static let visitHeader = "Stamgast-Visit"
    /// The longest list of items of a visit.
    static let mostVisited = 20
    static let mostCandidates = 200

    // MARK: Lists

    func list(_ call: Call) async throws -> Reply {
        let programme = try call.programme
        var request = RecommendationRequest(limit: try Self.limit(call, most: RecommendationRequest.most, usual: 10))
        if let text = call.query["kind"] {
            guard let kind = ItemKind(rawValue: text) else { throw Problem.parameter("kind", Self.kindRule) }
            request.kinds = [kind]
        }
        if let text = call.query["language"] {
            guard let language = LanguageTag(text) else {
                throw Problem.parameter("language", "Send a language tag such as nl or pt-BR.")
            }
            request.language = language
        }
        var isOff = false
        switch call.query["profile"] {
        case nil, "on": break
        case "off": isOff = true
        default: throw Problem.parameter("profile", "Send on or off.")
        }
        let said = HTTPField.Name(Self.visitHeader).flatMap { call.headers[$0] } ?? ""
        let visit = said.split(separator: ",").prefix(Self.mostVisited).compactMap { part in
            String(part).removingPercentEncoding.flatMap { ItemID($0) }
        }
        let member = try await member(call, programme)
        let answer = try await recommendations.list(
            for: member, in: programme, request, visit: visit, isOff: isOff,
            objects: call.globalPrivacyControl)
        var reply = Reply.json(capacity: 256 + answer.items.count * 300) { writer in
            writer.beginObject()
            writer.member("level", answer.level.rawValue)
            writer.key("persona")
            if let persona = answer.persona { writer.string(persona) } else { writer.null() }
            writer.key("data")
            writer.beginArray()
            for recommended in answer.items { Self.write(recommended, into: &writer) }
            writer.endArray()
            writer.endObject()
        }
        reply.headers[.cacheControl] = "no-store"
        return reply
    }

    private static let kindRule = "Send one of: \(ItemKind.allCases.map(\.rawValue).joined(separator: ", "))."

    /// The member that the publisher's server names, or that a pass speaks for; nobody without either.
    private func member(_ call: Call, _ programme: ProgrammeID) async throws -> MemberID? {
        guard let key = call.key else { throw Problem.badKey }
        if let text = call.query["member"] {
            guard key.kind == .live, key.scopes.contains(.membersRead) else {
                throw Problem(.missingScope, "The key needs the scope \(Scope.membersRead.rawValue).")
            }
            guard let member = MemberID(text),
                let known = try await engine.identities.canonical(member, programme: programme)
            else { throw Problem.notFound("member") }
            return known
        }
        let pass = HTTPField.Name(Self.passHeader).flatMap { call.headers[$0] }
        switch try await speaker.verdict(user: nil, pass: pass, key: key, now: call.now) {
        case .may(let known): return known
        case .mayNot(let error):
            throw Problem(.passRefused, "Send a pass that holds, or none.", errors: [error])
        }
    }

    private static func limit(_ call: Call, most: Int, usual: Int) throws(Problem) -> Int {
        guard let text = call.query["limit"] else { return usual }
        guard let limit = Int(text), (1...most).contains(limit), text.utf8.allSatisfy({ $0 != UInt8(ascii: "+") })
        else { throw .parameter("limit", "Use a whole number from 1 to \(most).") }
        return limit
    }

    private static func write(_ recommended: RecommendedItem, into writer: inout JSONWriter) {
        writer.beginObject()
        write(recommended.item, into: &writer)
        writer.key("reasons")
        writer.beginArray()
        for cause in recommended.causes {
            writer.beginObject()
            writer.member("kind", cause.reason.kind)
            switch cause.reason {
            case .sameTopic(let topic), .declaredTopic(let topic), .personaTopic(let topic):
                writer.member("topic", topic)
            case .followedMaker(let maker): writer.member("maker", maker.text)
            case .chosenByEditors, .besideRead, .popularNow, .recent, .surprise: break
            }
            writer.member("because", JSONValue.array(cause.because.map { .string($0.text) }))
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
    }

    private static func write(_ item: Item, into writer: inout JSONWriter) {
        writer.member("item", item.id.text)
        writer.member("kind", item.kind.rawValue)
        writer.member(
            "title",
            JSONValue.object(JSONObject(item.content.title.versions.map { ($0.language.name, .string($0.text)) })))
        writer.key("url")
        if let url = item.content.url { writer.string(url.text) } else { writer.null() }
        writer.member("topics", JSONValue.array(item.topics.map { .string($0) }))
    }

    // MARK: Personas

    func personas(_ call: Call) async throws -> Reply {
        let programme = try programme(call)
        return Self.cached(
            call,
            .json { writer in
                writer.beginObject()
                writer.key("data")
                writer.beginArray()
                for persona in programme.personas { Self.write(persona, into: &writer) }
                writer.endArray()
                writer.endObject()
            })
    }

    func candidates(_ call: Call) async throws -> Reply {
        let programme = try programme(call)
        guard let persona = programme.personas.first(where: { $0.id == call["persona"] }) else {
            throw Problem.notFound("persona")
        }
        let limit = try Self.limit(call, most: Self.mostCandidates, usual: 50)
        let items = try await recommendations.candidates(of: persona, in: programme.id, limit: limit)
        return Self.cached(
            call,
            .json(capacity: 128 + items.count * 200) { writer in
                writer.beginObject()
                writer.member("persona", persona.id)
                writer.key("data")
                writer.beginArray()
                // Names in their order, and no numbers: a list tells nothing of how many did what.
                for item in items {
                    writer.beginObject()
                    Self.write(item, into: &writer)
                    writer.endObject()
                }
                writer.endArray()
                writer.endObject()
            })
    }

    /// What to go on with after an item: for the page of it, so without anybody.
    func related(_ call: Call) async throws -> Reply {
        let programme = try call.programme
        guard let item = ItemID(call["item"]), engine.item(item, in: programme) != nil else {
            throw Problem.notFound("item")
        }
        let limit = try Self.limit(call, most: RecommendationRequest.most, usual: 5)
        let found = try await recommendations.related(to: item, in: programme, limit: limit)
        return Self.cached(
            call,
            .json(capacity: 128 + found.count * 200) { writer in
                writer.beginObject()
                writer.member("item", item.text)
                writer.key("data")
                writer.beginArray()
                for (other, reason) in found {
                    writer.beginObject()
                    Self.write(other, into: &writer)
                    writer.member("reason", reason.kind)
                    writer.endObject()
                }
                writer.endArray()
                writer.endObject()
            })
    }

    private func programme(_ call: Call) throws -> Programme {
        let id = try call.programme
        guard let compiled = engine.host[id] else { throw PipelineProblem.unknownProgramme(id) }
        return compiled.programme
    }

    private static func write(_ persona: Persona, into writer: inout JSONWriter) {
        func texts(_ text: Loyalty.LocalizedText) -> JSONValue {
            let sorted = text.values.sorted { $0.key.rawValue < $1.key.rawValue }
            return .object(JSONObject(sorted.map { ($0.key.rawValue, .string($0.value)) }))
        }
        writer.beginObject()
        writer.member("id", persona.id)
        writer.member("name", texts(persona.name))
        writer.member("about", texts(persona.about))
        writer.member(
            "topics",
            JSONValue.array(
                persona.topics.map { ["topic": .string($0.id), "weight": .integer(Int64($0.weight))] }))
        writer.member("minimum_members", Int64(persona.minimum))
        writer.endObject()
    }

    /// The same for everybody, so any cache may keep it. The tag is of the bytes (FNV-1a, 64 bits).
    private static func cached(_ call: Call, _ reply: Reply) -> Reply {
        var reply = reply
        let hash = reply.body.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        let tag = "\"" + String(hash, radix: 16) + "\""
        let asked = (call.headers[.ifNoneMatch] ?? "").split(separator: ",").map { part in
            let part = part.drop { $0 == " " }
            return part.hasPrefix("W/") ? part.dropFirst(2) : part
        }
        if asked.contains(where: { $0 == tag || $0 == "*" }) {
            reply = Reply(status: 304, mediaType: nil, body: [])
        }
        reply.headers[.eTag] = tag
        reply.headers[.cacheControl] = "public, max-age=60"
        return reply
    }
}
