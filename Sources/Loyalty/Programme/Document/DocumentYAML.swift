internal import Yams

/// One YAML file as nodes with places, within limits that no input can get around.
enum DocumentYAML {
    /// Reads one file. An empty file gives `nil` without a problem.
    static func read(_ file: ProgrammeDocument.File) -> (root: DocumentNode?, problems: [DocumentProblem]) {
        func problem(_ message: String, _ mark: DocumentMark? = nil, fix: String? = nil) -> [DocumentProblem] {
            [
                DocumentProblem(
                    path: file.path, line: mark?.line ?? 0, column: mark?.column ?? 0, message: message, fix: fix)
            ]
        }
        guard file.bytes.count <= ProgrammeDocument.Limit.fileBytes else {
            return (nil, problem("A file has at most \(ProgrammeDocument.Limit.fileBytes) bytes."))
        }
        let bytes = ProgrammeDocument.normalized(file.bytes)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            return (nil, problem("The file is not valid UTF-8.", firstInvalid(bytes), fix: "Save it as UTF-8."))
        }
        if let refusal = DocumentShape.refusal(of: bytes) {
            return (nil, problem(refusal.message, refusal.mark, fix: refusal.fix))
        }
        do {
            let parser = try Yams.Parser(yaml: text, resolver: .basic, encoding: .utf8)
            guard let root = try parser.singleRoot() else { return (nil, []) }
            var budget = ProgrammeDocument.Limit.nodes
            return (try convert(root, depth: 0, budget: &budget), [])
        } catch let refusal as Refusal {
            return (nil, problem(refusal.message, refusal.mark, fix: refusal.fix))
        } catch let error as YamlError {
            return (nil, problems(of: error, path: file.path))
        } catch {
            return (nil, problem("The file cannot be read as YAML."))
        }
    }

    struct Refusal: Error {
        var message: String
        var mark: DocumentMark
        var fix: String?
    }

    private static func convert(
        _ node: Yams.Node, depth: Int, budget: inout Int
    ) throws(Refusal) -> DocumentNode {
        let mark = DocumentMark(line: node.mark?.line ?? 0, column: node.mark?.column ?? 0)
        budget -= 1
        guard budget >= 0 else {
            throw Refusal(
                message: "The file has more than \(ProgrammeDocument.Limit.nodes) values, aliases expanded.", mark: mark
            )
        }
        guard depth <= ProgrammeDocument.Limit.depth else {
            throw Refusal(message: "Values are more than \(ProgrammeDocument.Limit.depth) levels deep.", mark: mark)
        }
        switch node {
        case .scalar(let scalar):
            return .scalar(try convert(scalar, mark))
        case .sequence(let sequence):
            try refuse(tag: sequence.tag, unless: "tag:yaml.org,2002:seq", mark)
            var list: [DocumentNode] = []
            list.reserveCapacity(sequence.count)
            for element in sequence { list.append(try convert(element, depth: depth + 1, budget: &budget)) }
            return .list(list, mark)
        case .mapping(let mapping):
            try refuse(tag: mapping.tag, unless: "tag:yaml.org,2002:map", mark)
            var entries: [DocumentNode.Entry] = []
            entries.reserveCapacity(mapping.count)
            for (key, value) in mapping {
                guard case .scalar(let scalar) = key else {
                    let place = DocumentMark(line: key.mark?.line ?? 0, column: key.mark?.column ?? 0)
                    throw Refusal(message: "A key is a word, not a list or a mapping.", mark: place)
                }
                let place = DocumentMark(line: scalar.mark?.line ?? 0, column: scalar.mark?.column ?? 0)
                budget -= 1
                let value = try convert(value, depth: depth + 1, budget: &budget)
                entries.append(DocumentNode.Entry(key: try convert(scalar, place), value: value))
            }
            return .mapping(entries, mark)
        case .alias:
            throw Refusal(message: "An alias cannot stand here.", mark: mark)
        }
    }

    private static func convert(
        _ scalar: Yams.Node.Scalar, _ mark: DocumentMark
    ) throws(Refusal) -> DocumentNode.Scalar {
        try refuse(tag: scalar.tag, unless: "tag:yaml.org,2002:str", mark)
        let style: DocumentNode.Scalar.Style
        switch scalar.style {
        case .any, .plain: style = .plain
        case .singleQuoted, .doubleQuoted: style = .quoted
        case .literal: style = .literal
        case .folded: style = .folded
        }
        return DocumentNode.Scalar(text: scalar.string, style: style, mark: mark)
    }

    private static func refuse(tag: Yams.Tag, unless allowed: String, _ mark: DocumentMark) throws(Refusal) {
        // Yams gives an untagged node an empty name, and the name of its kind once it has compared it.
        let name = tag.description
        guard name.isEmpty || name == allowed else {
            throw Refusal(message: "YAML tags are not used in a programme document.", mark: mark, fix: "Leave it out.")
        }
    }

    private static func problems(of error: YamlError, path: String) -> [DocumentProblem] {
        func one(_ message: String, _ mark: Mark?, fix: String? = nil) -> [DocumentProblem] {
            [
                DocumentProblem(
                    path: path, line: mark?.line ?? 0, column: mark?.column ?? 0, message: message, fix: fix)
            ]
        }
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            if problem.contains("found another document") {
                return one("A file holds one document.", mark, fix: "Give each thing its own file, without '---'.")
            }
            var message = "This is not YAML: \(problem)"
            if let context, !context.text.isEmpty { message += " (\(context.text))" }
            // What is never closed is best mended where it was opened.
            let opened = problem.contains("unexpected end of stream") ? context?.mark : nil
            return one(message + ".", opened ?? mark, fix: hint(for: problem))
        case .duplicatedKeysInMapping(let duplicates, let context):
            let keys = duplicates.map { "'\($0)'" }.joined(separator: ", ")
            return one("The key \(keys) is given twice in one mapping.", context.mark, fix: "Keep one of them.")
        case .reader(let problem, _, _, _):
            return one("This is not YAML: \(problem).", nil)
        case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
            return one("The file cannot be read as YAML.", nil)
        }
    }

    private static func hint(for problem: String) -> String? {
        if problem.contains("mapping values are not allowed") {
            return "Put a text that contains ': ' between quotes, or check the indentation."
        }
        if problem.contains("found character that cannot start any token") {
            return "Put a text that starts with '@', '`', '%' or a tab between quotes."
        }
        if problem.contains("did not find expected key") {
            return
                "Check the indentation and the quotes of this line and the one before it. What starts with a quote must "
                + "end with it: write a condition on the next line, after 'when: |'."
        }
        return nil
    }

    /// The place of the first byte that is not UTF-8.
    private static func firstInvalid(_ bytes: [UInt8]) -> DocumentMark? {
        var line = 1
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            if String(validating: bytes[start..<end], as: UTF8.self) == nil {
                var column = 1
                var good = start
                for index in start..<end where bytes[index] & 0xC0 != 0x80 {
                    if String(validating: bytes[good..<index], as: UTF8.self) == nil { break }
                    if index > start { column += 1 }
                    good = index
                }
                return DocumentMark(line: line, column: column)
            }
            start = end + 1
            line += 1
        }
        return nil
    }
}
