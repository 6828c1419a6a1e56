import Access
import Hummingbird
import Loyalty
import Primitives
import Runtime
import Site
import Storage
import Vault

extension SiteAdapter {
    // MARK: What a member chooses

    func pauseStreaks(_ pause: StreakPause?, for member: SiteMember) async throws -> Bool {
        let days = pause.map {
            DaySpan(first: Int32(clamping: $0.from.daysSinceEpoch), last: Int32(clamping: $0.to.daysSinceEpoch))
        }
        return try await isDone(.streaks(.pause(days)), for: member)
    }

    func chooseGoal(_ days: Int, streak: String, for member: SiteMember) async throws -> Bool {
        try await isDone(.streaks(.goal(streak: streak, days: days)), for: member)
    }

    func answerInvitation(tier: String, accepts: Bool, for member: SiteMember) async throws -> Bool {
        try await isDone(.tiers(accepts ? .accept(tier: tier) : .decline(tier: tier)), for: member)
    }

    func takePart(_ joins: Bool, in challenge: String, for member: SiteMember) async throws -> Bool {
        let id = home.random.id()
        return try await isDone(
            .achievement(joins ? .join(challenge: challenge, id: id) : .leave(challenge: challenge, id: id)),
            for: member)
    }

    func aim(at target: Int64, in challenge: String, for member: SiteMember) async throws -> Bool {
        try await isDone(.achievement(.goal(challenge: challenge, target: target, id: home.random.id())), for: member)
    }

    private func isDone(_ action: Command.Action, for member: SiteMember) async throws -> Bool {
        do {
            _ = try await engine.perform(action, member: member.member, in: member.programme.id)
            return true
        } catch PipelineProblem.command {
            return false
        }
    }

    // MARK: The console

    func habits(for staff: SiteStaff, language: PageLanguage) async throws -> HabitFigures {
        let programme = staff.programme.id
        guard let view = view(programme, language) else { throw ProgrammeGone() }
        let day = view.compiled.calendar(offsets: engine.zones).day(of: view.now)
        let figures = try await habitCounts(of: programme, today: day)
        let repairs = try await engine.streakRepairs(of: programme)
        var tables = view.programme.streaks.map { streak in
            HabitFigures.Table(
                id: streak.id, title: view.wording(streak.name, or: streak.id),
                cells: cells(
                    HabitCounts.lengths.map { range in
                        (Wording(Self.words(range), ""), figures.streaks[streak.id]?[range.lowerBound] ?? 0)
                    }, figures),
                repairs: repairs.filter { $0.streak == streak.id }.map { repair in
                    StreakPause(
                        from: LocalDay(daysSinceEpoch: Int(repair.days.first)),
                        to: LocalDay(daysSinceEpoch: Int(repair.days.last)))
                })
        }
        if let ladder = view.programme.tiers {
            tables.append(
                HabitFigures.Table(
                    id: "", title: view.unit(ladder.unit).other,
                    cells: cells(
                        ladder.tiers.map { (view.wording($0.name, or: $0.id), figures.tiers[$0.id] ?? 0) }, figures)))
        }
        return HabitFigures(
            today: LocalDay(daysSinceEpoch: Int(day)), tables: tables, mayRepair: try await mayRepair(staff),
            sample: figures.counted < figures.members ? figures.counted : nil)
    }

    /// Small counts are left out as they were counted: what few of a sample share is no estimate either.
    private func cells(_ counts: [(title: Wording, members: Int64)], _ figures: HabitCounts) -> [HabitFigures.Cell] {
        HabitFigures.protected(counts).map { cell in
            HabitFigures.Cell(title: cell.title, members: cell.members.map(figures.estimate))
        }
    }

    /// Counted anew when they are ten minutes old, or the programme has another version or day.
    private func habitCounts(of programme: ProgrammeID, today: Int32) async throws -> HabitCounts {
        let (now, version) = (engine.clock.now(), engine.host[programme]?.version ?? 0)
        let key = "\(programme.name) \(version) \(today)"
        if let known = habitCounts.find(key, now: now) { return known }
        let counted = try await engine.habitFigures(of: programme, today: today)
        habitCounts.keep(counted, key, now: now)
        return counted
    }

    private static func words(_ range: Range<Int64>) -> String {
        range.upperBound == .max ? "\(range.lowerBound)+" : "\(range.lowerBound)–\(range.upperBound - 1)"
    }

    func repair(_ days: StreakPause, streak: String, for staff: SiteStaff) async throws -> Bool {
        guard try await mayRepair(staff) else { throw HTTPError(.forbidden) }
        do {
            try await engine.repair(
                streak,
                days: DaySpan(
                    first: Int32(clamping: days.from.daysSinceEpoch), last: Int32(clamping: days.to.daysSinceEpoch)),
                in: staff.programme.id)
            return true
        } catch is StreakRepairProblem {
            return false
        }
    }

    /// Repairing changes what the programme gives to everybody: as with the API, looking is not enough.
    private func mayRepair(_ staff: SiteStaff) async throws -> Bool {
        guard let id = ID128(staff.staff), let account = try await home.access.staff.find(id) else { return false }
        return account.principal?.allows(.programmeWrite, in: staff.programme.id) ?? false
    }
}
