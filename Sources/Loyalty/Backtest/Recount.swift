public import Primitives

/// What a changed programme would have given on what the counters of all members hold: the part of a back-test that needs
/// no events, and is there for every privacy level.
///
/// It puts limits, fixed amounts, targets of challenges and the ladder of tiers on the same counts. Rules whose other terms
/// changed are named with the reason and left out, never guessed.
public struct Recount: Sendable {
    public struct Line: Sendable, Hashable {
        public var rule: String
        public var unit: String
        public var before: Int64 = 0
        public var after: Int64 = 0
        public var membersWithMore: Int64 = 0
        public var membersWithLess: Int64 = 0
    }

    /// A rule or challenge that the counters say nothing about.
    public struct Uncovered: Sendable, Hashable {
        public var id: String
        public var reason: String
    }

    private let before: CompiledProgramme
    private let after: CompiledProgramme
    private let rules: [(old: CompiledRule, new: CompiledRule)]
    private let challenges: [(old: Challenge, new: Challenge)]
    private var lines: [String: Line] = [:]
    private var completions: [String: BacktestReport.Achievement] = [:]
    private var moves: [BacktestReport.Move: Int64] = [:]
    private var members: Int64 = 0
    public let uncovered: [Uncovered]

    public init(before: CompiledProgramme, after: CompiledProgramme) {
        self.before = before
        self.after = after
        var uncovered: [Uncovered] = []
        var rules: [(CompiledRule, CompiledRule)] = []
        let old = before.rules
        let new = after.rules
        for id in Set(old.keys).union(new.keys).sorted() {
            switch (old[id], new[id]) {
            case (let was?, let now?):
                if let obstacle = RuleComparison.obstacle(from: was.rule, to: now.rule) {
                    uncovered.append(Uncovered(id: id, reason: obstacle))
                } else {
                    rules.append((was, now))
                }
            case (nil, _):
                uncovered.append(Uncovered(id: id, reason: "it is new, and nothing was counted for it."))
            case (_, nil):
                uncovered.append(Uncovered(id: id, reason: "it is gone; what it gave stays given."))
            }
        }
        var challenges: [(Challenge, Challenge)] = []
        for challenge in before.programme.challenges {
            guard let now = after.challenges[challenge.id] else { continue }
            guard challenge != now else { continue }
            guard challenge.team == nil, now.team == nil else {
                uncovered.append(Uncovered(id: challenge.id, reason: "it is a team's, and teams are counted together."))
                continue
            }
            var same = challenge
            same.target = now.target
            if same == now {
                challenges.append((challenge, now))
            } else {
                uncovered.append(
                    Uncovered(
                        id: challenge.id, reason: "it counts something else now, and what events said is not kept."))
            }
        }
        self.rules = rules
        self.challenges = challenges
        self.uncovered = uncovered
    }

    /// Adds one member. Records that another has taken over hold nothing and may be left out.
    public mutating func add(_ state: MemberState, today: Int32) {
        members += 1
        for (old, new) in rules {
            for (was, now) in zip(old.awards, new.awards) {
                guard let counter = state.counters[now.counter] else { continue }
                let given = old.allocation(of: was, counter.marks, calendar: DayPeriods()).total
                let would = new.allocation(of: now, counter.marks, calendar: DayPeriods()).total
                var line = lines[now.counter] ?? Line(rule: new.rule.id, unit: now.unit)
                line.before += given
                line.after += would
                if would > given { line.membersWithMore += 1 }
                if would < given { line.membersWithLess += 1 }
                lines[now.counter] = line
            }
        }
        for (old, new) in challenges {
            let (was, now) = (Self.completions(of: old, state), Self.completions(of: new, state))
            guard was != now || was > 0 else { continue }
            var line =
                completions[new.id]
                ?? BacktestReport.Achievement(
                    kind: "challenge", id: new.id, count: .init(before: 0, after: 0), gained: 0, lost: 0)
            line.count.before += was
            line.count.after += now
            if now > was { line.gained += 1 }
            if now < was { line.lost += 1 }
            completions[new.id] = line
        }
        guard before.programme.tiers != nil || after.programme.tiers != nil else { return }
        let (from, to) = (state.tier(in: before, today: today), state.tier(in: after, today: today))
        if from != to { moves[BacktestReport.Move(from: from, to: to, members: 0), default: 0] += 1 }
    }

    /// In how many periods the days that are counted complete a challenge to its last stage, whatever was given for them.
    private static func completions(of challenge: Challenge, _ state: MemberState) -> Int64 {
        let last = challenge.completions.count - 1
        return Int64(state.evaluation(of: challenge).completions.count { $0.stage == last })
    }

    // MARK: The result

    public var json: JSONValue {
        [
            "members": .integer(members),
            "rules": .array(
                changed.map { line in
                    [
                        "rule": .string(line.rule), "unit": .string(line.unit), "before": .integer(line.before),
                        "after": .integer(line.after), "difference": .integer(line.after - line.before),
                        "members_with_more": .integer(line.membersWithMore),
                        "members_with_less": .integer(line.membersWithLess),
                    ]
                }),
            "challenges": .array(
                completions.sorted { $0.key < $1.key }.map { id, line in
                    [
                        "challenge": .string(id), "count": line.count.json, "gained": .integer(line.gained),
                        "lost": .integer(line.lost),
                    ]
                }),
            "tiers": .array(
                moved.map { move in
                    [
                        "from": .string(move.from), "to": .string(move.to), "members": .integer(move.members),
                    ]
                }),
            "not_covered": .array(uncovered.map { ["id": .string($0.id), "reason": .string($0.reason)] }),
        ]
    }

    /// By rule and award, those that differ.
    public var changed: [Line] {
        lines.sorted { $0.key < $1.key }.map(\.value).filter { $0.before != $0.after || $0.membersWithMore > 0 }
    }

    private var moved: [BacktestReport.Move] {
        moves.map { BacktestReport.Move(from: $0.from, to: $0.to, members: $1) }
            .sorted { ($0.from, $0.to) < ($1.from, $1.to) }
    }

    public var text: String {
        var texts = ["From the counters of \(members) members:"]
        for line in changed {
            texts.append(
                "  \(line.rule): \(line.before) -> \(line.after) \(line.unit); \(line.membersWithMore) members would have "
                    + "more, \(line.membersWithLess) less")
        }
        for (id, line) in completions.sorted(by: { $0.key < $1.key }) {
            texts.append(
                "  challenge \(id): \(line.count.words) completions, \(line.gained) members gain, \(line.lost) lose")
        }
        for move in moved {
            texts.append(
                "  tier \(move.from.isEmpty ? "(none)" : move.from) -> \(move.to.isEmpty ? "(none)" : move.to): "
                    + "\(move.members) members")
        }
        for rule in uncovered { texts.append("  not covered: \(rule.id): \(rule.reason)") }
        return texts.joined(separator: "\n")
    }
}
