import Hummingbird
import Site
import Synchronization

extension Samples {
    static let condition = ExpressionDraft(.rule, event: "read", text: "event.<shaer> > 1.0")

    static let conditionSheet = ExpressionSheet(
        type: "bool",
        problems: [
            .init(range: 6..<11, column: 7, message: "`event` has no field `<shaer>`", fix: "share"),
            .init(isError: false, range: 0..<5, message: "`event` is never <that>"),
        ], replaced: 6..<11,
        completions: [
            .init(kind: .field, label: "share", detail: "double", note: "How <much>.", insertion: "share", cursor: 5),
            .init(kind: .macro, label: "exists", detail: "(x, bool) -> bool", insertion: "exists(x, )", cursor: 10),
        ])

    static let conditionMatches = ExpressionMatches(
        today: today,
        days: (0..<7).map { index in
            .init(
                LocalDay(daysSinceEpoch: today.daysSinceEpoch - 6 + index), all: 40,
                matched: index == 2 ? nil : Int64(index), open: index == 3 ? 7 : 0)
        }, isWhole: false,
        examples: [.init(LocalMoment(today, minute: 540), kinds: ["article"], topics: ["<sport>"])])
}

extension FakeSiteData {
    func expressionEvents(for staff: SiteStaff) async throws -> [String] { ["read", "page"] }

    func expression(
        _ draft: ExpressionDraft, for staff: SiteStaff, language: Language
    ) async throws -> ExpressionSheet? {
        state.withLock {
            $0.chosen.append("check \(draft.kind) \(draft.event ?? "") \(draft.text) \(draft.cursor ?? -1)")
        }
        if draft.text == "forbidden" { throw HTTPError(.forbidden) }
        if draft.kind.isOverEvents, draft.event != "read" { return nil }
        return draft.text.contains("shaer") ? Samples.conditionSheet : ExpressionSheet(type: "bool")
    }

    func matches(of draft: ExpressionDraft, for staff: SiteStaff) async throws -> ExpressionFinding {
        state.withLock { $0.chosen.append("match \(draft.text)") }
        return draft.text == "kept" ? .notKept : .matches(Samples.conditionMatches)
    }
}
