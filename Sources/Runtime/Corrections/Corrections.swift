public import Loyalty
public import Primitives
import Storage

/// Retroactive corrections: a rule, a challenge or a badge as it is now, held to have been in force from an earlier day on.
/// First the difference is shown, then it is posted as a job, by whoever has seen it.
public struct Corrections: Sendable {
    public enum Problem: Error, Sendable, Hashable {
        case unknownProgramme
        /// It cannot be worked out from what is kept, or was done; the reason in a sentence.
        case refused(String)
        /// The difference is another one than the one that was seen.
        case changed
    }

    /// What is held to have been in force.
    public enum Subject: Sendable, Hashable {
        case rule(String)
        case challenge(String)
        case badge(String)
    }

    /// What a correction comes to.
    public struct Preview: Sendable, Hashable {
        public struct Unit: Sendable, Hashable {
            public var unit: String
            public var membersUp: Int64 = 0
            public var membersDown: Int64 = 0
            /// What would be given in all.
            public var up: Int64 = 0
            /// What would be taken back in all, as a negative number.
            public var down: Int64 = 0
        }

        public struct Line: Sendable, Hashable {
            public var member: MemberID
            public var unit: String
            public var amount: Int64
        }

        /// What the job would do: ``BulkAction/correct(_:)`` or ``BulkAction/correctAchievement(_:)``.
        public var order: BulkAction
        /// What it does not do, in sentences.
        public var leftOut: [String] = []
        /// Completions of a challenge that there would be.
        public var completions: Int64 = 0
        /// How many members would have which badge.
        public var badges: [String: Int64] = [:]
        /// How many members were looked at.
        public var members: Int64 = 0
        public var units: [Unit] = []
        /// The first ``Corrections/listed`` differences, by member.
        public var lines: [Line] = []

        /// Says that somebody has seen just this: derived from the correction and its sums.
        public func confirmation(in programme: ProgrammeID) -> String {
            let sums = units.map { "\($0.unit)/\($0.membersUp)/\($0.membersDown)/\($0.up)/\($0.down)" }
            let held = badges.sorted { $0.key < $1.key }.map { "\($0.key)/\($0.value)" }
            let counts = completions == 0 && held.isEmpty ? "" : "\n\(completions) " + held.joined(separator: ",")
            let nobody = ID128(high: 0, low: 0)
            let id = EffectID.derived(
                programme: programme, source: order.json.text() + sums.joined(separator: ",") + counts, cause: nobody,
                member: MemberID(nobody))
            return String(id.description.filter { $0 != "-" }.prefix(12))
        }
    }

    /// The most members that a preview lists.
    public static let listed = 100

    let engine: Engine
    let programme: ProgrammeID

    public init(_ engine: Engine, _ programme: ProgrammeID) {
        self.engine = engine
        self.programme = programme
    }

    /// Whether a correction can be worked out from what is kept on every privacy level.
    ///
    /// - Parameter from: its first day.
    /// - Throws: ``Problem``.
    public func plan(rule id: String, from: Int32) async throws -> RuleCorrection {
        guard let compiled = engine.host[programme] else { throw Problem.unknownProgramme }
        guard let rule = compiled.rule(id)?.rule else { throw Problem.refused("There is no rule '\(id)'.") }
        let start = compiled.calendar(offsets: engine.zones).start(of: from)
        guard start <= engine.clock.now() else { throw Problem.refused("The first day lies ahead.") }
        var before: [Rule] = []
        for version in try await history(since: start) {
            let old = version.programme.rules.first { $0.id == id }
            if let old, version.isBefore { before.append(old) }
            if version.isOver { continue }
            guard let old else {
                throw Problem.refused(
                    "Version \(version.number) did not have the rule yet, and what events said then is not kept. "
                        + "Choose a later day, or bring the events in again with `stamgast import`.")
            }
            if let obstacle = RuleComparison.obstacle(from: old, to: rule) {
                throw Problem.refused("Since version \(version.number) \(obstacle)")
            }
        }
        if let first = before.first,
            before.contains(where: { $0.limits != first.limits || $0.cooldown != first.cooldown })
        {
            throw Problem.refused("The limits changed before that day as well. Choose a day on or before that change.")
        }
        try await checkEarlier(id, from: from, version: compiled.version)
        return RuleCorrection(
            rule: id, from: from, version: compiled.version, limitsBefore: before.first?.limits ?? rule.limits)
    }

    /// A version of the programme, seen from the first day of a correction.
    struct Past {
        var number: Int64
        var programme: Programme
        /// Whether it was in force before that day, or as it began.
        var isBefore: Bool
        /// Whether it was not in force on that day or after.
        var isOver: Bool
    }

    /// All versions that can be read, the oldest first.
    func history(since start: Instant) async throws -> [Past] {
        let versions = ProgrammeVersions(engine.database)
        let chain = try await versions.list(programme, limit: 500).sorted { $0.number < $1.number }
        if let first = chain.first, first.number > 1, first.appliedAt > start {
            throw Problem.refused("There were more than 500 versions since. Choose a later day.")
        }
        var found: [Past] = []
        for (index, version) in chain.enumerated() {
            guard
                let reading = try await versions.load(programme, version: version.number)?.document.reading
            else { continue }
            let isOver = index + 1 < chain.count && chain[index + 1].appliedAt <= start
            found.append(
                Past(
                    number: version.number, programme: reading, isBefore: isOver || version.appliedAt <= start,
                    isOver: isOver))
        }
        return found
    }

    /// What an earlier correction gave on days before `from` is no version's: then nobody can say what was given there.
    private func checkEarlier(_ rule: String, from: Int32, version: Int64) async throws {
        let store = LoyaltyStore(programme: programme)
        var last: (at: Instant, id: ID128)?
        while true {
            let cursor = last
            let jobs = try await engine.database.read { try store.jobs(before: cursor, limit: 200, $0) }
            for job in jobs {
                guard case .correct(let other) = job.action, other.rule == rule, other.from < from,
                    other.version != version
                else { continue }
                let day = CivilDate(daysSinceEpoch: Int(other.from)).description
                throw Problem.refused("The rule was corrected from \(day) on. Choose that day or an earlier one.")
            }
            guard jobs.count == 200, let oldest = jobs.last else { return }
            last = (oldest.createdAt, oldest.id)
        }
    }

    /// The difference, member by member. Nothing is written.
    ///
    /// - Complexity: reads every member once.
    public func preview(
        _ correction: RuleCorrection, progress: (_ done: Int64) -> Void = { _ in }
    ) async throws -> Preview {
        guard let compiled = engine.host[programme] else { throw Problem.unknownProgramme }
        return try await scan(Preview(order: .correct(correction)), progress) { state in
            Found(
                lines: state.differences(correction, in: compiled).map {
                    Preview.Line(member: state.id, unit: $0.unit, amount: $0.amount)
                })
        }
    }

    /// The same of a challenge or a badge.
    ///
    /// - Parameter leftOut: see ``plan(_:_:from:)``.
    public func preview(
        _ correction: AchievementCorrection, leftOut: [String] = [], progress: (_ done: Int64) -> Void = { _ in }
    ) async throws -> Preview {
        guard let compiled = engine.host[programme] else { throw Problem.unknownProgramme }
        var empty = Preview(order: .correctAchievement(correction))
        empty.leftOut = leftOut
        return try await scan(empty, progress) { state in
            let gains = state.gains(correction, in: compiled)
            return Found(
                lines: gains.awards.sorted { $0.key < $1.key }.map {
                    Preview.Line(member: state.id, unit: $0.key, amount: $0.value)
                }, gains: gains)
        }
    }

    /// What a correction comes to for one member.
    private struct Found {
        var lines: [Preview.Line]
        var gains = AchievementGains()
    }

    private func scan(
        _ empty: Preview, _ progress: (_ done: Int64) -> Void, _ look: (MemberState) -> Found
    ) async throws -> Preview {
        var preview = empty
        var units: [String: Preview.Unit] = [:]
        try await MemberScan(engine: engine, programme: programme).run { states in
            for state in states {
                let found = look(state)
                preview.completions += found.gains.completions
                for badge in found.gains.badges { preview.badges[badge, default: 0] += 1 }
                for difference in found.lines {
                    var unit = units[difference.unit] ?? Preview.Unit(unit: difference.unit)
                    if difference.amount > 0 {
                        unit.membersUp += 1
                        unit.up += difference.amount
                    } else {
                        unit.membersDown += 1
                        unit.down += difference.amount
                    }
                    units[difference.unit] = unit
                    if preview.lines.count < Self.listed { preview.lines.append(difference) }
                }
            }
            preview.members += Int64(states.count)
            progress(preview.members)
        }
        preview.units = units.sorted { $0.key < $1.key }.map(\.value)
        return preview
    }

    /// The difference that is to be seen before ``order(_:from:confirmation:id:by:)``.
    ///
    /// - Throws: ``Problem``.
    public func preview(
        _ subject: Subject, from: Int32, progress: (_ done: Int64) -> Void = { _ in }
    ) async throws -> Preview {
        switch subject {
        case .rule(let id):
            return try await preview(try await plan(rule: id, from: from), progress: progress)
        case .challenge(let id):
            let (correction, leftOut) = try await plan(.challenge, id, from: from)
            return try await preview(correction, leftOut: leftOut, progress: progress)
        case .badge(let id):
            let (correction, leftOut) = try await plan(.badge, id, from: from)
            return try await preview(correction, leftOut: leftOut, progress: progress)
        }
    }

    /// Orders the job that posts the difference, if it is the one that was seen.
    ///
    /// - Parameters:
    ///   - confirmation: ``Preview/confirmation(in:)`` of what was seen.
    ///   - id: of the job; the same one is ordered once.
    /// - Throws: ``Problem``.
    public func order(
        _ subject: Subject, from: Int32, confirmation: String, id: ID128, by actor: String
    ) async throws -> Job {
        let store = LoyaltyStore(programme: programme)
        if let job = try await engine.database.read({ try store.job(id, $0) }) { return job }
        let seen = try await preview(subject, from: from)
        guard seen.confirmation(in: programme) == confirmation else { throw Problem.changed }
        return try await JobRunner.order(
            seen.order, members: nil, condition: "true", id: id, by: actor, in: programme, engine)
    }
}

extension Corrections.Preview {
    /// As API and command line answer it.
    public func json(in programme: ProgrammeID) -> JSONValue {
        var json: JSONValue = [
            "members": .integer(members),
            "units": .array(
                units.map { unit in
                    [
                        "unit": .string(unit.unit), "members_up": .integer(unit.membersUp),
                        "members_down": .integer(unit.membersDown), "up": .integer(unit.up),
                        "down": .integer(unit.down),
                    ]
                }),
            "differences": .array(
                lines.map { line in
                    [
                        "member": .string(line.member.description), "unit": .string(line.unit),
                        "amount": .integer(line.amount),
                    ]
                }), "completions": .integer(completions),
            "badges": .array(
                badges.sorted { $0.key < $1.key }.map { ["badge": .string($0.key), "members": .integer($0.value)] }),
            "left_out": .array(leftOut.map { .string($0) }), "confirm": .string(confirmation(in: programme)),
        ]
        for name in ["rule", "challenge", "badge", "from", "version"] { json[name] = order.json[name] }
        return json
    }
}
