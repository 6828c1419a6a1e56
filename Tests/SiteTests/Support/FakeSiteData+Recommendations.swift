import Synchronization

@testable import Site

extension Samples {
    static func recommendations(_ language: Language) -> RecommendationDesk {
        let title = Wording("Opera & <water>", "nl")
        return RecommendationDesk(
            today: today, trained: LocalMoment(today, minute: 615), readers: 120, items: 400, known: 310, progress: 40,
            pins: [.init(id: "a", title: title, until: today), .init(id: "b/\"c\"", title: title)],
            excludedItems: [.init(id: "x", title: title)], excludedTopics: [.init(id: "crime", title: title)],
            bounds: .init(topicShare: 50, makerShare: 40, oldestDays: 30, surpriseLeast: 0, surpriseMost: 50),
            previews: [.init(persona: title, items: [title, title]), .init(persona: title, items: [])],
            mayDecide: true)
    }

    static let bareRecommendations = RecommendationDesk(
        today: today,
        bounds: .init(topicShare: 50, makerShare: 50, oldestDays: nil, surpriseLeast: 0, surpriseMost: 50),
        mayDecide: false)
}

extension FakeSiteData {
    func recommendations(for staff: SiteStaff, language: Language) async throws -> RecommendationDesk {
        Samples.recommendations(language)
    }

    func decide(_ decision: RecommendationDecision, for staff: SiteStaff) async throws -> RecommendationOutcome {
        if case .pin("nothing", _) = decision { return .unknown }
        state.withLock { $0.chosen.append("\(decision)") }
        return .done
    }
}
