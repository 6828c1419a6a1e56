import HTTPTypes
import HummingbirdTesting
import Synchronization
import Testing

@testable import Site

/// Twelve questions, what comes of them, and the order of challenges.
@Suite struct StyleTests {
    @Test func answersLeadToAPageAndAreKeptOnlyWhenAsked() async throws {
        let data = FakeSiteData()
        try await RouteTests.run(data) { client, site in
            let token = site.seals.formToken(for: "member-secret")
            func send(_ form: [String: String]) async throws -> (status: Int, location: String?) {
                let answer = try await RouteTests.post(
                    client, "/m/me/style", RouteTests.member, form: form.merging(["csrf": token]) { $1 })
                return (answer.status.code, answer.headers[.location])
            }
            var form = ["do": "answer"]
            for number in 1...12 { form["q\(number)"] = "7" }
            #expect(try await send(form) == (303, "/m/me/style?is=philanthropist"))
            form["q1"] = "4"
            #expect(try await send(form) == (303, "/m/me/style?is=even"))
            form["q12"] = nil
            #expect(try await send(form).status == 422)
            form["q12"] = "8"
            #expect(try await send(form).status == 422)
            #expect(data.state.withLock { $0.chosen.isEmpty }, "answers are kept nowhere")
            let english = RouteTests.member.merging(["accept-language": "en"]) { $1 }
            let result = RouteTests.text(
                try await RouteTests.get(client, "/m/me/style?is=philanthropist", english))
            #expect(result.contains("Doing something for others"))
            #expect(result.contains("value=\"philanthropist\""))
            #expect(
                try await send(["do": "keep", "style": "achiever.free-spirit"]).location == "/m/me/style?done=kept")
            #expect(try await send(["do": "forget"]).location == "/m/me/style?done=removed")
            #expect(data.state.withLock { $0.chosen } == ["style achiever.free-spirit", "style "])
            for style in ["", "hero", "achiever.achiever", "even", "player.achiever.disruptor.socialiser"] {
                let status = try await send(["do": "keep", "style": style]).status
                #expect((400..<500).contains(status), "\(style)")
            }
            let unknown = try await RouteTests.get(client, "/m/me/style?is=hero", RouteTests.member)
            #expect(unknown.status == .notFound)
            let stranger = try await RouteTests.post(client, "/m/me/style", form: ["do": "forget"])
            #expect(stranger.status != .ok)
        }
    }

    @Test func challengesComeInTheMembersOrderAndNoneIsLost() {
        func challenge(_ id: String, done: Int64 = 0, _ change: (inout ChallengeProgress) -> Void) -> ChallengeProgress
        {
            var challenge = ChallengeProgress(id: id, title: Wording(id, .en), done: done, target: 4)
            change(&challenge)
            return challenge
        }
        let all = [
            challenge("plain") { _ in }, challenge("team") { $0.isShared = true },
            challenge("done", done: 4) { $0.isShared = true }, challenge("steps") { $0.shape = .steps },
            challenge("set") { $0.shape = .set }, challenge("joined") { $0.joining = .joined },
        ]
        func order(_ styles: [PlayStyle]) -> [String] { all.ordered(for: styles).map(\.id) }
        #expect(order([]) == all.map(\.id))
        #expect(order([.socialiser]) == ["team", "plain", "done", "steps", "set", "joined"])
        #expect(order([.philanthropist]) == order([.socialiser]))
        #expect(order([.achiever]).first == "steps")
        #expect(order([.freeSpirit]).first == "set")
        #expect(order([.disruptor]).first == "joined")
        #expect(order([.achiever, .socialiser]).prefix(2) == ["team", "steps"])
        for style in PlayStyle.allCases { #expect(Set(order([style])) == Set(all.map(\.id))) }
    }

    @Test func everyQuestionStandsInEveryLanguage() {
        for texts in [Texts.en, .nl, .ja] {
            #expect(texts.styles.questions.count == PlayStyle.questions)
            #expect(Set(texts.styles.questions).count == PlayStyle.questions)
            #expect(texts.styles.answers.count == 7)
        }
    }
}
