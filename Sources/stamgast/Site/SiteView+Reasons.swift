import Catalogue
import Loyalty
import Personalisation
import Primitives
import Runtime
import Site

extension SiteView {
    /// A reason as the pages word it.
    func reason(_ cause: RecommendationCause, for item: Item) -> SuggestionReason {
        switch cause.reason {
        case .chosenByEditors: return .chosenByEditors
        case .besideRead:
            let read = cause.because.first
            let title = read.flatMap { catalogue.item($0)?.content.title.wording(language) }
            return .besideRead(title ?? Wording(read?.text ?? "", ""))
        case .sameTopic(let id): return .sameTopic(topic(id))
        case .declaredTopic(let id): return .followsTopic(topic(id))
        case .personaTopic(let id): return .personaTopic(topic(id))
        case .followedMaker(let id): return .followsMaker(face(id) ?? Site.Face(name: id.text))
        case .popularNow: return .mostPopular(topic: nil, days: Recommendations.popularDays)
        case .surprise: return .surprise
        case .recent:
            let age = item.content.publishedAt.map { Int((now - $0) / 86_400_000) + 1 } ?? 30
            return .recent(days: max(1, age))
        }
    }
}
