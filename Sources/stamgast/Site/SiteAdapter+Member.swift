import Catalogue
import Loyalty
import Primitives
import Runtime
import Site
import Storage
import Vault

extension SiteAdapter {
    /// Days that count as "recent" for popularity.
    static let recentDays = 7

    func today(of member: SiteMember, language: PageLanguage) async throws -> MemberToday {
        let programme = member.programme.id
        guard let view = view(programme, language),
            var summary = try await engine.summary(of: member.member, in: programme)
        else { throw ProgrammeGone() }
        summary.show(try await engine.teams(of: member.member, in: programme))
        let zone = summary.profile.timeZone ?? view.programme.timeZone
        let left = stockLeft(summary)
        var today = MemberToday(
            today: LocalDay(daysSinceEpoch: Int(summary.day)), name: await name(of: member),
            level: summary.profile.level.page,
            suggestions: suggestions(
                view, summary, follows: try await engine.follows(of: member.member, in: programme)),
            privilege: view.privilege(summary),
            challenges: view.programme.challenges.map { challenge in
                view.progress(challenge, summary.challenges.first { $0.challenge == challenge.id }, zone: zone)
            }.sorted { Self.nearness($0) > Self.nearness($1) },
            streaks: view.streaks(summary), pause: view.pause(summary), tier: view.tier(summary),
            badges: view.badges(summary), reward: view.bestReward(summary, left: left),
            balances: view.balances(summary))
        today.measures = try await measures(of: member, view)
        today.hasGames = !view.programme.quizzes.isEmpty || !view.programme.contests.isEmpty
        today.step = summary.level.map { level in
            LevelStep(
                level: Int64(level), title: view.programme.levels?.name.wording(language),
                next: summary.nextLevelAt.map { view.amount($0, view.programme.levels?.unit ?? "") })
        }
        today.getsLetters = !view.programme.occasions.isEmpty
        today.hasMakers = !view.catalogue.makers.isEmpty
        today.takesProposals = view.programme.proposals != nil
        today.newAnswers = try await home.service.unread(of: member.member, in: programme)
        today.waits = try await waits(member.member, view)
        today.hasBoards = !view.programme.leaderboards.isEmpty
        today.hasTeams = !view.teamKinds.isEmpty
        today.mayBringFriends = view.programme.referral != nil
        today.maySendGifts =
            view.programme.units.contains { $0.transfers != nil } || !view.programme.walletKinds.isEmpty
        today.pressure = try await pressure(of: member)
        return today
    }

    /// What is begun and unfinished comes first, then what is to begin, then what is done.
    private static func nearness(_ progress: ChallengeProgress) -> Double {
        progress.done >= progress.target ? -1 : Double(progress.done) / Double(progress.target)
    }

    /// How the member wants to be called; a page without a name greets all the same.
    private func name(of member: SiteMember) async -> String? {
        let fields = try? await home.vault.persons.reveal(
            member.member, fields: [.name], programme: member.programme.id, purpose: .ownPage,
            actor: "member:" + member.member.description, now: engine.clock.now())
        return fields?[.name]?.split(separator: " ").first.map(String.init)
    }

    func stockLeft(_ summary: MemberSummary) -> [String: Int64] {
        var left: [String: Int64] = [:]
        for reward in summary.rewards { left[reward.reward] = reward.left.map { max(0, $0) + reward.offered } }
        return left
    }

    // MARK: What to read

    /// Recent popularity among the makers and topics that the member declared; without any, among everything. What a
    /// member has read is not kept below the level `personal`, so nothing is left out for having been read.
    private func suggestions(_ view: SiteView, _ summary: MemberSummary, follows: [String]) -> [Suggestion] {
        var found: [Suggestion] = []
        var seen: Set<ItemID> = []
        let viewer = viewer(summary, view.programme)
        let kinds: Set<Catalogue.ItemKind> = [.article, .video, .episode]
        func add(_ item: Item, _ reason: SuggestionReason) {
            guard found.count < 4, seen.insert(item.id).inserted else { return }
            found.append(Suggestion(item: view.card(item), reason: reason))
        }
        func popular(_ filter: ItemFilter, limit: Int) -> [Item] {
            home.catalogue.popularity.popular(
                PopularityQuery(days: Self.recentDays, filter: filter, limit: limit), in: view.catalogue, for: viewer,
                now: view.now
            ).map(\.item)
        }
        let topics = Set(texts(summary.traits["topics"]))
        if !topics.isEmpty {
            for item in popular(ItemFilter(topics: topics, kinds: kinds), limit: 2) {
                guard let topic = item.topics.first(where: { topics.contains($0) }) else { continue }
                add(item, .followsTopic(view.topic(topic)))
            }
        }
        for maker in (follows + texts(summary.traits["makers"])).compactMap({ MakerID($0) }) {
            guard let face = view.face(maker) else { continue }
            for item in popular(ItemFilter(kinds: kinds, maker: maker), limit: 1) { add(item, .followsMaker(face)) }
        }
        for item in popular(ItemFilter(kinds: kinds), limit: 6) {
            add(item, .mostPopular(topic: nil, days: Self.recentDays))
        }
        for item in view.catalogue.latest(ItemFilter(kinds: kinds), for: viewer, at: view.now, limit: 8) {
            let age = item.content.publishedAt.map { Int((view.now - $0) / 86_400_000) + 1 } ?? 30
            add(item, .recent(days: max(1, age)))
        }
        return found
    }

    private func viewer(_ summary: MemberSummary, _ programme: Programme) -> Viewer {
        // The publisher's own paywall decides about subscriptions; here a member is shown what subscribers may open.
        Viewer(
            isSubscriber: true, tiers: Set(programme.tiers?.upTo(summary.tier).map(\.id) ?? []),
            badges: Set(summary.badges.keys), entitlements: Set(summary.entitlements.keys))
    }

    private func texts(_ value: JSONValue?) -> [String] {
        guard case .array(let values) = value else { return [] }
        return values.compactMap(\.stringValue)
    }

    // MARK: History

    func history(of member: SiteMember, after: String?, language: PageLanguage) async throws -> Site.HistoryPage? {
        let programme = member.programme.id
        var before: (day: Int32, effect: ID128)?
        if let after {
            let parts = after.split(separator: ".")
            guard parts.count == 2, let day = Int32(parts[0]), let effect = ID128(String(parts[1])) else { return nil }
            before = (day, effect)
        }
        guard let view = view(programme, language),
            let summary = try await engine.summary(of: member.member, in: programme)
        else { throw ProgrammeGone() }
        let page = 50
        let effects = try await engine.history(of: member.member, in: programme, before: before, limit: page)
        return Site.HistoryPage(
            today: LocalDay(daysSinceEpoch: Int(summary.day)), level: summary.profile.level.page,
            balances: view.balances(summary), lines: effects.compactMap { view.line($0, of: summary.profile) },
            older: effects.count == page ? effects.last.map { "\($0.day).\($0.id)" } : nil)
    }

    // MARK: Rewards

    func reward(_ id: String, for member: SiteMember, language: PageLanguage) async throws -> RewardOffer? {
        guard let view = view(member.programme.id, language), let reward = view.compiled.rewards[id]?.reward,
            let summary = try await engine.summary(of: member.member, in: member.programme.id)
        else { return nil }
        var offer = view.offer(reward, summary, left: stockLeft(summary)[id])
        try await addChoices(to: &offer, reward, view, of: member)
        return offer
    }

    func redemption(_ id: String, of member: SiteMember, language: PageLanguage) async throws -> Redemption? {
        let programme = member.programme.id
        guard let hold = ID128(id), let view = view(programme, language) else { return nil }
        let store = LoyaltyStore(programme: programme)
        guard let kept = try await home.database.read({ try store.hold(hold, of: member.member, $0) }),
            let summary = try await engine.summary(of: member.member, in: programme)
        else { return nil }
        let reward = view.compiled.rewards[kept.reward]?.reward
        let thanks = view.programme.texts["thanks.text"]?.wording(language)
        let giver = reward?.maker.flatMap { MakerID($0) }.flatMap { view.face($0) }
        let from = view.programme.texts["thanks.from"]?.wording(language).map { Site.Face(name: $0.text) }
        return Redemption(
            today: LocalDay(daysSinceEpoch: Int(summary.day)), id: id,
            title: reward.map { view.wording($0.name, or: $0.id) } ?? Wording(kept.reward, ""),
            price: view.amount(kept.amount, kept.unit),
            state: kept.state == .open ? .held : kept.state == .confirmed ? .confirmed : .cancelled,
            when: view.moment(kept.openedAt, zone: summary.profile.timeZone ?? view.programme.timeZone),
            thanks: thanks, giver: giver ?? from)
    }

    func publisherSubject(of member: SiteMember) async throws -> String? {
        let names = try await home.vault.persons.externalIdentities(
            of: member.member, programme: member.programme.id, purpose: .ownPage,
            actor: "member:" + member.member.description, now: engine.clock.now())
        return names.first { $0.namespace == .user }?.value
    }
}
