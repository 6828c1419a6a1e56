import Catalogue
import Loyalty
import Primitives
import Storage

/// Letters, follows, proposals and votes.
extension Pipeline {
    struct WantedHuman: Sendable {
        var programme: ProgrammeID
        var member: MemberID
        var action: HumanAction
        var day: Int32
    }

    static func load(_ wanted: [WantedHuman], _ connection: any Connection) throws -> HumanFacts {
        var facts = HumanFacts()
        for one in wanted {
            let store = LoyaltyStore(programme: one.programme)
            if let id = one.action.letter { facts.letters[id] = try store.letter(id, of: one.member, connection) }
            if let id = one.action.proposal { facts.proposals[id] = try store.proposal(id, connection) }
            switch one.action {
            case .propose:
                facts.open[one.member] = try store.openProposals(of: one.member, today: one.day, connection)
            case .follow: facts.follows[one.member] = Set(try store.follows(of: one.member, connection))
            default: break
            }
        }
        return facts
    }

    func perform(
        _ action: HumanAction, _ command: Command, _ context: DecisionContext, _ state: inout MemberState,
        _ changes: inout Changes, _ work: inout Work
    ) throws {
        let programme = context.programme.id
        func letter(_ id: ID128) throws(CommandProblem) -> Letter {
            // As this batch has left it, else as it is stored.
            guard let letter = changes.letters.last(where: { $0.id == id }) ?? work.human.letters[id] else {
                throw .human(.unknownLetter)
            }
            return letter
        }
        var isSent = false
        switch action {
        case .follow(let maker, let follows):
            var known = work.human.follows[state.id] ?? []
            if follows, !known.contains(maker), known.count >= HumanAction.mostFollows {
                throw CommandProblem.human(.followsTooMany(HumanAction.mostFollows))
            }
            if follows { known.insert(maker) } else { known.remove(maker) }
            work.human.follows[state.id] = known
            work.touched.insert(state.id)
            work.batches[programme, default: LoyaltyBatch(programme: programme)].follow(maker, follows, by: state.id)
        case .letters(let wants):
            state.chooseLetters(wants, into: &changes)
            changes.reschedules = true
        case .reply(let id, let reply): try state.reply(reply, to: try letter(id), into: &changes)
        case .ask(let id, let signer):
            state.ask(for: try letter(id), of: signer, on: context.programmeDay, into: &changes)
        case .write(let id, let text, let language):
            try state.write(try letter(id), text: text, language: language, context, into: &changes)
            isSent = true
        case .skip(let id): try state.skip(try letter(id), into: &changes)
        case .birthday:
            try state.celebrateBirthday(context, into: &changes)
            isSent = true
        case .review: changes.reschedules = true
        case .propose, .withdrawProposal, .vote, .moderate, .decideProposal:
            do throws(HumanProblem) {
                try propose(action, context, state, &work)
            } catch {
                throw CommandProblem.human(error)
            }
            work.touched.formUnion(action.isByStaff ? [] : [state.id])
        }
        if isSent, let sent = changes.effects.last(where: { $0.subject == MemberState.letterSubject }) {
            work.updates.append(update("letter.sent", [sent], "notice", state.id, programme, command.now))
        }
    }

    private func propose(
        _ action: HumanAction, _ context: DecisionContext, _ state: MemberState, _ work: inout Work
    ) throws(HumanProblem) {
        guard let id = action.proposal else { return }
        let programme = context.programme.id
        let terms = context.programme.programme.proposals
        let today = context.programmeDay
        let mine = context.calendar.day(of: context.now)
        var changed: Proposal?
        switch action {
        case .propose(_, let kind, let text):
            guard let terms else { throw .noProposals }
            // Sent twice under one key.
            guard work.human.proposals[id] == nil else { return }
            let open = work.human.open[state.id] ?? 0
            try terms.checkAuthor(state, open: open, in: context.programme, today: mine)
            work.human.open[state.id] = open + 1
            guard let sealed = try? sealer.seal(Array(text.utf8), programme: programme, id: id) else {
                throw .noProposals
            }
            changed = Proposal(
                id: id, author: state.id, kind: kind, day: today,
                language: state.profile.language ?? context.programme.programme.languages.first ?? .en, sealed: sealed)
        case .withdrawProposal:
            guard var proposal = work.human.proposals[id], proposal.author == state.id else { throw .unknownProposal }
            try proposal.withdraw()
            changed = proposal
        case .vote(_, let choice):
            guard let terms else { throw .noProposals }
            guard let proposal = work.human.proposals[id], proposal.state.isPublic else { throw .unknownProposal }
            guard proposal.isOpen(on: today) else { throw .notOpen }
            try terms.checkVoter(state, today: mine)
            work.batches[programme, default: LoyaltyBatch(programme: programme)].vote(choice, on: id, by: state.id)
        case .moderate(_, let accepts, let reason):
            guard let terms else { throw .noProposals }
            guard var proposal = work.human.proposals[id] else { throw .unknownProposal }
            try proposal.moderate(accepts: accepts, reason: reason, terms, today: today)
            changed = proposal
        case .decideProposal(_, let adopts, let because, let version):
            guard var proposal = work.human.proposals[id] else { throw .unknownProposal }
            try proposal.decide(adopts: adopts, because: because, version: version, today: today)
            changed = proposal
        default: return
        }
        guard let changed else { return }
        work.human.proposals[id] = changed
        work.batches[programme, default: LoyaltyBatch(programme: programme)].put(changed)
    }

    /// Finds what a command reached, and tells open pages of the letters that it led to.
    func recognizeReached(
        since first: Int, tierBefore tier: String?, _ command: Command, _ context: DecisionContext,
        _ state: inout MemberState, _ changes: inout Changes
    ) throws {
        guard context.programme.watchesReached, state.profile.mergedInto == nil else { return }
        try state.recognizeReached(
            since: first, tierBefore: tier, context, budgets: &budgets[context.programme.id, default: BudgetBook()],
            into: &changes)
    }

    /// Texts of letters go under their seals before anything is written.
    func sealLetters(_ changes: inout Changes, of programme: ProgrammeID) throws {
        for index in changes.letters.indices {
            guard let text = changes.letters[index].text else { continue }
            changes.letters[index].sealed = try sealer.seal(
                Array(text.utf8), programme: programme, id: changes.letters[index].id)
            changes.letters[index].text = nil
        }
    }
}

extension HumanAction {
    fileprivate var isByStaff: Bool {
        switch self {
        case .moderate, .decideProposal: true
        default: false
        }
    }
}
