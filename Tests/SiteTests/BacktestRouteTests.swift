import HTTPTypes
import HummingbirdTesting
import Testing

@testable import Site

/// The console's pages of changes tried on history.
@Suite struct BacktestRouteTests {
    private static let page = "/console/backtests"

    @Test func aChangeIsLookedAtThenRunAndShownWithItsNumbersBesideTheBars() async throws {
        try await RouteTests.run { client, _ in
            let empty = try await RouteTests.get(client, Self.page, RouteTests.staff)
            var form = [
                "csrf": try RouteTests.hidden("csrf", in: empty), "key": try RouteTests.hidden("key", in: empty),
                "path": "rules/read.yaml", "text": "rule: read\n" + String(repeating: "# long\n", count: 500),
                "do": "check",
            ]
            // Nothing can be run before its difference was seen.
            #expect(!RouteTests.text(empty).contains("value=\"run\""))
            let checked = try await RouteTests.post(client, Self.page, RouteTests.staff, form: form)
            let text = RouteTests.text(checked)
            #expect(checked.status == .ok && text.contains("value=\"run\""))
            #expect(text.contains("rule &lt;read&gt; · limits.0.amount") && text.contains("# long"))
            form["do"] = "run"
            let begun = try await RouteTests.post(client, Self.page, RouteTests.staff, form: form)
            #expect(begun.headers[.location] == "/console/backtests/b1")
            form["text"] = "rul: read"
            let refused = try await RouteTests.post(client, Self.page, RouteTests.staff, form: form)
            #expect(refused.status == .unprocessableContent)
            form["do"] = "check"
            let faulty = try await RouteTests.post(client, Self.page, RouteTests.staff, form: form)
            #expect(faulty.status == .unprocessableContent)
            #expect(RouteTests.text(faulty).contains("rules/a.yaml:3:5"))
            form["do"] = "replay"
            let replay = try await RouteTests.post(client, Self.page, RouteTests.staff, form: form)
            #expect(replay.headers[.location] == "/console/backtests/b2")
            form["key"] = "x"
            #expect(try await RouteTests.post(client, Self.page, RouteTests.staff, form: form).status != .seeOther)

            let result = RouteTests.text(try await RouteTests.get(client, Self.page + "/b1", RouteTests.staff))
            // Two parts with two rules each: a pair of bars and three numbers of each.
            #expect(result.split(separator: "class=\"pair\"", omittingEmptySubsequences: false).count == 5)
            #expect(result.contains("width=\"75\"") && result.contains("width=\"100\""))
            #expect(result.contains("+3,000") || result.contains("+3.000"))
            #expect(try await RouteTests.get(client, Self.page + "/nope", RouteTests.staff).status == .notFound)
            let none = try await RouteTests.get(client, Self.page + "?file=nope.yaml", RouteTests.staff)
            #expect(none.status == .notFound)
        }
    }

    @Test func aRunThatGoesOnLoadsItselfAgainAndFewMembersAreNotCountedOut() throws {
        let shell = Shell(language: .en, title: "", programme: "", path: Self.page)
        let page = BacktestResultPage(
            BacktestSheet(id: "b", kind: .replay, state: .running(0.5)), shell: shell, texts: .of(.en), csrf: "c")
        #expect(page.isMoving && !page.mayStop && page.percent == "50" && page.parts.isEmpty)
        let done = BacktestResultPage(Samples.backtest(.en), shell: shell, texts: .of(.en), csrf: "c")
        let unit = try #require(done.parts.first?.units.first)
        #expect(unit.facts.first == "310 members would have more, few less.")
    }
}
