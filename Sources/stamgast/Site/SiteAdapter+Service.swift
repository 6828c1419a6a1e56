import Access
import Hummingbird
import Loyalty
import Primitives
import Runtime
import Site
import Storage
import Vault

/// The service desk, on both sides of it.
extension SiteAdapter {
    // MARK: The member's side

    func help(of member: SiteMember, about line: String?, language: PageLanguage) async throws -> HelpDesk {
        let programme = member.programme.id
        guard let view = view(programme, language) else { throw ProgrammeGone() }
        let questions = try await home.service.questions(of: member.member, in: programme)
        return HelpDesk(
            today: day(programmeDay(view)),
            questions: questions.map { found in
                HelpDesk.Question(
                    id: found.thread.id.description, day: day(found.thread.begunDay), state: found.thread.state.page,
                    subject: found.subject, isNew: found.thread.isUnread)
            }, line: try await self.line(line.flatMap { ID128($0) }, of: member.member, view))
    }

    /// A line of a member's history, as they read it.
    private func line(_ effect: ID128?, of member: MemberID, _ view: SiteView) async throws -> HistoryLine? {
        let programme = view.compiled.id
        let store = LoyaltyStore(programme: programme)
        guard let effect, let found = try await home.database.read({ try store.explanation(effect, of: member, $0) }),
            let profile = try await engine.summary(of: member, in: programme)?.profile
        else { return nil }
        return view.line(found, of: profile)
    }

    func ask(_ question: HelpQuestion, for member: SiteMember, key: String) async throws -> HelpOutcome {
        do {
            return HelpOutcome(
                try await home.service.ask(
                    subject: question.subject, text: question.text, about: question.line.flatMap { ID128($0) },
                    of: member.member, in: member.programme.id, key: key))
        } catch VaultProblem.unknownMember {
            return .over
        }
    }

    func question(_ id: String, of member: SiteMember, language: PageLanguage) async throws -> HelpConversation? {
        let programme = member.programme.id
        guard let view = view(programme, language) else { throw ProgrammeGone() }
        guard let id = ID128(id), let found = try await home.service.question(id, of: member.member, in: programme)
        else { return nil }
        var page = conversation(found, view) { _ in nil }
        page.line = try await line(found.thread.effect, of: member.member, view)
        return page
    }

    func write(
        _ text: String, inQuestion id: String, for member: SiteMember, key: String
    ) async throws -> HelpOutcome {
        guard let id = ID128(id) else { return .over }
        return HelpOutcome(
            try await home.service.write(
                text, in: id, of: member.member, programme: member.programme.id, key: key))
    }

    func close(question id: String, helped: Bool?, for member: SiteMember) async throws -> Bool {
        guard let id = ID128(id) else { return false }
        return try await home.service.close(id, helped: helped, of: member.member, in: member.programme.id)
    }

    private func conversation(
        _ found: ServiceConversation, _ view: SiteView, _ name: (ID128) -> String?
    ) -> HelpConversation {
        HelpConversation(
            id: found.thread.id.description, today: day(programmeDay(view)), begun: day(found.thread.begunDay),
            state: found.thread.state.page, subject: found.subject,
            messages: found.messages.map { message in
                let author: HelpConversation.Message.Author =
                    switch message.author {
                    case .member: .member
                    case .staff: .desk
                    case .note: .note
                    }
                return HelpConversation.Message(
                    author: author, name: message.staff.flatMap(name), day: day(message.day), text: message.text)
            }, helped: found.thread.helped)
    }

    // MARK: The desk's side

    /// The names of accounts, by their identifiers.
    func staffNames() async throws -> [ID128: String] {
        Dictionary(
            try await home.access.staff.list().map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    }

    func serviceQueue(
        _ state: HelpState, for staff: SiteStaff, language: PageLanguage
    ) async throws -> ServiceQueue {
        let principal = try await allowed(.membersWrite, staff)
        let programme = staff.programme.id
        guard let view = view(programme, language) else { throw ProgrammeGone() }
        let (threads, counts) = try await home.service.queue(state.stored, in: programme)
        let names = try await staffNames()
        let now = engine.clock.now()
        let own = ID128(staff.staff)
        var queue = ServiceQueue(today: day(programmeDay(view)), state: state)
        queue.entries = threads.map { thread in
            ServiceQueue.Entry(
                id: thread.id.description, member: thread.member.description, day: day(thread.begunDay),
                waitingMinutes: thread.waitingMinutes(at: now), takenBy: thread.staff.flatMap { names[$0] },
                isMine: thread.staff == own, isAboutLine: thread.effect != nil, helped: thread.helped)
        }
        for (state, count) in counts { queue.counts[state.page] = count }
        if principal.allows(.metricsRead, in: programme) {
            let figures = try await home.service.figures(in: programme)
            queue.figures = ServiceQueue.Figures(
                days: Int(ServiceDesk.figureDays), answers: PublishedCount.shown(figures.answers),
                medianMinutes: figures.medianMinutes, ninetyMinutes: figures.ninetyMinutes, waiting: figures.waiting)
        }
        return queue
    }

    func serviceCase(_ id: String, for staff: SiteStaff, language: PageLanguage) async throws -> ServiceCase? {
        let principal = try await allowed(.membersWrite, staff)
        let programme = staff.programme.id
        guard let view = view(programme, language) else { throw ProgrammeGone() }
        guard let id = ID128(id),
            let found = try await home.service.conversation(id, in: programme, actor: principal.auditName)
        else { return nil }
        let names = try await staffNames()
        let thread = found.thread
        var page = ServiceCase(
            conversation: conversation(found, view) { names[$0] }, takenBy: thread.staff.flatMap { names[$0] },
            isMine: thread.staff == ID128(staff.staff), waitingMinutes: thread.waitingMinutes(at: engine.clock.now()))
        if let member = try await current(thread.member, in: programme)?.member {
            page.conversation.line = try await line(thread.effect, of: member, view)
            page.member = try await consoleMember(
                member.description, after: nil, for: staff, language: language)
        }
        return page
    }

    func answer(
        _ text: String, isNote: Bool, question id: String, for staff: SiteStaff, key: String
    ) async throws -> HelpOutcome {
        let principal = try await allowed(.membersWrite, staff)
        guard let id = ID128(id), let own = ID128(staff.staff) else { return .over }
        let outcome = try await home.service.answer(
            text, isNote: isNote, in: id, by: own, programme: staff.programme.id, key: key)
        if case .done = outcome { try await note(isNote ? "service.note" : "service.answer", id, principal, staff) }
        return HelpOutcome(outcome)
    }

    func step(_ step: ServiceStep, question id: String, for staff: SiteStaff) async throws -> Bool {
        let principal = try await allowed(.membersWrite, staff)
        guard let id = ID128(id), let own = ID128(staff.staff) else { return false }
        let programme = staff.programme.id
        let isDone =
            switch step {
            case .take: try await home.service.take(id, by: own, in: programme)
            case .leave: try await home.service.take(id, by: nil, in: programme)
            case .close: try await home.service.close(id, in: programme)
            }
        if isDone { try await note("service." + step.rawValue, id, principal, staff) }
        return isDone
    }

    /// Who did what with a question: never whose it is, and never a word of it.
    private func note(_ action: String, _ thread: ID128, _ principal: Principal, _ staff: SiteStaff) async throws {
        let entry = AuditEntry(
            programme: staff.programme.id, at: engine.clock.now(), actor: AuditActor(principal), action: action,
            object: "question:\(thread)")
        try await home.database.write { try Audit.append($0, entry) }
    }
}

extension ServiceThread.State {
    fileprivate var page: HelpState {
        switch self {
        case .open: .open
        case .answered: .answered
        case .closed: .closed
        }
    }
}

extension HelpState {
    fileprivate var stored: ServiceThread.State {
        switch self {
        case .open: .open
        case .answered: .answered
        case .closed: .closed
        }
    }
}

extension HelpOutcome {
    fileprivate init(_ outcome: ServiceOutcome) {
        switch outcome {
        case .done(let id): self = .done(id.description)
        case .unreadable: self = .unreadable
        case .tooMany: self = .tooMany
        case .over: self = .over
        }
    }
}
