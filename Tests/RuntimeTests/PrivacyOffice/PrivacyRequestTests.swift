import Loyalty
import Primitives
import Storage
import TestSupport
import Testing

@testable import Runtime

/// Requests of data subjects: their times, their steps, their rows on both engines.
@Suite struct PrivacyRequestTests {
    private static let staff = ID128(high: 2, low: 2)

    private static func day(_ text: String) throws -> Int32 {
        Int32(try #require(CivilDate(text)).daysSinceEpoch)
    }

    private func request(
        _ number: UInt64 = 1, _ kind: PrivacyRequest.Kind = .erasure, on day: String = "2026-11-28"
    ) throws -> PrivacyRequest {
        PrivacyRequest(
            id: ID128(high: 9, low: number), member: MemberID(ID128(high: 5, low: 5)), kind: kind,
            receivedDay: try Self.day(day))
    }

    @Test(arguments: [
        // Regulation 1182/71, article 3(2)(c): the same date, or the last of the month where there is none.
        ("2026-11-28", 1, "2026-12-28"), ("2026-01-31", 1, "2026-02-28"), ("2028-01-31", 1, "2028-02-29"),
        ("2026-12-15", 1, "2027-01-15"), ("2026-11-30", 3, "2027-02-28"), ("2026-08-31", 3, "2026-11-30"),
        ("2026-03-31", 1, "2026-04-30"),
    ])
    func aMonthEndsOnTheSameDateOrTheLastOfTheMonth(received: String, months: Int, due: String) throws {
        let (first, last) = (try Self.day(received), try Self.day(due))
        #expect(PrivacyRequest.due(received: first, months: months) == last)
    }

    @Test func nothingIsCarriedOutBeforeTheIdentityIsChecked() throws {
        let request = try request()
        let today = request.receivedDay
        #expect(throws: PrivacyRequest.Problem.unchecked) {
            try request.after(.begin, by: Self.staff, today: today)
        }
        #expect(throws: PrivacyRequest.Problem.unchecked) {
            try request.after(.complete, by: Self.staff, today: today)
        }
        let checked = try request.after(.check(.inPerson), by: Self.staff, today: today)
        #expect(throws: PrivacyRequest.Problem.unchecked) {
            try checked.after(.complete, by: Self.staff, today: today)
        }
        let begun = try checked.after(.begin, by: Self.staff, today: today)
        #expect(begun.state == .working && begun.checkedBy == Self.staff)
        #expect(try begun.after(.begin, by: Self.staff, today: today) == begun, "again after a crash")
        let done = try begun.after(.complete, by: Self.staff, today: today)
        #expect(done.state == .done && done.endedDay == today)
        for step: PrivacyRequest.Step in [.begin, .check(.account), .refuse(.law), .withdraw, .extend(.many)] {
            #expect(throws: PrivacyRequest.Problem.over) { try done.after(step, by: Self.staff, today: today) }
        }
    }

    @Test func aCheckIsNotReplacedByASecondOne() throws {
        let request = try request()
        let checked = try request.after(.check(.document), by: Self.staff, today: request.receivedDay)
        let again = try checked.after(.check(.account), by: ID128(high: 3, low: 3), today: request.receivedDay)
        #expect(again == checked)
    }

    @Test func aDuplicateIsOverAndTakesNoCheckOver() throws {
        let first = try request(1)
        let checked = try first.after(.check(.inPerson), by: Self.staff, today: first.receivedDay)
        let second = try request(2)
        #expect(throws: PrivacyRequest.Problem.unchecked, "the check of the first is not the second's") {
            try second.after(.begin, by: Self.staff, today: first.receivedDay)
        }
        let marked = try second.after(.duplicate(of: checked), by: Self.staff, today: first.receivedDay)
        #expect(marked.state == .duplicate && marked.identity == nil && marked.duplicateOf == first.id)
        #expect(throws: PrivacyRequest.Problem.over) {
            try marked.after(.begin, by: Self.staff, today: first.receivedDay)
        }
        var foreign = try request(3)
        foreign.member = MemberID(ID128(high: 6, low: 6))
        let other = try request(4, .access)
        for original in [second, foreign, other, marked] {
            #expect(throws: PrivacyRequest.Problem.noOriginal) {
                try second.after(.duplicate(of: original), by: Self.staff, today: first.receivedDay)
            }
        }
    }

    @Test func itIsExtendedOnceAndInItsMonth() throws {
        let request = try request(1, .access)
        let extended = try request.after(.extend(.complex), by: Self.staff, today: request.dueDay)
        let last = try Self.day("2027-02-28")
        #expect(extended.dueDay == last)
        #expect(throws: PrivacyRequest.Problem.tooLate) {
            try extended.after(.extend(.many), by: Self.staff, today: request.dueDay)
        }
        #expect(throws: PrivacyRequest.Problem.tooLate) {
            try request.after(.extend(.many), by: Self.staff, today: request.dueDay + 1)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func rowsComeBackAndAnErasedMemberIsOffThem(engine: Storage.Engine) async throws {
        let store = PrivacyRequestStore(programme: try #require(ProgrammeID("courant")))
        var rows: [PrivacyRequest] = []
        for (number, kind) in PrivacyRequest.Kind.allCases.enumerated() {
            var row = try request(UInt64(number + 1), kind)
            row.hasText = true
            rows.append(row)
        }
        rows[0] = try rows[0].after(.check(.document), by: Self.staff, today: rows[0].receivedDay)
        rows[0] = try rows[0].after(.refuse(.law), by: Self.staff, today: rows[0].receivedDay)
        let stored = rows
        try await TestDatabases.with(engine, [PrivacyRequestSchema.schema]) { database in
            for row in stored {
                #expect(try await database.write { try store.insert(row, $0) })
                #expect(try await database.write { try !store.insert(row, $0) }, "the same request again")
            }
            let member = try #require(stored[0].member)
            let found = try await database.read { try store.requests(of: [member], $0) }
            #expect(Set(found) == Set(stored))
            let queue = try await database.read { try store.queue(limit: 10, $0) }
            #expect(queue.last?.id == stored[0].id, "what is over comes last")
            let today = stored[0].receivedDay + 1
            #expect(try await database.write { try store.erase([member], today: today, $0) } == stored.count)
            #expect(try await database.read { try store.requests(of: [member], $0) }.isEmpty)
            for row in stored {
                let left = try #require(try await database.read { try store.request(row.id, $0) })
                #expect(left.member == nil && !left.hasText)
                switch row.kind {
                case stored[0].kind: #expect(left.state == .refused && left.endedDay == row.receivedDay)
                case .erasure: #expect(left.state == .done && left.endedDay == today)
                default: #expect(left.state == .withdrawn && left.endedDay == today)
                }
            }
            #expect(try await database.read { try store.ended(before: today + 1, $0) }.count == stored.count)
        }
    }
}

/// Which tables hold rows of members.
@Suite struct MemberTableTests {
    /// Whoever adds a table of members names it here, after saying in docs/guides/privacy-office.md what it is for: the
    /// export and the breach drill show it by themselves, the record of why it is kept does not.
    private static let known: Set<String> = [
        "account", "approval_request", "badge", "board_place", "card", "counter", "entitlement", "entry", "event",
        "explanation", "exposure", "follow", "friend", "friend_code", "gift", "hold", "job_member", "letter", "lot",
        "lot_use", "member", "member_due", "privacy_request", "profiling_choice", "proposal", "proposal_vote",
        "raffle_entry", "redemption", "referral", "referral_code", "review_case", "review_device", "reward_code",
        "service_message", "service_thread", "shared_wallet", "transfer", "waiting_place", "wallet_member",
    ]

    @Test func eachTableOfMembersIsKnown() {
        let names = Set(Home.memberTables.tables.map(\.name))
        #expect(names.subtracting(Self.known).isEmpty, "a new table of members: say what it is for")
        #expect(Self.known.subtracting(names).subtracting(["profiling_choice"]).isEmpty, "gone, or not read any more")
        for table in Home.memberTables.tables {
            #expect(table.columns.contains("programme_id"), "\(table.name)")
            #expect(Set(table.key).isSubset(of: table.columns) && !table.key.isEmpty, "\(table.name): \(table.key)")
        }
    }

    @Test func columnsAreReadFromTheMigrations() throws {
        let tables = MemberTables([
            Schema(
                room: "r",
                migrations: [
                    Migration(
                        number: 1, name: "one",
                        statements: [
                            """
                            CREATE TABLE a (
                                member_id {id} NOT NULL, programme_id {text} NOT NULL, n {int} DEFAULT (1 + 2),
                                PRIMARY KEY (member_id, n)) {clustered}
                            """, "CREATE INDEX a_n ON a (n)", "CREATE TABLE b (other {id}, PRIMARY KEY (other))",
                        ]),
                    Migration(number: 2, name: "two", statements: ["ALTER TABLE a ADD COLUMN more {text}"]),
                ])
        ])
        let table = try #require(tables.tables.first)
        #expect(tables.tables.count == 1 && table.name == "a" && table.room == "r")
        #expect(table.columns == ["member_id", "programme_id", "n", "more"] && table.key == ["member_id", "n"])
    }
}

/// Levels are counted without telling of few.
@Suite struct LevelCountTests {
    @Test func whatIsHiddenCannotBeKnownFromTheRest() {
        #expect(LoyaltyStore.shown([.off: 9, .session: 8], fewest: 5) == [.off: 9, .session: 8])
        #expect(LoyaltyStore.shown([.off: 9, .session: 2, .persona: 7], fewest: 5) == [.off: 9])
        #expect(LoyaltyStore.shown([.off: 3, .session: 3, .persona: 7], fewest: 5) == [.persona: 7])
        #expect(LoyaltyStore.shown([.off: 1, .session: 1, .persona: 7], fewest: 5).isEmpty)
        #expect(LoyaltyStore.shown([.off: 1], fewest: 5).isEmpty)
    }
}
