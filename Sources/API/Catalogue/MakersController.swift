import Catalogue
import Primitives

/// The people behind items, and the series that items belong to.
struct MakersController: Sendable {
    let catalogue: CatalogueStore
    let idempotency: Idempotency

    func putMakers(_ call: Call) async throws -> Reply {
        try await put(call, "makers", MakerDraft.read, \.id) { programme, drafts in
            try await catalogue.putMakers(programme, drafts)
        }
    }

    func putSeries(_ call: Call) async throws -> Reply {
        try await put(call, "series", SeriesDraft.read, \.id) { programme, drafts in
            try await catalogue.putSeries(programme, drafts)
        }
    }

    private func put<Draft: Sendable>(
        _ call: Call, _ name: String, _ read: (JSONValue, Int) -> (Draft?, [DraftFault]),
        _ id: any KeyPath<Draft, String> & Sendable,
        _ write: (ProgrammeID, [Draft]) async throws -> PutResult
    ) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let values = fields.array(name, required: true, limit: catalogue.limits.itemsPerCall) ?? []
        try fields.finish()
        let programme = try call.programme
        return try await idempotency.once(call, body: body) {
            var drafts: [Draft] = []
            var faults: [DraftFault] = []
            for (index, value) in values.enumerated() {
                let (draft, found) = read(value, index)
                if let draft { drafts.append(draft) }
                faults += found
            }
            guard faults.isEmpty else { throw Problem.invalid(faults, of: name) }
            let result = try await write(programme, drafts)
            // Each entry may be right by itself; that two have one id is what no schema can say.
            let areTwice =
                !result.isAccepted
                && result.faults.allSatisfy { fault in
                    fault.field == "id" && drafts.indices.contains(fault.index)
                        && drafts[..<fault.index].contains { $0[keyPath: id] == drafts[fault.index][keyPath: id] }
                }
            guard !areTwice else { throw Problem.invalid(result.faults, of: name, type: .contradiction) }
            return try PutReply.json(result, of: name)
        }
    }

    func listMakers(_ call: Call) async throws -> Reply {
        let all = catalogue.snapshot(try call.programme).makers
        return try list(call, all, id: \.id.text) { MakerDraft($0).document }
    }

    func listSeries(_ call: Call) async throws -> Reply {
        let all = catalogue.snapshot(try call.programme).allSeries
        return try list(call, all, id: \.id.text) { SeriesDraft($0).document }
    }

    /// A page of entries that are sorted by the bytes of their identifiers.
    private func list<Entry>(
        _ call: Call, _ all: [Entry], id: KeyPath<Entry, String>, _ document: (Entry) -> JSONValue
    ) throws(Problem) -> Reply {
        let page = try Page(call.query)
        let rest =
            page.after.map { after in all.drop { !after.utf8.lexicographicallyPrecedes($0[keyPath: id].utf8) } }
            ?? all[...]
        let entries = Array(rest.prefix(page.limit))
        return ListReply.json(entries, next: rest.count > page.limit ? entries.last?[keyPath: id] : nil) {
            $1.value(document($0))
        }
    }
}
