import Assignment
import Foundation
import Hummingbird
import Loyalty
import Primitives
import Runtime
import Site

/// The simulator in the console: the programme in force, on invented people.
extension SiteAdapter {
    func simulate(_ order: SimulatorOrder, for staff: SiteStaff) async throws -> Bool {
        guard let compiled = engine.host[staff.programme.id] else { throw ProgrammeGone() }
        let today = engine.clock.now().milliseconds / 86_400_000
        return forecasts.start(
            Forecast(
                compiled,
                settings: Forecast.Settings(
                    members: order.members, days: order.days, seed: UInt64(bitPattern: order.seed),
                    start: Instant(milliseconds: today * 86_400_000),
                    holdOut: BasisPoints(fraction: 0.1) ?? .none),
                zones: engine.zones))
    }

    func simulation(for staff: SiteStaff, language: PageLanguage) async throws -> SimulatorState {
        guard let view = view(staff.programme.id, language) else { throw ProgrammeGone() }
        switch forecasts.state(of: staff.programme.id) {
        case nil: return .none
        case .running(let share): return .running(share)
        case .failed: return .failed
        case .done(let report): return .done(Self.result(report, view))
        }
    }

    private static func result(_ report: ForecastReport, _ view: SiteView) -> SimulatorResult {
        let programme = view.compiled.programme
        /// What was taken out of the programme since has no name any more.
        func wording(_ text: ProgrammeText?, _ id: String) -> Wording {
            view.wording(text ?? ProgrammeText([:]), or: id)
        }
        let units = report.units.filter { row in programme.units.first { $0.id == row.unit }?.kind == .points }
        return SimulatorResult(
            order: SimulatorOrder(
                members: report.settings.members, days: report.settings.days,
                seed: Int64(bitPattern: report.settings.seed)),
            reached: Int64(report.reached), neverReached: Int64(report.neverReached),
            subscribers: Int64(report.churn.subscribers), cancelWith: Int64(report.churn.cancelWith),
            cancelWithout: Int64(report.churn.cancelWithout), interval: report.churn.experiment.interval,
            units: units.map { row in
                SimulatorResult.Unit(
                    unit: view.unit(row.unit), issued: row.movements.issued + row.movements.takenBack,
                    redeemed: -row.movements.redeemed, expired: -row.movements.expired,
                    weeks: row.weeks.map { .init(day: LocalDay(daysSinceEpoch: $0.day), outstanding: $0.outstanding) })
            },
            challenges: report.challenges.map { row in
                let challenge = programme.challenges.first { $0.id == row.challenge }
                return .init(name: wording(challenge?.name, row.challenge), members: Int64(row.completed))
            },
            tiers: report.tiers.map { row in
                let tier = programme.tiers?.tiers.first { $0.id == row.tier }
                return .init(name: wording(tier?.name, row.tier), members: Int64(row.members))
            },
            rewards: report.rewards.map { row in
                let reward = programme.rewards.first { $0.id == row.reward }
                return .init(name: wording(reward?.name, row.reward), members: Int64(row.members))
            }, silent: report.silentRules)
    }
}
