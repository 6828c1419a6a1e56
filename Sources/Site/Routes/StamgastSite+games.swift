internal import Hummingbird
internal import Primitives

/// Quizzes and predictions, and the console's page about them.
extension StamgastSite {
    func addGamePages<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/m/games") { request, _ in
            let visit = try await member(of: request)
            let desk = try await data.games(of: visit.person, language: visit.texts.language)
            return html(
                GamesPage(
                    desk, shell: shell(visit, title: visit.texts.games.title, path: "/m/games"), texts: visit.texts,
                    csrf: visit.csrf, isRefused: request.uri.queryParameters["refused"] != nil))
        }
        router.get("/m/quizzes/{id}") { request, context in
            let visit = try await member(of: request)
            let id = try parameter("id", of: context)
            let desk = try await data.games(of: visit.person, language: visit.texts.language)
            guard let quiz = desk.quizzes.first(where: { $0.id == id }) else { throw SiteProblem.notFound }
            return quizPage(quiz, visit, today: desk.today)
        }
        router.post("/m/quizzes/{id}") { request, context in
            let visit = try await member(of: request)
            let fields = try await form(request, secret: cookies.value(of: .member, in: request))
            let id = try parameter("id", of: context)
            let path = WebLink(path: ["m", "quizzes", id]).address
            let language = visit.texts.language
            guard let quiz = try await data.play(Self.move(fields), quiz: id, for: visit.person, language: language)
            else { throw SiteProblem.notFound }
            // What was answered is known now and is not kept: so it is shown now, and reloading shows the rest.
            guard quiz.result?.solutions?.contains(where: { $0.mine != nil }) ?? false else {
                return redirect(to: path)
            }
            let desk = try await data.games(of: visit.person, language: language)
            return quizPage(quiz, visit, today: desk.today)
        }
        router.post("/m/contests/{id}") { request, context in
            let visit = try await member(of: request)
            let fields = try await form(request, secret: cookies.value(of: .member, in: request))
            let answer = Self.answer(fields)
            guard answer != nil || fields["undo"] != nil else { return redirect(to: "/m/games?refused=1") }
            let isDone = try await data.predict(
                fields["undo"] != nil ? nil : answer, contest: try parameter("id", of: context), for: visit.person)
            return redirect(to: isDone ? "/m/games" : "/m/games?refused=1")
        }
    }

    func addGamesConsole<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/console/games") { request, _ in
            let visit = try await staff(of: request)
            let figures = try await data.games(for: visit.person, language: visit.texts.language)
            return html(
                GamesFiguresPage(
                    figures, shell: shell(visit, path: "/console/games"), texts: visit.texts, csrf: visit.csrf,
                    outcome: told("settled", in: request)))
        }
        router.post("/console/contests/{id}/outcome") { request, context in
            let visit = try await staff(of: request)
            let fields = try await form(request, secret: cookies.value(of: .staff, in: request))
            let answer = Self.answer(fields)
            var outcome = GamesFiguresPage.Outcome.refused
            if answer != nil || fields["undo"] != nil,
                try await data.settle(
                    fields["undo"] != nil ? nil : answer, contest: parameter("id", of: context), for: visit.person)
            {
                outcome = .done
            }
            return redirect(to: "/console/games?settled=\(outcome.rawValue)")
        }
    }

    private func quizPage(_ quiz: QuizSheet, _ visit: Visit<SiteMember>, today: LocalDay) -> Response {
        html(
            QuizPage(
                quiz,
                shell: shell(
                    visit, title: quiz.title.text, path: WebLink(path: ["m", "quizzes", quiz.id]).address),
                texts: visit.texts, csrf: visit.csrf, today: today))
    }

    /// What a form of the quiz asks for. One choice comes as `option`, several as `option-NAME`.
    private static func move(_ fields: [String: String]) throws -> QuizMove {
        switch fields["move"] {
        case "start": return .start
        case "finish": return .finish
        case "skip", "answer":
            guard let question = fields["question"] else { throw SiteProblem.formUnreadable }
            guard fields["move"] == "answer" else { return .answer(question: question, options: [], number: nil) }
            let several = fields.keys.filter { $0.hasPrefix("option-") }.map { String($0.dropFirst("option-".count)) }
            return .answer(
                question: question, options: (fields["option"].map { [$0] } ?? []) + several.sorted(),
                number: fields["number"].flatMap { Int64($0.filter { $0 != " " }) })
        default: throw SiteProblem.formUnreadable
        }
    }

    private static func answer(_ fields: [String: String]) -> ContestSheet.Answer? {
        if let option = fields["option"] { return .option(option) }
        if let number = fields["number"].flatMap({ Int64($0) }) { return .number(number) }
        if let home = fields["home"].flatMap({ Int64($0) }), let away = fields["away"].flatMap({ Int64($0) }) {
            return .score(home, away)
        }
        return nil
    }
}
