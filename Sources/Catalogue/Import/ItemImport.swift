public import Primitives

/// What one row or line of a file says: an item, or why it is none.
public enum ItemRow: Sendable {
    case item(ItemDraft)
    case faults([DraftFault])
}

/// Reads items out of files, however large. Pure: the drafts are put by whoever asked, in batches.
///
/// Faults are indexed by the place of the item in the file, and name its line.
public enum ItemImport {
    /// Items as JSON lines: one item document a line, as in `PUT /v1/items`; empty lines are passed over.
    public static func jsonLines(_ chunks: ByteChunks) -> AnyIterator<ItemRow> {
        var lines = LineReader(chunks)
        var index = -1
        return AnyIterator {
            guard let next = lines.next() else { return nil }
            index += 1
            switch next {
            case .broken(let problem): return .broken(problem, index: index)
            case .text(let bytes, let line): return row(bytes, line: line, index: index)
            }
        }
    }

    private static func row(_ bytes: [UInt8], line: Int, index: Int) -> ItemRow {
        let value: JSONValue
        do throws(JSONProblem) {
            value = try JSONValue(parsing: bytes)
        } catch {
            let problem = "line \(line), column \(error.column): \(error.reason)"
            return .faults(
                [DraftFault(index: index, field: "", problem: problem, fix: "Write one JSON object a line")])
        }
        let (draft, wrong) = ItemDraft.read(value, index: index)
        if let draft { return .item(draft) }
        return .faults(
            wrong.map {
                DraftFault(index: $0.index, field: $0.field, problem: "line \(line): \($0.problem)", fix: $0.fix)
            })
    }

    /// Items as one JSON document: a list of item documents, or an object with such a list as `items`.
    public static func json(_ document: JSONValue) -> AnyIterator<ItemRow> {
        guard let values = document.arrayValue ?? document["items"]?.arrayValue else {
            let problem = "the document is neither a list of items nor an object with a list `items`"
            return AnyIterator(
                [
                    ItemRow.faults([
                        DraftFault(index: 0, field: "", problem: problem, fix: "Write {\"items\": [...]}")
                    ])
                ].makeIterator())
        }
        var rest = values.enumerated().makeIterator()
        return AnyIterator {
            guard let (index, value) = rest.next() else { return nil }
            let (draft, faults) = ItemDraft.read(value, index: index)
            return draft.map(ItemRow.item) ?? .faults(faults)
        }
    }

    /// Items as comma-separated values.
    public static func csv(_ chunks: ByteChunks, mapping: ItemMapping = .standard) -> AnyIterator<ItemRow> {
        var records = mapping.form.records(chunks)
        var headings = mapping.form.hasHeadings ? nil : TableHeadings()
        var index = -1
        var isEnded = false
        return AnyIterator {
            while !isEnded, let record = records.next() {
                switch record {
                case .broken(let problem):
                    isEnded = true
                    return .broken(problem, index: index + 1)
                case .fields(let fields, let line):
                    guard let headings else {
                        let found = TableHeadings(fields)
                        headings = found
                        let missing = mapping.missing(in: found)
                        guard missing.isEmpty else {
                            isEnded = true
                            let problem = "the file has no column \(missing.joined(separator: ", "))"
                            let fix = "Name its columns in the mapping"
                            return .faults([DraftFault(index: 0, field: "", problem: problem, fix: fix)])
                        }
                        continue
                    }
                    index += 1
                    var reader = RecordReader(
                        mapping: mapping, headings: headings, fields: fields, index: index, line: line)
                    let draft = reader.draft()
                    return reader.faults.isEmpty ? .item(draft) : .faults(reader.faults)
                }
            }
            return nil
        }
    }
}

extension ItemRow {
    fileprivate static func broken(_ problem: CSVProblem, index: Int) -> ItemRow {
        .faults([
            DraftFault(index: index, field: "", problem: problem.description, fix: "Correct the file from there on")
        ])
    }
}

extension ItemMapping {
    /// The headings that the mapping needs for an item to exist and the file does not have.
    fileprivate func missing(in headings: TableHeadings) -> [String] {
        [Field.id, .title].compactMap { sources[$0] }.filter { !headings.has($0) }.map(\.name.quoted)
    }
}

/// Reads one record.
private struct RecordReader {
    let mapping: ItemMapping
    let headings: TableHeadings
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
        let value = headings.text(mapping.sources[field], in: fields)
        return value.flatMap { PlainText.line($0).isEmpty ? nil : $0 }
    }

    private func list(_ field: ItemMapping.Field) -> [String] {
        guard let text = text(field) else { return [] }
        return text.split(separator: mapping.form.listSeparator).map { PlainText.line($0) }.filter { !$0.isEmpty }
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
