import HTTPTypes
import HummingbirdTesting
import Synchronization
import Testing

@testable import Site

@Suite struct GamesTests {
    @Test func aQuestionIsAFormThatNeedsNoScript() async throws {
        let data = FakeSiteData()
        try await RouteTests.run(data) { client, site in
            let page = try await RouteTests.get(client, "/m/quizzes/news", RouteTests.member)
            #expect(page.status == .ok)
            let text = RouteTests.text(page)
            #expect(text.contains("action=\"/m/quizzes/news\""))
            #expect(text.contains("value=\"a\""))
            #expect(text.contains("data-seconds=\"42\""))
            let token = site.seals.formToken(for: "member-secret")
            for (form, move) in [
                (["move": "start"], "start"),
                (
                    ["move": "answer", "question": "first", "option": "a"],
                    "answer(question: \"first\", options: [\"a\"], number: nil)"
                ),
                (
                    ["move": "answer", "question": "first", "option-b": "yes", "option-a": "yes"],
                    "answer(question: \"first\", options: [\"a\", \"b\"], number: nil)"
                ),
                (
                    ["move": "answer", "question": "n", "number": "12"],
                    "answer(question: \"n\", options: [], number: Optional(12))"
                ),
                (
                    ["move": "skip", "question": "n", "option": "a"],
                    "answer(question: \"n\", options: [], number: nil)"
                ),
            ] as [([String: String], String)] {
                let forged = try await RouteTests.post(client, "/m/quizzes/news", RouteTests.member, form: form)
                #expect(forged.status == .forbidden)
                let done = try await RouteTests.post(
                    client, "/m/quizzes/news", RouteTests.member, form: form.merging(["csrf": token]) { $1 })
                #expect(done.headers[.location] == "/m/quizzes/news")
                let chosen = data.state.withLock { $0.chosen.last ?? "" }
                #expect(chosen.hasSuffix(move), "\(chosen)")
            }
            for form in [["csrf": token, "move": "answer"], ["csrf": token, "move": "win"], ["csrf": token]] {
                let refused = try await RouteTests.post(client, "/m/quizzes/news", RouteTests.member, form: form)
                #expect(refused.status == .badRequest)
            }
        }
    }

    @Test func whatWasAnsweredIsShownOnceAndNotKept() async throws {
        let data = FakeSiteData()
        try await RouteTests.run(data) { client, site in
            let token = site.seals.formToken(for: "member-secret")
            let ended = try await RouteTests.post(
                client, "/m/quizzes/news", RouteTests.member, form: ["csrf": token, "move": "finish"])
            #expect(ended.status == .ok)
            #expect(RouteTests.text(ended).contains(Texts.en.games.mine))
            #expect(RouteTests.text(ended).contains("Because."))
            let unknown = try await RouteTests.get(client, "/m/quizzes/nope", RouteTests.member)
            #expect(unknown.status == .notFound)
        }
    }

    @Test func predictionsAndOutcomesAreForms() async throws {
        let data = FakeSiteData()
        try await RouteTests.run(data) { client, site in
            let page = try await RouteTests.get(client, "/m/games", RouteTests.member)
            let text = RouteTests.text(page)
            #expect(text.contains("action=\"/m/contests/final\""))
            #expect(text.contains("name=\"home\""))
            // No form where there is nothing to predict any more.
            #expect(!text.contains("action=\"/m/contests/seats\""))
            #expect(!text.contains("action=\"/m/contests/others\""))
            let token = site.seals.formToken(for: "member-secret")
            for (form, chosen) in [
                (["home": "2", "away": "1"], "predict score(2, 1)"), (["undo": "yes"], "predict nothing"),
                (["number": "7"], "predict number(7)"), (["option": "a"], "predict option(\"a\")"),
            ] {
                let done = try await RouteTests.post(
                    client, "/m/contests/final", RouteTests.member, form: form.merging(["csrf": token]) { $1 })
                #expect(done.headers[.location] == "/m/games")
                #expect(data.state.withLock { $0.chosen.last } == chosen)
            }
            for (path, form) in [("/m/contests/seats", ["number": "7"]), ("/m/contests/final", ["home": "2"])] {
                let refused = try await RouteTests.post(
                    client, path, RouteTests.member, form: form.merging(["csrf": token]) { $1 })
                #expect(refused.headers[.location] == "/m/games?refused=1")
            }
            let console = try await RouteTests.get(client, "/console/games", RouteTests.staff)
            #expect(RouteTests.text(console).contains("action=\"/console/contests/seats/outcome\""))
            // What is still open has no outcome yet.
            #expect(!RouteTests.text(console).contains("action=\"/console/contests/final/outcome\""))
            let secret = site.seals.formToken(for: "staff-secret")
            let settled = try await RouteTests.post(
                client, "/console/contests/final/outcome", RouteTests.staff,
                form: ["csrf": secret, "home": "1", "away": "0"])
            #expect(settled.headers[.location] == "/console/games?settled=done")
            let refused = try await RouteTests.post(
                client, "/console/contests/nope/outcome", RouteTests.staff, form: ["csrf": secret, "undo": "yes"])
            #expect(refused.headers[.location] == "/console/games?settled=refused")
            let member = try await RouteTests.post(
                client, "/console/contests/final/outcome", RouteTests.member,
                form: ["csrf": token, "home": "1", "away": "0"])
            #expect(member.status != .seeOther || member.headers[.location]?.hasPrefix("/console/games") != true)
        }
    }

    @Test func noWordHurriesOrShames() {
        for texts in [Texts.nl, .en, .ja] {
            let words = [
                texts.games.notPassed, texts.games.timeOver, texts.games.timeNote, texts.games.used,
                texts.games.solutionsLater, texts.games.nothingPredicted,
            ]
            for word in words {
                for bad in [
                    "fail", "lost", "wrong", "hurry", "quick", "helaas", "fout", "gezakt", "snel", "失敗", "残念", "急",
                ] {
                    #expect(!word.lowercased().contains(bad), "\(word)")
                }
            }
        }
    }
}
