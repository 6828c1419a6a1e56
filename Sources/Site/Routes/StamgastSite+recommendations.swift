internal import Hummingbird

/// Recommendations in the console.
extension StamgastSite {
    static let recommendations = "/console/recommendations"

    func addRecommendationsConsole<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get(RouterPath(Self.recommendations)) { request, _ in
            let visit = try await staff(of: request)
            let desk = try await data.recommendations(for: visit.person, language: visit.texts.language)
            return html(
                RecommendationsPage(
                    desk, shell: shell(visit, path: Self.recommendations), texts: visit.texts, csrf: visit.csrf,
                    outcome: told("done", in: request)))
        }
        router.post(RouterPath(Self.recommendations)) { request, _ in
            let visit = try await staff(of: request)
            let fields = try await form(request, secret: cookies.value(of: .staff, in: request))
            let outcome: RecommendationOutcome
            if let decision = Self.decision(fields) {
                outcome = try await data.decide(decision, for: visit.person)
            } else {
                outcome = .unsound
            }
            return redirect(to: "\(Self.recommendations)?done=\(outcome.rawValue)")
        }
    }

    /// `nil` for a form with something that cannot be.
    private static func decision(_ fields: [String: String]) -> RecommendationDecision? {
        func number(_ name: String) -> Int? { fields[name].flatMap { Int($0) } }
        let id = fields["id"] ?? ""
        if fields["do"] == "bounds" {
            guard let topic = number("topic"), let maker = number("maker"), let least = number("least"),
                let most = number("most")
            else { return nil }
            let oldest = fields["oldest"] ?? ""
            guard oldest.isEmpty || Int(oldest) != nil else { return nil }
            let bounds = RecommendationDesk.Bounds(
                topicShare: topic, makerShare: maker, oldestDays: Int(oldest), surpriseLeast: least,
                surpriseMost: most)
            return bounds.isSound ? .bounds(bounds) : nil
        }
        guard (1...200).contains(id.utf8.count) else { return nil }
        switch fields["do"] {
        case "pin":
            let days = fields["days"] ?? ""
            guard days.isEmpty || Int(days).map({ (1...365).contains($0) }) ?? false else { return nil }
            return .pin(id, days: Int(days))
        case "unpin": return .unpin(id)
        case "exclude": return fields["kind"] == "topic" ? .excludeTopic(id) : .excludeItem(id)
        case "admit": return fields["kind"] == "topic" ? .admitTopic(id) : .admitItem(id)
        default: return nil
        }
    }
}
