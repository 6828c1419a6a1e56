internal import Hummingbird
internal import Primitives

/// What members join, and choose about challenges.
extension StamgastSite {
    func addChallenges<Context: RequestContext>(to router: some RouterMethods<Context>) {
        for (word, joins) in [("join", true), ("leave", false)] {
            router.post("/m/challenges/{id}/\(word)") { request, context in
                let visit = try await member(of: request)
                _ = try await form(request, secret: cookies.value(of: .member, in: request))
                let challenge = try parameter("id", of: context)
                guard try await data.takePart(joins, in: challenge, for: visit.person) else {
                    throw SiteProblem.notFound
                }
                return redirect(to: "/m/play")
            }
        }
        router.post("/m/challenges/{id}/goal") { request, context in
            let visit = try await member(of: request)
            let fields = try await form(request, secret: cookies.value(of: .member, in: request))
            guard let target = fields["target"].flatMap({ Int64($0) }),
                try await data.aim(at: target, in: parameter("id", of: context), for: visit.person)
            else { throw SiteProblem.formUnreadable }
            return redirect(to: "/m/play")
        }
    }
}
