internal import Hummingbird
internal import Primitives

extension StamgastSite {
    func addReviews<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/console/reviews") { request, _ in
            let visit = try await staff(of: request)
            let queue = try await data.reviews(for: visit.person, language: visit.texts.language)
            return html(
                ReviewsPage(
                    queue, shell: shell(visit, path: "/console/reviews"), texts: visit.texts, csrf: visit.csrf,
                    decided: request.uri.queryParameters["decided"].flatMap { Int64(String($0)) }))
        }
        router.post("/console/reviews") { request, _ in
            let visit = try await staff(of: request)
            let fields = try await form(request, secret: cookies.value(of: .staff, in: request))
            guard let check = fields["check"], let reason = fields["reason"], !reason.isEmpty,
                reason.unicodeScalars.count <= 500, let decision = fields["decision"],
                ["release", "refuse"].contains(decision)
            else { throw SiteProblem.formUnreadable }
            var day: LocalDay?
            if let text = fields["day"] {
                guard let date = CivilDate(text) else { throw SiteProblem.formUnreadable }
                day = LocalDay(year: date.year, month: date.month, day: date.day)
            }
            var device: Int64?
            if let text = fields["device"] {
                guard let number = Int64(text) else { throw SiteProblem.formUnreadable }
                device = number
            }
            let count = try await data.decide(
                ReviewChoice(
                    releases: decision == "release", check: check, member: fields["member"], day: day, device: device,
                    reason: reason),
                for: visit.person)
            return redirect(to: "/console/reviews\(device == nil ? "" : "/devices")?decided=\(count)")
        }
        router.get("/console/reviews/devices") { request, _ in
            let visit = try await staff(of: request)
            let queue = try await data.devices(for: visit.person, language: visit.texts.language)
            return html(
                DevicesPage(
                    queue, shell: shell(visit, path: "/console/reviews"), texts: visit.texts, csrf: visit.csrf,
                    decided: request.uri.queryParameters["decided"].flatMap { Int64(String($0)) }))
        }
    }
}
