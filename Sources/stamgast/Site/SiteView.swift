import Catalogue
import Loyalty
import Primitives
import Runtime
import Site

/// One programme as a page of one language sees it: turns what the house keeps into what the pages word.
struct SiteView: Sendable {
    let compiled: CompiledProgramme
    let catalogue: CatalogueSnapshot
    let language: PageLanguage
    let zones: SystemZones
    let now: Instant
    /// The demo's newspaper, whose pages stand on this server.
    let publisher: DemoPublisher?
    /// Names of topics that the programme does not word itself.
    let topicNames: [String: ProgrammeText]

    var programme: Programme { compiled.programme }

    // MARK: Texts

    func wording(_ text: ProgrammeText, or fallback: String) -> Wording {
        text.wording(language)
            ?? Wording(fallback.replacing("-", with: " "), programme.languages.first?.rawValue ?? "en")
    }

    func topic(_ id: String) -> Wording {
        if let text = programme.texts["topics." + id]?.wording(language) { return text }
        if let text = topicNames[id]?.wording(language) { return text }
        return Wording(id.prefix(1).uppercased() + id.dropFirst().replacing("-", with: " "), "")
    }

    func unit(_ id: String) -> PointUnit {
        let name = compiled.units[id]?.name.wording(language) ?? Wording(id, language)
        return PointUnit(one: name, other: name)
    }

    func amount(_ count: Int64, _ unitID: String) -> Amount {
        Amount(count.magnitude > UInt64(Int64.max) ? .max : Int64(count.magnitude), unit(unitID))
    }

    // MARK: Items

    func face(_ id: MakerID) -> Site.Face? {
        guard let maker = catalogue.maker(id) else { return nil }
        let portrait: WebLink? =
            switch maker.content.face {
            case .svg: WebLink(path: ["media", "maker", id.text + ".svg"])
            case .image(let address): WebLink(address.text)
            case nil: nil
            }
        return Site.Face(
            name: maker.name, role: maker.content.role.wording(language), portrait: portrait,
            page: maker.content.page.flatMap { WebLink($0.text) })
    }

    func card(_ item: Item) -> ItemCard {
        let seconds = item.content.durationSeconds ?? item.content.wordCount.map { max(60, $0 * 60 / 230) }
        var cover = item.content.image.flatMap { WebLink($0.text) }
        if cover == nil, publisher != nil { cover = WebLink(path: ["media", "cover", item.id.text + ".svg"]) }
        let makers = item.makers.compactMap { id in face(id).map { (id: id.text, face: $0) } }
        var card = ItemCard(
            id: item.id.text, kind: item.kind.page,
            title: item.content.title.wording(language) ?? Wording(item.id.text, ""),
            summary: item.content.standfirst.wording(language),
            link: publisher.map { WebLink(path: [$0.path, item.id.text]) }
                ?? item.content.url.flatMap { WebLink($0.text) },
            cover: cover, makers: makers.map(\.face), topics: item.topics.map { topic($0) },
            series: item.series.flatMap { catalogue.series($0)?.content.title.wording(language) },
            seconds: item.kind == .event ? nil : seconds)
        card.topicIDs = item.content.isSensitive ? [] : item.topics
        card.makerIDs = makers.map(\.id)
        return card
    }

    // MARK: Time

    /// Clock time in a zone.
    func moment(_ instant: Instant, zone: String) -> LocalMoment {
        let local = instant.seconds + (zones.offset(zone: zone, at: instant.seconds) ?? 0)
        let day = Int((Double(local) / 86_400).rounded(.down))
        return LocalMoment(LocalDay(daysSinceEpoch: day), minute: Int((local - Int64(day) * 86_400) / 60))
    }

    // MARK: Progress

    func balance(_ balance: MemberSummary.Balance, zone: String) -> Site.Balance {
        Site.Balance(
            // What is owed shows as what it is: less than nothing.
            active: balance.spendable - balance.owed, pending: balance.pending,
            pendingUntil: balance.nextActivation.map { moment($0.at, zone: zone).day }, unit: unit(balance.unit),
            expiringNext: balance.nextExpiry.map {
                Site.Balance.Expiring(amount: $0.amount, day: moment($0.at, zone: zone).day)
            })
    }

    /// Points only: status credits show as a tier.
    func balances(_ summary: MemberSummary) -> [Site.Balance] {
        summary.balances.filter { compiled.units[$0.unit]?.kind == .points }.map {
            balance($0, zone: summary.profile.timeZone ?? programme.timeZone)
        }
    }

    func progress(_ challenge: Challenge, _ state: MemberSummary.ChallengeProgress?, zone: String) -> ChallengeProgress
    {
        var reward: Amount?
        let next = challenge.completions.first { $0.at > state?.count ?? 0 } ?? challenge.completions.last
        for case .award(let text, let unitID) in next?.reward ?? [] where reward == nil {
            reward = Int64(text).map { amount($0, unitID) }
        }
        var progress = ChallengeProgress(
            id: challenge.id, title: wording(challenge.name, or: challenge.id),
            summary: challenge.why.wording(language), done: min(state?.count ?? 0, state?.target ?? challenge.finish),
            target: state?.target ?? challenge.finish,
            lastDay: state?.endsAt.map { moment($0.adding(milliseconds: -1), zone: zone).day }, reward: reward)
        (progress.shape, progress.parts) = parts(of: challenge, state)
        progress.isShared = challenge.team != nil
        progress.joining = state?.isJoined.map { joined in
            joined ? .joined : state?.isUnlocked == true && state?.isRunning == true ? .open : .locked
        }
        if state?.isRunning == true, state?.isComplete == false { progress.goal = challenge.goal }
        return progress
    }

    /// A challenge's steps, the things of its set, or its tiers.
    private func parts(
        of challenge: Challenge, _ state: MemberSummary.ChallengeProgress?
    ) -> (ChallengeProgress.Shape, [ChallengeProgress.Part]) {
        if case .steps(let steps, _) = challenge.measure {
            let parts = steps.enumerated().map { index, step in
                let done = state.map { $0.steps.indices.contains(index) ? $0.steps[index].count : 0 } ?? 0
                return ChallengeProgress.Part(
                    title: wording(step.name, or: step.event), isDone: done >= step.count,
                    progress: step.count > 1 ? (done, step.count) : nil)
            }
            return (.steps, parts)
        }
        if !challenge.stages.isEmpty {
            let count = state?.count ?? 0
            let parts = challenge.stages.map { stage in
                ChallengeProgress.Part(
                    title: wording(stage.name, or: stage.id), isDone: count >= stage.at,
                    progress: (min(count, stage.at), stage.at))
            }
            return (.tiers, parts)
        }
        let values = state?.values ?? []
        let parts = values.map { value in
            let item = ItemID(value.value).flatMap { catalogue.item($0) }?.content.title.wording(language)
            return ChallengeProgress.Part(
                title: item ?? topic(value.value), isDone: value.isThere)
        }
        return values.isEmpty ? (.plain, []) : (.set, parts)
    }
}
