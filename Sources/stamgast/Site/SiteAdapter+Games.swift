import Access
import Hummingbird
import Loyalty
import Primitives
import Runtime
import Site

/// Quizzes and predictions on the pages.
extension SiteAdapter {
    func games(of member: SiteMember, language: PageLanguage) async throws -> GamesDesk {
        let programme = member.programme.id
        guard let view = view(programme, language),
            let summary = try await engine.summary(of: member.member, in: programme)
        else { throw ProgrammeGone() }
        let counts = view.programme.contests.isEmpty ? [:] : try await engine.contestCounts(in: programme)
        let zone = summary.profile.timeZone ?? view.programme.timeZone
        return GamesDesk(
            today: LocalDay(daysSinceEpoch: Int(summary.day)),
            quizzes: summary.quizzes.compactMap { view.sheet($0) },
            contests: summary.contests.compactMap { view.sheet($0, counts[$0.contest], zone: zone) })
    }

    func play(
        _ move: QuizMove, quiz: String, for member: SiteMember, language: PageLanguage
    ) async throws -> QuizSheet? {
        let programme = member.programme.id
        guard let view = view(programme, language), view.compiled.quizzes[quiz] != nil else { return nil }
        let command: PlayCommand =
            switch move {
            case .start: .startQuiz(quiz)
            case .finish: .finishQuiz(quiz)
            case .answer(let question, let options, let number):
                .answerQuiz(
                    quiz, question: question,
                    number.map { .number($0) } ?? (options.isEmpty ? .none : .options(options)))
            }
        do {
            let answer = try await engine.perform(.play(command), member: member.member, in: programme)
            return answer.play?.quiz.flatMap { view.sheet($0, ended: answer.play?.ended) }
        } catch PipelineProblem.command {
            // An old form, or a time that is over: the page says where the member is.
            let summary = try await engine.summary(of: member.member, in: programme)
            return summary?.quizzes.first { $0.quiz == quiz }.flatMap { view.sheet($0) }
        }
    }

    func predict(_ answer: ContestSheet.Answer?, contest: String, for member: SiteMember) async throws -> Bool {
        do {
            _ = try await engine.perform(
                .play(.predict(contest, answer.map(Self.prediction))), member: member.member, in: member.programme.id)
            return true
        } catch PipelineProblem.command {
            return false
        }
    }

    // MARK: The console

    func games(for staff: SiteStaff, language: PageLanguage) async throws -> GamesFigures {
        let programme = staff.programme.id
        guard let view = view(programme, language) else { throw ProgrammeGone() }
        let quizzes = try await engine.quizCounts(in: programme)
        let contests = try await engine.contestCounts(in: programme)
        let day = view.compiled.calendar(offsets: engine.zones).day(of: view.now)
        return GamesFigures(
            today: LocalDay(daysSinceEpoch: Int(day)),
            quizzes: view.programme.quizzes.compactMap { quiz in
                quizzes[quiz.id].map {
                    GamesFigures.Quiz(
                        title: view.wording(quiz.name, or: quiz.id), finished: $0.finished, passed: $0.passed,
                        meanScore: $0.meanScore)
                }
            },
            contests: view.programme.contests.compactMap { contest in
                contests[contest.id].map { view.sheet(contest, $0) }
            }, maySettle: try await maySettle(staff))
    }

    func settle(_ answer: ContestSheet.Answer?, contest: String, for staff: SiteStaff) async throws -> Bool {
        guard try await maySettle(staff) else { throw HTTPError(.forbidden) }
        do {
            try await engine.settle(
                contest: contest, as: answer.map(Self.prediction), in: staff.programme.id)
            return true
        } catch is CommandProblem {
            return false
        }
    }

    /// Settling changes what the programme gives to everybody: as with the API, looking is not enough.
    private func maySettle(_ staff: SiteStaff) async throws -> Bool {
        guard let id = ID128(staff.staff), let account = try await home.access.staff.find(id) else { return false }
        return account.principal?.allows(.programmeWrite, in: staff.programme.id) ?? false
    }

    private static func prediction(_ answer: ContestSheet.Answer) -> PredictionAnswer {
        switch answer {
        case .option(let id): .option(id)
        case .number(let number): .number(number)
        case .score(let home, let away): .score(home: home, away: away)
        }
    }
}
