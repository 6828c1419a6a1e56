public import Primitives
public import Storage

/// A place where what is stored is not what it must be.
public struct Difference: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case transferUnbalanced = "transfer-unbalanced"
        case accountBalance = "account-balance"
        case accountVersion = "account-version"
        case negativeAccount = "negative-account"
        /// Nobody can owe less than nothing.
        case debtAboveZero = "debt-above-zero"
        case lotRemaining = "lot-remaining"
        case lotsAndBalance = "lots-and-balance"
        case holdsAndBalance = "holds-and-balance"
        case counterTotal = "counter-total"
        case challengeCompletions = "challenge-completions"
        /// Milestones of a streak that were given, against those that the days reach.
        case streakMilestones = "streak-milestones"
        /// What a team's record holds, against the sum of its members' marks.
        case teamSum = "team-sum"
        /// What members, or the team, were given of a team's challenge, against what they have a share in.
        case teamAwards = "team-awards"
        /// A finished period of a leaderboard: its places by score, its prizes, and what was paid of them.
        case leaderboard
        /// What is shown of a leaderboard that runs, against the counters.
        case runningBoard = "running-board"
        /// Letters and follows that are incomplete, or nobody's.
        case letters
        /// Proposals and votes likewise.
        case proposals
        /// What the days of a tier sum up to, against the ledger.
        case tierCredits = "tier-credits"
        case budget
        case stock
        case codePool = "code-pool"
        case waitingList = "waiting-list"
        case donation
        /// A list or a seed of a raffle that is not what was published.
        case raffle
        case referrals
        /// What erased members left does not sum to zero.
        case erasedUnbalanced = "erased-unbalanced"
        /// What left one record did not arrive at another.
        case transferMismatch = "transfer-mismatch"
        /// A suspicion that its day does not show, and points that a case holds or does not hold.
        case reviewCase = "review-case"
        case reviewHold = "review-hold"
        /// What counts as said to urge a member, against the notices that were given.
        case urging
        case unreadable
        /// A running total of a quiz or contest, against what members did.
        case playTotal = "play-total"
        /// Passes of a quiz that were rewarded, against those that there are.
        case quizPasses = "quiz-passes"
        /// What a contest gave, against what its outcome gives.
        case contestAwards = "contest-awards"
        /// What members add up to in a cell of a measure.
        case measureSum = "measure-sum"
    }

    public var kind: Kind
    public var member: MemberID?
    /// The unit, counter, budget or reward.
    public var subject: String
    public var stored: Int64
    public var recomputed: Int64

    public init(kind: Kind, member: MemberID?, subject: String, stored: Int64, recomputed: Int64) {
        self.kind = kind
        self.member = member
        self.subject = subject
        self.stored = stored
        self.recomputed = recomputed
    }
}

/// The result of a verification.
public struct VerificationReport: Sendable, Hashable {
    public var members: Int64 = 0
    public var transfers: Int64 = 0
    public var entries: Int64 = 0
    public var lots: Int64 = 0
    public var holds: Int64 = 0
    public var counters: Int64 = 0
    public var budgets: Int64 = 0
    public var rewards: Int64 = 0
    /// The first differences; see ``differenceCount`` for how many there are.
    public var differences: [Difference] = []
    public var differenceCount: Int64 = 0

    public init() {}

    /// The most differences that are listed.
    public static let listed = 100

    /// Counts a difference, and lists it among the first.
    public mutating func add(_ difference: Difference) {
        differenceCount += 1
        if differences.count < Self.listed { differences.append(difference) }
    }
}

/// Computes every balance, lot, hold, counter, budget and stock again from what is meant to last — entries and the
/// counters' own history — and reports what differs. Raw events are not needed.
public struct Verifier: Sendable {
    /// How many members one read looks at; a read transaction stays short.
    public static let pageSize = 500

    let programme: ProgrammeID
    let compiled: CompiledProgramme?

    /// - Parameter compiled: the programme in force; `nil` checks the ledger alone.
    public init(programme: ProgrammeID, compiled: CompiledProgramme?) {
        self.programme = programme
        self.compiled = compiled
    }

    /// Verifies the whole programme.
    ///
    /// - Parameter progress: is told after every page how many members are done, and how many there were at the start.
    public func verify(
        _ database: any Database, progress: @Sendable (_ done: Int64, _ total: Int64) -> Void = { _, _ in }
    ) async throws -> VerificationReport {
        var report = VerificationReport()
        let total = try await database.read { [programme] connection in
            try connection.first(
                "SELECT count(*) FROM member WHERE programme_id = ?", [.text(programme.name)])?.int(0) ?? 0
        }
        var granted = Granted()
        granted.play = try await playOutcomes(database)
        var last: MemberID?
        while true {
            let start = last
            let page = try await database.read { connection in
                try Page(programme: programme, after: start, connection)
            }
            guard let end = page.members.last?.id else { break }
            check(page, &report, &granted)
            last = end
            progress(report.members, max(total, report.members))
        }
        checkCounters(granted, &report)
        granted.crossings.check(&report)
        try await checkMeasures(database, &report)
        try await addErased(database, &granted, &report)
        try await checkShared(database, granted, &report)
        try await checkTeams(database, &report)
        try await checkBoards(database, &report)
        try await checkPlay(database, granted.play, &report)
        try await checkHuman(database, &report)
        checkUrging(granted, &report)
        return report
    }

    /// Sums across members that turned out to be one person.
    struct Granted {
        var root: [MemberID: MemberID] = [:]
        /// What the ledger holds on behalf of a counter, by the surviving member.
        var ledger: [MemberID: [String: Int64]] = [:]
        var counters: [(member: MemberID, name: String, granted: Int64)] = []
        var budgets: [BudgetBook.Key: Int64] = [:]
        var rewards = RewardTally()
        var crossings = Crossings()
        var play = PlayVerification()
        /// What the days of tiers sum up to, and what the ledger says.
        var tiers: [(member: MemberID, days: Int64, ledger: Int64)] = []
        /// What counts as said, and what was said, by member, day and notice.
        var urging: [MemberID: [SaidKey: (counted: Int64, said: Int64)]] = [:]
    }

    private func check(_ page: Page, _ report: inout VerificationReport, _ granted: inout Granted) {
        for member in page.members {
            report.members += 1
            if let into = member.mergedInto { granted.root[member.id] = into }
            checkLedger(member, page, &report)
            for transfer in page.transfers[member.id] ?? [] {
                report.transfers += 1
                granted.crossings.add(transfer)
                let sign = transfer.kind.earnedSign
                if sign != 0 {
                    granted.ledger[member.id, default: [:]][transfer.source + "\u{1F}" + transfer.unit, default: 0] +=
                        sign * transfer.amount
                    if let budget = transfer.budget, let day = transfer.budgetDay {
                        granted.budgets[BudgetBook.Key(budget: budget, day: day), default: 0] += sign * transfer.amount
                    }
                }
            }
            for hold in page.holds[member.id] ?? [] {
                report.holds += 1
                granted.rewards.add(hold, page.redemptions[hold.id], of: member.id)
            }
            for (name, counter) in page.counters[member.id] ?? [] {
                report.counters += 1
                granted.counters.append((member.id, name, counter.granted))
                checkChallenge(name, counter, page.counters[member.id] ?? [], member.id, &report)
            }
            checkStreaks(page.counters[member.id] ?? [], member.id, &report)
            checkReviews(page.counters[member.id] ?? [], page.lots[member.id] ?? [], member.id, &report)
            noteTiers(member, page, &granted)
            noteUrging(member, page, &granted)
            notePlay(page.counters[member.id] ?? [], member.id, &granted.play, &report)
        }
    }

    private func checkLedger(_ member: Page.Member, _ page: Page, _ report: inout VerificationReport) {
        struct Key: Hashable {
            var unit: String
            var kind: Int64
        }
        var sums: [Key: (amount: Int64, count: Int64, last: Int64, lastVersion: Int64)] = [:]
        var transferSums: [ID128: Int64] = [:]
        for entry in page.entries[member.id] ?? [] {
            report.entries += 1
            let key = Key(unit: entry.unit, kind: entry.kind.rawValue)
            var sum = sums[key] ?? (0, 0, 0, 0)
            sum.amount += entry.amount
            sum.count += 1
            if entry.version > sum.lastVersion {
                sum.lastVersion = entry.version
                sum.last = entry.balance
            }
            sums[key] = sum
            transferSums[entry.transfer, default: 0] += entry.amount
        }
        func differ(_ kind: Difference.Kind, _ subject: String, _ stored: Int64, _ recomputed: Int64) {
            guard stored != recomputed else { return }
            report.add(
                Difference(kind: kind, member: member.id, subject: subject, stored: stored, recomputed: recomputed))
        }
        for (transfer, sum) in transferSums where sum != 0 {
            differ(.transferUnbalanced, transfer.description, sum, 0)
        }
        var spendable: [String: Int64] = [:]
        var held: [String: Int64] = [:]
        let accounts = page.accounts[member.id] ?? []
        differ(.accountVersion, "accounts", Int64(accounts.count), Int64(sums.count))
        for account in accounts {
            let sum = sums[Key(unit: account.unit, kind: account.kind.rawValue)] ?? (0, 0, 0, 0)
            differ(.accountBalance, account.unit, account.balance, sum.amount)
            differ(.accountBalance, account.unit, account.balance, sum.last)
            differ(.accountVersion, account.unit, account.version, sum.count)
            differ(.accountVersion, account.unit, account.version, sum.lastVersion)
            if account.kind.isMembers, account.balance < 0 {
                report.add(
                    Difference(
                        kind: .negativeAccount, member: member.id, subject: account.unit, stored: account.balance,
                        recomputed: 0))
            }
            if account.kind == .debt, account.balance > 0 { differ(.debtAboveZero, account.unit, account.balance, 0) }
            switch account.kind {
            case .active, .pending: spendable[account.unit, default: 0] += account.balance
            case .held: held[account.unit] = account.balance
            default: break
            }
        }
        var uses: [ID128: Int64] = [:]
        for use in page.lotUses[member.id] ?? [] { uses[use.lot, default: 0] += use.amount }
        var heldByLot: [ID128: Int64] = [:]
        var heldByUnit: [String: Int64] = [:]
        for hold in page.holds[member.id] ?? [] where hold.state == .open {
            heldByUnit[hold.unit, default: 0] += hold.amount
            for part in hold.parts { heldByLot[part.lot, default: 0] += part.amount }
        }
        var remaining: [String: Int64] = [:]
        for lot in page.lots[member.id] ?? [] {
            report.lots += 1
            differ(.lotRemaining, lot.id.description, lot.remaining, lot.granted + (uses[lot.id] ?? 0))
            differ(.lotRemaining, lot.id.description, lot.held, heldByLot[lot.id] ?? 0)
            remaining[lot.unit, default: 0] += lot.remaining
        }
        for unit in Set(remaining.keys).union(spendable.keys).sorted() {
            differ(.lotsAndBalance, unit, spendable[unit] ?? 0, remaining[unit] ?? 0)
        }
        for unit in Set(held.keys).union(heldByUnit.keys).sorted() {
            differ(.holdsAndBalance, unit, held[unit] ?? 0, heldByUnit[unit] ?? 0)
        }
    }

    private func checkChallenge(
        _ name: String, _ counter: Counter, _ all: [(name: String, counter: Counter)], _ member: MemberID,
        _ report: inout VerificationReport
    ) {
        guard name.hasPrefix("challenge/"),
            let challenge = compiled?.challenges[String(name.dropFirst("challenge/".count))], challenge.team == nil
        else { return }
        let chosen = CompiledChallenge.goals(of: challenge.id)
        let goals = challenge.goal == nil ? .empty : all.first { $0.name == chosen }?.counter ?? .empty
        let completions = Int64(ChallengeEvaluation(challenge, counter, goals: goals).completions.count)
        if completions != counter.granted {
            report.add(
                Difference(
                    kind: .challengeCompletions, member: member, subject: challenge.id, stored: counter.granted,
                    recomputed: completions))
        }
    }

    /// Limited rules: what a counter says was granted is what the ledger holds on its behalf.
    private func checkCounters(_ granted: Granted, _ report: inout VerificationReport) {
        guard let compiled else { return }
        func root(_ member: MemberID) -> MemberID {
            var member = member
            var steps = 0
            while let next = granted.root[member], steps < 100 {
                member = next
                steps += 1
            }
            return member
        }
        checkTiers(granted, &report, root: root)
        var ledger: [MemberID: [String: Int64]] = [:]
        for (member, sums) in granted.ledger {
            for (key, amount) in sums { ledger[root(member), default: [:]][key, default: 0] += amount }
        }
        var byCounter: [MemberID: [String: Int64]] = [:]
        for (member, name, amount) in granted.counters {
            guard let award = compiled.award(counter: name) else { continue }
            byCounter[root(member), default: [:]][award.rule.id + "\u{1F}" + award.unit, default: 0] += amount
        }
        for (member, sums) in byCounter {
            for (key, amount) in sums {
                let held = ledger[member]?[key] ?? 0
                guard held != amount else { continue }
                report.add(
                    Difference(
                        kind: .counterTotal, member: member,
                        subject: String(key.prefix { $0 != "\u{1F}" }), stored: amount, recomputed: held))
            }
        }
    }

    /// What erased members took counts on, as sums.
    private func addErased(
        _ database: any Database, _ granted: inout Granted, _ report: inout VerificationReport
    ) async throws {
        let totals = try await database.read { [programme] in try ErasedTotals.load(programme, $0) }
        var units: [String: Int64] = [:]
        for (figure, amount) in totals.amounts {
            switch figure {
            case .account(let unit, let kind):
                units[unit, default: 0] += amount
                if kind == AccountKind.transferred.rawValue { granted.crossings.erased[unit, default: 0] += amount }
            case .budget(let key): granted.budgets[key, default: 0] += amount
            case .place(let place): granted.rewards.taken[place, default: 0] += amount
            case .donation(let reward): granted.rewards.donations[reward, default: 0] += amount
            }
        }
        granted.crossings.checkSums(&report)
        for (unit, sum) in units.sorted(by: { $0.key < $1.key }) where sum != 0 {
            report.add(
                Difference(kind: .erasedUnbalanced, member: nil, subject: unit, stored: sum, recomputed: 0))
        }
    }

    private func checkShared(
        _ database: any Database, _ granted: Granted, _ report: inout VerificationReport
    ) async throws {
        let budgets = try await database.read { connection in
            try connection.query(
                "SELECT budget, day, spent FROM budget_spent WHERE programme_id = ?", [.text(programme.name)])
        }
        var seen: Set<BudgetBook.Key> = []
        for row in budgets {
            let key = BudgetBook.Key(budget: try row.text(0), day: Int32(clamping: try row.int(1)))
            seen.insert(key)
            report.budgets += 1
            let recomputed = granted.budgets[key] ?? 0
            if recomputed != (try row.int(2)) {
                report.add(
                    Difference(
                        kind: .budget, member: nil, subject: key.budget, stored: try row.int(2),
                        recomputed: recomputed))
            }
        }
        for (key, amount) in granted.budgets where amount != 0 && !seen.contains(key) {
            report.add(
                Difference(kind: .budget, member: nil, subject: key.budget, stored: 0, recomputed: amount))
        }
        try await checkRewards(database, granted.rewards, &report)
        try await checkLuck(database, &report)
    }
}
