import Hummingbird
import Primitives
import Site
import Synchronization

extension Samples {
    static func conversation(_ language: Language, state: HelpState = .answered) -> HelpConversation {
        HelpConversation(
            id: "q1", today: today, begun: LocalDay(daysSinceEpoch: today.daysSinceEpoch - 2), state: state,
            subject: "Points <b>", line: history(language).lines[0],
            messages: [
                .init(author: .member, day: today, text: "Where are they?\n\n<script>é"),
                .init(author: .desk, name: "Noor", day: today, text: "They came today."),
                .init(author: .note, name: "Noor", day: today, text: "Second time."),
            ], helped: state == .closed ? false : nil)
    }

    static func help(_ language: Language) -> HelpDesk {
        HelpDesk(
            today: today,
            questions: [
                HelpDesk.Question(id: "q1", day: today, state: .answered, subject: "Points <b>", isNew: true),
                HelpDesk.Question(id: "q2", day: today, state: .closed),
            ], line: history(language).lines[0])
    }

    static func serviceQueue(_ language: Language, _ state: HelpState = .open, figures: Bool = true) -> ServiceQueue {
        var queue = ServiceQueue(today: today, state: state, counts: [.open: 2, .closed: 1])
        for number in 0..<30 {
            var entry = ServiceQueue.Entry(id: "q\(number)", member: member.description, day: today)
            entry.waitingMinutes = Int64(4_000 - number * 100)
            if number == 1 { entry.takenBy = "Noor" }
            entry.isMine = number == 2
            entry.isAboutLine = number == 3
            if number == 4 { entry.helped = true }
            queue.entries.append(entry)
        }
        if figures {
            queue.figures = ServiceQueue.Figures(
                days: 28, answers: 40, medianMinutes: 75, ninetyMinutes: 4_000, waiting: [1, 0, 1, 0])
        }
        return queue
    }

    static func serviceCase(_ language: Language) -> ServiceCase {
        ServiceCase(
            conversation: conversation(language, state: .open), takenBy: "Noor", waitingMinutes: 75,
            member: consoleMember(language))
    }

    static func approvals(_ language: Language) -> ApprovalDesk {
        let waiting = CorrectionRequest(
            id: "r1", member: member.description, change: Amount(20_000, ink(language)), reason: "Paid <b>twice",
            askedBy: "Noor", day: today, until: today)
        var (own, done) = (waiting, waiting)
        (own.id, own.isOwn) = ("r2", true)
        (done.id, done.state, done.decidedBy, done.decision) = ("r3", .refused, "Bo", "Not twice")
        return ApprovalDesk(today: today, limit: 10_000, waiting: [waiting, own], decided: [done])
    }
}

extension FakeSiteData {
    func help(of member: SiteMember, about line: String?, language: Language) async throws -> HelpDesk {
        var desk = Samples.help(language)
        if line != desk.line?.id { desk.line = nil }
        return desk
    }

    private func said(_ text: String) -> HelpOutcome? {
        switch text {
        case " ": .unreadable
        case "many": .tooMany
        default: nil
        }
    }

    func ask(_ question: HelpQuestion, for member: SiteMember, key: String) async throws -> HelpOutcome {
        state.withLock { $0.chosen.append("ask \(question.subject)|\(question.text)|\(question.line ?? "-")|\(key)") }
        return said(question.text) ?? .done("q1")
    }

    func question(_ id: String, of member: SiteMember, language: Language) async throws -> HelpConversation? {
        guard id == "q1" else { return nil }
        var conversation = Samples.conversation(language)
        conversation.messages.removeAll { $0.author == .note }
        for index in conversation.messages.indices { conversation.messages[index].name = nil }
        return conversation
    }

    func write(
        _ text: String, inQuestion id: String, for member: SiteMember, key: String
    ) async throws -> HelpOutcome {
        guard id == "q1" else { return .over }
        state.withLock { $0.chosen.append("write \(text)") }
        return said(text) ?? .done(id)
    }

    func close(question id: String, helped: Bool?, for member: SiteMember) async throws -> Bool {
        state.withLock { $0.chosen.append("close \(id) \(helped.map { "\($0)" } ?? "-")") }
        return id == "q1"
    }

    func serviceQueue(_ state: HelpState, for staff: SiteStaff, language: Language) async throws -> ServiceQueue {
        guard staff.answersMembers else { throw HTTPError(.forbidden) }
        return Samples.serviceQueue(language, state, figures: !staff.isServiceOnly)
    }

    func serviceCase(_ id: String, for staff: SiteStaff, language: Language) async throws -> ServiceCase? {
        guard staff.answersMembers else { throw HTTPError(.forbidden) }
        return id == "q1" ? Samples.serviceCase(language) : nil
    }

    func answer(
        _ text: String, isNote: Bool, question id: String, for staff: SiteStaff, key: String
    ) async throws -> HelpOutcome {
        guard staff.answersMembers else { throw HTTPError(.forbidden) }
        state.withLock { $0.chosen.append("\(isNote ? "note" : "answer") \(text)") }
        return said(text) ?? .done(id)
    }

    func step(_ step: ServiceStep, question id: String, for staff: SiteStaff) async throws -> Bool {
        guard staff.answersMembers else { throw HTTPError(.forbidden) }
        state.withLock { $0.chosen.append("step \(step.rawValue)") }
        return id == "q1"
    }

    func approvals(for staff: SiteStaff, language: Language) async throws -> ApprovalDesk {
        guard staff.correctsPoints else { throw HTTPError(.forbidden) }
        return Samples.approvals(language)
    }

    func decide(
        _ request: String, agrees: Bool, because reason: String, for staff: SiteStaff, language: Language
    ) async throws -> ApprovalOutcome {
        guard staff.correctsPoints else { throw HTTPError(.forbidden) }
        state.withLock { $0.chosen.append("\(agrees ? "agree" : "refuse") \(request) \(reason)") }
        switch request {
        case "r1": return reason == "few" ? .tooFew(Amount(12, Samples.ink(language))) : agrees ? .carriedOut : .refused
        case "r2": return .ownRequest
        default: return .over
        }
    }
}
