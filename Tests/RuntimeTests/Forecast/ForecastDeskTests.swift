import Assignment
import Loyalty
import Primitives
import Testing

@testable import Runtime

@Suite struct ForecastDeskTests {
    @Test(.timeLimit(.minutes(2))) func oneForecastAtATimeAndItsReportStays() async throws {
        let zones = SystemZones()
        func forecast(_ id: String) throws -> Forecast {
            let programme = Programme(
                id: try #require(ProgrammeID(id)), name: LocalizedText([.en: "Desk"]), languages: [.en],
                units: [Unit(id: "ink", name: LocalizedText([.en: "ink"]))])
            return Forecast(
                try CompiledProgramme(programme, version: 1, zones: zones),
                settings: Forecast.Settings(
                    members: 300, days: 20, seed: 1, start: Instant(seconds: 1_767_571_200), holdOut: .none),
                zones: zones)
        }
        let desk = ForecastDesk()
        let (one, other) = (try forecast("one"), try forecast("other"))
        #expect(desk.state(of: one.programme.id) == nil)
        #expect(desk.start(one))
        #expect(!desk.start(other), "not while another one is under way")
        while case .running = desk.state(of: one.programme.id) { await Task.yield() }
        guard case .done(let report) = desk.state(of: one.programme.id) else {
            Issue.record("it should be done")
            return
        }
        #expect(report.settings.members == 300)
        #expect(desk.start(other))
        #expect(desk.state(of: one.programme.id) != nil)
        while case .running = desk.state(of: other.programme.id) { await Task.yield() }
    }
}
