public import Catalogue
import Crypto
public import Loyalty
import Primitives
import Vault

/// The events of a file of comma-separated values, as a mapping says.
public struct CSVEvents: ImportSource {
    /// The longest identifier of an event and name of a channel, in characters: as over HTTP.
    static let longestID = 256
    static let longestChannel = 64

    private let mapping: EventMapping
    private let programme: CompiledProgramme
    private let offsets: any ZoneOffsets
    private var records: CSVReader
    private var headings: TableHeadings?

    /// - Throws: ``ImportProblem`` where mapping and programme do not fit.
    public init(
        _ chunks: ByteChunks, mapping: EventMapping, programme: CompiledProgramme, offsets: any ZoneOffsets
    ) throws(ImportProblem) {
        self.mapping = mapping
        self.programme = programme
        self.offsets = offsets
        records = mapping.form.records(chunks)
        if !mapping.form.hasHeadings { headings = TableHeadings() }
        try check()
    }

    // MARK: Before the first row

    /// A million rows in quarantine for one misspelt word help nobody.
    private func check() throws(ImportProblem) {
        var types: Set<String> = Set(mapping.type.table.values)
        if case .constant(let name) = mapping.type.source { types.insert(name) }
        for name in types.sorted() where programme.eventTypes[name] == nil {
            throw ImportProblem(
                "The programme \(programme.id.name) declares no event type '\(name)'",
                fix: "It has: \(programme.eventTypes.keys.sorted().joined(separator: ", "))")
        }
        for zone in [mapping.time.zone] + mapping.fields.values.map(\.zone) {
            if let zone, offsets.offset(zone: zone, at: 0) == nil {
                throw ImportProblem(
                    "There is no time zone '\(zone)'", fix: "Write an IANA name, as in Europe/Amsterdam")
            }
        }
        guard !types.isEmpty else { return }
        let declared = types.compactMap { programme.eventTypes[$0] }
        for field in mapping.fields.keys.sorted() where !declared.contains(where: { $0.fieldIndex[field] != nil }) {
            let known = Set(declared.flatMap { $0.declaration.fields.map(\.id) }).sorted().joined(separator: ", ")
            throw ImportProblem("No event type of the mapping declares a field '\(field)'", fix: "There are: \(known)")
        }
        for type in declared {
            if let missing = type.declaration.fields.first(where: { $0.required && mapping.fields[$0.id] == nil }) {
                throw ImportProblem(
                    "The event type \(type.declaration.id) requires the field '\(missing.id)', and the mapping does not say "
                        + "where it stands", fix: "Name its column under `fields`, or declare the field optional")
            }
        }
    }

    private func check(_ headings: TableHeadings) throws(ImportProblem) {
        var sources = [mapping.user, mapping.anonymous, mapping.channel].compactMap(\.self)
        sources += [mapping.type.source, mapping.time.source] + mapping.id + mapping.fields.values.map(\.source)
        let missing = Set(sources.filter { !headings.has($0) }.map { "'\($0.name)'" }).sorted()
        guard missing.isEmpty else {
            throw ImportProblem(
                "The file has no column \(missing.joined(separator: ", "))",
                fix: "Its columns are: \(headings.names.joined(separator: ", "))")
        }
    }

    // MARK: Rows

    public mutating func next() throws -> ImportedRow? {
        while let record = records.next() {
            switch record {
            case .broken(let problem): throw problem
            case .fields(let fields, let line):
                guard let headings else {
                    let found = TableHeadings(fields)
                    try check(found)
                    headings = found
                    continue
                }
                return row(fields, headings, line)
            }
        }
        return nil
    }

    private func row(_ fields: [String], _ headings: TableHeadings, _ line: Int) -> ImportedRow {
        guard !mapping.form.hasHeadings || fields.count == headings.names.count else {
            return .refused([
                RowProblem(
                    line: line,
                    problem: "the row has \(fields.count) fields, and there are \(headings.names.count) headings",
                    fix: "Look for a separator or a quote that is missing or too many")
            ])
        }
        var problems: [RowProblem] = []
        func problem(_ source: TableSource, _ problem: String, _ fix: String) {
            problems.append(RowProblem(line: line, column: source.name, problem: problem, fix: fix))
        }
        func text(_ source: TableSource?) -> String? {
            headings.text(source, in: fields).map { $0.trimmingSpace }.flatMap { $0.isEmpty ? nil : $0 }
        }

        let typeText = text(mapping.type.source) ?? ""
        if mapping.type.ignored.contains(typeText) { return .ignored }
        var type = typeText
        if !mapping.type.table.isEmpty {
            if let known = mapping.type.table[typeText] {
                type = known
            } else {
                problem(
                    mapping.type.source, "the mapping does not say which event type this is",
                    "Add it to `type.values`, or to `type.ignore`")
            }
        } else if type.isEmpty {
            problem(mapping.type.source, "the row does not say what happened", "Write an event type")
        }

        let person =
            text(mapping.user).map { ExternalIdentity(.user, $0) }
            ?? text(mapping.anonymous).map { ExternalIdentity(.anonymous, $0) }
        if let column = mapping.user ?? mapping.anonymous, person == nil || person == .some(nil) {
            problem(
                column, person == nil ? "the row names nobody" : "the name cannot be one",
                "Write 1 to \(ExternalIdentity.maximumBytes) bytes without control characters")
        }

        var time: Instant?
        if let written = text(mapping.time.source) {
            time = mapping.time.form.instant(
                written, zone: mapping.time.zone ?? programme.programme.timeZone, offsets: offsets)
        }
        if time == nil {
            problem(
                mapping.time.source, "there is no time of the form \(mapping.time.form.description)",
                "Write one, or name the column's form as `time.format`")
        }

        var id = Self.digest(fields)
        if !mapping.id.isEmpty {
            let parts = mapping.id.map { text($0) ?? "" }
            id = parts.joined(separator: "/")
            if let empty = zip(mapping.id, parts).first(where: { $0.1.isEmpty }) {
                problem(empty.0, "the event has no id", "Write what tells it from all others of this source")
            } else if id.unicodeScalars.count > Self.longestID, let first = mapping.id.first {
                problem(first, "the id is longer than \(Self.longestID) characters", "Use a shorter one")
            }
        }
        let channel = text(mapping.channel) ?? ""
        if let column = mapping.channel, channel.unicodeScalars.count > Self.longestChannel {
            problem(column, "the channel is longer than \(Self.longestChannel) characters", "Use a short name")
        }
        guard problems.isEmpty, let time, let person else { return .refused(problems) }

        let declaration = programme.eventTypes[type]
        var values = JSONObject()
        for (name, column) in mapping.fields.sorted(by: { $0.key < $1.key }) {
            // A file of many types: each takes the fields that it declares.
            let field = declaration.flatMap { type in type.fieldIndex[name].map { type.declaration.fields[$0] } }
            guard field != nil || declaration == nil else { continue }
            if let constant = column.constant {
                values[name] = constant
                continue
            }
            guard let text = text(column.source) else { continue }
            let reading = FieldReading(
                column: column, declared: field?.type, listSeparator: mapping.form.listSeparator,
                zone: programme.programme.timeZone, offsets: offsets)
            switch reading.value(text) {
            case .success(let value): values[name] = value
            case .failure(let wrong):
                // As it stands: then the event goes into quarantine and is not lost.
                values[name] = .string(text)
                problem(column.source, wrong.problem, wrong.fix)
            }
        }
        let entry = ImportedEntry.event(
            ImportedEvent(
                person: person,
                event: IncomingEvent(
                    source: mapping.source, id: id, type: type, time: time, channel: channel, fields: values)))
        return problems.isEmpty ? .entry(entry) : .doubtful(entry, problems)
    }

    /// What tells a row from every other: two rows that say the same are one event.
    static func digest(_ fields: [String]) -> String {
        var hash = SHA256()
        for field in fields {
            withUnsafeBytes(of: Int64(field.utf8.count).littleEndian) { hash.update(bufferPointer: $0) }
            hash.update(data: Array(field.utf8))
        }
        return hash.finalize().prefix(16).map { byte in
            let text = String(byte, radix: 16)
            return text.count == 1 ? "0" + text : text
        }.joined()
    }
}

/// Makes the value of a field of its text.
private struct FieldReading {
    struct Wrong: Error {
        var problem: String
        var fix: String
    }

    let column: EventMapping.FieldColumn
    let declared: FieldType?
    let listSeparator: String
    let zone: String
    let offsets: any ZoneOffsets

    func value(_ text: String) -> Result<JSONValue, Wrong> {
        do throws(Wrong) {
            return .success(try value(text, column.kind ?? Self.kind(of: declared), of: declared))
        } catch {
            return .failure(error)
        }
    }

    private func value(
        _ text: String, _ kind: EventMapping.FieldColumn.Kind, of type: FieldType?
    ) throws(Wrong) -> JSONValue {
        if kind == .list {
            var element: FieldType?
            if case .list(let inner)? = type { element = inner }
            var list: [JSONValue] = []
            for part in text.split(separator: column.listSeparator ?? listSeparator) {
                let part = String(part).trimmingSpace
                if !part.isEmpty { list.append(try value(part, Self.kind(of: element), of: element)) }
            }
            return .array(list)
        }
        if !column.table.isEmpty {
            guard let value = column.table[text] else {
                throw Wrong(problem: "the mapping's table does not have it", fix: "Add it to `values`")
            }
            return value
        }
        switch kind {
        case .text, .list: return .string(column.prefix + text)
        case .integer:
            if column.factor == nil, let integer = Int64(text) { return .integer(integer) }
            let number = try number(text)
            guard let integer = Int64(exactly: column.factor == nil ? number : number.rounded()) else {
                throw Wrong(problem: "it is no whole number", fix: "Write digits only")
            }
            return .integer(integer)
        case .number:
            let number = try number(text)
            return number == number.rounded() && abs(number) < 9e15 ? .integer(Int64(number)) : .double(number)
        case .boolean:
            switch text.lowercased() {
            case "1", "true", "yes": return .bool(true)
            case "0", "false", "no": return .bool(false)
            default: throw Wrong(problem: "it is neither yes nor no", fix: "Write true or false, or give `values`")
            }
        case .time:
            guard let instant = column.form.instant(text, zone: column.zone ?? zone, offsets: offsets) else {
                throw Wrong(problem: "it is no time of the form \(column.form.description)", fix: "Name its `format`")
            }
            return .string(RFC3339.format(instant))
        }
    }

    private func number(_ text: String) throws(Wrong) -> Double {
        let plain =
            column.hasDecimalComma
            ? text.replacing(".", with: "").replacing(",", with: ".") : text
        guard plain.utf8.allSatisfy({ "+-.0123456789eE".utf8.contains($0) }), let number = Double(plain),
            number.isFinite
        else {
            throw Wrong(
                problem: "it is no number",
                fix: column.hasDecimalComma ? "Write it as in 12,50" : "Write it as in 12.50, or say `decimal: \",\"`")
        }
        return number * (column.factor ?? 1)
    }

    private static func kind(of type: FieldType?) -> EventMapping.FieldColumn.Kind {
        switch type {
        case .boolean: .boolean
        case .integer: .integer
        case .number, .fraction, .duration: .number
        case .timestamp: .time
        case .list: .list
        case .text, .topic, .item, nil: .text
        }
    }
}

extension TimeForm {
    /// As the mapping writes it.
    var description: String {
        switch self {
        case .rfc3339: "2026-03-01T08:00:00Z (rfc3339)"
        case .unixSeconds: "seconds since 1970 (unix-seconds)"
        case .unixMilliseconds: "milliseconds since 1970 (unix-milliseconds)"
        case .date: "2026-03-01 (date)"
        case .pattern: "that the mapping gives"
        }
    }
}

extension String {
    /// Without blanks and tabs around it.
    fileprivate var trimmingSpace: String {
        guard let first = utf8.first, let last = utf8.last else { return self }
        guard first == 0x20 || first == 0x09 || last == 0x20 || last == 0x09 else { return self }
        var bytes = Array(utf8)[...]
        while let byte = bytes.first, byte == 0x20 || byte == 0x09 { bytes = bytes.dropFirst() }
        while let byte = bytes.last, byte == 0x20 || byte == 0x09 { bytes = bytes.dropLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}
