/// Helps to write an expression: completions, problems with their places, and the type, also of what is not finished.
///
/// A pure function of the text. It never fails: what cannot be read is looked past.
///
/// ```swift
/// let editor = ExpressionEditor(environment, hints: EditorHints(wanted: [.bool]))
/// editor.report(on: "event.", cursor: 6).completions.map(\.label)  // channel, share, time, type, …
/// ```
public struct ExpressionEditor: Sendable {
    /// The most completions given at once.
    public static let most = 50

    public let environment: Environment
    public let hints: EditorHints

    public init(_ environment: Environment, hints: EditorHints = EditorHints()) {
        self.environment = environment
        self.hints = hints
    }

    /// - Parameter cursor: in UTF-16 code units; nil asks for no completions.
    /// - Complexity: linear in the text and in what the environment declares.
    public func report(on text: String, cursor: Int? = nil) -> EditorReport {
        let bytes = Array(text.utf8)
        let offsets = EditorOffsets(bytes)
        var report = EditorReport()
        // Too long to look at: the checker says so.
        guard bytes.count <= environment.limits.expressionBytes else {
            diagnose(bytes, EditorTokens([]), offsets, into: &report)
            return report
        }
        let tokens = EditorTokens(bytes)
        diagnose(bytes, tokens, offsets, into: &report)
        if let cursor {
            let completer = EditorCompleter(
                environment: environment, hints: hints, tokens: tokens, cursor: offsets.byte(atUTF16: cursor))
            let (range, completions) = completer.run()
            report.replaced = offsets.utf16(range)
            report.completions = Array(completions.prefix(Self.most))
        }
        return report
    }

    // MARK: Diagnostics

    private func diagnose(
        _ bytes: [UInt8], _ tokens: EditorTokens, _ offsets: EditorOffsets, into report: inout EditorReport
    ) {
        guard !bytes.allSatisfy({ [0x20, 0x09, 0x0a, 0x0d].contains($0) }) else { return }
        do throws(Problems) {
            let checked = try environment.check(utf8: bytes)
            report.type = checked.type
            if !hints.wanted.isEmpty, !hints.wanted.contains(checked.type) {
                let wanted = hints.wanted.map(\.description).joined(separator: " or ")
                report.diagnostics.append(
                    EditorDiagnostic(
                        range: offsets.utf16(0..<bytes.count),
                        message: hints.wanted == [.bool]
                            ? "this is of type \(checked.type), but a condition is true or false (bool)"
                            : "this is of type \(checked.type), but \(wanted) is wanted"))
            }
            report.diagnostics += unknownValues(checked.tree, offsets)
        } catch {
            report.diagnostics = error.problems.map { problem in
                let start = offsets.byte(line: problem.line, column: problem.column)
                let token = tokens.items.first { $0.range.contains(start) }
                var range = token?.range ?? start..<min(bytes.count, start + 1)
                var fix: String?
                if token?.word != nil, let name = hyphenated(bytes, at: start) {
                    range = start..<(start + name.utf8.count)
                    fix = "`\(name)`"
                } else if let suggestion = problem.suggestion, token?.word != nil {
                    fix = suggestion.isPlainName || suggestion.contains(".") ? suggestion : "`\(suggestion)`"
                }
                return EditorDiagnostic(
                    range: offsets.utf16(range), line: problem.line, column: problem.column, message: problem.message,
                    fix: fix)
            }
        }
    }

    /// The field with a hyphen that is written here without the quotes it needs: without them it is a subtraction.
    private func hyphenated(_ bytes: [UInt8], at start: Int) -> String? {
        guard start > 0, bytes[start - 1] == UInt8(ascii: ".") else { return nil }
        return environment.layout.paths.lazy.compactMap { $0.text.split(separator: ".").last.map(String.init) }
            .filter { $0.contains("-") && bytes[start...].starts(with: $0.utf8) }
            .max { $0.utf8.count < $1.utf8.count }
    }

    /// Texts that an attribute is compared with and never has: true to the language, and hardly what was meant.
    private func unknownValues(_ tree: CheckedTree, _ offsets: EditorOffsets) -> [EditorDiagnostic] {
        guard !hints.values.isEmpty else { return [] }
        var found: [EditorDiagnostic] = []
        func compare(_ attribute: NodeID, _ literal: NodeID) {
            guard case .slot(let slot) = tree.references[attribute],
                case .literal(.string(let text)) = tree[literal].kind,
                found.count < environment.limits.problems
            else { return }
            let path = tree.layout.paths[slot].text
            // The empty text is how "none" is asked for.
            guard let known = hints.values[path], !hints.open.contains(path), !text.isEmpty, !known.contains(text)
            else { return }
            let place = tree.location(of: literal)
            let near = Suggestion.nearest(to: text, among: known)
            found.append(
                EditorDiagnostic(
                    severity: .warning, range: offsets.utf16(tree[literal].range), line: place.line,
                    column: place.column, message: "`\(path)` is never '\(text.prefix(100))'",
                    fix: near.map(EditorCompleter.quoted)))
        }
        for node in tree.syntax.nodes {
            guard case .call(let name, nil, let arguments) = node.kind, arguments.count == 2 else { continue }
            switch name {
            case Operators.equals, Operators.notEquals:
                compare(arguments[0], arguments[1])
                compare(arguments[1], arguments[0])
            case Operators.contained:
                if case .list(let elements) = tree[arguments[1]].kind {
                    for element in elements { compare(arguments[0], element.value) }
                } else {
                    compare(arguments[1], arguments[0])
                }
            default: break
            }
        }
        return found
    }
}
