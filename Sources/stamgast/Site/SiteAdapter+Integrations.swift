import Access
import Catalogue
import Hummingbird
import Loyalty
import Primitives
import Runtime
import Site
import Storage
import Vault

/// Webhooks in the console. They are declared in the programme, so a change of one is a new version of it.
extension SiteAdapter {
    func hooks(for staff: SiteStaff) async throws -> HookDesk {
        let (view, mayChange) = try await reader(staff)
        let desk = try webhooks()
        var hooks: [Hook] = []
        for webhook in view.programme.webhooks {
            let standing = try await desk.standing(of: webhook.id, in: view.programme.id, now: view.now)
            hooks.append(Self.hook(webhook, standing, view))
        }
        return HookDesk(today: today(view), hooks: hooks, mayChange: mayChange)
    }

    func hook(_ id: String, for staff: SiteStaff) async throws -> HookLog? {
        let (view, mayChange) = try await reader(staff)
        guard let webhook = view.programme.webhooks.first(where: { $0.id == id }) else { return nil }
        let (desk, programme) = (try webhooks(), view.programme.id)
        let standing = try await desk.standing(of: id, in: programme, now: view.now)
        let log = try await desk.log(of: id, in: programme)
        func moment(_ instant: Instant) -> LocalMoment { view.moment(instant, zone: view.programme.timeZone) }
        return HookLog(
            today: today(view), hook: Self.hook(webhook, standing, view),
            attempts: log.attempts.map { attempt in
                HookLog.Attempt(
                    number: attempt.number, sequence: attempt.sequence, message: attempt.message, kind: attempt.kind,
                    at: moment(attempt.at), attempt: attempt.attempt, result: Self.result(attempt.result),
                    milliseconds: attempt.milliseconds, bytes: Int64(attempt.bytes))
            },
            letters: log.deadLetters.map { letter in
                HookLog.Letter(
                    sequence: letter.sequence, message: letter.message, kind: letter.kind, at: moment(letter.at),
                    attempts: letter.attempts, result: Self.result(letter.result))
            }, mayChange: mayChange)
    }

    func act(_ action: HookAction, onHook id: String, for staff: SiteStaff) async throws -> HookOutcome? {
        let (actor, view) = try await changer(staff)
        guard view.programme.webhooks.contains(where: { $0.id == id }) else { return nil }
        let (desk, programme, now) = (try webhooks(), view.programme.id, engine.clock.now())
        switch action {
        case .test:
            return Self.outcome(
                try await desk.test(id, of: programme, id: home.random.id(), by: actor, now: now))
        case .redeliver(let sequence):
            return Self.outcome(try await desk.redeliver(sequence, to: id, of: programme, by: actor, now: now))
        case .redeliverSince(let day):
            // Days begin at midnight here, whenever the members' day begins: staff read clocks.
            let calendar = MemberCalendar(zone: view.programme.timeZone, dayStartMinutes: 0, offsets: engine.zones)
            let moment = calendar.start(of: Int32(clamping: day.daysSinceEpoch))
            let isDone = try await desk.redeliver(since: moment, to: id, of: programme, by: actor, now: now)
            return isDone ? .queued : .nothing
        case .resume:
            try await desk.resume(id, of: programme, by: actor, now: now)
            return .resumed
        }
    }

    func rotate(hook id: String, from generation: Int64, for staff: SiteStaff) async throws -> String? {
        let (actor, view) = try await changer(staff)
        guard view.programme.webhooks.contains(where: { $0.id == id }) else { return nil }
        return try await webhooks().rotate(
            id, of: view.programme.id, from: generation, by: actor, now: engine.clock.now())
    }

    func change(_ change: HookChange, for staff: SiteStaff) async throws -> HookChangeOutcome {
        let (actor, view) = try await changer(staff)
        let programme = view.programme.id
        let (id, url, action): (String, String?, String) =
            switch change {
            case .add(let id, let url): (id, url, "webhook.add")
            case .move(let id, let url): (id, url, "webhook.move")
            case .remove(let id): (id, nil, "webhook.remove")
            }
        // Both stand in the programme's text: nothing that could end a line or a quotation there.
        guard !id.isEmpty, id.utf8.allSatisfy({ Self.letters.contains($0) }) else { return .badName }
        if let url {
            guard url.hasPrefix("https://"), url.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else { return .badAddress }
        }
        guard let current = try await home.versions.loadCurrent(programme),
            let file = current.document[ProgrammeDocument.programme],
            let before = try? Self.replacing(current.document, with: String(decoding: file, as: UTF8.self))
                .programme(zones: engine.zones)
        else { return .byHand }
        let exists = before.webhooks.contains { $0.id == id }
        if case .add = change {
            if exists { return .nameTaken }
        } else if !exists {
            return .conflict
        }
        if let url, await !home.networks.allows(address: url) { return .addressInside }
        guard let text = WebhookLines.text(String(decoding: file, as: UTF8.self), webhook: id, url: url) else {
            return .byHand
        }
        do {
            let document = try Self.replacing(current.document, with: text)
            let check = document.check(zones: engine.zones)
            guard let after = check.programme, check.errors.isEmpty else {
                // Read with the webhook, it was right; without it, something that names it is left.
                return url == nil ? .inUse : .badAddress
            }
            // The text says what was meant and nothing else, or it is left to whoever wrote it.
            var meant = before
            switch change {
            case .add(let id, let url): meant.webhooks.append(Webhook(id: id, url: url))
            case .move(let id, let url):
                meant.webhooks = meant.webhooks.map { $0.id == id ? Webhook(id: id, url: url) : $0 }
            case .remove(let id): meant.webhooks.removeAll { $0.id == id }
            }
            guard after == meant else { return .byHand }
            let result = try await home.apply(
                document, to: programme, basedOn: current.version.number, by: staff.staff, note: "webhook " + id)
            if case .conflict = result { return .conflict }
        } catch is DocumentProblems {
            return .byHand
        } catch is UndecidedChanges {
            return .byHand
        }
        let entry = AuditEntry(
            programme: programme, at: engine.clock.now(), actor: actor, action: action, object: "webhook:" + id)
        try await home.database.write { try Audit.append($0, entry) }
        guard case .add = change else { return .done(secret: nil) }
        return .done(secret: try await webhooks().secret(of: id, in: programme))
    }

    // MARK: Parts

    private static let letters = Set("abcdefghijklmnopqrstuvwxyz0123456789-".utf8)

    private func webhooks() throws -> WebhookDesk { try home.webhooks(sender: webhookSender) }

    /// Who may see webhooks: whoever may change the programme, or reads what others did.
    private func reader(_ staff: SiteStaff) async throws -> (view: SiteView, mayChange: Bool) {
        let mayChange = try await may(.programmeWrite, staff)
        let mayRead = try await may(.auditRead, staff)
        guard mayChange || mayRead else { throw HTTPError(.forbidden) }
        guard let view = view(staff.programme.id, .en) else { throw ProgrammeGone() }
        return (view, mayChange)
    }

    private func changer(_ staff: SiteStaff) async throws -> (actor: AuditActor, view: SiteView) {
        guard let principal = try await principal(of: staff),
            principal.allows(.programmeWrite, in: staff.programme.id)
        else { throw HTTPError(.forbidden) }
        guard let view = view(staff.programme.id, .en) else { throw ProgrammeGone() }
        return (AuditActor(principal), view)
    }

    private func today(_ view: SiteView) -> LocalDay {
        view.moment(view.now, zone: view.programme.timeZone).day
    }

    private static func hook(_ webhook: Webhook, _ standing: WebhookDesk.Standing, _ view: SiteView) -> Hook {
        func moment(_ instant: Instant) -> LocalMoment { view.moment(instant, zone: view.programme.timeZone) }
        let state = standing.state
        let shown: Hook.State =
            switch (state.stopped, state.failingSince) {
            case (.gone?, _): .gone
            case (.failing?, let since): .stopped(since: since.map(moment))
            case (nil, let since?):
                .failing(since: moment(since), until: state.waitingUntil.flatMap { $0 > view.now ? moment($0) : nil })
            case (nil, nil): state.lastTaken == nil ? .unused : .healthy
            }
        let first = view.now.milliseconds / 3_600_000 - 23
        var hours = [Int64](repeating: 0, count: 24)
        for hour in standing.hours where hours.indices.contains(Int(hour.hour - first)) {
            hours[Int(hour.hour - first)] = hour.taken
        }
        return Hook(
            id: webhook.id, url: webhook.url, state: shown, backlog: standing.backlog, isMore: standing.isMore,
            lastTaken: state.lastTaken.map(moment), setAside: Int64(standing.deadLetters), hours: hours,
            failed: standing.hours.reduce(0) { $0 + $1.failed }, generation: state.generation,
            formerUntil: state.formerUntil.flatMap { $0 > view.now ? moment($0) : nil })
    }

    private static func outcome(_ sent: WebhookDesk.Sent) -> HookOutcome? {
        switch sent {
        case .done(let attempt): .sent(result(attempt.result), milliseconds: attempt.milliseconds)
        case .gone: .gone
        case .unknown: nil
        }
    }

    private static func result(_ result: WebhookResult) -> HookResult {
        switch result {
        case .answered(let status): .answered(status)
        case .unanswered(.noConnection): .noConnection
        case .unanswered(.timeout): .timeout
        case .unanswered(.tls): .tls
        case .unanswered(.refused): .refused
        }
    }

    /// The document with another `programme.yaml`. What the last step said of members who were in the middle of something
    /// is about that step, and is left out.
    private static func replacing(
        _ document: ProgrammeDocument, with text: String
    ) throws(DocumentProblems) -> ProgrammeDocument {
        let files = document.files.filter { $0.path != ProgrammeDocument.programme && $0.path != "changes.yaml" }
        return try ProgrammeDocument(
            files: files + [ProgrammeDocument.File(path: ProgrammeDocument.programme, bytes: Array(text.utf8))])
    }
}

extension ProgrammeDocument {
    /// The file that webhooks are declared in.
    fileprivate static let programme = "programme.yaml"
}
