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
                "csrf": try RouteTests.hidden("csrf", in: page), "key": try RouteTests.hidden("key", in: page),
                "members": "400", "days": "30", "seed": "7", "candidate": "",
            ]
            let begun = try await RouteTests.post(client, "/console/simulator", RouteTests.staff, form: form)
            #expect(begun.status == .seeOther && begun.headers[.location] == "/console/simulator?run=0e")
            let busy = try await RouteTests.post(
                client, "/console/simulator", RouteTests.staff, form: form.merging(["members": "1500"]) { $1 })
            #expect(busy.headers[.location] == "/console/simulator?note=busy")
            let unread = try await RouteTests.post(
                client, "/console/simulator", RouteTests.staff, form: form.merging(["candidate": "broken"]) { $1 })
            #expect(unread.status == .unprocessableContent)
            #expect(RouteTests.text(unread).contains("There is &lt;no&gt; unit."))
            #expect(RouteTests.text(unread).contains(">broken</textarea>"), "what was written stays")
            for wrong in [["members": "10"], ["days": "100000"], ["seed": "-1"], ["members": "many"]] {
                let refused = try await RouteTests.post(
                    client, "/console/simulator", RouteTests.staff, form: form.merging(wrong) { $1 })
                #expect(refused.status != .seeOther, "\(wrong)")
            }
        }
    }

    @Test func aRunningSimulationShowsHowFarItIsAndLoadsItselfAgain() {
        let page = SimulatorPage(
            Samples.simulatorDesk(.nl, .running(0.4)),
            shell: Shell(language: .nl, title: "", programme: "", path: "/console/simulator"), texts: .of(.nl),
            csrf: "c",
            key: "k")
        #expect(page.isMoving && page.percent == "40" && page.result == nil)
    }

    @Test func differencesAreSaidInPercentagePointsOfTheLanguage() throws {
        for (language, low, high) in [(Language.nl, "−5,2", "+10,4"), (.en, "−5.2", "+10.4"), (.ja, "−5.2", "+10.4")] {
            let page = SimulatorPage(
                Samples.simulatorDesk(language),
                shell: Shell(language: language, title: "", programme: "", path: "/console/simulator"),
                texts: .of(language), csrf: "c", key: "k")
            let result = try #require(page.result)
            #expect(result.holdOut.contains(low) && result.holdOut.contains(high), "\(result.holdOut)")
            #expect(result.units.first?.bars.count == 2)
        }
    }

    @Test func aCandidateIsShownBesideTheProgrammeInForceAsAPictureAndATable() throws {
        let page = SimulatorPage(
            Samples.simulatorDesk(.nl, .done(Samples.compared(.nl))),
            shell: Shell(language: .nl, title: "", programme: "", path: "/console/simulator"), texts: .of(.nl),
            csrf: "c",
            key: "k")
        let result = try #require(page.result)
        #expect(result.isCompared && result.isDerived)
        // What is the same in both is no difference.
        #expect(result.differences.map(\.difference) == ["+3.000", "+40", "−0,7"])
        #expect(result.differences.map(\.isLess) == [false, false, true])
        // The bar of what was nothing goes as far as a bar can; the middle is 100.
        #expect(result.differences[1].start == 100 && result.differences[1].length == 100)
        #expect(result.differences[2].start + result.differences[2].length == 100)
        let unit = try #require(result.units.first)
        #expect(unit.bars.count == 4 && unit.bars.count(where: \.isCandidate) == 2)
        #expect(unit.weeks.map(\.candidate) == ["3.000", "14.000"])
    }
}
