import Access
import Catalogue
import Loyalty
import Personalisation
import Primitives
import Runtime
import Site
import Storage

/// Recommendations in the console: who may write the catalogue decides about them.
extension SiteAdapter {
    func recommendations(for staff: SiteStaff, language: PageLanguage) async throws -> RecommendationDesk {
        let programme = staff.programme.id
        guard let view = view(programme, language) else { throw ProgrammeGone() }
        let state = try await home.recommendations.state(of: programme)
        let zone = view.programme.timeZone
        let policy = state.policy
        func item(_ id: ItemID) -> Wording {
            view.catalogue.item(id)?.content.title.wording(language) ?? Wording(id.text, "")
        }
        var previews: [RecommendationDesk.Preview] = []
        for persona in view.programme.personas {
            let items = try await home.recommendations.candidates(of: persona, in: programme, limit: 5)
            previews.append(
                RecommendationDesk.Preview(
                    persona: view.wording(persona.name, or: persona.id), items: items.map { item($0.id) }))
        }
        return RecommendationDesk(
            today: view.moment(view.now, zone: zone).day,
            trained: state.trainedAt.map { view.moment($0, zone: zone) }, readers: state.readers, items: state.items,
            known: state.known,
            progress: state.progress.map { Int($0.total == 0 ? 0 : min(100, $0.read * 100 / $0.total)) },
            pins: policy.pins.filter { $0.holds(at: view.now) }.map { pin in
                RecommendationDesk.Entry(
                    id: pin.item.text, title: item(pin.item),
                    until: pin.until.map { view.moment($0, zone: zone).day })
            },
            excludedItems: policy.excludedItems.sorted().map {
                RecommendationDesk.Entry(id: $0.text, title: item($0))
            },
            excludedTopics: policy.excludedTopics.sorted().map {
                RecommendationDesk.Entry(id: $0, title: view.topic($0))
            },
            bounds: RecommendationDesk.Bounds(
                topicShare: policy.topicShare, makerShare: policy.makerShare, oldestDays: policy.oldestDays,
                surpriseLeast: policy.surprise.lowerBound, surpriseMost: policy.surprise.upperBound),
            previews: previews, mayDecide: try await editor(staff) != nil)
    }

    func decide(_ decision: RecommendationDecision, for staff: SiteStaff) async throws -> RecommendationOutcome {
        let programme = staff.programme.id
        guard let principal = try await editor(staff) else { return .refused }
        let now = engine.clock.now()
        let catalogue = home.catalogue.store.snapshot(programme)
        let what: String
        let change: @Sendable (inout EditorialPolicy) -> Void
        switch decision {
        case .pin(let id, let days):
            guard let item = ItemID(id), catalogue.item(item) != nil else { return .unknown }
            let until = days.map { now.adding(milliseconds: Int64($0) * 86_400_000) }
            what = "pin \(id)"
            change = { policy in
                policy.pins.removeAll { $0.item == item || !$0.holds(at: now) }
                policy.pins.append(EditorialPin(item, until: until))
            }
        case .unpin(let id):
            what = "unpin \(id)"
            change = { policy in policy.pins.removeAll { $0.item.text == id } }
        case .excludeItem(let id):
            guard let item = ItemID(id), catalogue.item(item) != nil else { return .unknown }
            what = "exclude item \(id)"
            change = { policy in policy.excludedItems.insert(item) }
        case .admitItem(let id):
            what = "admit item \(id)"
            change = { policy in policy.excludedItems = policy.excludedItems.filter { $0.text != id } }
        case .excludeTopic(let id):
            what = "exclude topic \(id)"
            change = { policy in policy.excludedTopics.insert(id) }
        case .admitTopic(let id):
            what = "admit topic \(id)"
            change = { policy in policy.excludedTopics.remove(id) }
        case .bounds(let bounds):
            guard bounds.isSound else { return .unsound }
            what =
                "topic \(bounds.topicShare) maker \(bounds.makerShare) oldest \(bounds.oldestDays ?? 0) "
                + "surprise \(bounds.surpriseLeast) to \(bounds.surpriseMost)"
            change = { policy in
                policy.topicShare = bounds.topicShare
                policy.makerShare = bounds.makerShare
                policy.oldestDays = bounds.oldestDays
                policy.surprise = bounds.surpriseLeast...bounds.surpriseMost
            }
        }
        let entry = AuditEntry(
            programme: programme, at: now, actor: AuditActor(principal), action: "recommendations.decide",
            object: "programme:\(programme.name)", after: what)
        try await home.recommendations.decide(in: programme, noting: entry, change)
        return .done
    }

    private func editor(_ staff: SiteStaff) async throws -> Principal? {
        guard let id = ID128(staff.staff), let principal = try await home.access.staff.find(id)?.principal,
            principal.allows(.catalogueWrite, in: staff.programme.id)
        else { return nil }
        return principal
    }
}
