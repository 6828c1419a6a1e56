import HTTPTypes
import HummingbirdTesting
import Testing

@testable import Site

/// The simulator's page in the console.
@Suite struct SimulatorRouteTests {
    @Test func aSimulationIsOrderedAndShownWithItsFiguresBehindTheChart() async throws {
        try await RouteTests.run { client, _ in
            let page = try await RouteTests.get(client, "/console/simulator", RouteTests.staff)
            #expect(page.status == .ok)
            let text = RouteTests.text(page)
            // Two weeks: two bars, and a table with both.
            #expect(text.split(separator: "<rect class=\"chart-awards\"", omittingEmptySubsequences: false).count == 3)
            #expect(text.contains("Five &lt;stories&gt;") && text.contains("<code>long-read</code>"))
            #expect(!text.contains("http-equiv=\"refresh\""))
            let form = [
                "csrf": try RouteTests.hidden("csrf", in: page), "members": "400", "days": "30", "seed": "7",
            ]
            let begun = try await RouteTests.post(client, "/console/simulator", RouteTests.staff, form: form)
            #expect(begun.status == .seeOther && begun.headers[.location] == "/console/simulator")
            let busy = try await RouteTests.post(
                client, "/console/simulator", RouteTests.staff, form: form.merging(["members": "1500"]) { $1 })
            #expect(busy.headers[.location] == "/console/simulator?busy=1")
            for wrong in [["members": "10"], ["days": "100000"], ["seed": "-1"], ["members": "many"]] {
                let refused = try await RouteTests.post(
                    client, "/console/simulator", RouteTests.staff, form: form.merging(wrong) { $1 })
                #expect(refused.status != .seeOther, "\(wrong)")
            }
        }
    }

    @Test func aRunningSimulationShowsHowFarItIsAndLoadsItselfAgain() {
        let page = SimulatorPage(
            .running(0.4), shell: Shell(language: .nl, title: "", programme: "", path: "/console/simulator"),
            texts: .of(.nl), csrf: "c")
        #expect(page.isMoving && page.percent == "40" && page.result == nil)
    }

    @Test func differencesAreSaidInPercentagePointsOfTheLanguage() throws {
        for (language, low, high) in [(Language.nl, "−5,2", "+10,4"), (.en, "−5.2", "+10.4"), (.ja, "−5.2", "+10.4")] {
            let page = SimulatorPage(
                .done(Samples.simulation(language)),
                shell: Shell(language: language, title: "", programme: "", path: "/console/simulator"),
                texts: .of(language), csrf: "c")
            let result = try #require(page.result)
            #expect(result.holdOut.contains(low) && result.holdOut.contains(high), "\(result.holdOut)")
            #expect(result.units.first?.bars.count == 2)
        }
    }
}
