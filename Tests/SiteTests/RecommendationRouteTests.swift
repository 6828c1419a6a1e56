import HTTPTypes
import HummingbirdTesting
import Primitives
import Synchronization
import Testing

@testable import Site

/// What editors decide about recommendations, and what everybody may know of personas.
@Suite struct RecommendationRouteTests {
    @Test func editorsDecideWithTheirSessionAndToken() async throws {
        let data = FakeSiteData()
        let path = "/console/recommendations"
        try await RouteTests.run(data) { client, site in
            let token = site.seals.formToken(for: "staff-secret")
            let forms: [([String: String], RecommendationOutcome)] = [
                (["do": "pin", "id": "a", "days": "3"], .done), (["do": "pin", "id": "a", "days": ""], .done),
                (["do": "pin", "id": "nothing"], .unknown), (["do": "pin", "id": "a", "days": "0"], .unsound),
                (["do": "pin", "id": ""], .unsound), (["do": "unpin", "id": "a"], .done),
                (["do": "exclude", "kind": "topic", "id": "crime"], .done), (["do": "admit", "id": "x"], .done),
                (
                    ["do": "bounds", "topic": "30", "maker": "30", "oldest": "", "least": "5", "most": "40"], .done
                ),
                (
                    ["do": "bounds", "topic": "30", "maker": "30", "oldest": "", "least": "41", "most": "40"], .unsound
                ),
                (["do": "bounds", "topic": "0", "maker": "30", "least": "0", "most": "40"], .unsound),
                (["do": "what", "id": "a"], .unsound),
            ]
            for (form, outcome) in forms {
                let forged = try await RouteTests.post(
                    client, path, RouteTests.staff, form: form.merging(["csrf": "x"]) { $1 })
                #expect(forged.status == .forbidden)
                let before = data.state.withLock { $0.chosen.count }
                let done = try await RouteTests.post(
                    client, path, RouteTests.staff, form: form.merging(["csrf": token]) { $1 })
                #expect(done.status == .seeOther)
                #expect(done.headers[.location] == "\(path)?done=\(outcome.rawValue)", "\(form)")
                #expect(data.state.withLock { $0.chosen.count } == before + (outcome == .done ? 1 : 0))
            }
        }
    }

    @Test func whoMayOnlyLookGetsNoForms() throws {
        let shell = Shell(language: .en, title: "", programme: "", path: "/console/recommendations")
        var desk = Samples.recommendations(.en)
        let renderer = try Renderer()
        #expect(renderer.render(RecommendationsPage(desk, shell: shell, texts: .en, csrf: "c")).html.contains("<form"))
        desk.mayDecide = false
        #expect(!renderer.render(RecommendationsPage(desk, shell: shell, texts: .en, csrf: "c")).html.contains("<form"))
    }

    @Test func personasAreForEverybody() async throws {
        try await RouteTests.run(FakeSiteData()) { client, _ in
            let path = "/personas/\(Samples.programme.id.name)"
            let (known, unknown) = (
                try await RouteTests.get(client, path), try await RouteTests.get(client, "/personas/nobody")
            )
            #expect(known.status == .ok)
            #expect(unknown.status == .notFound)
        }
    }
}
