import CEL
public import Primitives

/// What a redemption would do, decided on copies: nothing is set aside, and nobody else notices.
public struct RedemptionSimulation: Sendable {
    /// What the member would pay in one of the units that are accepted.
    public struct Price: Sendable, Hashable {
        public var unit: String
        /// For one.
        public var each: Int64
        /// For the quantity that was asked for.
        public var amount: Int64
        /// What the member can spend now, before it.
        public var spendable: Int64
        public var missing: Int64 { max(0, amount - spendable) }
    }

    /// One thing that stands between the member and the reward, with what was looked at.
    public struct Obstacle: Sendable, Hashable {
        public var problem: CommandProblem
        /// What was there and what is asked for, by name: the proof, where it is no condition.
        public var facts: JSONObject
        /// The smallest part of the reward's `when` that made it fail.
        public var failing: String?
        /// Which part of it had which value, as JSON; empty for other obstacles.
        public var proof: [UInt8] = []

        /// As in the refusal of a redemption.
        public var code: String {
            switch problem {
            case .notYet: "not-yet"
            case .noLongerAvailable: "no-longer-available"
            case .outOfStock: "out-of-stock"
            case .perMemberLimit: "member-limit"
            case .conditionNotMet: "condition-not-met"
            case .ledger(.insufficient): "insufficient-balance"
            case .ledger(.overflow): "amount-out-of-range"
            case .reward(let problem): problem.code
            default: "refused"
            }
        }
    }

    public var reward: Reward
    public var choice: RedemptionChoice
    /// The member's tier, which the price may follow from; empty without tiers.
    public var tier: String
    /// By unit, the standard price first.
    public var prices: [Price]
    /// How many anybody can have now, this member's offer of the waiting list apart; `nil` for no end.
    public var left: Int64?
    /// How many are set aside for this member by the waiting list.
    public var offered: Int64
    /// How many anybody could have after it; `nil` for no end, and where it would be refused.
    public var leftAfter: Int64?
    /// Whether it would take a code of the pool.
    public var takesCode: Bool
    /// All of them, the one that a redemption is refused with first; empty if it would be done.
    public var obstacles: [Obstacle]
    /// What would be set aside, and until when; `nil` where it would be refused.
    public var hold: Hold?
    /// What the calendar has to do first, whether or not the member redeems.
    public var calendar: [AppliedEffect]
    /// What redeeming would do.
    public var effects: [AppliedEffect]
    /// What confirming it at once would do.
    public var confirmed: [AppliedEffect]
}

extension MemberState {
    /// Redeems on copies, with the functions that redeem.
    ///
    /// - Parameters:
    ///   - id: of the redemption that it would be.
    ///   - book: what all members share, with a code of the reward's pool if it has one.
    /// - Throws: ``CommandProblem/unknownReward``; what the calendar throws.
    public func simulatedRedemption(
        of rewardID: String, id: ID128, _ choice: RedemptionChoice, book: RewardBook, _ context: DecisionContext
    ) throws(CommandProblem) -> RedemptionSimulation {
        guard let compiled = context.programme.rewards[rewardID] else { throw .unknownReward }
        let reward = compiled.reward
        var (state, book, calendar) = (self, book, Changes())
        do throws(LedgerProblem) {
            try state.settle(context, into: &calendar)
        } catch {
            throw .ledger(error)
        }
        // What the calendar ends gives back first, as it does when the member really redeems.
        for hold in calendar.journal.holds.values where hold.state == .expired {
            if let record = state.redemptions[hold.id] { book.giveBack(record) }
        }
        let shelf = book.shelf(reward, slot: choice.slot, for: self.id, at: context.now)
        var simulation = RedemptionSimulation(
            reward: reward, choice: choice,
            tier: state.tier(in: context.programme, today: context.calendar.day(of: context.now)),
            prices: state.quotes(reward, choice, context), left: shelf.left.map { max(0, $0) },
            offered: shelf.offered, takesCode: reward.codes != nil, obstacles: [], calendar: calendar.effects,
            effects: [], confirmed: [])
        var problems = state.obstacles(compiled, choice, shelf: shelf, context)
        var (after, changes) = (state, Changes())
        do throws(CommandProblem) {
            simulation.hold = try after.redeem(rewardID, id: id, choice, shelf: shelf, context, into: &changes)
            simulation.effects = changes.effects
        } catch {
            // What the ledger says comes last; obstacles are not said twice.
            if !problems.contains(error) { problems.append(error) }
        }
        if let short = simulation.shortage(choice), !problems.contains(short) { problems.append(short) }
        simulation.obstacles = problems.map { state.proved($0, compiled, choice, shelf, context) }
        guard simulation.hold != nil, let record = after.redemptions[id] else { return simulation }
        book.take(record, of: reward, by: self.id, at: context.now)
        simulation.leftAfter = book.left(reward, slot: choice.slot).map { max(0, $0) }
        var ended = Changes()
        let round = reward.kind == .donation ? book.round(of: rewardID) : nil
        if (try? after.confirm(hold: id, round: round, context, into: &ended)) != nil {
            simulation.confirmed = ended.effects
        }
        return simulation
    }

    /// The prices that this member would pay, in every unit that is accepted.
    private func quotes(
        _ reward: Reward, _ choice: RedemptionChoice, _ context: DecisionContext
    ) -> [RedemptionSimulation.Price] {
        reward.prices.compactMap { price in
            let one = RedemptionChoice(quantity: 1, slot: choice.slot, unit: price.unit)
            let all = RedemptionChoice(quantity: choice.quantity, slot: choice.slot, unit: price.unit)
            guard let each = self.price(of: reward, one, context), let amount = self.price(of: reward, all, context)
            else { return nil }
            return RedemptionSimulation.Price(
                unit: price.unit, each: each.amount, amount: amount.amount,
                spendable: wallet.spendable(price.unit, at: context.now))
        }
    }

    /// An obstacle with what was looked at to find it.
    private func proved(
        _ problem: CommandProblem, _ compiled: CompiledReward, _ choice: RedemptionChoice, _ shelf: RewardShelf,
        _ context: DecisionContext
    ) -> RedemptionSimulation.Obstacle {
        let reward = compiled.reward
        let day = context.calendar.day(of: context.now)
        var obstacle = RedemptionSimulation.Obstacle(problem: problem, facts: JSONObject())
        func say(_ name: String, _ value: JSONValue) { obstacle.facts[name] = value }
        func time(_ instant: Instant?) -> JSONValue { instant.map { .string(RFC3339.format($0)) } ?? .null }
        switch problem {
        case .notYet: say("opens_at", time(opens(reward, context)))
        case .noLongerAvailable: say("closed_at", time(reward.validUntil))
        case .outOfStock:
            say("left", shelf.left.map { .integer(max(0, $0)) } ?? .null)
            say("offered", .integer(shelf.offered))
            say("wanted", .integer(choice.quantity))
        case .perMemberLimit(let most):
            say("most", .integer(most))
            say("had", .integer(redeemed(reward.id)))
        case .reward(.periodLimit(let most, let period)):
            say("most", .integer(most))
            say("period", .string(period.rawValue))
            say("had", .integer(redeemed(reward.id, in: context.calendar.periods.days(of: period, containing: day))))
        case .reward(.tenure(let at)):
            say("opens_at", time(at))
            say("joined_day", .string(CivilDate(daysSinceEpoch: Int(profile.joinedDay)).description))
        case .reward(.quantity(let range)):
            say("least", .integer(range.lowerBound))
            say("most", .integer(range.upperBound))
            say("wanted", .integer(choice.quantity))
        case .reward(.unit(let units)): say("units", .array(units.map { .string($0) }))
        case .reward(.slotNeeded), .reward(.unknownSlot), .reward(.slotOver):
            say("slots", .array(reward.allSlots.filter { $0.day >= context.programmeDay }.map { .string($0.id) }))
        case .conditionNotMet:
            if let proof = compiled.proof(of: self, in: context.programme, day: day, now: context.now) {
                obstacle.proof = proof.jsonBytes
                obstacle.failing = proof.culprit.text
            }
        case .ledger(.insufficient(let unit, let needed, let spendable)):
            say("unit", .string(unit))
            say("needed", .integer(needed))
            say("spendable", .integer(spendable))
            say("missing", .integer(needed - spendable))
        default: break
        }
        return obstacle
    }
}

extension RedemptionSimulation {
    /// What is missing in the unit that would be paid in.
    fileprivate func shortage(_ choice: RedemptionChoice) -> CommandProblem? {
        guard let price = prices.first(where: { $0.unit == choice.unit ?? reward.unit }), price.missing > 0 else {
            return nil
        }
        return .ledger(.insufficient(unit: price.unit, needed: price.amount, spendable: price.spendable))
    }
}

extension CompiledReward {
    /// Which part of its condition had which value for a member; `nil` without a condition.
    func proof(of state: MemberState, in programme: CompiledProgramme, day: Int32, now: Instant) -> Proof? {
        guard let condition else { return nil }
        var frame = Frame(layout: layout)
        frameFiller.fillMember(state, programme: programme, day: day, now: now, into: &frame)
        return condition.proof(frame, redact: { _ in false })
    }
}
