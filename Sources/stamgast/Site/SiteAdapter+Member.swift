import Catalogue
import Loyalty
import Personalisation
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
        let chosen = try await chosenRewards(view, summary, left: left, of: member)
        let privilege = view.privilege(summary, chosen: chosen[.privilege])
        var today = MemberToday(
            today: LocalDay(daysSinceEpoch: Int(summary.day)), name: await name(of: member),
            level: summary.profile.level.page,
            suggestions: try await suggestions(view, of: member),
            privilege: privilege,
            challenges: view.programme.challenges.map { challenge in
                view.progress(challenge, summary.challenges.first { $0.challenge == challenge.id }, zone: zone)
            }.sorted { Self.nearness($0) > Self.nearness($1) },
            streaks: view.streaks(summary), pause: view.pause(summary), tier: view.tier(summary),
            badges: view.badges(summary),
            reward: view.bestReward(summary, left: left, beside: privilege, chosen: chosen[.reward]),
            balances: view.balances(summary))
        today.measures = try await measures(of: member, view)
        today.playStyles = try await usedPlayStyle(summary, of: member)
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
        // Children are not asked for what is not open to them.
        if try await !profiling(of: member).isAsked {
            today.asksProfiling = try await engine.mayBeProfiled(member.member, in: programme)
        }
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

    /// One thing that fits, and a few to go on with, from what the member's level allows; see ``Recommend``.
    private func suggestions(_ view: SiteView, of member: SiteMember) async throws -> [Suggestion] {
        let request = RecommendationRequest(limit: 4, kinds: [.article, .video, .episode])
        let answer = try await home.recommendations.list(
            for: member.member, in: member.programme.id, request, objects: member.globalPrivacyControl)
        return answer.items.map { recommended in
            let reasons = recommended.causes.map { view.reason($0, for: recommended.item) }
            return Suggestion(
                item: view.card(recommended.item), reason: reasons.first ?? .chosenByEditors,
                also: Array(reasons.dropFirst()))
        }
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

    func earnsByTokens(_ member: SiteMember) async throws -> Bool {
        try await engine.summary(of: member.member, in: member.programme.id)?.profile.level == .persona
    }
}
