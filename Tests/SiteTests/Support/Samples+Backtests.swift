@testable import Site

extension Samples {
    static let backtests = BacktestDesk(
        today: today, files: ["programme.yaml", "rules/a b.yaml"],
        entries: [
            .init(id: "b1", kind: .backtest, state: .done, day: today),
            .init(id: "b2", kind: .replay, state: .running(0.25), day: today),
            .init(id: "b3", kind: .backtest, state: .cancelled, day: today),
            .init(id: "b4", kind: .backtest, state: .failed("a < b"), day: today),
        ])

    static let draft = BacktestDraft(changes: [
        .init(thing: "rule <read>", field: "limits.0.amount", from: "30", to: "60"),
        .init(thing: "badge new", field: "", from: nil, to: nil),
    ])

    static let draftProblem = BacktestDraft.Problem(
        path: "rules/a.yaml", line: 3, column: 5, message: "There is no unit '<x>'.", fix: "Write ink.")

    static func backtest(_ language: Language) -> BacktestSheet {
        let ink = PointUnit(one: Wording("ink", language), other: Wording("<ink>", language))
        var unit = BacktestSheet.Unit(
            unit: ink,
            rows: [
                .init(source: "read", given: .init(9_000, 12_000)), .init(source: "visit", given: .init(400, 0)),
            ], owed: .init(9_400, 12_000), more: 310, less: nil)
        unit.money = ("94.00 EUR", "120.00 EUR")
        let gold = Wording("Gold", language)
        return BacktestSheet(
            id: "b1", kind: .backtest, state: .done, changes: draft.changes,
            counters: .init(
                members: 5_000, units: [unit], moves: [.init(from: nil, to: gold, members: 12)],
                achievements: [.init(name: Wording("Five stories", language), gained: 9, lost: nil)]),
            events: .init(members: 800, units: [unit]), keptEvents: 12_000, claims: 90_000,
            uncovered: [.init(id: "morning", text: "its condition changed, and what events said is not kept.")])
    }

    static let replayed = BacktestSheet(
        id: "b2", kind: .replay, state: .done,
        replay: .init(
            effects: 90_000, ofRules: 60_000, share: 0.97, differing: 1,
            differences: [.init(id: "read", text: "the rule wants 15, not 30")]))
}

/// The fake knows one file, `rules/read.yaml`, and one result, `b1`.
extension FakeSiteData {
    func backtests(for staff: SiteStaff) async throws -> BacktestDesk { Samples.backtests }

    func backtestFile(_ path: String, for staff: SiteStaff) async throws -> String? {
        path == "rules/read.yaml" ? "rule: read\nwhen: a < b\n" : nil
    }

    func draft(_ text: String, at path: String, for staff: SiteStaff) async throws -> BacktestDraft {
        text.hasPrefix("rule:") ? Samples.draft : BacktestDraft(problems: [Samples.draftProblem])
    }

    func order(_ file: (path: String, text: String)?, for staff: SiteStaff, key: String) async throws -> String? {
        guard let file else { return "b2" }
        return file.text.hasPrefix("rule:") ? "b1" : nil
    }

    func backtest(_ id: String, for staff: SiteStaff, language: Language) async throws -> BacktestSheet? {
        id == "b1" ? Samples.backtest(language) : nil
    }

    func cancelBacktest(_ id: String, for staff: SiteStaff) async throws {}
}
