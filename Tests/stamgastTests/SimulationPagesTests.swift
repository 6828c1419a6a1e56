import Access
import Foundation
import Loyalty
import Primitives
import Runtime
import Settings
import Site
import Storage
import Testing

@testable import stamgast

/// The console's pages of simulations over a real home: what is ordered there is worked on, kept and read back.
@Suite struct SimulationPagesTests {
    private static let now = Instant(seconds: 1_795_694_400)

    private static func with(_ body: (Home, SiteAdapter, SiteStaff) async throws -> Void) async throws {
        try await Binary.withFolder { folder in
            let home = try await Home.open(
                try Configuration(flags: ["home": folder + "/home"]), environment: [:], clock: FixedClock(now))
            do {
                let programme = try await home.install(demo: "avondpost")
                let adapter = SiteAdapter(
                    home: home, publisher: nil, publisherProgramme: nil, topicNames: [:], epoch: "t")
                let account = try await home.access.staff.create(
                    name: "Noor", role: .manager, programmes: .only([programme]), by: .server, now: now)
                let face = ProgrammeFace(id: programme, name: "Avondpost")
                try await body(home, adapter, SiteStaff(programme: face, staff: account.id.description))
            } catch {
                await home.close()
                throw error
            }
            await home.close()
        }
    }

    @Test func aChangedFileIsDraftedOrderedAndRead() async throws {
        try await Self.with { home, adapter, staff in
            let programme = staff.programme.id
            let desk = try await adapter.backtests(for: staff)
            #expect(desk.mayOrder && desk.entries.isEmpty)
            let path = try #require(desk.files.first { $0.hasPrefix("challenges/") })
            let text = try #require(try await adapter.backtestFile(path, for: staff))
            #expect(try await adapter.draft(text, at: path, for: staff) == BacktestDraft())
            let target = try #require(text.firstMatch(of: /target: \d+/))
            let changed = text.replacingCharacters(in: target.range, with: "target: 977").replacing("\n", with: "\r\n")
            let draft = try await adapter.draft(changed, at: path, for: staff)
            #expect(draft.problems.isEmpty && draft.changes.contains { $0.to == "977" }, "\(draft)")
            let faulty = try await adapter.draft("rule: [", at: path, for: staff)
            #expect(!faulty.problems.isEmpty && faulty.problems.contains { $0.line > 0 })
            #expect(try await adapter.order((path, "rule: ["), for: staff, key: "k") == nil)

            let id = try #require(try await adapter.order((path, changed), for: staff, key: "k"))
            #expect(try await adapter.order((path, changed), for: staff, key: "k") == id)
            #expect(try await adapter.backtest(id, for: staff, language: .nl)?.state == .running(0))
            _ = try await SimulationRunner.advance(home.engine, programme, policy: home.policy)
            let sheet = try #require(try await adapter.backtest(id, for: staff, language: .nl))
            #expect(sheet.state == .done && sheet.changes == draft.changes && sheet.counters?.members == 0)
            let replay = try #require(try await adapter.order(nil, for: staff, key: "r"))
            try await adapter.cancelBacktest(replay, for: staff)
            #expect(try await adapter.backtest(replay, for: staff, language: .nl)?.state == .cancelled)
            #expect(try await adapter.backtests(for: staff).entries.count == 2)
        }
    }

    private static func desk(
        _ adapter: SiteAdapter, _ staff: SiteStaff, run: String? = nil
    ) async throws -> SimulatorDesk {
        try await adapter.simulator(run: run, for: staff, language: .en)
    }

    @Test func aForecastIsKeptAndReadBack() async throws {
        try await Self.with { home, adapter, staff in
            let programme = staff.programme.id
            #expect(try await Self.desk(adapter, staff).state == .none)
            let order = SimulatorOrder(members: 60, days: 14, seed: 3)
            let begun = try await adapter.simulate(order, for: staff, key: "a")
            #expect(try await adapter.simulate(order, for: staff, key: "a") == begun, "the same key orders it once")
            #expect(try await Self.desk(adapter, staff).state == .running(0))
            _ = try await SimulationRunner.advance(home.engine, programme, policy: home.policy)
            guard case .done(let result) = try await Self.desk(adapter, staff).state else {
                Issue.record("it should be done")
                return
            }
            #expect(result.order == order && result.reached > 0 && !result.isDerived && !result.isCompared)
            #expect(result.units.contains { $0.issued > 0 && !$0.weeks.isEmpty })
            #expect(!result.challenges.isEmpty && !result.tiers.isEmpty)
            // It is there for whoever comes after a restart as well.
            let other = SiteAdapter(home: home, publisher: nil, publisherProgramme: nil, topicNames: [:], epoch: "u")
            #expect(try await Self.desk(other, staff).state == .done(result))
        }
    }

    @Test func aCandidateIsTriedOnTheSamePeople() async throws {
        try await Self.with { home, adapter, staff in
            let programme = staff.programme.id
            let document = try #require(try DemoProgrammes.document("avondpost"))
            var order = SimulatorOrder(members: 60, days: 14, seed: 3, candidate: document.stream)
            guard case .begun(let same) = try await adapter.simulate(order, for: staff, key: "same") else {
                Issue.record("it should have begun")
                return
            }
            order.candidate = document.stream
                .replacing("award: { amount: 10, unit: ink }", with: "award: { amount: 20, unit: ink }")
                .replacing("\n", with: "\r\n")
            // The examples beside the rule still say ten.
            guard case .refused(let problems) = try await adapter.simulate(order, for: staff, key: "wrong") else {
                Issue.record("it should be refused")
                return
            }
            #expect(problems.allSatisfy { $0.place.hasPrefix("rules/") })
            order.candidate = document.stream.replacing("target: 5\n", with: "target: 2\n")
            guard case .begun(let other) = try await adapter.simulate(order, for: staff, key: "other") else {
                Issue.record("it should have begun")
                return
            }
            for _ in 0..<2 { _ = try await SimulationRunner.advance(home.engine, programme, policy: home.policy) }
            guard case .done(let equal) = try await Self.desk(adapter, staff, run: same).state,
                case .done(let result) = try await Self.desk(adapter, staff, run: other).state
            else {
                Issue.record("both should be done")
                return
            }
            // The same programme on the same people comes to the same.
            #expect(equal.isCompared && equal.differences.allSatisfy { $0.running == $0.candidate })
            let times = try #require(result.differences.first { $0.figure == .completed && $0.running != $0.candidate })
            #expect(times.subject?.text == "Five stories" && times.candidate > times.running)
            let unit = try #require(result.units.first)
            #expect(unit.candidate.count == unit.weeks.count && !unit.candidate.isEmpty)
            #expect(try await Self.desk(adapter, staff).entries.count == 2)
            // What was asked is not kept once it is answered: a document can be long.
            let store = LoyaltyStore(programme: programme)
            let runs = try await home.database.read { try store.simulations(.forecast, limit: 10, $0) }
            #expect(runs.allSatisfy { $0.request == .null })
        }
    }
}
