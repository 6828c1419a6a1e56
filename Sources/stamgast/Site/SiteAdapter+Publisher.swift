import Access
import Catalogue
import Loyalty
import Primitives
import Runtime
import Site

extension SiteAdapter {
    func programme(publishableKey: String) async throws -> ProgrammeID? {
        guard let text = APIKeyText(publishableKey), text.kind == .page else { return nil }
        do {
            let programme = try await home.access.keys.verify(text, now: engine.clock.now()).programme
            try await home.answerPage(for: programme)
            return programme
        } catch AccessProblem.unauthenticated {
            return nil
        }
    }

    func widget(
        item id: String, programme: ProgrammeID, member: MemberID?, language: PageLanguage
    ) async throws -> WidgetFacts? {
        guard let view = view(programme, language), let id = ItemID(id), let item = view.catalogue.item(id),
            item.state == .live
        else { return nil }
        let summary: MemberSummary?
        if let member {
            summary = try await engine.summary(of: member, in: programme)
        } else {
            summary = nil
        }
        let zone = summary?.profile.timeZone ?? view.programme.timeZone
        let type = eventType(of: item.kind.page)
        let challenge = view.programme.challenges.first { $0.count == type && $0.every != .ever }
        let maker = item.makers.first { view.face($0) != nil }
        // Said by the member, so it may be said back; who asks proved with the pass that it is for them.
        let isFollowed: Bool?
        if let maker, let summary {
            isFollowed = try await engine.follows(of: summary.member, in: programme).contains(maker.text)
        } else {
            isFollowed = nil
        }
        return WidgetFacts(
            kind: item.kind.page, earnings: earnings(type, view),
            challenge: challenge.map { challenge in
                view.progress(challenge, summary?.challenges.first { $0.challenge == challenge.id }, zone: zone)
            },
            maker: maker.flatMap { view.face($0) },
            makerLine: item.makers.lazy.compactMap { view.programme.texts["makers.\($0.text)"]?.wording(language) }
                .first,
            balance: summary.flatMap { view.balances($0).first },
            today: summary.map { LocalDay(daysSinceEpoch: Int($0.day)) }
                ?? view.moment(view.now, zone: view.programme.timeZone).day,
            makerID: maker?.text, isFollowed: isFollowed, look: look(of: view.programme))
    }

    private func eventType(of kind: Site.ItemKind) -> String {
        switch kind {
        case .article, .event: publisher?.articleEvent ?? "article.read"
        case .video: publisher?.videoEvent ?? "video.watched"
        case .episode: publisher?.episodeEvent ?? "episode.finished"
        }
    }

    /// Rules of the event type that give points; what depends on the member's own topics is left to the rule.
    private func earnings(_ type: String, _ view: SiteView) -> [WidgetFacts.Earning] {
        view.programme.rules.filter { rule in
            rule.trigger == type && view.isOpen(rule) && !(rule.condition?.contains("member.") ?? false)
        }.compactMap { rule -> WidgetFacts.Earning? in
            for case .award(let text, let unit) in rule.effects where view.compiled.units[unit]?.kind == .points {
                guard let why = rule.why.wording(view.language) else { return nil }
                return WidgetFacts.Earning(amount: Int64(text).map { view.amount($0, unit) }, why: why)
            }
            return nil
        }.prefix(2).map(\.self)
    }

    func front(language: PageLanguage) async throws -> PublisherFront {
        guard let programme = publisherProgramme else { throw ProgrammeGone() }
        try await home.answerPage(for: programme)
        guard let view = view(programme, language) else { throw ProgrammeGone() }
        let reader = Viewer(isSubscriber: true)
        func latest(_ kind: Catalogue.ItemKind, _ limit: Int) -> [ItemCard] {
            view.catalogue.latest(ItemFilter(kinds: [kind]), for: reader, at: view.now, limit: limit)
                .map { view.card($0) }
        }
        let mostRead = home.catalogue.popularity.popular(
            PopularityQuery(days: Self.recentDays, filter: ItemFilter(kinds: [.article]), limit: 5), in: view.catalogue,
            for: reader, now: view.now)
        return PublisherFront(
            today: view.moment(view.now, zone: view.programme.timeZone).day, stories: latest(.article, 11),
            videos: latest(.video, 3), episodes: latest(.episode, 4), mostRead: mostRead.map { view.card($0.item) })
    }

    func item(_ id: String, language: PageLanguage) async throws -> PublisherItem? {
        guard let programme = publisherProgramme else { return nil }
        try await home.answerPage(for: programme)
        guard let view = view(programme, language), let id = ItemID(id), let item = view.catalogue.item(id),
            item.state == .live
        else { return nil }
        let zone = view.programme.timeZone
        let body = try await home.catalogue.store.body(programme, id)
        let reader = Viewer(isSubscriber: true)
        var related: [Item] = []
        if let series = item.series {
            related += view.catalogue.latest(
                ItemFilter(series: series, excluding: [id]), for: reader, at: view.now, limit: 2)
        }
        if let topic = item.topics.first {
            related += view.catalogue.latest(
                ItemFilter(topics: [topic], excluding: Set([id] + related.map(\.id))), for: reader, at: view.now,
                limit: 3)
        }
        return PublisherItem(
            today: view.moment(view.now, zone: zone).day, card: view.card(item),
            published: item.content.publishedAt.map { view.moment($0, zone: zone) },
            body: body?.wording(language).map { text in
                text.text.split(separator: "\n\n").map { .paragraph(String($0).replacing("\n", with: " ")) }
            } ?? [],
            related: related.prefix(3).map { view.card($0) },
            isGated: view.programme.gates.contains { $0.scope?.contains(item) ?? false })
    }
}
