import Access
import Catalogue
import Hummingbird
import Loyalty
import Primitives
import Runtime
import Site
import Storage

extension SiteAdapter {
    func today(for staff: SiteStaff, language: PageLanguage) async throws -> ConsoleToday {
        let programme = staff.programme.id
        guard let view = view(programme, language) else { throw ProgrammeGone() }
        let zone = view.programme.timeZone
        let day = programmeDay(view)
        let store = LoyaltyStore(programme: programme)
        let (counts, quarantined) = try await home.database.read { connection in
            (
                try store.ruleDays(from: day, connection),
                try connection.first(
                    "SELECT count(*) FROM quarantine WHERE programme_id = ? AND day = ?",
                    [.text(programme.name), .integer(Int64(day))])?.int(0) ?? 0
            )
        }
        func count(_ kinds: AppliedEffect.Kind...) -> Int64 {
            counts.filter { row in row.day == day && kinds.contains { $0.rawValue == row.kind } }
                .reduce(0) { $0 + $1.count }
        }
        // The programme's day may begin later than midnight: what is read at one in the morning belongs to the evening.
        let now = LocalMoment(
            LocalDay(daysSinceEpoch: Int(day)), minute: view.moment(view.now, zone: zone).minute)
        let calendar = view.compiled.calendar(of: MemberProfile(joinedDay: 0), offsets: engine.zones)
        var hours: [Int: ConsoleToday.Hour] = [:]
        for (hour, tally) in engine.live.tallies(of: programme) {
            let start = Instant(milliseconds: hour * 3_600_000)
            guard calendar.day(of: start) == day, let minute = view.moment(start, zone: zone).minute else { continue }
            let old = hours[minute / 60] ?? ConsoleToday.Hour(hour: minute / 60, events: 0, awards: 0)
            hours[minute / 60] = ConsoleToday.Hour(
                hour: minute / 60, events: old.events + tally.events, awards: old.awards + tally.awards)
        }
        return ConsoleToday(
            now: now, events: hours.values.reduce(0) { $0 + $1.events }, awards: count(.award), badges: count(.badge),
            redemptions: count(.confirmation), limited: count(.refused), quarantined: quarantined,
            issued: amounts(counts.filter { $0.day == day && $0.kind == "award" }, view),
            spent: amounts(counts.filter { $0.day == day && $0.kind == "confirmation" }, view),
            hours: hours.values.sorted { $0.hour < $1.hour },
            recent: engine.live.recent(in: programme, limit: 30).map { view.consoleEvent($0) },
            vitals: try await vitals(of: programme, today: day).map { signs in
                VitalSigns(
                    vitals: signs,
                    names: Dictionary(
                        uniqueKeysWithValues: view.programme.rules.map { ($0.id, view.wording($0.why, or: $0.id)) }))
            })
    }

    /// Counted anew when they are ten minutes old, or the programme has another version or day.
    private func vitals(of programme: ProgrammeID, today: Int32) async throws -> Vitals? {
        let (now, version) = (engine.clock.now(), engine.host[programme]?.version ?? 0)
        let key = "\(programme.name) \(version) \(today)"
        if let known = signs.find(key, now: now) { return known }
        guard let counted = try await engine.vitals(of: programme, today: today) else { return nil }
        signs.keep(counted, key, now: now)
        return counted
    }

    /// Sums per points unit. A rule's row holds the sum of what it gave; rules that give several units are counted in
    /// their first.
    private func amounts(_ rows: [RuleDayCount], _ view: SiteView) -> [Amount] {
        var sums: [String: Int64] = [:]
        for row in rows {
            guard let unit = unit(of: SiteView.name(of: row.source), view) else { continue }
            sums[unit, default: 0] += abs(row.amount)
        }
        return view.programme.units.filter { $0.kind == .points }.compactMap { unit in
            sums[unit.id].map { view.amount($0, unit.id) }
        }
    }

    private func unit(of source: String, _ view: SiteView) -> String? {
        let effects = view.rule(source)?.effects ?? view.compiled.challenges[source]?.allRewards ?? []
        for case .award(_, let unit) in effects { return unit }
        return view.compiled.rewards[source]?.reward.unit
    }

    func programmeDay(_ view: SiteView) -> Int32 {
        view.compiled.calendar(of: MemberProfile(joinedDay: 0), offsets: engine.zones).day(of: view.now)
    }

    func rules(for staff: SiteStaff, language: PageLanguage) async throws -> [RuleHits] {
        guard let view = view(staff.programme.id, language) else { throw ProgrammeGone() }
        let store = LoyaltyStore(programme: staff.programme.id)
        let counts = try await home.database.read { try store.ruleDays(from: 0, $0) }
        func count(_ source: String, _ kinds: AppliedEffect.Kind...) -> Int64 {
            counts.filter { row in row.source == source && kinds.contains { $0.rawValue == row.kind } }
                .reduce(0) { $0 + $1.count }
        }
        return view.programme.rules.map { rule in
            let awarded = count(rule.id, .award)
            let limited = count(rule.id, .refused)
            return RuleHits(
                id: rule.id, title: view.wording(rule.why, or: rule.id), trigger: rule.trigger,
                version: Int(clamping: view.compiled.version), active: view.isOpen(rule),
                matched: awarded + limited + count(rule.id, .heldOut), awarded: awarded, limited: limited)
        }
    }

    func quarantine(
        for staff: SiteStaff, after: String?, language: PageLanguage
    ) async throws -> QuarantinePage? {
        let programme = staff.programme.id
        guard let view = view(programme, language) else { throw ProgrammeGone() }
        var before: (day: Int32, id: ID128)?
        if let after {
            let parts = after.split(separator: ".")
            guard parts.count == 2, let day = Int32(parts[0]), let id = ID128(String(parts[1])) else { return nil }
            before = (day, id)
        }
        let store = LoyaltyStore(programme: programme)
        let page = 50
        let position = before
        let (events, total) = try await home.database.read { connection in
            (
                try store.quarantined(before: position, limit: page, connection),
                try connection.first(
                    "SELECT count(*) FROM quarantine WHERE programme_id = ?", [.text(programme.name)])?.int(0) ?? 0
            )
        }
        return QuarantinePage(
            today: LocalDay(daysSinceEpoch: Int(programmeDay(view))), total: total,
            entries: events.map { event in
                QuarantineEntry(
                    id: event.id.description, received: LocalMoment(LocalDay(daysSinceEpoch: Int(event.day))),
                    source: "", type: event.type, field: event.field, problem: Wording(event.detail, .en), attempts: 1)
            }, mayReplay: try await mayReplay(staff),
            older: events.count == page ? events.last.map { "\($0.day).\($0.id)" } : nil)
    }

    func replay(_ id: String, for staff: SiteStaff) async throws -> ReplayOutcome {
        guard try await mayReplay(staff) else { throw HTTPError(.forbidden) }
        guard let id = ID128(id), let result = try await engine.replay(id, in: staff.programme.id) else { return .gone }
        return result.status == .quarantined ? .refused : .accepted
    }

    /// Taking an event gives points: as with the API, looking at the quarantine is not enough.
    private func mayReplay(_ staff: SiteStaff) async throws -> Bool {
        guard let id = ID128(staff.staff), let account = try await home.access.staff.find(id) else { return false }
        return account.principal?.allows(.eventsWrite, in: staff.programme.id) ?? false
    }

    func stubs(for staff: SiteStaff, language: PageLanguage) async throws -> StubList {
        let programme = staff.programme.id
        guard let view = view(programme, language) else { throw ProgrammeGone() }
        let stubs = try await home.catalogue.store.stubs(programme, limit: 100)
        let mentions = try await home.database.read { connection in
            var mentions: [String: Int64] = [:]
            for row in try connection.query(
                """
                SELECT item_id, sum(count) FROM item_popularity WHERE programme_id = ? AND item_id IN (?*)
                GROUP BY item_id
                """, [.text(programme.name)], keys: stubs.map { .text($0.id.text) })
            {
                mentions[try row.text(0)] = try row.int(1)
            }
            return mentions
        }
        return StubList(
            today: LocalDay(daysSinceEpoch: Int(programmeDay(view))), total: Int64(view.catalogue.stubCount),
            stubs: stubs.map { stub in
                CatalogueStub(
                    id: stub.id.text, firstSeen: LocalDay(daysSinceEpoch: stub.day),
                    mentions: mentions[stub.id.text] ?? 0)
            })
    }
}
