import Loyalty
import Primitives
import Runtime
import Site

extension SiteAdapter {
    func live(
        of member: SiteMember, after lastEventID: String?, language: PageLanguage
    ) async throws -> AsyncStream<LiveSignal<MemberNews>> {
        let programme = member.programme.id
        guard let updates = engine.live.updates(of: member.member, in: programme, after: sequence(lastEventID)) else {
            throw LiveProblem.tooManyStreams(limit: LiveHub.maximumStreams)
        }
        return signals(from: updates, resumed: lastEventID) { update in
            guard let view = view(programme, language) else { return [] }
            let news = update.effects.compactMap { view.news($0) }
            guard !news.isEmpty else { return [] }
            let summary = try? await engine.summary(of: member.member, in: programme)
            let balances = summary.map { view.balances($0) } ?? []
            return news.map { effect, why in
                MemberNews(effect: effect, why: why, balance: balances.first)
            }
        }
    }

    func live(
        for staff: SiteStaff, after lastEventID: String?, language: PageLanguage
    ) async throws -> AsyncStream<LiveSignal<ConsoleEvent>> {
        let programme = staff.programme.id
        guard let updates = engine.live.updates(in: programme, after: sequence(lastEventID)) else {
            throw LiveProblem.tooManyStreams(limit: LiveHub.maximumStreams)
        }
        return signals(from: updates, resumed: lastEventID) { update in
            view(programme, language).map { [$0.consoleEvent(update)] } ?? []
        }
    }

    private func sequence(_ lastEventID: String?) -> UInt64? {
        guard let parts = lastEventID?.split(separator: "-"), parts.count >= 2, parts[0] == epoch else { return nil }
        return UInt64(parts[1])
    }

    /// Turns updates into signals, with a heartbeat while nothing happens.
    private func signals<Message: Sendable & Hashable>(
        from updates: AsyncStream<LiveUpdate>, resumed: String?,
        _ messages: @escaping @Sendable (LiveUpdate) async -> [Message]
    ) -> AsyncStream<LiveSignal<Message>> {
        let (stream, continuation) = AsyncStream<LiveSignal<Message>>.makeStream(bufferingPolicy: .bufferingNewest(64))
        if let resumed, sequence(resumed) == nil { continuation.yield(.missed) }
        let epoch = epoch
        let work = Task {
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    for await update in updates {
                        for (index, message) in await messages(update).enumerated() {
                            continuation.yield(.message(id: "\(epoch)-\(update.sequence)-\(index)", message))
                        }
                    }
                }
                group.addTask {
                    for await _ in Ticks(every: .seconds(20)) { continuation.yield(.heartbeat) }
                }
                await group.next()
                group.cancelAll()
            }
            continuation.finish()
        }
        continuation.onTermination = { _ in work.cancel() }
        return stream
    }
}

extension SiteView {
    func news(_ effect: AppliedEffect) -> (MemberNews.Effect, Wording)? {
        switch effect.kind {
        case .award where compiled.units[effect.subject]?.kind == .points:
            (.earned(amount(effect.amount, effect.subject)), reason(effect))
        case .confirmation: (.spent(amount(effect.amount, effect.subject)), reason(effect))
        case .badge:
            (
                .badge(wording(compiled.badges[effect.subject]?.name ?? ProgrammeText([:]), or: effect.subject)),
                reason(effect)
            )
        case .progress where effect.wanted > 0:
            (
                .progress(done: min(effect.amount, effect.wanted), target: effect.wanted),
                compiled.challenges[Self.name(of: effect.source)].map { wording($0.name, or: $0.id) } ?? reason(effect)
            )
        default: nil
        }
    }

    /// The class of an event only: no member, no item.
    func consoleEvent(_ update: LiveUpdate) -> ConsoleEvent {
        let given = update.effects.filter { [.award, .badge, .completed, .entitlement].contains($0.kind) }
        let outcome: ConsoleEvent.Outcome =
            if update.status == "quarantined" {
                .quarantined
            } else if !given.isEmpty {
                .effects
            } else if update.effects.contains(where: { $0.kind == .refused }) {
                .limited
            } else {
                .noRule
            }
        var rules: [String] = []
        for name in given.map({ Self.name(of: $0.source) }) where !rules.contains(name) { rules.append(name) }
        let award = given.first { $0.kind == .award && compiled.units[$0.subject]?.kind == .points }
        let points = award.map { first in
            amount(
                given.filter { $0.kind == .award && $0.subject == first.subject }.reduce(0) { $0 + $1.amount },
                first.subject)
        }
        return ConsoleEvent(
            id: String(update.sequence), at: moment(update.at, zone: programme.timeZone), type: update.eventType,
            outcome: outcome, rules: rules, points: points)
    }
}
