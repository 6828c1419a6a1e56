public import Loyalty
public import Primitives
import Storage

/// Retroactive corrections: a rule as it is now, held to have been in force from an earlier day on. First the difference is
/// shown, then it is posted as a job, by whoever has seen it.
public struct Corrections: Sendable {
    public enum Problem: Error, Sendable, Hashable {
        case unknownProgramme
        /// It cannot be worked out from what is kept, or was done; the reason in a sentence.
        case refused(String)
        /// The difference is another one than the one that was seen.
        case changed
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

        public var correction: RuleCorrection
        /// How many members were looked at.
        public var members: Int64 = 0
        public var units: [Unit] = []
        /// The first ``Corrections/listed`` differences, by member.
        public var lines: [Line] = []

        /// Says that somebody has seen just this: derived from the correction and its sums.
        public func confirmation(in programme: ProgrammeID) -> String {
            let sums = units.map { "\($0.unit)/\($0.membersUp)/\($0.membersDown)/\($0.up)/\($0.down)" }
            let nobody = ID128(high: 0, low: 0)
            let id = EffectID.derived(
                programme: programme, source: correction.json.text() + sums.joined(separator: ","), cause: nobody,
                member: MemberID(nobody))
            return String(id.description.filter { $0 != "-" }.prefix(12))
        }
    }

    /// The most members that a preview lists.
    public static let listed = 100

    private let engine: Engine
    private let programme: ProgrammeID

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
        let versions = ProgrammeVersions(engine.database)
        let chain = try await versions.list(programme, limit: 500).sorted { $0.number < $1.number }
        var before: [Rule] = []
        for version in chain {
            guard let document = try await versions.load(programme, version: version.number)?.document else { continue }
            let old = document.reading?.rules.first { $0.id == id }
            // In force on the first day or after it: from the last one that was applied before it on.
            let next = chain.first { $0.number == version.number + 1 }
            let isOver = next.map { $0.appliedAt <= start } ?? false
            if let old, isOver || version.appliedAt <= start { before.append(old) }
            if isOver { continue }
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
        let store = LoyaltyStore(programme: programme)
        var preview = Preview(correction: correction)
        var units: [String: Preview.Unit] = [:]
        var last: MemberID?
        while true {
            let cursor = last
            let states = try await engine.database.read { connection in
                let page = try store.memberPage(after: cursor, limit: JobRunner.page, connection)
                let states = try store.load(page, joinedDay: 0, connection)
                return page.compactMap { states[$0] }
            }
            for state in states {
                for difference in state.differences(correction, in: compiled) {
                    var unit = units[difference.unit] ?? Preview.Unit(unit: difference.unit)
                    if difference.amount > 0 {
                        unit.membersUp += 1
                        unit.up += difference.amount
                    } else {
                        unit.membersDown += 1
                        unit.down += difference.amount
                    }
                    units[difference.unit] = unit
                    if preview.lines.count < Self.listed {
                        preview.lines.append(
                            Preview.Line(member: state.id, unit: difference.unit, amount: difference.amount))
                    }
                }
            }
            preview.members += Int64(states.count)
            progress(preview.members)
            guard states.count == JobRunner.page else { break }
            last = states.last?.id
            try Task.checkCancellation()
            await Task.yield()
        }
        preview.units = units.sorted { $0.key < $1.key }.map(\.value)
        return preview
    }

    /// Orders the job that posts the difference, if it is the one that was seen.
    ///
    /// - Parameters:
    ///   - confirmation: ``Preview/confirmation(in:)`` of what was seen.
    ///   - id: of the job; the same one is ordered once.
    /// - Throws: ``Problem``.
    public func order(
        rule: String, from: Int32, confirmation: String, id: ID128, by actor: String
    ) async throws -> Job {
        let store = LoyaltyStore(programme: programme)
        if let job = try await engine.database.read({ try store.job(id, $0) }) { return job }
        let seen = try await preview(try await plan(rule: rule, from: from))
        guard seen.confirmation(in: programme) == confirmation else { throw Problem.changed }
        return try await JobRunner.order(
            .correct(seen.correction), members: nil, condition: "true", id: id, by: actor, in: programme, engine)
    }
}

extension Corrections.Preview {
    /// As API and command line answer it.
    public func json(in programme: ProgrammeID) -> JSONValue {
        [
            "rule": .string(correction.rule),
            "from": .string(CivilDate(daysSinceEpoch: Int(correction.from)).description),
            "version": .integer(correction.version), "members": .integer(members),
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
                }), "confirm": .string(confirmation(in: programme)),
        ]
    }
}
