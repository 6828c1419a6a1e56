import Catalogue
import Loyalty
import Personalisation
import Primitives
import Storage

extension Pipeline {
    /// - Throws: what makes the whole batch be decided again without this command's neighbours.
    func decide(
        _ command: Command, at index: Int, _ work: inout Work
    ) throws -> Result<Answer, any Error> {
        if erased.contain(command) { return .failure(PipelineProblem.unknownMember) }
        if work.conflicts.contains(index) { return .failure(PipelineProblem.keyReused) }
        if let replay = work.replays[index] {
            return .success(
                Answer(status: .repeated(status: replay.status, body: replay.body), member: command.member))
        }
        guard let compiled = host[command.programme] else {
            return .failure(PipelineProblem.unknownProgramme(command.programme))
        }
        let member = Self.record(of: command, work)
        guard var state = work.states.removeValue(forKey: member) else {
            return .failure(PipelineProblem.unknownMember)
        }
        defer { work.states[state.id] = state }
        var changes = work.changes.removeValue(forKey: member) ?? Changes()
        defer { work.changes[state.id] = changes }
        // Without trace, and in a pause, all is decided as at the level where nothing is kept; the points are the same.
        let ownLevel = Self.isUntraced(command, state) ? state.profile.level : nil
        if let ownLevel { state.profile.level = min(ownLevel, .session) }
        defer { if let ownLevel { state.profile.level = ownLevel } }
        noteMeasures(of: state, compiled, &work)
        var context = context(compiled, state.profile, command.now)
        context.settles = !work.pausesCalendar || command.now != command.received
        let part = teamPart(of: state, command, compiled)
        let firstEffect = changes.effects.endIndex
        let firstTransfer = changes.journal.transfers.endIndex
        let tierBefore =
            compiled.watchesReached ? state.tier(in: compiled, today: context.calendar.day(of: context.now)) : nil
        var answer = Answer(status: .done, member: member)
        do {
            // What is due by now is not put off by what this command brings up.
            state.settleUrging(context, into: &changes)
            switch command.action {
            case .event(let incoming, let claim):
                answer.status = try take(
                    incoming, claim, quarantine: nil, received: command.received, compiled, context, &state, &changes,
                    &work)
            case .replay(let incoming, let claim, let quarantine):
                answer.status = try take(
                    incoming, claim, quarantine: quarantine, received: command.received, compiled, context, &state,
                    &changes, &work)
            case .redeem(let reward, let hold, let choice):
                answer.hold = try redeem(reward, hold, choice, compiled, context, &state, &changes, &work)
            case .confirm(let hold): answer.hold = try end(hold, true, compiled, context, &state, &changes, &work)
            case .cancel(let hold): answer.hold = try end(hold, false, compiled, context, &state, &changes, &work)
            case .refund(let hold): answer.hold = try refund(hold, compiled, context, &state, &changes, &work)
            case .fulfil(let hold, let fulfilment, let tracking):
                try state.fulfil(hold, to: fulfilment, tracking: tracking, context, into: &changes)
                answer.hold = work.holds[hold]
            case .wait(let reward, let slot, let quantity):
                answer.waitingBefore = try wait(
                    RewardPlace(reward, slot: slot), quantity, compiled, context, &state, &changes, &work)
            case .stopWaiting(let reward, let slot):
                rewardBooks[command.programme]?.leave(RewardPlace(reward, slot: slot), state.id)
            case .wish(let reward, let isWished):
                try state.wish(reward, isWished, context, into: &changes)
            case .restocked(let reward, let number):
                tellRestock(of: reward, number: number, compiled, context, &state, &changes)
            case .tendRewards: break
            case .play(let play):
                answer.play = try self.play(play, compiled, context, &state, &changes, &work)
            case .reverse(let effect):
                guard let (award, transfer) = work.awards[effect] else {
                    throw CommandProblem.unknownTransfer
                }
                if work.reversed.insert(effect).inserted {
                    try recall(transfer, command.now, compiled, context, &state, &changes, &work)
                    _ = try state.reverse(
                        award, transfer, limits: work.formerLimits[effect], context,
                        budgets: &budgets[command.programme, default: BudgetBook()], into: &changes)
                }
            case .amend(let amendment):
                try amend(amendment, compiled, context, &state, &changes, &work)
            case .adjust(let unit, let amount, let id, let reason):
                try state.adjust(unit: unit, by: amount, id: id, reason: reason, context, into: &changes)
            case .merge(let from): try merge(from, compiled, context, command.now, &state, &changes, &work)
            case .open(let gate, let claim):
                answer.status = try open(gate, claim, context, &state, &changes, &work)
            case .profiling(let change): answer.profiling = choose(change, context, &state, &changes, &work)
            case .profile(let change):
                answer.profiling = note(change, context, state, &work)
                self.change(change, context, &state, &changes)
                forget(answer.profiling?.purges ?? [], context, &state, &changes)
                state.noteJourney(
                    from: context.calendar, self.context(compiled, state.profile, command.now), into: &changes)
            case .streaks(let change): try self.change(change, context, &state, &changes)
            case .transfer(let other, let unit, let amount, let id):
                try transfer(command, to: other, unit, amount, id, compiled, context, &state, &changes, &work)
            case .offerGift(let unit, let amount, let gift):
                answer.hold = try offerGift(unit, amount, gift, compiled, context, &state, &changes, &work)
            case .acceptGift(let gift, let sender):
                try acceptGift(command, gift, from: sender, compiled, context, &state, &changes, &work)
            case .withdrawGift(let gift): answer.hold = try state.withdrawGift(gift, context, into: &changes)
            case .wallet(let wallet, let action):
                try self.wallet(action, wallet, command, compiled, context, &state, &changes, &work)
            case .bulk(let action, let claim):
                guard state.isStored else { return .failure(PipelineProblem.unknownMember) }
                guard work.claimed.insert(claim).inserted else {
                    answer.status = .duplicate
                    break
                }
                let id = EffectID.derived(
                    programme: compiled.id, source: "job", cause: claim, member: state.id)
                if try state.perform(
                    action, id: id, context, budgets: &budgets[compiled.id, default: BudgetBook()], into: &changes)
                {
                    work.batches[compiled.id, default: LoyaltyBatch(programme: compiled.id)].claim(claim)
                }
            case .achievement(let command): try perform(command, context, &state, &changes)
            case .review(let command):
                guard state.isStored else { return .failure(PipelineProblem.unknownMember) }
                try review(command, context, &state, &changes)
            case .tiers(let change): try self.change(change, context, &state, &changes)
            case .pressure(let choice):
                state.choose(choice, into: &changes)
                changes.reschedules = true
            case .board(let board, let request): try state.ask(request, of: board, context, into: &changes)
            case .teamBoard(let board, let request, let team):
                try ask(request, of: board, team, command.now, compiled, context, state, &work)
            case .prize(let place, let effects):
                guard state.isStored else { return .failure(PipelineProblem.unknownMember) }
                try state.givePrize(
                    place.place, of: place.board, first: place.first, effects, context,
                    budgets: &budgets[command.programme, default: BudgetBook()], into: &changes)
            // Places are looked at for the whole batch, see `noteDrift`. Those that were written under a record which another
            // had taken over by then go along with it.
            case .recheckBoards:
                if command.member != state.id {
                    work.batches[compiled.id, default: LoyaltyBatch(programme: compiled.id)].mergeBoards(
                        command.member, into: state.id)
                }
            case .friends(let action): try perform(action, context, state, &work)
            case .referral(let action):
                if case .invite = action, !state.isStored { return .failure(PipelineProblem.unknownMember) }
                try refer(action, command, compiled, context, &state, &changes, &work)
            case .raffle(let raffle, let action):
                try perform(action, of: raffle, context, &state, &changes)
            case .human(let action): try perform(action, command, context, &state, &changes, &work)
            case .earn(let credit):
                answer.status = try earn(credit, compiled, context, &state, &changes, &work)
            case .settle:
                try state.settle(context, into: &changes)
                try closeQuizzes(&state, context, &changes)
                changes.reschedules = true
            case .reschedule: state.reschedule(context, into: &changes)
            // Taken out of the batch by `process`.
            case .alone: return .failure(PipelineProblem.unprocessable)
            }
            try pool(from: firstTransfer, command.now, compiled, context, &state, &changes, &work)
            try settlePools(command.now, compiled, context, &state, &changes, &work)
            if let part {
                try carryToTeams(
                    [TeamPart(before: part, after: state)], command.now, compiled, context, &state, &changes, &work)
            }
            state.trackTiers(context, into: &changes)
            state.noticeWishes(context, into: &changes)
            // On the calendar that the command left the member with.
            var later = self.context(compiled, state.profile, command.now)
            later.settles = context.settles
            state.deferUrging(later, into: &changes)
            try recognizeReached(
                since: firstEffect, tierBefore: tierBefore, command, context, &state, &changes)
            try collect(&state, context, &changes, compiled, command.now, &work)
        } catch let problem as CommandProblem {
            metrics.refused()
            // What the calendar did before the refusal is done.
            releaseExpired(state, changes, &work)
            return .failure(PipelineProblem.command(problem))
        }
        releaseExpired(state, changes, &work)
        answer.effects = Array(changes.effects[firstEffect...])
        if let record = command.record { work.recorded.append((record, answer)) }
        return .success(answer)
    }

    /// The record that a command is about: the one that took the member's over, but for what stayed with the old one, its
    /// holds and its calendar.
    static func record(of command: Command, _ work: Work) -> MemberID {
        switch command.action {
        case .settle, .reschedule: return command.member
        case .confirm(let hold), .cancel(let hold), .withdrawGift(let hold), .refund(let hold), .fulfil(let hold, _, _):
            let mine = work.states[command.member]
            let isThere = mine?.redemptions[hold] != nil || mine?.wallet.holds.contains { $0.id == hold } ?? false
            return isThere ? command.member : work.root(of: command.member)
        default: return work.root(of: command.member)
        }
    }

    /// What a record gets back after another has taken it over belongs to that one.
    func collect(
        _ state: inout MemberState, _ context: DecisionContext, _ changes: inout Changes,
        _ compiled: CompiledProgramme, _ now: Instant, _ work: inout Work
    ) throws {
        guard state.profile.mergedInto != nil, state.wallet.lots.contains(where: { $0.remaining > 0 }) else { return }
        let root = work.root(of: state.id)
        guard var survivor = work.states.removeValue(forKey: root) else { return }
        var theirs = work.changes.removeValue(forKey: root) ?? Changes()
        defer {
            work.states[root] = survivor
            work.changes[root] = theirs
        }
        let theirContext = self.context(compiled, survivor.profile, now)
        try survivor.collect(&state, theirContext, context, into: &theirs, otherChanges: &changes)
        survivor.trackTiers(theirContext, into: &theirs)
        state.trackTiers(context, into: &changes)
    }

    func take(
        _ incoming: IncomingEvent, _ claim: ID128, quarantine: ID128?, received: Instant,
        _ compiled: CompiledProgramme, _ context: DecisionContext, _ state: inout MemberState,
        _ changes: inout Changes, _ work: inout Work
    ) throws -> Answer.Status {
        let programme = compiled.id
        guard !work.claimed.contains(claim) else {
            metrics.event(.duplicate)
            if let quarantine { work.released.append((programme, quarantine)) }
            return .duplicate
        }
        let reader = EventReader(compiled) { [catalogue] id in catalogue.item(id, in: programme) }
        let event: Event
        do throws(EventProblem) {
            event = try reader.read(incoming, claim: claim, now: context.now, acceptsLate: quarantine != nil)
        } catch {
            metrics.event(.quarantined)
            // What is to leave no trace is not set aside either: its sender is told, and may send it again.
            guard quarantine == nil, !incoming.isTraceless else { return .quarantined(error) }
            let content = QuarantinedContent(event: incoming, claim: claim, member: state.id).encoded
            work.batches[programme, default: LoyaltyBatch(programme: programme)].quarantine(
                claim, day: context.programmeDay, type: Self.printable(incoming.type), problem: error,
                sealed: try sealer.seal(content, programme: programme, id: claim),
                until: received.adding(milliseconds: 30 * 86_400_000))
            work.updates.append(update(incoming.type, [], "quarantined", state.id, programme, context.now))
            return .quarantined(error)
        }
        let firstEffect = changes.effects.endIndex
        try decide(event, compiled, context, &state, &changes, &work)
        work.claimed.insert(claim)
        work.touched.insert(state.id)
        work.batches[programme, default: LoyaltyBatch(programme: programme)].claim(claim)
        if let quarantine { work.released.append((programme, quarantine)) }
        keepRaw(event, incoming, state, context, &work)
        for item in event.items.compactMap({ $0 }) where !incoming.isTraceless {
            if catalogue.isUnknown(item.id, in: programme) { work.stubs[programme, default: []].insert(item.id) }
            guard event.type.declaration.popularity else { continue }
            let key = PopularityKey(item: item.id, day: context.programmeDay)
            work.popularity[programme, default: [:]][key, default: 0] += 1
        }
        metrics.event(.accepted)
        let effects = Array(changes.effects[firstEffect...])
        work.updates.append(
            update(event.type.declaration.id, effects, "accepted", state.id, programme, context.now))
        return .done
    }

    /// Raw events are kept only where the type declares it for the member's level.
    func keepRaw(
        _ event: Event, _ incoming: IncomingEvent, _ state: MemberState, _ context: DecisionContext,
        _ work: inout Work
    ) {
        guard !incoming.isTraceless, state.profile.level == .personal,
            let keep = event.type.declaration.keep[.personal]
        else { return }
        let programme = context.programme.id
        work.batches[programme, default: LoyaltyBatch(programme: programme)].keep(
            event: event.claim, type: event.type.declaration.id, at: event.at,
            payload: JSONValue.object(incoming.fields).bytes(), member: state.id,
            until: context.calendar.instant(keep, after: context.calendar.day(of: event.at)))
    }

    func merge(
        _ from: MemberID, _ compiled: CompiledProgramme, _ context: DecisionContext, _ now: Instant,
        _ state: inout MemberState, _ changes: inout Changes, _ work: inout Work
    ) throws {
        // Merging twice, or into itself, changes nothing.
        guard from != state.id, var other = work.states.removeValue(forKey: from) else { return }
        var otherChanges = work.changes.removeValue(forKey: from) ?? Changes()
        defer {
            work.states[from] = other
            work.changes[from] = otherChanges
        }
        guard other.profile.mergedInto == nil else { return }
        noteMeasures(of: other, compiled, &work)
        var otherContext = self.context(compiled, other.profile, now)
        otherContext.settles = context.settles
        let shared = state.wallets.filter { other.memberships[$0.wallet]?.isCurrent ?? false }
        let before = (state, other)
        try state.absorb(&other, context, otherContext, into: &changes, otherChanges: &otherChanges)
        for membership in shared { work.states[membership.wallet]?.shared?.memberCount -= 1 }
        work.successors[from] = state.id
        mergeProfiling(of: from, context, &state, &changes, &work)
        work.batches[compiled.id, default: LoyaltyBatch(programme: compiled.id)].mergeHuman(from, into: state.id)
        rewardBooks[compiled.id]?.merge(from, into: state.id)
        // Friends are there whether or not the programme has leaderboards now.
        work.batches[compiled.id, default: LoyaltyBatch(programme: compiled.id)].mergeBoards(from, into: state.id)
        if !compiled.teamChallenges.isEmpty {
            let parts = [TeamPart(before: before.0, after: state), TeamPart(before: before.1, after: other)]
            try carryToTeams(parts, now, compiled, context, &state, &changes, &work)
        }
    }

    func update(
        _ type: String, _ effects: [AppliedEffect], _ status: String, _ member: MemberID, _ programme: ProgrammeID,
        _ now: Instant
    ) -> LiveUpdate {
        LiveUpdate(
            sequence: 0, programme: programme, member: member, eventType: Self.printable(type), effects: effects,
            status: status, at: now)
    }

    /// An event type as a sender wrote it may hold anything; what is shown of it is a name or nothing.
    static func printable(_ type: String) -> String {
        let isName =
            type.utf8.count <= 80
            && type.utf8.allSatisfy {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || ".-_".utf8.contains($0)
            }
        return isName ? type : "(not a name)"
    }
}

extension MemberState {
    mutating func apply(_ change: ProfileChange) {
        if let level = change.level { profile.level = level }
        if let highest = change.highestLevel { profile.level = min(profile.level, highest) }
        if let timeZone = change.timeZone { profile.timeZone = timeZone }
        if let dayStart = change.dayStartMinutes { profile.dayStartMinutes = dayStart }
        if let language = change.language { profile.language = language }
        if let isPaused = change.isPaused { profile.isPaused = isPaused }
        for (name, value) in change.traits {
            forgetSettings(of: name)
            // A literal `nil` would be JSON's null here, and kept.
            if value == .null { traits.removeValue(forKey: name) } else { traits[name] = value }
        }
    }
}
