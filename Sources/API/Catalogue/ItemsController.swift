import Catalogue
import HTTPTypes
import Primitives

/// What there is to read, watch, hear and attend.
struct ItemsController: Sendable {
    let catalogue: CatalogueStore
    let idempotency: Idempotency

    func put(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let values = fields.array("items", required: true, limit: catalogue.limits.itemsPerCall) ?? []
        try fields.finish()
        let programme = try call.programme
        return try await idempotency.once(call, body: body) {
            var drafts: [ItemDraft] = []
            var faults: [DraftFault] = []
            for (index, value) in values.enumerated() {
                let (draft, found) = ItemDraft.read(value, index: index)
                if let draft { drafts.append(draft) }
                faults += found
            }
            guard faults.isEmpty else { throw Problem.invalid(faults, of: "items") }
            let result = try await catalogue.putItems(programme, drafts, now: call.now)
            if !result.isAccepted, result.faults.allSatisfy({ Self.isContradiction($0, drafts) }) {
                throw Problem.invalid(result.faults, of: "items", type: .contradiction)
            }
            return try PutReply.json(result, of: "items")
        }
    }

    /// Whether each field is right by itself and only two of them together are not, which no schema can say.
    private static func isContradiction(_ fault: DraftFault, _ drafts: [ItemDraft]) -> Bool {
        guard drafts.indices.contains(fault.index) else { return false }
        let draft = drafts[fault.index]
        switch fault.field {
        case "expires_at": return draft.publishedAt != nil
        case "early_access", "early_access.from": return draft.earlyAccess != nil
        case "id": return ItemID(draft.id) != nil && drafts[..<fault.index].contains { $0.id == draft.id }
        default: return false
        }
    }

    func list(_ call: Call) async throws -> Reply {
        let page = try Page(call.query)
        let state: Item.State
        switch call.query["state"] {
        case nil, "live": state = .live
        case "withdrawn": state = .withdrawn
        case "stub": state = .stub
        default: throw Problem.parameter("state", "Use live, withdrawn or stub.")
        }
        let items = try await catalogue.items(
            try call.programme, state: state, after: try itemID(page.after), limit: page.limit)
        let next = items.count == page.limit ? items.last?.id.text : nil
        return ListReply.json(items, next: next) { Self.write($0, into: &$1) }
    }

    func get(_ call: Call) async throws -> Reply {
        guard let id = ItemID(call["item"]), let item = catalogue.snapshot(try call.programme).item(id) else {
            throw Problem.notFound("item")
        }
        let body = try await catalogue.body(try call.programme, id)
        return .json(capacity: 1_024) { Self.write(item, body: body, into: &$0) }
    }

    func delete(_ call: Call) async throws -> Reply {
        guard let id = ItemID(call["item"]) else { throw Problem.notFound("item") }
        let programme = try call.programme
        return try await idempotency.once(call, body: nil) {
            guard try await !catalogue.delete(programme, [id], now: call.now).isEmpty else {
                throw Problem.notFound("item")
            }
            return .noContent
        }
    }

    func stubs(_ call: Call) async throws -> Reply {
        let page = try Page(call.query)
        let stubs = try await catalogue.stubs(
            try call.programme, after: try itemID(page.after), limit: page.limit)
        let next = stubs.count == page.limit ? stubs.last?.id.text : nil
        return ListReply.json(stubs, next: next) { stub, writer in
            writer.beginObject()
            writer.member("id", stub.id.text)
            writer.member("first_seen", CivilDate(daysSinceEpoch: stub.day).description)
            writer.endObject()
        }
    }

    private func itemID(_ text: String?) throws(Problem) -> ItemID? {
        guard let text else { return nil }
        guard let id = ItemID(text) else { throw Page.badCursor }
        return id
    }

    private static func write(_ item: Item, body: Catalogue.LocalizedText? = nil, into writer: inout JSONWriter) {
        var draft = ItemDraft(item)
        if let body {
            draft.body = Dictionary(
                body.versions.map { ($0.language.name, $0.text) }, uniquingKeysWith: { first, _ in first })
        }
        var document = draft.document
        document["state"] = .string(item.state.name)
        writer.value(document)
    }
}

extension Item.State {
    fileprivate var name: String {
        switch self {
        case .live: "live"
        case .stub: "stub"
        case .withdrawn: "withdrawn"
        case .deleted: "deleted"
        }
    }
}

/// What became of a batch of catalogue entries.
enum PutReply {
    /// - Throws: a problem that names every fault; nothing was kept then.
    static func json(_ result: PutResult, of what: String) throws(Problem) -> Reply {
        guard result.isAccepted else { throw .invalid(result.faults, of: what) }
        return .json { writer in
            writer.beginObject()
            writer.member("created", result.created)
            writer.member("filled", result.filled)
            writer.member("updated", result.updated)
            writer.member("unchanged", result.unchanged)
            writer.key("unknown_makers")
            writer.beginArray()
            for maker in result.unknownMakers { writer.string(maker.text) }
            writer.endArray()
            writer.key("unknown_series")
            writer.beginArray()
            for series in result.unknownSeries { writer.string(series.text) }
            writer.endArray()
            writer.endObject()
        }
    }
}

extension Problem {
    /// The faults of a batch of drafts, at most 100 of them.
    static func invalid(_ faults: [DraftFault], of what: String, type: ProblemType = .invalid) -> Problem {
        Problem(
            type, "Correct what `errors` names and send all of the batch again. Nothing of it was kept.",
            errors: faults.prefix(100).map { fault in
                FieldError(
                    "\(what)[\(fault.index)]" + (fault.field.isEmpty ? "" : "." + fault.field),
                    "\(fault.problem). \(fault.fix).")
            })
    }
}
