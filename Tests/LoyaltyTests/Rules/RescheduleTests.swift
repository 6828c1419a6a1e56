import Loyalty
import Primitives
import Testing

/// A zone an hour ahead in winter and two in summer, until it has no summer time any more.
private struct ChangingZone: ZoneOffsets {
    var hasSummer = true

    /// 2027-03-28T01:00:00Z to 2027-10-31T01:00:00Z.
    func offset(zone: String, at seconds: Int64) -> Int64? {
        guard zone == "Test/Zone" else { return nil }
        return hasSummer && (1_806_195_600..<1_824_944_400).contains(seconds) ? 7_200 : 3_600
    }
}

/// What waits for the start of a day, when the rules of its zone change.
@Suite struct RescheduleTests {
    private static let now = RFC3339.parse("2026-11-20T12:00:00Z") ?? .earliest

    private func context(_ zones: ChangingZone, _ units: [Unit]) throws -> DecisionContext {
        var programme = Programme(
            id: try #require(ProgrammeID("test")), name: LocalizedText([.en: "Test"]), timeZone: "Test/Zone",
            dayStartMinutes: 240, units: units)
        programme.events = [EventType(id: "visit", fields: [])]
        return DecisionContext(
            programme: try CompiledProgramme(programme, version: 1), profile: MemberProfile(joinedDay: 0),
            offsets: zones, now: Self.now)
    }

    private func member(_ unit: String, _ context: DecisionContext) throws -> MemberState {
        var state = MemberState(
            programme: context.programme.id, id: MemberID(ID128(high: 1, low: 1)),
            profile: MemberProfile(joinedDay: 0))
        var changes = Changes()
        try state.adjust(
            unit: unit, by: 10, id: ID128(high: 2, low: 2), reason: "test", context, into: &changes)
        return state
    }

    @Test(arguments: [true, false])
    func aLotExpiresAtTheStartOfItsDayUnderTheNewRules(abolished: Bool) throws {
        let units = [Unit(id: "ink", expires: .months(7))]
        let (old, new) = (
            try context(ChangingZone(hasSummer: abolished), units),
            try context(ChangingZone(hasSummer: !abolished), units)
        )
        var state = try member("ink", old)
        let before = try #require(state.wallet.lots.first?.expiresAt)
        var changes = Changes()
        state.reschedule(new, into: &changes)
        let after = try #require(state.wallet.lots.first?.expiresAt)
        #expect(after - before == (abolished ? 3_600_000 : -3_600_000))
        let day = new.calendar.day(of: after)
        #expect(new.calendar.start(of: day) == after && old.calendar.start(of: day) == before, "the same day")
        #expect(changes.journal.lots.values.map(\.expiresAt) == [after])
        #expect(!changes.isEmpty && changes.journal.transfers.isEmpty && changes.journal.entries.isEmpty)
        #expect(state.wallet.nextDue == after)
        // What is computed for that day from now on is the same instant: corrections find the lot.
        let earned = new.calendar.day(of: Self.now)
        #expect(after == new.calendar.instant(.months(7), after: earned))

        var again = Changes()
        state.reschedule(new, into: &again)
        #expect(again.isEmpty)
        state.reschedule(old, into: &again)
        #expect(state.wallet.lots.first?.expiresAt == before, "rules that come back")
    }

    @Test func lengthsInHoursAndHoldsWaitForNoDay() throws {
        let units = [Unit(id: "ink", expires: .milliseconds(212 * 86_400_000))]
        let old = try context(ChangingZone(), units)
        var state = try member("ink", old)
        var changes = Changes()
        _ = try state.wallet.hold(
            Transfer(id: ID128(high: 3, low: 3), kind: .hold, unit: "ink", amount: 4, at: Self.now), reward: "mug",
            until: Self.now.adding(milliseconds: 900_000), at: Self.now, into: &changes.journal)
        let wallet = state.wallet
        var moved = Changes()
        state.reschedule(try context(ChangingZone(hasSummer: false), units), into: &moved)
        #expect(state.wallet == wallet && moved.isEmpty)
    }

    @Test func theNearestStartIsThatOfTheSameDayWithinHalfADay() throws {
        let calendar = try context(ChangingZone(), []).calendar
        for day in [20_000, 20_540, 20_541, 20_905] as [Int32] {
            let start = calendar.start(of: day)
            for hours in [-11, -1, 0, 1, 11] as [Int64] {
                #expect(calendar.nearestStart(to: start.adding(milliseconds: hours * 3_600_000)) == start)
            }
        }
    }
}

/// Versions of the zone data beside days.
@Suite struct ZoneDataHistoryTests {
    private func version(_ number: Int64, _ name: String, _ day: Int32) -> ZoneDataHistory.Version {
        ZoneDataHistory.Version(
            number: number, name: name, firstDay: day, at: Instant(seconds: Int64(day) * 86_400 + 50_000))
    }

    private let midnight = Instant(seconds: 0)
    private let moment = Instant(milliseconds: 12_345)

    @Test func aDayOfAChangeMayHaveBeenDecidedUnderEither() {
        let history = ZoneDataHistory([
            version(1, "2026a", 100), version(2, "2026b", 200), version(3, "2026c", 200), version(4, "2027a", 400),
        ])
        #expect(history.names(of: 1, day: 150, at: midnight) == ["2026a"])
        #expect(history.names(of: 1, day: 195, at: midnight) == ["2026a"])
        #expect(history.names(of: 1, day: 196, at: midnight) == ["2026a", "2026b", "2026c"], "it may have come late")
        #expect(history.names(of: 1, day: 200, at: midnight) == ["2026a", "2026b", "2026c"])
        #expect(history.names(of: 1, day: 200, at: moment) == ["2026a"])
        #expect(history.names(of: 3, day: 200, at: midnight) == ["2026c"])
        #expect(history.names(of: 4, day: 500, at: midnight) == ["2027a"])
    }

    @Test func whatIsNotKnownIsNotSaid() {
        #expect(ZoneDataHistory().stamp(on: 5) == nil)
        let history = ZoneDataHistory([version(1, "", 100), version(2, "2026b", 200)])
        #expect(history.names(of: nil, day: 150, at: midnight).isEmpty, "from before versions were kept")
        #expect(history.names(of: 9, day: 150, at: midnight).isEmpty)
        #expect(history.names(of: 1, day: 150, at: midnight).isEmpty, "the system did not say")
    }
}
