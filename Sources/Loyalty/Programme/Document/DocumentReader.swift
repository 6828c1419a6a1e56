internal import Primitives

/// Collects what is read from a document: the problems, and where each value stands.
final class DocumentReader {
    private(set) var problems: [DocumentProblem] = []
    private(set) var sources = DocumentSources()
    /// The file being read.
    var path = ""

    func report(
        _ message: String, at mark: DocumentMark?, fix: String? = nil, severity: DocumentProblem.Severity = .error
    ) {
        problems.append(
            DocumentProblem(
                path: path, line: mark?.line ?? 0, column: mark?.column ?? 0, message: message, fix: fix,
                severity: severity))
    }

    func add(_ found: [DocumentProblem]) { problems.append(contentsOf: found) }

    /// Remembers where the value called `name` stands.
    func remember(_ name: String, _ node: DocumentNode) {
        var scalar: DocumentNode.Scalar?
        if case .scalar(let found) = node { scalar = found }
        sources.places[name] = DocumentSources.Place(path: path, mark: node.mark, scalar: scalar)
    }

    func markBroken(_ name: String) { sources.broken.insert(name) }

    func keep(_ file: ProgrammeDocument.File) { sources.files[file.path] = file.bytes }
}

/// Where each value of a programme stands in its document, by name: `rule:curious-reader`, `rule:curious-reader.when`,
/// `rule:curious-reader.then.0.award.amount`.
struct DocumentSources: Sendable {
    struct Place: Sendable {
        var path: String
        var mark: DocumentMark
        /// The scalar as it was written, if it is one.
        var scalar: DocumentNode.Scalar?
    }

    var places: [String: Place] = [:]
    var files: [String: [UInt8]] = [:]
    /// Things that were read only in part: what depends on them is not checked further, to spare the reader problems
    /// that go away by themselves.
    var broken: Set<String> = []

    /// The place of `name`, or of the nearest thing around it.
    func place(of name: String) -> Place? {
        var name = name[...]
        while true {
            if let place = places[String(name)] { return place }
            guard let dot = name.lastIndex(of: ".") else { return nil }
            name = name[..<dot]
        }
    }
}

/// A mapping being read, key by key: says what is missing, unknown or of the wrong kind, and goes on.
struct DocumentSection {
    let reader: DocumentReader
    /// How messages call it: `the rule`, `a limit`.
    let what: String
    /// The name under which places are remembered.
    let name: String
    let mark: DocumentMark
    let entries: [DocumentNode.Entry]

    /// Words that people write for a key of ours.
    private static let habits: [String: String] = [
        "on": "trigger", "if": "when", "condition": "when", "where": "when", "effects": "then", "do": "then",
        "event-type": "trigger", "description": "why", "reason": "why", "start": "from", "end": "until",
        "time-zone": "timezone", "max": "amount", "maximum": "max", "minimum": "min", "cost": "price",
        "requires": "when", "period": "per", "goal": "target", "enum": "one-of", "expiry": "expires",
    ]

    /// `nil`, with a problem, unless `node` is a mapping. Unknown keys are reported here.
    init?(_ reader: DocumentReader, _ node: DocumentNode, what: String, name: String, keys: [String]) {
        guard case .mapping(let entries, let mark) = node else {
            reader.report(
                "Here stands \(node.kind) where \(what) was expected.", at: node.mark,
                fix: keys.isEmpty ? nil : "Write a mapping with: \(keys.joined(separator: ", ")).")
            return nil
        }
        self.reader = reader
        self.what = what
        self.name = name
        self.mark = mark
        self.entries = entries
        guard !keys.isEmpty else { return }
        for entry in entries where !keys.contains(entry.key.text) {
            var fix = DocumentSuggestion.nearest(to: entry.key.text, in: keys).map { "Did you mean '\($0)'?" }
            if let habit = Self.habits[entry.key.text.lowercased()], keys.contains(habit) {
                fix = "Did you mean '\(habit)'?"
            }
            reader.report(
                "There is no '\(entry.key.text)' in \(what).", at: entry.key.mark,
                fix: fix ?? "Known: \(keys.joined(separator: ", ")).")
        }
    }

    func node(_ key: String) -> DocumentNode? {
        guard let entry = entries.first(where: { $0.key.text == key }) else { return nil }
        reader.remember("\(name).\(key)", entry.value)
        return entry.value
    }

    /// The value of a key that must be there.
    func need(_ key: String) -> DocumentNode? {
        if let node = node(key) { return node }
        reader.report("\(what.capitalizedFirst) has no '\(key)'.", at: mark, fix: "Add '\(key): …'.")
        return nil
    }

    func section(_ key: String, what: String, keys: [String]) -> DocumentSection? {
        guard let node = node(key) else { return nil }
        return DocumentSection(reader, node, what: what, name: "\(name).\(key)", keys: keys)
    }

    /// The elements of a list, each with its name; an absent key gives none. A single value is not a list.
    func list(_ key: String, of what: String) -> [(node: DocumentNode, name: String)] {
        guard let node = node(key) else { return [] }
        guard case .list(let elements, _) = node else {
            reader.report(
                "'\(key)' is \(node.kind), but it must be a list of \(what).", at: node.mark,
                fix: "Start each of its lines with '- '.")
            return []
        }
        return elements.enumerated().map { index, element in
            reader.remember("\(name).\(key).\(index)", element)
            return (element, "\(name).\(key).\(index)")
        }
    }
}

extension String {
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
