import Access
import Catalogue
import Loyalty
import Primitives
import Runtime
import Vault

/// Whether a member may have something now: gates, items and entitlements, one or many at once. Asking changes nothing.
struct EntitlementsController: Sendable {
    let engine: Runtime.Engine

    /// The most gates, items or names at once, each.
    static let maximumList = 50

    /// What is asked.
    struct Question {
        var gates: [String] = []
        var items: [String] = []
        var names: [String] = []
        var region: String?
        var isSubscriber = false
        var explains = false

        var count: Int { gates.count + items.count + names.count }
    }

    // MARK: GET

    func check(_ call: Call) async throws -> Reply {
        guard let text = call.query["member"] else { throw Problem.parameter("member", "The parameter is required.") }
        guard let member = MemberID(text) else { throw Problem.notFound("member") }
        if let name = call.query["name"], call.query["gate"] == nil, call.query["item"] == nil {
            guard !name.isEmpty else { throw Problem.parameter("name", "Send the name of an entitlement.") }
            return try await checkName(name, member, call)
        }
        var question = Question(region: call.query["region"])
        question.gates =
            call.query["gate"]?.split(separator: ",", omittingEmptySubsequences: false).map(String.init) ?? []
        for (name, limit) in [("gate", 512), ("item", 200), ("name", 100)] {
            guard let text = call.query[name], !(1...limit).contains(text.unicodeScalars.count) else { continue }
            throw Problem.parameter(name, "Send 1 to \(limit) characters.")
        }
        // An item's identifier may hold a comma.
        question.items = call.query["item"].map { [$0] } ?? []
        question.names = call.query["name"].map { [$0] } ?? []
        if let region = question.region, !Self.isRegion(region) {
            throw Problem.parameter("region", Self.regionRule)
        }
        question.isSubscriber = try flag("subscriber", call)
        question.explains = try flag("explain", call)
        if question.count == 0 {
            question.gates = engine.host[try call.programme]?.programme.gates.map(\.id) ?? []
            return try await answer(question, member, call)
        }
        guard question.gates.count <= Self.maximumList else {
            throw Problem.parameter("gate", "Ask for at most \(Self.maximumList) gates at once.")
        }
        return try await answer(question, member, call)
    }

    private func flag(_ name: String, _ call: Call) throws(Problem) -> Bool {
        switch call.query[name] {
        case nil, "false": return false
        case "true": return true
        default: throw .parameter(name, "Send true or false.")
        }
    }

    private func checkName(_ name: String, _ member: MemberID, _ call: Call) async throws -> Reply {
        let facts = try await Self.facts(of: member, call, engine)
        let grant = facts.grant(name)
        return .json { writer in
            writer.beginObject()
            writer.member("member", (facts.state?.id ?? member).description)
            writer.member("name", name)
            writer.member("granted", grant != nil)
            MemberDocument.write("expires_at", grant?.expiresAt, into: &writer)
            writer.endObject()
        }
    }

    // MARK: POST

    func checkMany(_ call: Call) async throws -> Reply {
        var fields = try Fields(try call.json())
        let text = fields.text("member", required: true) ?? ""
        var question = Question()
        question.gates = fields.words("gates", limit: Self.maximumList)
        question.items = fields.words("items", limit: Self.maximumList)
        question.names = fields.words("names", limit: Self.maximumList)
        question.region = fields.region()
        question.isSubscriber = fields.flag("subscriber") ?? false
        question.explains = fields.flag("explain") ?? false
        if fields.errors.isEmpty, question.count == 0 {
            fields.fault("gates", "Ask for at least one of `gates`, `items` and `names`.")
        }
        try fields.finish()
        guard let member = MemberID(text) else { throw Problem.notFound("member") }
        return try await answer(question, member, call)
    }

    private func answer(_ question: Question, _ member: MemberID, _ call: Call) async throws -> Reply {
        let facts = try await Self.facts(of: member, call, engine)
        let answer = EntitlementAnswer(
            facts, language: call.acceptLanguage.flatMap(EffectWording.language), explains: question.explains)
        let programme = facts.programme.programme
        let gates = try question.gates.map { name in
            guard let gate = programme.gates.first(where: { $0.id == name }) else { throw Problem.notFound("gate") }
            return EntitlementCheck.decide(gate, facts)
        }
        let viewer = facts.viewer(region: question.region, isSubscriber: question.isSubscriber)
        let items = question.items.map { text in
            let item = ItemID(text).flatMap { engine.item($0, in: programme.id) }
            return (text, EntitlementCheck.decide(item, facts, viewer: viewer))
        }
        return .json(capacity: 256 * question.count + 128) { writer in
            writer.beginObject()
            writer.member("member", (facts.state?.id ?? member).description)
            let named = question.names.map { (name: $0, isGranted: facts.grants($0)) }
            writer.member(
                "allowed",
                gates.allSatisfy(\.isOpen) && items.allSatisfy(\.1.isOpen) && named.allSatisfy(\.isGranted))
            writer.key("gates")
            writer.beginArray()
            for gate in gates { answer.write(gate, into: &writer) }
            writer.endArray()
            writer.key("items")
            writer.beginArray()
            for (item, decision) in items { answer.write(decision, item: item, into: &writer) }
            writer.endArray()
            writer.key("names")
            writer.beginArray()
            for (name, isGranted) in named {
                writer.beginObject()
                writer.member("name", name)
                writer.member("granted", isGranted)
                MemberDocument.write("expires_at", facts.grant(name)?.expiresAt, into: &writer)
                writer.endObject()
            }
            writer.endArray()
            writer.endObject()
        }
    }

    static let regionRule = "Send a country as two capitals (ISO 3166-1), such as NL."

    static func isRegion(_ text: String) -> Bool {
        text.utf8.count == 2 && text.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    }

    /// The facts of a member that exists in the key's programme.
    static func facts(of member: MemberID, _ call: Call, _ engine: Runtime.Engine) async throws -> GateFacts {
        let programme = try call.programme
        let facts = try await engine.gateFacts(of: member, in: programme)
        if facts.state?.isStored != true {
            guard try await engine.identities.canonical(member, programme: programme) != nil else {
                throw Problem.notFound("member")
            }
        }
        return facts
    }
}

extension Fields {
    /// A country, in capitals.
    mutating func region() -> String? {
        guard let text = text("region", limit: 2) else { return nil }
        if !EntitlementsController.isRegion(text) { fault("region", EntitlementsController.regionRule) }
        return text
    }

    /// A list of short texts; empty if it is absent.
    mutating func words(_ name: String, limit: Int) -> [String] {
        guard let values = array(name, limit: limit) else { return [] }
        return values.enumerated().compactMap { index, value in
            guard let text = value.stringValue, (1...200).contains(text.unicodeScalars.count) else {
                fault("\(name)[\(index)]", "Send a text of 1 to 200 characters.")
                return nil
            }
            return text
        }
    }
}
