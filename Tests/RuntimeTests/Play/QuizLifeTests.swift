import Access
import Loyalty
import Primitives
import Runtime
import Storage
import TestSupport
import Testing
import Vault

/// Quizzes from start to award, on both engines.
@Suite struct QuizLifeTests {
    static let quiz = Quiz(
        id: "news",
        questions: (0..<3).map { index in
            Quiz.Question(
                id: "q\(index)",
                kind: .choice(
                    Quiz.Choice(
                        options: [Quiz.Option(id: "yes"), Quiz.Option(id: "no")], right: 0b01, isMultiple: false)))
        }, pass: 2, tries: Quiz.Tries(times: 2, period: .week), timeMilliseconds: 60_000,
        questionMilliseconds: 20_000, reward: [.award(amount: "9", unit: "ink"), .badge("reader")])

    static let programme: Programme = {
        var programme = SampleProgramme.programme
        programme.quizzes = [quiz]
        programme.rules.append(
            Rule(
                id: "quizzer", trigger: "quiz.finished", condition: "event.quiz == 'news' && event.most == 3",
                effects: [.award(amount: "event.score", unit: "ink"), .progress(challenge: "visitor", by: 1)]))
        return programme
    }()

    private func play(_ test: TestEngine, _ member: MemberID, _ command: PlayCommand) async throws -> PlayAnswer {
        try #require(try await test.engine.perform(.play(command), member: member, in: test.programme).play)
    }

    private func answer(
        _ test: TestEngine, _ member: MemberID, _ answers: [Bool], from first: Int = 0
    ) async throws -> PlayAnswer {
        var last = PlayAnswer()
        for (index, isRight) in answers.enumerated() {
            last = try await play(
                test, member,
                .answerQuiz("news", question: "q\(first + index)", .options([isRight ? "yes" : "no"])))
        }
        return last
    }

    private func ink(_ test: TestEngine, _ member: MemberID) async throws -> Int64 {
        let summary = try await test.engine.summary(of: member, in: test.programme)
        return try #require(summary?.balances.first { $0.unit == "ink" }).spendable
    }

    private func refusal(_ work: () async throws -> PlayAnswer) async -> PlayProblem? {
        do {
            _ = try await work()
            return nil
        } catch PipelineProblem.command(.play(let problem)) {
            return problem
        } catch {
            return nil
        }
    }

    private func clean(_ test: TestEngine) async throws {
        let report = try await test.verify()
        #expect(report.differenceCount == 0, "\(report.differences)")
    }

    @Test(arguments: TestDatabases.engines) func passingGivesOnceInAPeriod(kind: Storage.Engine) async throws {
        try await TestEngine.with(kind, Self.programme) { test in
            let ann = try await test.member("ann")
            #expect(await refusal { try await self.answer(test, ann, [true]) } == .noAttempt)
            let started = try await play(test, ann, .startQuiz("news"))
            #expect(started.quiz?.running?.question == 0)
            #expect(started.quiz?.triesLeft == 1)
            // A reload, and the same answer again, change nothing.
            #expect(try await play(test, ann, .startQuiz("news")) == started)
            _ = try await answer(test, ann, [true])
            #expect(try await answer(test, ann, [false]).quiz?.running?.answered == 1)
            #expect(await refusal { try await self.answer(test, ann, [true], from: 2) } == .otherQuestion("q1"))
            let ended = try await answer(test, ann, [false, true], from: 1)
            #expect(ended.ended?.answers == [.options(0b01), .options(0b10), .options(0b01)])
            #expect(ended.quiz?.result?.score == 2)
            #expect(ended.quiz?.result?.passed == true)
            #expect(ended.quiz?.showsSolutions == true)
            // 9 for passing, 2 by the rule.
            #expect(try await ink(test, ann) == 11)
            let again = try await play(test, ann, .finishQuiz("news"))
            #expect(again.ended == nil)
            #expect(again.quiz?.result?.answers == [])
            _ = try await play(test, ann, .startQuiz("news"))
            #expect(try await answer(test, ann, [true, true, true]).quiz?.result?.score == 3)
            // The rule counts every attempt; the reward comes once in the week.
            #expect(try await ink(test, ann) == 14)
            let next = try #require(ended.quiz).quiz
            #expect(next == "news")
            #expect(await refusal { try await self.play(test, ann, .startQuiz("news")) } == .noTryLeft(20_780))
            let summary = try #require(try await test.engine.summary(of: ann, in: test.programme))
            #expect(summary.badges["reader"] != nil)
            #expect(summary.challenges.first { $0.challenge == "visitor" }?.count == 2)
            #expect(try await test.engine.quizCounts(in: test.programme)["news"]?.finished == 2)
            #expect(try await test.engine.quizCounts(in: test.programme)["news"]?.passed == 2)
            #expect(try await test.engine.quizCounts(in: test.programme)["news"]?.meanScore == nil)
            try await clean(test)
            try await test.erasure.erase(ann, in: test.programme, by: .server)
            #expect(try await test.engine.quizCounts(in: test.programme)["news"]?.finished == 0)
            try await clean(test)
        }
    }

    @Test(arguments: TestDatabases.engines) func timeRunsOutByItself(kind: Storage.Engine) async throws {
        try await TestEngine.with(kind, Self.programme) { test in
            let ann = try await test.member("ann")
            _ = try await play(test, ann, .startQuiz("news"))
            _ = try await answer(test, ann, [true])
            test.clock.advance(milliseconds: 20_000)
            // Too late for the second question: it counts as none, and the third has its own time.
            #expect(try await answer(test, ann, [true], from: 1).quiz?.running?.question == 2)
            test.clock.advance(milliseconds: 40_000)
            // Reading is exact before anything has run.
            let before = try await test.engine.summary(of: ann, in: test.programme)?.quizzes.first
            #expect(before?.running == nil)
            #expect(before?.result?.score == 1)
            #expect(before?.showsSolutions == false)
            #expect(try await ink(test, ann) == 0)
            #expect(try await Keeper.settle(test.engine, test.programme, at: test.clock.now()) == 1)
            #expect(try await Keeper.settle(test.engine, test.programme, at: test.clock.now()) == 0)
            // Not passed: only the rule gave, and nobody is told off.
            #expect(try await ink(test, ann) == 1)
            let history = try await test.engine.history(of: ann, in: test.programme, limit: 50)
            #expect(history.map(\.source) == ["quizzer"])
            #expect(await refusal { try await self.answer(test, ann, [true], from: 2) } == .noAttempt)
            try await clean(test)
        }
    }

    @Test func aChangedQuizSetsTheAttemptAside() async throws {
        try await TestEngine.with(.sqlite, Self.programme) { test in
            let ann = try await test.member("ann")
            _ = try await play(test, ann, .startQuiz("news"))
            _ = try await answer(test, ann, [true])
            var changed = Self.programme
            changed.quizzes[0].questions[2].points = 2
            test.engine.host.put(try CompiledProgramme(changed, version: 2, zones: test.engine.zones))
            #expect(await refusal { try await self.answer(test, ann, [true], from: 1) } == .noAttempt)
            let started = try await play(test, ann, .startQuiz("news"))
            #expect(started.quiz?.running?.answered == 0)
            #expect(started.quiz?.triesLeft == 1)
            try await clean(test)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func twoRecordsOfOnePersonArePaidOnce(kind: Storage.Engine) async throws {
        try await TestEngine.with(kind, Self.programme) { test in
            let user = try #require(ExternalIdentity(.user, "ann"))
            let device = try #require(ExternalIdentity(.anonymous, "device"))
            let ann = try await test.member("ann")
            let other = try #require(
                try await test.engine.identities.resolve([device], programme: test.programme, now: test.clock.now())
                    .first)
            for member in [ann, other] {
                _ = try await play(test, member, .startQuiz("news"))
                _ = try await answer(test, member, [true, true, true])
                #expect(try await ink(test, member) == 12)
            }
            _ = try await test.engine.identify(user: user, previous: device, in: test.programme)
            // 9 + 3 + 3: the second reward went back, and both tries are used.
            #expect(try await ink(test, ann) == 15)
            #expect(await refusal { try await self.play(test, ann, .startQuiz("news")) } == .noTryLeft(20_780))
            try await clean(test)
        }
    }

    /// Two members answer the same questions, each right where the other is wrong. Once the attempts are over, who answered
    /// what leaves no trace.
    @Test(arguments: TestDatabases.engines) func answersAreForgotten(kind: Storage.Engine) async throws {
        func dump(_ swapped: Bool) async throws -> [String] {
            var lines: [String] = []
            try await TestEngine.with(kind, Self.programme, seed: 42) { test in
                for (user, isFirst) in [("a", !swapped), ("b", swapped)] {
                    let member = try await test.member(user)
                    _ = try await play(test, member, .startQuiz("news"))
                    test.clock.advance(milliseconds: isFirst ? 1_000 : 3_000)
                    _ = try await answer(test, member, isFirst ? [true, false, true] : [true, true, false])
                    test.clock.set(TestEngine.start)
                }
                lines = try await test.database.read { try LogicalDump.lines($0) }
            }
            return lines
        }
        let first = try await dump(false)
        #expect(first == (try await dump(true)))
        #expect(first.count > 20)
    }

    /// Whoever failed a quiz that opens again later does not find its answers in between.
    @Test func whatOpensAgainIsNotGivenAway() async throws {
        try await TestEngine.with(.sqlite, Self.programme) { test in
            let ann = try await test.member("ann")
            _ = try await play(test, ann, .startQuiz("news"))
            #expect(try await play(test, ann, .finishQuiz("news")).quiz?.showsSolutions == false)
            func shows(_ change: (inout Quiz) -> Void) async throws -> Bool? {
                var changed = Self.programme
                change(&changed.quizzes[0])
                test.engine.host.put(try CompiledProgramme(changed, version: 2, zones: test.engine.zones))
                return try await test.engine.summary(of: ann, in: test.programme)?.quizzes.first?.showsSolutions
            }
            let now = test.clock.now()
            #expect(try await shows { $0.validFrom = now.adding(milliseconds: 86_400_000) } == false)
            #expect(try await shows { $0.validUntil = now } == true)
        }
    }
}
