import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Synchronization
import Testing

@testable import Site

/// Friends on leaderboards, teams, and leaderboards in the console.
struct TogetherRouteTests {
    @Test func friendsAreConnectedByACodeAndTakenApart() async throws {
        try await RouteTests.run { client, _ in
            let page = try await RouteTests.get(client, "/m/circle", RouteTests.member)
            #expect(page.status == .ok)
            #expect(RouteTests.text(page).contains("Calm Heron 42"))
            let token = try RouteTests.hidden("csrf", in: page)
            let key = try RouteTests.hidden("key", in: page)
            let made = try await RouteTests.post(
                client, "/m/circle/code", RouteTests.member, form: ["csrf": token, "key": key])
            #expect(made.status == .ok && RouteTests.text(made).contains("ABCD-1234-EFGH-5678"))
            let noKey = try await RouteTests.post(
                client, "/m/circle/code", RouteTests.member, form: ["csrf": token, "key": "k"])
            #expect(noKey.status == .badRequest || noKey.status == .unprocessableContent)
            #expect(!RouteTests.text(noKey).contains("ABCD-1234"))
            func enter(_ code: String, csrf: String? = nil) async throws -> TestResponse {
                try await RouteTests.post(
                    client, "/m/circle", RouteTests.member, form: ["csrf": csrf ?? token, "code": code])
            }
            #expect(try await enter("ABCD-1234").headers[.location] == "/m/circle?was=connected")
            #expect(try await enter("nothing").headers[.location] == "/m/circle?was=refused")
            let foreign = try await enter("ABCD-1234", csrf: "x")
            #expect(foreign.headers[.location] == nil && foreign.status != .ok)
            let refused = try await RouteTests.get(client, "/m/circle?was=refused", RouteTests.member)
            #expect(RouteTests.text(refused).contains(Texts.en.together.codeRefused))
            func end(_ id: String) async throws -> TestResponse {
                try await RouteTests.post(client, "/m/circle/" + id, RouteTests.member, form: ["csrf": token])
            }
            #expect(try await end("f%2F1").headers[.location] == "/m/circle?was=parted")
            #expect(try await end("somebody").status == .notFound)
        }
    }

    @Test func aTeamIsBegunJoinedAndLeft() async throws {
        let data = FakeSiteData()
        try await RouteTests.run(data) { client, _ in
            let page = try await RouteTests.get(client, "/m/team", RouteTests.member)
            #expect(page.status == .ok)
            let text = RouteTests.text(page)
            #expect(text.contains(Texts.en.together.reached("12", "20")))
            // What may not be told in numbers is told in quarters, with the reason.
            #expect(text.contains(Texts.en.together.quarters("2")))
            #expect(text.contains(Texts.en.together.quartersWhy))
            #expect(text.contains("Swift Otter 17: 5"))
            let token = try RouteTests.hidden("csrf", in: page)
            let key = try RouteTests.hidden("key", in: page)
            func ask(_ id: String, _ fields: [String: String]) async throws -> TestResponse {
                try await RouteTests.post(
                    client, "/m/team/" + id, RouteTests.member,
                    form: ["csrf": token, "key": key].merging(fields) { $1 })
            }
            let begun = try await ask("new", ["do": "open", "kind": "household"])
            #expect(begun.status == .ok && RouteTests.text(begun).contains("WXYZ-1234-EFGH-5678"))
            #expect(try await ask("new", ["do": "join", "code": "WXYZ-1"]).status == .ok)
            #expect(try await ask("new", ["do": "join", "code": "nothing"]).status == .conflict)
            #expect(try await ask("t%2F1", ["do": "leave"]).status == .conflict)
            #expect(try await ask("t%2F1", ["do": "hide"]).status == .ok)
            let odd = try await ask("t%2F1", ["do": "burn"])
            #expect(odd.status != .ok && odd.status != .conflict)
            #expect(
                data.state.withLock { $0.chosen } == [
                    "team new open(kind: \"household\")", "team new join(code: \"WXYZ-1\")",
                    "team new join(code: \"nothing\")", "team t/1 leave", "team t/1 show(false)",
                ])
        }
    }

    @Test func theConsoleCountsNobodyOfTooFew() async throws {
        try await RouteTests.run { client, _ in
            let page = try await RouteTests.get(client, "/console/boards", RouteTests.staff)
            #expect(page.status == .ok)
            let (text, words) = (RouteTests.text(page), Texts.en.together)
            #expect(text.contains(words.running) && text.contains(words.finished))
            #expect(text.contains(words.everybody(340, "340")) && text.contains(words.cohort("Silver", "41")))
            #expect(text.contains(words.few("20")) && text.contains(words.few("5")))
            #expect(text.contains(words.given(12, "12")) && text.contains(words.stillOpen(1, "1")))
            #expect(text.contains("/console/boards\" aria-current"))
            #expect(try await RouteTests.get(client, "/console/boards").status != .ok)
        }
    }

    @Test func theWayToTeamsAndFriendsIsWhereThereIsSomethingToDo() {
        let texts = Texts.nl
        let shell = Shell(language: .nl, title: "t", programme: "p", path: "/m/play")
        var today = Samples.memberToday(.nl)
        func ways() -> Set<String> {
            Set(PlayPage(today, shell: shell, texts: texts, csrf: "c").links.map(\.href))
        }
        #expect(ways().isDisjoint(with: ["/m/team", "/m/circle"]))
        today.hasTeams = true
        #expect(ways().contains("/m/team"))
        today.hasBoards = true
        #expect(ways().isSuperset(of: ["/m/boards", "/m/circle"]))
    }
}
