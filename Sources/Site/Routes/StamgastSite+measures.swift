internal import Hummingbird

extension StamgastSite {
    func addMeasures<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/console/measures") { request, _ in
            let visit = try await staff(of: request)
            let measures = try await data.measures(for: visit.person, language: visit.texts.language)
            return html(MeasuresPage(measures, shell: shell(visit, path: Self.aggregates), texts: visit.texts))
        }
    }
}
