internal import Primitives

/// What the module `cel.js` is answered: everything in words of the reader, so that it has none of its own.
///
/// It enhances every `<textarea class="cel-field" data-cel="rule" data-cel-type="trigger">` of a page: `data-cel` is an
/// `ExpressionKind`, or `data-cel-kind` names the form's field that holds one; `data-cel-type` names the form's field with
/// the event type. The form's token is sent along, or `data-cel-csrf` where the form has none.
enum ExpressionAnswer {
    static func of(_ sheet: ExpressionSheet?, _ draft: ExpressionDraft, texts: Texts) -> JSONValue {
        let view = ExpressionView(sheet, draft, texts: texts)
        let words = texts.expressions
        let count = Int64(sheet?.completions.count ?? 0)
        return [
            "summary": .string([view.summary, view.type ?? ""].filter { !$0.isEmpty }.joined(separator: " · ")),
            "problems": .array(
                view.problems.map { problem in
                    [
                        "error": .bool(problem.isError), "from": .integer(Int64(problem.range.lowerBound)),
                        "to": .integer(Int64(problem.range.upperBound)), "text": .string(problem.text),
                        "fix": problem.fix.map { .string($0) } ?? .null,
                        "meant": problem.meant.map { .string($0) } ?? .null,
                    ]
                }),
            "from": .integer(Int64(sheet?.replaced.lowerBound ?? 0)),
            "to": .integer(Int64(sheet?.replaced.upperBound ?? 0)),
            "suggested": .string(
                count == 0 ? "" : words.suggested(count, texts.number(count)) + ", " + words.keys),
            "completions": .array(
                (sheet?.completions ?? []).map { completion in
                    [
                        "kind": .string(completion.kind.rawValue), "label": .string(completion.label),
                        "detail": .string(
                            [completion.detail, completion.note ?? ""].filter { !$0.isEmpty }
                                .joined(separator: " · ")),
                        "insertion": .string(completion.insertion), "cursor": .integer(Int64(completion.cursor)),
                    ]
                }),
            "words": [
                "suggestions": .string(words.suggestions), "ask": .string(words.ask), "working": .string(words.working),
                "offline": .string(words.offline),
            ],
            "asks": .bool(draft.kind.isMatched && view.type != nil && view.isUsable),
        ]
    }

    static func of(_ finding: ExpressionFinding, _ draft: ExpressionDraft, texts: Texts) -> JSONValue {
        let view = ExpressionMatchesView(finding, texts: texts, path: nil)
        return [
            "text": .string(view.text), "notes": .array(view.notes.map { .string($0) }),
            "spark": view.spark.map { ["path": .string($0.path), "name": .string($0.name)] } ?? .null,
            "heading": .string(texts.expressions.examples), "examples": .array(view.examples.map { .string($0) }),
            "whole": view.hasChart
                ? ["text": .string(texts.expressions.whole), "href": .string(ExpressionPage.address(draft))] : .null,
        ]
    }
}
