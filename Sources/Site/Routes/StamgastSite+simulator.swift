internal import Hummingbird

/// The simulator in the console: nothing of it touches a member.
extension StamgastSite {
    private static var simulator: String { "/console/simulator" }

    func addSimulator<Context: RequestContext>(to router: some RouterMethods<Context>) {
        addBacktests(to: router)
        router.get("/console/simulator") { request, _ in
            let visit = try await staff(of: request)
            let run = request.uri.queryParameters["run"].map(String.init)
            return try await simulatorPage(visit, run: run, note: told("note", in: request))
        }
        router.post("/console/simulator") { request, _ in
            let visit = try await staff(of: request)
            let fields = try await form(
                request, secret: cookies.value(of: .staff, in: request), limit: SimulatorOrder.formBytes)
            guard let members = fields["members"].flatMap({ Int($0) }), SimulatorOrder.members.contains(members),
                let days = fields["days"].flatMap({ Int($0) }), SimulatorOrder.days.contains(days),
                let seed = fields["seed"].flatMap({ Int64($0) }), seed >= 0, let key = fields["key"],
                (1...100).contains(key.utf8.count)
            else { throw SiteProblem.formUnreadable }
            let order = SimulatorOrder(
                members: members, days: days, seed: seed, candidate: fields["candidate"] ?? "")
            switch try await data.simulate(order, for: visit.person, key: key) {
            case .begun(let run): return redirect(to: Self.simulator + "?run=" + run)
            case .full: return redirect(to: Self.simulator + "?note=busy")
            case .refused(let problems):
                return try await simulatorPage(visit, run: nil, order: order, problems: problems)
            }
        }
    }

    private func simulatorPage(
        _ visit: Visit<SiteStaff>, run: String?, note: SimulatorPage.Note? = nil, order: SimulatorOrder? = nil,
        problems: [SimulatorProblem] = []
    ) async throws -> Response {
        let desk = try await data.simulator(run: run, for: visit.person, language: visit.texts.language)
        let page = SimulatorPage(
            desk, order: order, problems: problems, note: note, shell: shell(visit, path: Self.simulator),
            texts: visit.texts, csrf: visit.csrf, key: randomHex())
        return html(page, status: problems.isEmpty ? .ok : .unprocessableContent)
    }
}
