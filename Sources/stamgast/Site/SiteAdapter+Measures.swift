import Access
import Hummingbird
import Loyalty
import Primitives
import Runtime
import Site

extension SiteAdapter {
    func measures(for staff: SiteStaff, language: PageLanguage) async throws -> [MeasureTable] {
        let programme = staff.programme.id
        guard let view = view(programme, language) else { throw ProgrammeGone() }
        guard let principal = try await principal(of: staff), principal.allows(.aggregatesRead, in: programme) else {
            throw HTTPError(.forbidden)
        }
        var tables: [MeasureTable] = []
        for measure in view.compiled.programme.measures {
            let figures = try await engine.figures(of: measure, in: view.compiled)
            var rows = [MeasureTable.Row(title: .all, figures: figures.all.map(Self.figures))]
            if measure.against != nil {
                rows.append(MeasureTable.Row(title: .treated, figures: figures.treated.map(Self.figures)))
                rows.append(MeasureTable.Row(title: .heldOut, figures: figures.heldOut.map(Self.figures)))
            }
            for (group, cell) in figures.groups.sorted(by: { $0.key < $1.key }) {
                rows.append(MeasureTable.Row(title: .group(group), figures: cell.map(Self.figures)))
            }
            var table = MeasureTable(
                title: view.wording(measure.name, or: measure.id), why: measure.why.wording(language),
                minimum: Int64(measure.minimum), rows: rows)
            table.effect = figures.effect.map { (change: $0.change, low: $0.low, high: $0.high) }
            tables.append(table)
        }
        return tables
    }

    private static func figures(_ cell: MeasureFigures.Cell) -> MeasureTable.Row.Figures {
        MeasureTable.Row.Figures(
            members: cell.members, baseline: cell.baseline, since: cell.since, change: cell.change, low: cell.low,
            high: cell.high)
    }

    /// What a member changed, against their own beginning.
    func measures(of member: SiteMember, _ view: SiteView) async throws -> [OwnMeasure] {
        guard !view.programme.measures.isEmpty,
            let state = try await engine.storedState(of: member.member, in: member.programme.id)
        else { return [] }
        return view.programme.measures.map { measure in
            let standing = state.standing(measure)
            return OwnMeasure(
                title: view.wording(measure.name, or: measure.id), why: measure.why.wording(view.language),
                before: standing.baseline.share, since: standing.since.share,
                begun: standing.days.map { LocalDay(daysSinceEpoch: Int($0.end)) })
        }
    }
}
