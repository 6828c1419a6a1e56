internal import Hummingbird

/// The simulator in the console: nothing of it touches a member.
extension StamgastSite {
    func addSimulator<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/console/simulator") { request, _ in
            let visit = try await staff(of: request)
            return try await simulatorPage(visit, isBusy: request.uri.queryParameters["busy"] != nil)
        }
        router.post("/console/simulator") { request, _ in
            let visit = try await staff(of: request)
            let fields = try await form(request, secret: cookies.value(of: .staff, in: request))
            guard let members = fields["members"].flatMap({ Int($0) }), SimulatorOrder.members.contains(members),
                let days = fields["days"].flatMap({ Int($0) }), SimulatorOrder.days.contains(days),
                let seed = fields["seed"].flatMap({ Int64($0) }), seed >= 0
            else { throw SiteProblem.formUnreadable }
            let order = SimulatorOrder(members: members, days: days, seed: seed)
            let begun = try await data.simulate(order, for: visit.person)
            return redirect(to: begun ? "/console/simulator" : "/console/simulator?busy=1")
        }
    }

    private func simulatorPage(_ visit: Visit<SiteStaff>, isBusy: Bool) async throws -> Response {
        let state = try await data.simulation(for: visit.person, language: visit.texts.language)
        return html(
            SimulatorPage(
                state, shell: shell(visit, path: "/console/simulator"), texts: visit.texts, csrf: visit.csrf,
                isBusy: isBusy))
    }
}
