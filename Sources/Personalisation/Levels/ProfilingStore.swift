public import Loyalty
public import Primitives
public import Storage

/// The table of what members chose. Who has chosen nothing has no row: their level says all.
public enum ProfilingSchema {
    public static let schema = Schema(
        room: "profiling",
        migrations: [
            Migration(
                number: 1, name: "choices",
                statements: [
                    // Levels by name. surprise: percent. paused_until: milliseconds since 1970-01-01.
                    """
                    CREATE TABLE profiling_choice (
                        member_id {id} NOT NULL, programme_id {text} NOT NULL, recommendations {text} NOT NULL,
                        rewards {text} NOT NULL, messages {text} NOT NULL, surprise {int} NOT NULL,
                        is_asked {int} NOT NULL, paused_until {int},
                        PRIMARY KEY (member_id, programme_id)) {clustered}
                    """
                ], isAdditive: true)
        ])
}

/// What members of a programme chose, as stored.
public struct ProfilingStore: Sendable {
    public let programme: ProgrammeID

    public init(programme: ProgrammeID) {
        self.programme = programme
    }

    /// The choices of those who have made one.
    public func choices(
        of members: [MemberID], _ connection: any Connection
    ) throws -> [MemberID: ProfilingChoice] {
        guard !members.isEmpty else { return [:] }
        var choices: [MemberID: ProfilingChoice] = [:]
        for row in try connection.query(
            """
            SELECT member_id, recommendations, rewards, messages, surprise, is_asked, paused_until
            FROM profiling_choice WHERE programme_id = ? AND member_id IN (?*)
            """, [.programme(programme)], keys: members.map { .member($0) })
        {
            var choice = ProfilingChoice(
                all: .off, surprise: SurpriseShare(rawValue: try row.int(4)) ?? .none, isAsked: try row.flag(5),
                pausedUntil: try row.intOrNil(6).map { Instant(milliseconds: $0) })
            for (index, purpose) in ProfilingPurpose.allCases.enumerated() {
                // A level that this release does not know is the most careful one.
                choice[purpose] = PrivacyLevel(rawValue: try row.text(index + 1)) ?? .off
            }
            choices[try row.member(0)] = choice
        }
        return choices
    }

    public func write(_ choice: ProfilingChoice, of member: MemberID, _ connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO profiling_choice
                (member_id, programme_id, recommendations, rewards, messages, surprise, is_asked, paused_until)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (member_id, programme_id) DO UPDATE SET recommendations = excluded.recommendations,
                rewards = excluded.rewards, messages = excluded.messages, surprise = excluded.surprise,
                is_asked = excluded.is_asked, paused_until = excluded.paused_until
            """,
            [.member(member), .programme(programme)]
                + ProfilingPurpose.allCases.map { .text(choice[$0].rawValue) } + [
                    .integer(choice.surprise.rawValue), .flag(choice.isAsked),
                    SQLValue(choice.pausedUntil?.milliseconds),
                ])
    }

    /// - Returns: how many rows went.
    @discardableResult
    public func erase(_ members: [MemberID], _ connection: any Connection) throws -> Int {
        var rows = 0
        for member in members {
            rows += try connection.execute(
                "DELETE FROM profiling_choice WHERE member_id = ? AND programme_id = ?",
                [.member(member), .programme(programme)])
        }
        return rows
    }
}
