public import CEL
import Catalogue
public import Primitives

/// A programme made ready to decide: every condition planned, every rule found by its trigger.
public final class CompiledProgramme: Sendable {
    public let programme: Programme
    public let version: Int64
    public let eventTypes: [String: CompiledEventType]
    public let rewards: [String: CompiledReward]
    /// Rewards that open after a time with us.
    let tenureRewards: [Reward]
    public let raffles: [String: CompiledRaffle]
    /// Conditions of gates, by their source.
    let gateConditions: [String: MemberCondition]
    public let units: [String: Unit]
    public let budgets: [String: Budget]
    public let badges: [String: Badge]
    public let challenges: [String: Challenge]
    public let leaderboards: [String: CompiledLeaderboard]
    /// Units of which members are told something.
    let noticeUnits: [Unit]
    let terms: ProgrammeTerms
    public let streaks: [String: Streak]
    /// Days on which nobody's streak ends.
    public let streakRepairs: StreakRepairs
    public let walletKinds: [String: WalletKind]
    /// Challenges of teams.
    public let teamChallenges: [Challenge]
    public let quizzes: [String: CompiledQuiz]
    public let contests: [String: CompiledContest]
    /// By event type: what its events are worth where nobody says whose they are.
    public let earning: [String: EarningPlan]
    /// What staff said that contests came to.
    public let contestOutcomes: ContestOutcomes
    /// What each level needs, from level 1 on.
    public let levels: [Int64]
    /// Challenges with prerequisites.
    let gatedChallenges: [Challenge]
    /// Challenges of different things that tell which item it was.
    let identityChallenges: [Challenge]
    let compositeBadges: [Badge]
    /// By event type.
    public let reviewChecks: [String: [ReviewCheck]]
    /// Those that the document declares, and the one of its referral.
    public let allReviews: [ReviewCheck]
    /// Standings of ambassadors to which a condition leads.
    let standings: [String: CompiledAudience]
    /// By streak: the checks of the events that it counts.
    let streakChecks: [String: [ReviewCheck]]
    /// Whether occasions look at on which days members are there.
    let watchesPresence: Bool
    /// Whether they look at what members reach.
    public let watchesReached: Bool
    let watchesAnniversaries: Bool
    /// Whether anything of it urges members.
    let urges: Bool
    public let nudges: [String: Nudge]
    /// Whether anything follows from what members have, besides their events.
    let hasFollowUps: Bool

    public var id: ProgrammeID { programme.id }

    /// - Throws: the first condition that cannot be planned, as a ``CompilationProblem``. A programme that passed
    ///   `programme check` compiles.
    /// - Parameter zones: where conditions find named time zones.
    public init(
        _ programme: Programme, version: Int64, zones: (any TimeZoneSource)? = nil,
        streakRepairs: StreakRepairs? = nil, contestOutcomes: ContestOutcomes? = nil
    ) throws(CompilationProblem) {
        self.programme = programme
        self.version = version
        streaks = Dictionary(programme.streaks.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.streakRepairs = streakRepairs ?? StreakRepairs(of: programme)
        self.contestOutcomes = contestOutcomes ?? ContestOutcomes()
        tenureRewards = programme.rewards.filter { $0.after != nil && !$0.isWithdrawn }
        units = Dictionary(programme.units.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        budgets = Dictionary(programme.budgets.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        badges = Dictionary(programme.badges.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        allReviews = programme.allReviews
        reviewChecks = Dictionary(grouping: programme.review.filter { $0.event != nil }) { $0.event ?? "" }
        streakChecks = Dictionary(
            programme.streaks.map { streak in
                let events = Set(streak.measures.map(\.event))
                return (streak.id, programme.review.filter { $0.event.map(events.contains) ?? false })
            }, uniquingKeysWith: { first, _ in first })
        noticeUnits = programme.units.filter { $0.notify != nil }
        nudges = Dictionary(programme.nudges.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        urges =
            !noticeUnits.isEmpty || !programme.rewards.isEmpty || !programme.nudges.isEmpty
            || programme.tiers?.cycle?.notice != nil
        terms = ProgrammeTerms(programme)
        challenges = Dictionary(programme.challenges.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        teamChallenges = programme.challenges.filter { $0.team != nil }
        walletKinds = Dictionary(programme.walletKinds.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        do {
            levels = try programme.levels?.computed() ?? []
        } catch {
            throw CompilationProblem(place: "programme.levels.at", message: error.message)
        }
        watchesPresence = programme.occasions.contains {
            switch $0.moment {
            case .comeback, .regular: true
            default: false
            }
        }
        watchesReached = programme.occasions.contains {
            switch $0.moment {
            case .tier, .streak: true
            default: false
            }
        }
        watchesAnniversaries = programme.occasions.contains { $0.moment == .anniversary }
        gatedChallenges = programme.challenges.filter { !$0.after.isEmpty }
        compositeBadges = programme.badges.filter { !$0.allOf.isEmpty }
        var standings: [String: CompiledAudience] = [:]
        for standing in programme.referral?.ambassadors ?? [] {
            guard let condition = standing.condition else { continue }
            standings[standing.id] = try CompiledAudience(
                condition, in: programme, zones: zones, place: "referral: ambassadors/\(standing.id): when")
        }
        self.standings = standings
        hasFollowUps =
            programme.levels != nil || !gatedChallenges.isEmpty || !compositeBadges.isEmpty || !standings.isEmpty
        var types: [String: CompiledEventType] = [:]
        for (index, declaration) in programme.acceptedEvents.enumerated() {
            types[declaration.id] = try CompiledEventType(
                declaration, index: index, in: programme, version: version, zones: zones)
        }
        eventTypes = types
        let identified = Set(
            types.values.flatMap(\.challenges).filter(\.isIdentity).map(\.challenge.id))
        identityChallenges = programme.challenges.filter { identified.contains($0.id) }
        var compiledRewards: [String: CompiledReward] = [:]
        for reward in programme.rewards {
            compiledRewards[reward.id] = try CompiledReward(reward, in: programme, zones: zones)
        }
        rewards = compiledRewards
        var compiledRaffles: [String: CompiledRaffle] = [:]
        for raffle in programme.raffles {
            compiledRaffles[raffle.id] = try CompiledRaffle(raffle, in: programme, zones: zones)
        }
        raffles = compiledRaffles
        gateConditions = try Self.gateConditions(of: programme, zones: zones)
        var boards: [String: CompiledLeaderboard] = [:]
        for board in programme.leaderboards {
            boards[board.id] = CompiledLeaderboard(board, in: programme, eventTypes: types)
        }
        leaderboards = boards
        var quizzes: [String: CompiledQuiz] = [:]
        for quiz in programme.quizzes { quizzes[quiz.id] = try CompiledQuiz(quiz, in: programme, zones: zones) }
        self.quizzes = quizzes
        var contests: [String: CompiledContest] = [:]
        for contest in programme.contests {
            contests[contest.id] = try CompiledContest(contest, in: programme, zones: zones)
        }
        self.contests = contests
        var earning: [String: EarningPlan] = [:]
        for type in types.values {
            earning[type.declaration.id] = try EarningPlan(type, in: programme, zones: zones)
        }
        self.earning = earning
    }

    /// A member's own calendar, with the programme's choices where the member has made none.
    public func calendar(of profile: MemberProfile, offsets: any ZoneOffsets) -> MemberCalendar {
        MemberCalendar(
            zone: profile.timeZone ?? programme.timeZone,
            dayStartMinutes: profile.dayStartMinutes ?? programme.dayStartMinutes, offsets: offsets)
    }

    /// The programme's own calendar: of budgets, stocks and figures.
    public func calendar(offsets: any ZoneOffsets) -> MemberCalendar {
        MemberCalendar(zone: programme.timeZone, dayStartMinutes: programme.dayStartMinutes, offsets: offsets)
    }
}

/// A part of a programme that cannot be made ready.
public struct CompilationProblem: Error, Sendable, Hashable {
    /// Such as `rules/curious-reader: when`.
    public var place: String
    public var message: String

    public init(place: String, message: String) {
        self.place = place
        self.message = message
    }
}

/// An event type with everything that looks at it.
public final class CompiledEventType: Sendable {
    public let declaration: EventType
    public let index: Int
    public let layout: FrameLayout
    /// Rules triggered by this type, the highest priority first, then by name.
    public let rules: [CompiledRule]
    /// Challenges that look at this type.
    public let challenges: [CompiledChallenge]
    /// Measures of streaks that count this type.
    let streaks: [CompiledMeasure]
    /// Measures of change over this type.
    let measures: [CompiledChangeMeasure]
    /// Occasions that count this type.
    let occasions: [CompiledOccasion]
    let frameFiller: FrameFiller
    /// Whether any of its rules must see the member; if none does, the frame needs no member facts.
    public let fieldIndex: [String: Int]

    init(
        _ declaration: EventType, index: Int, in programme: Programme, version: Int64, zones: (any TimeZoneSource)?
    ) throws(CompilationProblem) {
        self.declaration = declaration
        self.index = index
        let environment = RuleEnvironment.environment(for: declaration, in: programme, zones: zones)
        layout = environment.layout
        var rules: [CompiledRule] = []
        for rule in programme.rules where rule.trigger == declaration.id {
            rules.append(try CompiledRule(rule, environment: environment, in: programme, version: version))
        }
        self.rules = rules.sorted { left, right in
            left.rule.priority != right.rule.priority
                ? left.rule.priority > right.rule.priority : left.rule.id < right.rule.id
        }
        var challenges: [CompiledChallenge] = []
        for challenge in programme.challenges where challenge.eventTypes.contains(declaration.id) {
            challenges.append(
                try CompiledChallenge(challenge, over: declaration, environment: environment, version: version))
        }
        self.challenges = challenges
        var measures: [CompiledMeasure] = []
        for streak in programme.streaks {
            for measure in streak.measures where measure.event == declaration.id {
                measures.append(try CompiledMeasure(measure, of: streak, environment: environment, version: version))
            }
        }
        for (counter, measure) in programme.referral?.measures ?? [] where measure.event == declaration.id {
            measures.append(
                try CompiledMeasure(measure, of: Streak(id: counter), environment: environment, version: version))
        }
        streaks = measures
        self.measures = try programme.measures.filter { $0.event == declaration.id }.map {
            measure throws(CompilationProblem) in try CompiledChangeMeasure(measure, environment: environment)
        }
        var counting: [CompiledOccasion] = []
        for occasion in programme.occasions {
            if let compiled = try CompiledOccasion(
                occasion, over: declaration.id, environment: environment, in: programme)
            {
                counting.append(compiled)
            }
        }
        occasions = counting
        fieldIndex = Dictionary(
            declaration.fields.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        var read: Set<AttributePath> = []
        for rule in self.rules { read.formUnion(rule.reads) }
        for challenge in challenges { read.formUnion(challenge.reads) }
        for measure in measures { read.formUnion(measure.reads) }
        for measure in self.measures { read.formUnion(measure.condition.reads) }
        for occasion in occasions { read.formUnion(occasion.condition?.reads ?? []) }
        frameFiller = FrameFiller(declaration, layout: layout, reads: read, in: programme)
    }
}

/// A planned expression with its source and what it reads. An object, because every want of an event holds on to it.
public final class CompiledCondition: Sendable {
    public let source: String
    public let program: Program
    public let reads: Set<AttributePath>
    let checked: CheckedExpression

    /// The expressions that must all be true for it to be, as they are written.
    var conjuncts: [String] { checked.conjuncts }

    init(_ source: String, environment: Environment, place: String) throws(CompilationProblem) {
        self.source = source
        do {
            checked = try environment.check(source)
            program = checked.plan(limits: .standard)
        } catch {
            throw CompilationProblem(place: place, message: String(describing: error))
        }
        reads = checked.reads
    }

    /// Which sub-expression had which value; run only when an effect or a refusal is kept.
    func proof(_ frame: Frame, redact: @Sendable (Int) -> Bool) -> Proof {
        checked.planProof().evaluate(frame, redact: redact).1
    }
}

/// A rule made ready. An object, because every want of an event holds on to it.
public final class CompiledRule: Sendable {
    public let rule: Rule
    public let version: Int64
    public let condition: CompiledCondition?
    public let awards: [CompiledAward]
    /// Effects other than awards, with their place in the rule.
    public let others: [(index: Int, effect: Effect)]
    /// The length of a cooldown slot in seconds; 0 without cooldown.
    let slotSeconds: Int64
    /// The name of the counter of days on which a refusal was explained.
    let refusalCounter: String

    var reads: Set<AttributePath> {
        awards.reduce(into: condition?.reads ?? []) {
            $0.formUnion($1.expression?.reads ?? [])
            if $1.scale != nil { $0.insert(AwardScale.reads) }
        }
    }

    init(
        _ rule: Rule, environment: Environment, in programme: Programme, version: Int64
    ) throws(CompilationProblem) {
        self.rule = rule
        self.version = version
        refusalCounter = MemberState.refusals(of: rule.id)
        if let source = rule.condition {
            condition = try CompiledCondition(source, environment: environment, place: "rules/\(rule.id): when")
        } else {
            condition = nil
        }
        var awards: [CompiledAward] = []
        var others: [(index: Int, effect: Effect)] = []
        for (index, effect) in rule.effects.enumerated() {
            if case .award(let amount, let unit) = effect {
                awards.append(
                    try CompiledAward(
                        amount: amount, unit: unit, index: index,
                        counter: rule.id + (awards.isEmpty ? "" : "#\(index)"),
                        environment: environment, place: "rules/\(rule.id): then",
                        scale: AwardScale(
                            rule.awardTerms[index], layout: environment.layout, ladder: programme.tiers?.tiers ?? [])))
            } else {
                others.append((index, effect))
            }
        }
        self.awards = awards
        self.others = others
        slotSeconds =
            switch rule.cooldown {
            case .milliseconds(let amount): max(1, amount / 1_000)
            case .days(let count): Int64(count) * 86_400
            case .months, nil: 0
            }
    }
}

/// An award made ready: a fixed amount, or an expression.
public struct CompiledAward: Sendable {
    public let unit: String
    public let index: Int
    /// The name of its counter.
    public let counter: String
    /// What is written, where that is a number.
    let base: Int64?
    let expression: CompiledCondition?
    /// What tiers make of it; `nil` where they change nothing.
    let scale: AwardScale?

    /// The amount that everybody gets; `nil` where it follows from the event or the tier.
    var fixed: Int64? { scale == nil ? base : nil }

    init(
        amount: String, unit: String, index: Int, counter: String, environment: Environment, place: String,
        scale: AwardScale? = nil
    ) throws(CompilationProblem) {
        self.unit = unit
        self.index = index
        self.counter = counter
        self.scale = scale
        base = Int64(amount)
        expression = base == nil ? try CompiledCondition(amount, environment: environment, place: place) : nil
    }
}

/// A reward made ready.
public final class CompiledReward: Sendable {
    public let reward: Reward
    public let condition: CompiledCondition?
    let layout: FrameLayout
    let frameFiller: FrameFiller

    init(
        _ reward: Reward, in programme: Programme, zones: (any TimeZoneSource)?
    ) throws(CompilationProblem) {
        self.reward = reward
        let environment = RuleEnvironment.memberEnvironment(in: programme, zones: zones)
        layout = environment.layout
        if let source = reward.condition {
            condition = try CompiledCondition(source, environment: environment, place: "rewards/\(reward.id): when")
        } else {
            condition = nil
        }
        frameFiller = FrameFiller(nil, layout: layout, reads: condition?.reads ?? [], in: programme)
    }

    /// Whether the member may have it.
    public func allows(_ state: MemberState, in programme: CompiledProgramme, day: Int32, now: Instant) -> Bool {
        guard let condition else { return true }
        var frame = Frame(layout: layout)
        frameFiller.fillMember(state, programme: programme, day: day, now: now, into: &frame)
        return (try? condition.program.evaluateBool(frame)) ?? false
    }
}
