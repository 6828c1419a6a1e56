import Access
import CEL
import Catalogue
import Hummingbird
import Loyalty
import Primitives
import Runtime
import Site
import Storage

/// Conditions being written in the console.
extension SiteAdapter {
    /// The latest items whose topics are offered in a condition.
    private static let latestItems = 300

    func expressionEvents(for staff: SiteStaff) async throws -> [String] {
        try await read(staff).programme.acceptedEvents.map(\.id)
    }

    func expression(
        _ draft: ExpressionDraft, for staff: SiteStaff, language: PageLanguage
    ) async throws -> ExpressionSheet? {
        let compiled = try await read(staff)
        guard let editor = editor(draft, compiled, language) else { return nil }
        let report = editor.editor.report(on: draft.text, cursor: draft.cursor)
        return ExpressionSheet(
            type: report.type?.description,
            problems: report.diagnostics.map { problem in
                ExpressionSheet.Problem(
                    isError: problem.severity == .error, range: problem.range, line: problem.line,
                    column: problem.column, message: problem.message, fix: problem.fix)
            }, replaced: report.replaced,
            completions: report.completions.compactMap { completion in
                ExpressionSheet.Completion.Kind(rawValue: completion.kind.rawValue).map { kind in
                    ExpressionSheet.Completion(
                        kind: kind, label: completion.label, detail: completion.detail, note: completion.note,
                        insertion: completion.insertion, cursor: completion.cursor)
                }
            })
    }

    func matches(of draft: ExpressionDraft, for staff: SiteStaff) async throws -> ExpressionFinding {
        let compiled = try await read(staff)
        guard draft.kind.isMatched, let type = draft.event else { return .unusable }
        let report: ConditionReport
        do {
            guard let found = try await RecentMatches(compiled, engine: engine).run(draft.text, over: type) else {
                return .notKept
            }
            report = found
        } catch is CompilationProblem {
            return .unusable
        }
        let seesMembers = try await principal(of: staff)?.allows(.membersRead, in: staff.programme.id) ?? false
        let zone = compiled.programme.timeZone
        func told(_ tally: ConditionReport.Tally) -> Int64? { tally.told(toWhoSeesMembers: seesMembers) }
        // An example is of somebody; among few it could be told of whom.
        let showsExamples = seesMembers || report.whole.matched.members >= SimulationRun.fewest
        return .matches(
            ExpressionMatches(
                today: LocalDay(
                    daysSinceEpoch: Int(compiled.calendar(offsets: engine.zones).day(of: engine.clock.now()))),
                days: report.days.map { day in
                    ExpressionMatches.Day(
                        LocalDay(daysSinceEpoch: Int(day.day)), all: told(day.figures.all),
                        matched: told(day.figures.matched), open: told(day.figures.open))
                }, isWhole: report.isWhole,
                examples: !showsExamples
                    ? []
                    : report.examples.map { example in
                        ExpressionMatches.Example(
                            hour(example.hour, zone: zone), kinds: example.kinds, topics: example.topics)
                    }))
    }

    /// The programme in force, for staff who may read it.
    private func read(_ staff: SiteStaff) async throws -> CompiledProgramme {
        let programme = staff.programme.id
        guard let principal = try await principal(of: staff), principal.allows(.programmeRead, in: programme),
            principal.allows(.console, in: programme)
        else { throw HTTPError(.forbidden) }
        guard let compiled = engine.host[programme] else { throw ProgrammeGone() }
        return compiled
    }

    private func editor(
        _ draft: ExpressionDraft, _ compiled: CompiledProgramme, _ language: PageLanguage
    ) -> ConditionEditor? {
        guard let kind = ConditionEditor.Kind(rawValue: draft.kind.rawValue) else { return nil }
        let items = home.catalogue.store.snapshot(compiled.id)
            .latest(at: engine.clock.now(), limit: Self.latestItems)
        return ConditionEditor(
            kind, event: draft.event, in: compiled.programme, zones: engine.zones,
            topics: Set(items.flatMap(\.topics)).sorted(), language: language.document)
    }

    /// In the programme's time zone, without minutes.
    private func hour(_ instant: Instant, zone: String) -> LocalMoment {
        let local = instant.seconds + (engine.zones.offset(zone: zone, at: instant.seconds) ?? 0)
        let day = Int((Double(local) / 86_400).rounded(.down))
        return LocalMoment(LocalDay(daysSinceEpoch: day), minute: Int(local - Int64(day) * 86_400) / 3_600 * 60)
    }
}
