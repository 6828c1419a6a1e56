/// A column of a table whose rows are values of one kind.
struct TableColumn<Row: Sendable>: Sendable {
    /// What a column is sorted by.
    enum Key: Sendable {
        case text(String)
        case number(Double)
    }

    /// In the address of the page: small letters.
    var id: String
    var label: String
    var isNumber: Bool
    var cell: @Sendable (Row) -> TableView.Cell
    /// `nil` for a column that cannot be sorted by.
    var key: (@Sendable (Row) -> Key)?

    /// - Parameter cell: what stands in it.
    init(
        _ id: String, _ label: String, isNumber: Bool = false, cell: @escaping @Sendable (Row) -> TableView.Cell
    ) {
        self.id = id
        self.label = label
        self.isNumber = isNumber
        self.cell = cell
    }

    /// The same column, by which the table can be sorted.
    func sorted(by key: @escaping @Sendable (Row) -> Key) -> Self {
        var column = self
        column.key = key
        return column
    }
}

/// What an address asks of a table: `?sort=-matched&page=2&q=opera`. A minus sorts from the highest down.
struct TableQuery: Sendable, Equatable {
    /// A column; `nil` leaves the rows in their own order.
    var sort: String?
    var isDescending: Bool
    /// From 1.
    var page: Int
    /// What was searched for, at most 100 characters.
    var words: String

    init(sort: String? = nil, isDescending: Bool = false, page: Int = 1, words: String = "") {
        self.sort = sort
        self.isDescending = isDescending
        self.page = page
        self.words = words
    }

    /// - Parameter parameter: what the address says under a name, decoded.
    init(_ parameter: (String) -> String?) {
        let sort = parameter("sort") ?? ""
        isDescending = sort.hasPrefix("-")
        let name = isDescending ? String(sort.dropFirst()) : sort
        self.sort = name.isEmpty ? nil : name
        page = parameter("page").flatMap { Int($0) }.map { min(max($0, 1), 1_000_000) } ?? 1
        words = String((parameter("q") ?? "").prefix(100))
    }

    /// The address of the page with this question; what is as ever is left out.
    func address(of path: String) -> String {
        var parts: [String] = []
        if let sort { parts.append("sort=" + (isDescending ? "-" : "") + WebLink.encode(sort)) }
        if !words.isEmpty { parts.append("q=" + WebLink.encode(words)) }
        if page > 1 { parts.append("page=\(page)") }
        return parts.isEmpty ? path : path + (path.contains("?") ? "&" : "?") + parts.joined(separator: "&")
    }
}

/// A table that is sorted and turned over by its address, and needs no script for it.
struct TableView: Sendable, Equatable {
    struct Head: Sendable, Equatable {
        var label: String
        /// The page sorted by this column.
        var href: String?
        /// `ascending` or `descending`, where it is sorted by this column.
        var sorted: String?
        var isNumber: Bool
    }

    struct Cell: Sendable, Equatable {
        var text: String
        /// The language of the text where it is not that of the page.
        var lang: String?
        var href: String?
        /// A second line in small print.
        var more: String?
        var pill: String?
        /// A name for machines.
        var isCode = false
        var isNumber = false
        /// The name of its column, which stands beside it on a phone.
        var label = ""

        init(_ text: String, more: String? = nil, pill: String? = nil, isCode: Bool = false, href: String? = nil) {
            self.text = text
            self.more = more
            self.pill = pill
            self.isCode = isCode
            self.href = href
        }

        init(_ words: WordingView, more: String? = nil, pill: String? = nil, href: String? = nil) {
            self.init(words.text, more: more, pill: pill, href: href)
            lang = words.lang
        }
    }

    struct Row: Sendable, Equatable {
        /// The first cell, which names the row.
        var first: Cell
        var cells: [Cell]
    }

    /// The way to the other pages of the table.
    struct Pager: Sendable, Equatable {
        var before: String?
        var after: String?
        /// Which rows are shown, of how many.
        var text: String
    }

    /// For a screen reader.
    var caption: String
    var heads: [Head]
    var rows: [Row]
    var pager: Pager?

    static let rowsPerPage = 50

    /// - Parameters:
    ///   - path: of the page, with what else its address asks.
    ///   - perPage: how many rows stand on a page.
    init<Value>(
        _ values: [Value], _ columns: [TableColumn<Value>], caption: String, query: TableQuery, path: String,
        texts: Texts, perPage: Int = TableView.rowsPerPage
    ) {
        self.caption = caption
        let sorting = columns.first { $0.id == query.sort && $0.key != nil }
        heads = columns.map { column in
            let isSorted = column.id == sorting?.id
            var asked = query
            asked.sort = column.id
            asked.page = 1
            // Figures are looked at from the highest down, names from the first on; once more turns it round.
            asked.isDescending = isSorted ? !query.isDescending : column.isNumber
            return Head(
                label: column.label, href: column.key.map { _ in asked.address(of: path) },
                sorted: isSorted ? (query.isDescending ? "descending" : "ascending") : nil, isNumber: column.isNumber)
        }
        let ordered = sorting.map { Self.sort(values, by: $0, isDescending: query.isDescending) } ?? values
        let pages = max((ordered.count + perPage - 1) / perPage, 1)
        let page = min(query.page, pages)
        let shown = (page - 1) * perPage..<min(page * perPage, ordered.count)
        rows = ordered[shown].map { value in
            let cells = columns.map { column in
                var cell = column.cell(value)
                cell.isNumber = column.isNumber
                cell.label = column.label
                return cell
            }
            return Row(first: cells.first ?? Cell(""), cells: Array(cells.dropFirst()))
        }
        guard pages > 1 else { return }
        func address(_ page: Int) -> String {
            var asked = query
            asked.page = page
            return asked.address(of: path)
        }
        pager = Pager(
            before: page > 1 ? address(page - 1) : nil, after: page < pages ? address(page + 1) : nil,
            text: texts.parts.rows(
                texts.number(Int64(shown.lowerBound + 1)), texts.number(Int64(shown.upperBound)),
                texts.number(Int64(ordered.count))))
    }

    /// Rows that are equal stay in their order.
    private static func sort<Value>(
        _ values: [Value], by column: TableColumn<Value>, isDescending: Bool
    ) -> [Value] {
        guard let key = column.key else { return values }
        let keyed = values.enumerated().map { (offset: $0.offset, value: $0.element, key: key($0.element)) }
        return keyed.sorted { one, other in
            switch comparison(one.key, other.key) {
            case 0: one.offset < other.offset
            case let sign: (sign < 0) != isDescending
            }
        }.map(\.value)
    }

    private static func comparison<Value>(_ one: TableColumn<Value>.Key, _ other: TableColumn<Value>.Key) -> Int {
        switch (one, other) {
        case (.number(let one), .number(let other)): one < other ? -1 : one > other ? 1 : 0
        case (.text(let one), .text(let other)):
            // Capitals do not come before small letters.
            one.lowercased() < other.lowercased() ? -1 : one.lowercased() > other.lowercased() ? 1 : 0
        case (.number, .text): -1
        case (.text, .number): 1
        }
    }
}
