import Primitives
import TestSupport
import Testing

/// A day of load with everything that goes wrong in a day, against the built binary.
@Suite(.serialized) struct DayLoadTests {
    @Test func aDayOfDuplicatesClockStepsAndRestartsEndsAsAnOrderlyOne() async throws {
        try await Binary.withFolder { folder in
            let size = Checks.areLong ? (members: 1_000, slots: 96) : (members: 120, slots: 48)
            try await Self.live(in: folder, size.members, size.slots, flags: [])
        }
    }

    @Test(.enabled(if: Checks.usesPostgres, Checks.noPostgres))
    func aDayOnPostgreSQLEndsAsOneOnSQLite() async throws {
        try await TestDatabases.withPostgresSchema { main in
            try await TestDatabases.withPostgresSchema { vault in
                try await Binary.withFolder { folder in
                    let settings = [
                        "database=\(main)", "vault-database=\(vault)", "database-connections=4", "lease-duration=2s",
                    ]
                    // Servers that share a database agree on the time: here it only leaps forwards.
                    try await Self.live(
                        in: folder, 60, 24, isSetBack: false,
                        flags: ["--forwards-only", "--"] + settings.flatMap { ["--set", $0] })
                }
            }
        }
    }

    private static func live(
        in folder: String, _ members: Int, _ slots: Int, isSetBack: Bool = true, flags: [String]
    ) async throws {
        let counts = try await Checks.run(
            "day_load.py",
            [
                try Binary.path(), "--home", folder + "/home", "--reference-home", folder + "/reference", "--members",
                "\(members)", "--slots", "\(slots)", "--seed", "20260306",
            ] + flags)
        #expect(counts.status == 0, "\(counts.errors)")
        for nothing in ["taken_twice", "lost", "not_taken", "differ", "differences", "unexpected"] {
            #expect(counts.json?[nothing]?.intValue == 0, "\(nothing)")
        }
        for something in ["duplicates", "purchases", "kills", "stops"] + (isSetBack ? ["clock_steps"] : []) {
            #expect(counts.json?[something]?.intValue ?? 0 > 0, "\(something)")
        }
        // 30 % of the events are sent again, those that had no answer not counted.
        let events = counts.json?["events"]?.intValue ?? 0
        let again = counts.json?["sent_again"]?.intValue ?? 0
        #expect(again * 100 > events * 25 && again * 100 < events * 35, "\(again) of \(events)")
    }
}
