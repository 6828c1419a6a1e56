public import Catalogue
public import Primitives

/// How the rows of a file become events: see `docs/guides/import.md` for the document.
///
/// ```yaml
/// source: shop
/// user: customer
/// type: purchase.made
/// time: { column: bought_at, format: dd-MM-yyyy HH:mm, zone: Europe/Amsterdam }
/// id: order
/// fields:
///   amount_cents: { column: price, decimal: ",", multiply: 100 }
/// ```
public struct EventMapping: Sendable, Hashable {
    /// Where a row's type stands.
    public struct TypeColumn: Sendable, Hashable {
        public var source: TableSource
        /// What the column says to the type it means; empty where it says the type itself.
        public var table: [String: String] = [:]
        /// Rows to pass over.
        public var ignored: Set<String> = []
    }

    /// A column with a time.
    public struct TimeColumn: Sendable, Hashable {
        public var source: TableSource
        public var form = TimeForm.rfc3339
        /// The IANA name; `nil` is the programme's own zone.
        public var zone: String?
    }

    /// Where a field's value stands, and how it is made of the text.
    public struct FieldColumn: Sendable, Hashable {
        /// What to make of the text; without it the field's declaration says.
        public enum Kind: String, Sendable, CaseIterable { case text, integer, number, boolean, list, time }

        public var source: TableSource
        public var kind: Kind?
        public var prefix = ""
        /// What a number is multiplied by.
        public var factor: Double?
        public var hasDecimalComma = false
        /// What the text says to the value it means.
        public var table: [String: JSONValue] = [:]
        public var listSeparator: String?
        public var form = TimeForm.rfc3339
        public var zone: String?
        /// A constant that is no text.
        public var constant: JSONValue?
    }

    public var form = TableForm()
    /// Which system the rows come from. With the id it makes an event the same one.
    public var source: String
    public var user: TableSource?
    public var anonymous: TableSource?
    public var type: TypeColumn
    /// Together they tell two events apart; none: the row as a whole does.
    public var id: [TableSource] = []
    public var time: TimeColumn
    public var channel: TableSource?
    public var fields: [String: FieldColumn] = [:]

    /// Reads a mapping's document.
    ///
    /// - Throws: ``MappingProblem`` for the first thing that is wrong.
    public init(document: JSONValue) throws(MappingProblem) {
        guard let object = document.objectValue else {
            throw MappingProblem(field: "", problem: "the mapping is no list of names and values")
        }
        var form = TableForm()
        for member in object {
            if try form.read(member) || Self.settings.contains(member.key) { continue }
            let known = (TableForm.settings + Self.settings).joined(separator: ", ")
            throw MappingProblem(field: member.key, problem: "there is no such setting; use one of \(known)")
        }
        guard let source = object["source"]?.scalarText else {
            throw MappingProblem(
                field: "source", problem: "say which system the rows come from, such as `source: shop`")
        }
        guard let type = object["type"] else {
            throw MappingProblem(
                field: "type", problem: "say what happened: a type, such as `type: purchase.made`, or a column")
        }
        guard let time = object["time"] else {
            throw MappingProblem(field: "time", problem: "say which column holds the time, such as `time: bought_at`")
        }
        self.source = source
        self.type = try Self.type(type)
        self.time = try Self.time(time)
        self.form = form
        user = try object["user"].map { value throws(MappingProblem) in try Self.column(value, "user") }
        anonymous = try object["anonymous"].map { value throws(MappingProblem) in
            try Self.column(value, "anonymous")
        }
        guard user != nil || anonymous != nil else {
            throw MappingProblem(field: "user", problem: "say which column names the person, such as `user: customer`")
        }
        switch object["id"] {
        case nil, .null?: break
        case .array(let columns)?:
            for column in columns { id.append(try Self.column(column, "id")) }
        case let value?: id = [try Self.column(value, "id")]
        }
        if let value = object["channel"] {
            if let name = value.scalarText {
                channel = .constant(name)
            } else {
                channel = try Self.column(value, "channel")
            }
        }
        guard let fields = object["fields"] ?? .some(.object(JSONObject())), let entries = fields.objectValue else {
            throw MappingProblem(field: "fields", problem: "it is no list of fields and columns")
        }
        for entry in entries { self.fields[entry.key] = try Self.field(entry) }
    }

    private static let settings = ["source", "user", "anonymous", "type", "id", "time", "channel", "fields"]

    // MARK: Parts

    /// A column by its name or place, or `{ column: … }`, or `{ constant: … }`.
    private static func column(_ value: JSONValue, _ field: String) throws(MappingProblem) -> TableSource {
        if let name = value.scalarText { return TableSource(column: name) }
        guard let object = value.objectValue else {
            throw MappingProblem(field: field, problem: "it is no name of a column")
        }
        return try source(object, field, other: [])
    }

    private static func source(
        _ object: JSONObject, _ field: String, other: [String]
    ) throws(MappingProblem) -> TableSource {
        let known = ["column", "constant"] + other
        for member in object where !known.contains(member.key) {
            throw MappingProblem(
                field: "\(field).\(member.key)",
                problem: "there is no such setting; use one of \(known.joined(separator: ", "))")
        }
        if let name = object["column"]?.scalarText { return TableSource(column: name) }
        if let constant = object["constant"]?.scalarText { return .constant(constant) }
        throw MappingProblem(field: field, problem: "say which column, such as `column: name`, or a `constant`")
    }

    private static func type(_ value: JSONValue) throws(MappingProblem) -> TypeColumn {
        if let name = value.stringValue { return TypeColumn(source: .constant(name)) }
        guard let object = value.objectValue else {
            throw MappingProblem(field: "type", problem: "it is neither a type nor a column")
        }
        var column = TypeColumn(source: try source(object, "type", other: ["values", "ignore"]))
        if let table = object["values"] {
            guard let entries = table.objectValue else {
                throw MappingProblem(field: "type.values", problem: "it is no list of what the column says and types")
            }
            for entry in entries {
                guard let type = entry.value.stringValue else {
                    throw MappingProblem(field: "type.values.\(entry.key)", problem: "it must be the name of a type")
                }
                column.table[entry.key] = type
            }
        }
        if let ignored = object["ignore"] {
            guard let list = ignored.arrayValue, case let texts = list.compactMap(\.scalarText),
                texts.count == list.count
            else { throw MappingProblem(field: "type.ignore", problem: "it is no list of what the column says") }
            column.ignored = Set(texts)
        }
        return column
    }

    private static func time(_ value: JSONValue) throws(MappingProblem) -> TimeColumn {
        if let name = value.scalarText { return TimeColumn(source: TableSource(column: name)) }
        guard let object = value.objectValue else {
            throw MappingProblem(field: "time", problem: "it is no name of a column")
        }
        var column = TimeColumn(source: try source(object, "time", other: ["format", "zone"]))
        if let form = try timeForm(object["format"], "time") { column.form = form }
        column.zone = try text(object["zone"], "time.zone")
        return column
    }

    private static func timeForm(_ value: JSONValue?, _ field: String) throws(MappingProblem) -> TimeForm? {
        guard let value else { return nil }
        guard let form = value.stringValue.flatMap({ TimeForm($0) }) else {
            throw MappingProblem(
                field: "\(field).format",
                problem: "it is no form of a time; use \(TimeForm.names.joined(separator: ", ")), or a pattern such as "
                    + "dd-MM-yyyy HH:mm:ss")
        }
        return form
    }

    private static func field(_ entry: JSONObject.Member) throws(MappingProblem) -> FieldColumn {
        let path = "fields.\(entry.key)"
        if let name = entry.value.scalarText { return FieldColumn(source: TableSource(column: name)) }
        guard let object = entry.value.objectValue else {
            throw MappingProblem(field: path, problem: "it is no name of a column")
        }
        let other = ["as", "prefix", "multiply", "divide", "decimal", "values", "separator", "format", "zone"]
        if let constant = object["constant"], constant.scalarText == nil, object.count == 1 {
            return FieldColumn(source: .constant(""), constant: constant)
        }
        var column = FieldColumn(source: try source(object, path, other: other))
        if object["column"] == nil, let constant = object["constant"], object.count == 1 { column.constant = constant }
        if let kind = object["as"] {
            guard let known = kind.stringValue.flatMap({ FieldColumn.Kind(rawValue: $0) }) else {
                let kinds = FieldColumn.Kind.allCases.map(\.rawValue).joined(separator: ", ")
                throw MappingProblem(field: "\(path).as", problem: "there is no such kind; use one of \(kinds)")
            }
            column.kind = known
        }
        column.prefix = try text(object["prefix"], "\(path).prefix") ?? ""
        column.listSeparator = try text(object["separator"], "\(path).separator")
        for (name, isDivisor) in [("multiply", false), ("divide", true)] {
            guard let value = object[name] else { continue }
            guard let number = value.doubleValue, number > 0, number.isFinite else {
                throw MappingProblem(field: "\(path).\(name)", problem: "it must be a number above zero")
            }
            column.factor = (column.factor ?? 1) * (isDivisor ? 1 / number : number)
        }
        switch object["decimal"] {
        case nil, .string(".")?: break
        case .string(",")?: column.hasDecimalComma = true
        default: throw MappingProblem(field: "\(path).decimal", problem: "it must be \".\" or \",\"")
        }
        if let table = object["values"] {
            guard let entries = table.objectValue, !entries.isEmpty else {
                throw MappingProblem(
                    field: "\(path).values", problem: "it is no list of what the column says and values")
            }
            for entry in entries { column.table[entry.key] = entry.value }
        }
        if let form = try timeForm(object["format"], path) {
            column.form = form
            column.kind = column.kind ?? .time
        }
        column.zone = try text(object["zone"], "\(path).zone")
        return column
    }

    private static func text(_ value: JSONValue?, _ field: String) throws(MappingProblem) -> String? {
        guard let value else { return nil }
        guard let text = value.scalarText else { throw MappingProblem(field: field, problem: "it must be a text") }
        return text
    }
}

extension JSONValue {
    /// A text, or a number as one would write it: names of columns and constants may look like numbers.
    fileprivate var scalarText: String? {
        switch self {
        case .string(let text): text.isEmpty ? nil : text
        case .integer(let number): String(number)
        case .double(let number): String(number)
        default: nil
        }
    }
}
