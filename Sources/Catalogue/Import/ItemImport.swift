import Primitives

/// Reads items out of files. Pure: the drafts are put by whoever asked, in batches.
public enum ItemImport {
    /// Items as JSON lines: one item document a line; empty lines are passed over.
    ///
    /// Faults are indexed by the place of the item in the file, and name its line.
    public static func jsonLines(_ bytes: [UInt8]) -> (drafts: [ItemDraft], faults: [DraftFault]) {
        var drafts: [ItemDraft] = []
        var faults: [DraftFault] = []
        var index = 0
        for (number, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            guard line.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) else { continue }
            defer { index += 1 }
            let value: JSONValue
            do throws(JSONProblem) {
                value = try JSONValue(parsing: Array(line))
            } catch {
                let problem = "line \(number + 1), column \(error.column): \(error.reason)"
                faults.append(
                    DraftFault(index: index, field: "", problem: problem, fix: "Write one JSON object a line"))
                continue
            }
            let (draft, wrong) = ItemDraft.read(value, index: index)
            if let draft { drafts.append(draft) }
            faults += wrong.map {
                DraftFault(index: $0.index, field: $0.field, problem: "line \(number + 1): \($0.problem)", fix: $0.fix)
            }
        }
        return (drafts, faults)
    }

    /// Items as comma-separated values.
    ///
    /// Faults are indexed by the place of the record in the file, and name its line.
    public static func csv(
        _ bytes: [UInt8], mapping: ItemMapping = .standard
    ) -> (drafts: [ItemDraft], faults: [DraftFault]) {
        var drafts: [ItemDraft] = []
        var faults: [DraftFault] = []
        var headings: [String: Int] = [:]
        var needsHeadings = mapping.hasHeadings
        var index = 0
        for record in CSVReader(bytes, separator: mapping.separator, quotes: mapping.hasQuotes) {
            switch record {
            case .broken(let problem):
                faults.append(
                    DraftFault(
                        index: index, field: "", problem: problem.description, fix: "Correct the file from there on"))
            case .fields(let fields, _) where needsHeadings:
                needsHeadings = false
                for (place, heading) in fields.enumerated() where headings[heading] == nil { headings[heading] = place }
                let missing = mapping.missing(in: headings)
                if !missing.isEmpty {
                    let problem = "the file has no column \(missing.joined(separator: ", "))"
                    return (
                        [],
                        [DraftFault(index: 0, field: "", problem: problem, fix: "Name its columns in the mapping")]
                    )
                }
            case .fields(let fields, let line):
                var reader = RecordReader(
                    mapping: mapping, headings: headings, fields: fields, index: index, line: line)
                let draft = reader.draft()
                if reader.faults.isEmpty { drafts.append(draft) }
                faults += reader.faults
                index += 1
            }
        }
        return (drafts, faults)
    }
}

extension ItemMapping {
    /// The headings that the mapping needs for an item to exist and the file does not have.
    fileprivate func missing(in headings: [String: Int]) -> [String] {
        [Field.id, .title].compactMap { field in
            if case .column(let name) = sources[field], headings[name] == nil { name.quoted } else { nil }
        }
    }
}

/// Reads one record.
private struct RecordReader {
    let mapping: ItemMapping
    let headings: [String: Int]
    let fields: [String]
    let index: Int
    let line: Int
    var faults: [DraftFault] = []

    mutating func draft() -> ItemDraft {
        let tag = text(.language) ?? mapping.language ?? LanguageTag.undetermined.name
        var draft = ItemDraft(
            id: text(.id) ?? "", kind: text(.kind) ?? ItemKind.article.rawValue,
            title: text(.title).map { [tag: $0] } ?? [:])
        draft.language = text(.language) ?? mapping.language
        draft.standfirst = text(.standfirst).map { [tag: $0] } ?? [:]
        draft.body = text(.body).map { [tag: $0] } ?? [:]
        draft.url = text(.url)
        draft.image = text(.image)
        draft.series = text(.series)
        draft.makers = list(.makers)
        draft.topics = list(.topics)
        if mapping.tidiesTopics { draft.topics = draft.topics.compactMap { Label.nearest(to: $0) }.uniqued() }
        draft.access = text(.access) ?? draft.access
        draft.regions = list(.regions)
        draft.publishedAt = instant(.publishedAt)
        draft.expiresAt = instant(.expiresAt)
        draft.isSensitive = flag(.sensitive)
        draft.durationSeconds = number(.durationSeconds)
        draft.wordCount = number(.wordCount)
        return draft
    }

    /// `nil` where the file has nothing.
    private func text(_ field: ItemMapping.Field) -> String? {
        let value: String? =
            switch mapping.sources[field] {
            case .constant(let text): text
            case .place(let place): fields.indices.contains(place - 1) ? fields[place - 1] : nil
            case .column(let name): headings[name].flatMap { fields.indices.contains($0) ? fields[$0] : nil }
            case nil: nil
            }
        return value.flatMap { PlainText.line($0).isEmpty ? nil : $0 }
    }

    private func list(_ field: ItemMapping.Field) -> [String] {
        guard let text = text(field) else { return [] }
        return text.split(separator: mapping.listSeparator).map { PlainText.line($0) }.filter { !$0.isEmpty }
    }

    /// A time in any common form, or seconds or milliseconds since 1970.
    private mutating func instant(_ field: ItemMapping.Field) -> Instant? {
        guard let text = text(field) else { return nil }
        if let number = Int64(text), text.utf8.count >= 9 {
            return abs(number) >= 100_000_000_000 ? Instant(milliseconds: number) : Instant(seconds: number)
        }
        if let instant = DateText.read(text) { return instant }
        fault(field, "`\(text.quoted)` is no time", "Write it as in RFC 3339, e.g. 2026-03-01T08:00:00Z")
        return nil
    }

    private mutating func number(_ field: ItemMapping.Field) -> Int? {
        guard let text = text(field) else { return nil }
        if let number = Int(PlainText.line(text)) { return number }
        fault(field, "`\(text.quoted)` is no whole number", "Write digits only")
        return nil
    }

    private mutating func flag(_ field: ItemMapping.Field) -> Bool {
        guard let text = text(field) else { return false }
        switch PlainText.line(text).lowercased() {
        case "1", "true", "yes": return true
        case "0", "false", "no": return false
        default:
            fault(field, "`\(text.quoted)` is neither yes nor no", "Write true or false")
            return false
        }
    }

    private mutating func fault(_ field: ItemMapping.Field, _ problem: String, _ fix: String) {
        faults.append(
            DraftFault(index: index, field: field.rawValue, problem: "line \(line): \(problem)", fix: fix))
    }
}
