import Access
import Hummingbird
import Loyalty
import Primitives
import Runtime
import Site
import Storage

/// The console's pages of letters to write and of proposals.
extension SiteAdapter {
    func letters(for staff: SiteStaff, language: PageLanguage) async throws -> WritersDesk {
        let programme = staff.programme.id
        guard let view = view(programme, language) else { throw ProgrammeGone() }
        let requests = try await engine.letterRequests(in: programme)
        let tally = try await engine.letterTally(in: programme)
        let account = try await account(of: staff)
        return WritersDesk(
            today: day(programmeDay(view)),
            requests: requests.map { request in
                let why = request.occasion.why.wording(language) ?? Wording(request.occasion.id, language)
                let values = request.letter.values(view.programme, spoken(language))
                return WritersDesk.Request(
                    id: request.id.description, signer: face(of: request.signer, view),
                    reader: String(request.letter.member.description.prefix(4)),
                    why: Wording(LetterText.filled(why.text, values), why.language),
                    day: day(request.letter.day), draft: Wording(request.draft, request.language.rawValue),
                    mayWrite: mayWrite(account, for: request.signer, programme))
            }, sent: tally.sent, hearts: tally.hearts, thanks: tally.thanks)
    }

    private func account(of staff: SiteStaff) async throws -> StaffMember? {
        guard let id = ID128(staff.staff) else { return nil }
        return try await home.access.staff.find(id)
    }

    /// Whether an account may write, or leave out, letters in a signer's name.
    private func mayWrite(_ account: StaffMember?, for signer: Signer?, _ programme: ProgrammeID) -> Bool {
        guard let account, let principal = account.principal, principal.allows(.console, in: programme) else {
            return false
        }
        let mayChangeMembers = principal.allows(.membersWrite, in: programme)
        return signer?.mayBeWrittenFor(by: account.name, mayChangeMembers: mayChangeMembers) ?? mayChangeMembers
    }

    func write(_ text: String?, letter: String, for staff: SiteStaff) async throws -> HumanOutcome {
        let programme = staff.programme.id
        let account = try await account(of: staff)
        // Whoever could write for nobody learns nothing of what there is.
        guard let id = ID128(letter), let asked = try await engine.askedLetter(id, in: programme) else {
            guard mayWrite(account, for: nil, programme) else { throw HTTPError(.forbidden) }
            return .over
        }
        let signer = engine.host[programme]?.programme.signers.first { $0.id == asked.signer }
        guard mayWrite(account, for: signer, programme) else { throw HTTPError(.forbidden) }
        var action = HumanAction.skip(letter: id)
        if let text {
            guard let clean = LetterText.clean(text) else { return .unreadable }
            action = .write(
                letter: id, text: clean, try await engine.language(of: asked.member, in: programme))
        }
        do {
            _ = try await engine.perform(.human(action), member: asked.member, in: programme)
        } catch PipelineProblem.command(.human(let problem)) {
            return HumanOutcome(problem)
        } catch PipelineProblem.unknownMember {
            return .over
        }
        try await note(text == nil ? "letter.skip" : "letter.write", of: id, by: staff)
        return .done
    }

    func proposals(for staff: SiteStaff, language: PageLanguage) async throws -> ModerationDesk {
        let programme = staff.programme.id
        guard let view = view(programme, language) else { throw ProgrammeGone() }
        let all = try await engine.proposals([.waiting, .open], in: programme, limit: 200)
        return ModerationDesk(
            today: day(programmeDay(view)), waiting: all.filter { $0.proposal.state == .waiting }.map { proposal($0) },
            open: all.filter(\.isOpen).map { proposal($0) },
            over: all.filter { $0.proposal.state == .open && !$0.isOpen }.map { proposal($0) },
            version: Int(clamping: view.compiled.version), mayDecide: try await may(.programmeWrite, staff))
    }

    func answer(_ answer: ProposalAnswer, proposal: String, for staff: SiteStaff) async throws -> HumanOutcome {
        guard try await may(.programmeWrite, staff) else { throw HTTPError(.forbidden) }
        let programme = staff.programme.id
        guard let id = ID128(proposal) else { return .over }
        var action: HumanAction
        switch answer {
        case .accept: action = .moderate(id, accepts: true, reason: nil)
        case .refuse(let reason):
            guard let clean = LetterText.clean(reason) else { return .unreadable }
            action = .moderate(id, accepts: false, reason: clean)
        case .adopt(let reason, let isHere):
            guard let clean = LetterText.clean(reason) else { return .unreadable }
            action = .decideProposal(
                id, adopts: true, because: clean, version: isHere ? engine.host[programme]?.version : nil)
        case .decline(let reason):
            guard let clean = LetterText.clean(reason) else { return .unreadable }
            action = .decideProposal(id, adopts: false, because: clean, version: nil)
        }
        do {
            try await engine.tend(action, in: programme)
        } catch PipelineProblem.command(.human(let problem)) {
            return HumanOutcome(problem)
        }
        try await note("proposal.answer", of: id, by: staff)
        return .done
    }

    func may(_ permission: Permission, _ staff: SiteStaff) async throws -> Bool {
        try await account(of: staff)?.principal?.allows(permission, in: staff.programme.id) ?? false
    }

    /// Who wrote or decided, for the audit trail: about a letter or proposal, never about a member.
    private func note(_ action: String, of id: ID128, by staff: SiteStaff) async throws {
        guard let principal = try await account(of: staff)?.principal else { return }
        let entry = AuditEntry(
            programme: staff.programme.id, at: engine.clock.now(), actor: AuditActor(principal), action: action,
            object: id.description)
        try await home.database.write { try Audit.append($0, entry) }
    }
}
