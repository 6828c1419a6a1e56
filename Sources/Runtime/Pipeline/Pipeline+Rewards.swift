import Loyalty
import Primitives
import Storage

/// Rewards: what one member does, and what it does to what all share.
extension Pipeline {
    func redeem(
        _ rewardID: String, _ holdID: ID128, _ choice: RedemptionChoice, _ compiled: CompiledProgramme,
        _ context: DecisionContext, _ state: inout MemberState, _ changes: inout Changes, _ work: inout Work
    ) throws -> Hold {
        if let earlier = work.holds[holdID] { return earlier }
        guard let reward = compiled.rewards[rewardID]?.reward else { throw CommandProblem.unknownReward }
        // What the calendar ends gives back first.
        do throws(LedgerProblem) {
            try state.settle(context, into: &changes)
        } catch {
            throw CommandProblem.ledger(error)
        }
        releaseExpired(state, changes, &work)
        let shelf =
            rewardBooks[compiled.id]?.shelf(reward, slot: choice.slot, for: state.id, at: context.now) ?? RewardShelf()
        let hold = try state.redeem(rewardID, id: holdID, choice, shelf: shelf, context, into: &changes)
        if let record = state.redemptions[holdID] {
            rewardBooks[compiled.id]?.take(record, of: reward, by: state.id, at: context.now)
        }
        work.holds[holdID] = hold
        return hold
    }

    func end(
        _ id: ID128, _ confirms: Bool, _ compiled: CompiledProgramme, _ context: DecisionContext,
        _ state: inout MemberState, _ changes: inout Changes, _ work: inout Work
    ) throws -> Hold {
        guard let stored = work.holds[id], !stored.isGift else { throw CommandProblem.ledger(.unknownHold) }
        let wanted: Hold.State = confirms ? .confirmed : .cancelled
        // A hold ends once: asking for the same end again changes nothing.
        if stored.state == wanted { return stored }
        guard stored.state == .open else { throw CommandProblem.ledger(.holdEnded(stored.state)) }
        let hold: Hold
        if confirms {
            let isDonation = compiled.rewards[stored.reward]?.reward.kind == .donation
            let round = isDonation ? rewardBooks[compiled.id]?.round(of: stored.reward) : nil
            let isNewDonor = !state.redemptions.values.contains {
                $0.reward == stored.reward && $0.state == .confirmed && $0.round == round
            }
            hold = try state.confirm(hold: id, round: round, context, into: &changes)
            if let record = state.redemptions[id] {
                withSurvivor(of: state, &work) { $0.receive(record, of: state, into: &$1) }
                rewardBooks[compiled.id]?.confirm(record, of: state.id)
                if isDonation {
                    rewardBooks[compiled.id]?.donate(
                        hold.amount, quantity: record.quantity, to: hold.reward, isNewDonor: isNewDonor)
                }
            }
        } else {
            hold = try state.cancel(hold: id, context, into: &changes)
            release(id, state, &work)
        }
        work.holds[id] = hold
        return hold
    }

    func refund(
        _ id: ID128, _ compiled: CompiledProgramme, _ context: DecisionContext, _ state: inout MemberState,
        _ changes: inout Changes, _ work: inout Work
    ) throws -> Hold {
        guard let stored = work.holds[id], !stored.isGift else { throw CommandProblem.ledger(.unknownHold) }
        if stored.state == .refunded { return stored }
        let hold = try state.refund(stored, context, into: &changes)
        work.holds[id] = hold
        release(id, wasSeen: true, state, &work)
        return hold
    }

    /// What an ended redemption gives back to all, and to the limits of a record that took this one over.
    private func release(_ id: ID128, wasSeen: Bool = false, _ state: MemberState, _ work: inout Work) {
        guard let record = state.redemptions[id] else { return }
        rewardBooks[state.programme]?.giveBack(record, wasSeen: wasSeen)
        guard let compiled = host[state.programme], let now = work.now else { return }
        let day = context(compiled, state.profile, now).calendar
        withSurvivor(of: state, &work) {
            $0.forgive(record, today: day.start(of: day.day(of: now)), into: &$1)
        }
    }

    /// What follows for the record that took this one over, if one did.
    private func withSurvivor(
        of state: MemberState, _ work: inout Work, _ change: (inout MemberState, inout Changes) -> Void
    ) {
        guard state.profile.mergedInto != nil else { return }
        let root = work.root(of: state.id)
        guard var survivor = work.states.removeValue(forKey: root) else { return }
        var changes = work.changes.removeValue(forKey: root) ?? Changes()
        change(&survivor, &changes)
        work.states[root] = survivor
        work.changes[root] = changes
    }

    /// Holds that the calendar ended in this decision give back what they had, once.
    func releaseExpired(_ state: MemberState, _ changes: Changes, _ work: inout Work) {
        for hold in changes.journal.holds.values where hold.state == .expired {
            guard work.holds[hold.id]?.state != .expired else { continue }
            work.holds[hold.id] = hold
            release(hold.id, state, &work)
        }
    }

    func wait(
        _ place: RewardPlace, _ quantity: Int64, _ compiled: CompiledProgramme, _ context: DecisionContext,
        _ state: inout MemberState, _ changes: inout Changes, _ work: inout Work
    ) throws -> Int {
        guard let reward = compiled.rewards[place.reward] else { throw CommandProblem.unknownReward }
        guard let terms = reward.reward.waitingList else { throw CommandProblem.reward(.noWaitingList) }
        guard let book = rewardBooks[compiled.id] else { throw CommandProblem.reward(.noWaitingList) }
        let choice = RedemptionChoice(quantity: quantity, slot: place.slot)
        let shelf = book.shelf(reward.reward, slot: place.slot, for: state.id, at: context.now)
        let isWaiting = book.waiting[place]?.contains { $0.member == state.id } ?? false
        if !isWaiting {
            // Nobody waits for what they could not have, or for what is there.
            let obstacles = state.obstacles(reward, choice, shelf: shelf, context).filter { $0 != .outOfStock }
            if let obstacle = obstacles.first { throw obstacle }
            if let left = shelf.left, left >= quantity { throw CommandProblem.reward(.isAvailable(left)) }
        }
        guard
            let before = rewardBooks[compiled.id]?.join(
                place, state.id, quantity: quantity, day: context.programmeDay, most: terms.most)
        else { throw CommandProblem.reward(.waitingListFull) }
        work.touched.insert(state.id)
        return before
    }

    /// Offers what came free and hands over what changed.
    func collectRewards(_ commands: [Command], _ work: inout Work) {
        for (member, changes) in work.changes where !changes.redemptions.isEmpty {
            guard let state = work.states[member] else { continue }
            work.rewards[state.programme, default: RewardRows(programme: state.programme)].add(
                changes.redemptions, of: state)
        }
        for programme in Set(commands.map(\.programme)).sorted() {
            guard let compiled = host[programme], let now = commands.first(where: { $0.programme == programme })?.now,
                let book = rewardBooks[programme]
            else { continue }
            let tends = commands.contains { $0.isTending && $0.programme == programme }
            if book.mayOffer || tends, !book.waiting.isEmpty, !work.pausesCalendar {
                makeOffers(compiled, now, &work)
            }
            guard let book = rewardBooks[programme], !book.changes.isEmpty else { continue }
            work.rewards[programme, default: RewardRows(programme: programme)].add(book, compiled.programme)
        }
    }

    private func makeOffers(_ compiled: CompiledProgramme, _ now: Instant, _ work: inout Work) {
        let calendar = calendars.programmeCalendar(compiled)
        let day = calendar.day(of: now)
        let rewards = compiled.rewards.mapValues(\.reward)
        rewardBooks[compiled.id]?.offer(rewards, at: now) { calendar.instant($0, after: day + 1) }
        for (place, waiting, isMade) in rewardBooks[compiled.id]?.changes.offers ?? [] {
            let cause = EffectID.derived(
                programme: compiled.id, source: place.reward + " " + place.slot,
                cause: ID128(high: UInt64(bitPattern: waiting.number), low: UInt64(bitPattern: Int64(waiting.day))),
                member: waiting.member)
            let notice = AppliedEffect(
                id: EffectID.derived(from: cause, step: isMade ? "offer" : "lapse"), kind: .notice,
                source: place.reward, version: compiled.version, subject: isMade ? "seat-offered" : "seat-lapsed",
                amount: waiting.quantity, wanted: waiting.quantity, at: calendar.start(of: day), day: day)
            work.batches[compiled.id, default: LoyaltyBatch(programme: compiled.id)].tell(
                notice, to: waiting.member, zoneData: zoneData(of: compiled.id, work))
            work.updates.append(update("reward.waiting", [notice], "notice", waiting.member, compiled.id, now))
        }
    }
}

extension Command {
    fileprivate var isTending: Bool {
        if case .tendRewards = action { true } else { false }
    }
}
