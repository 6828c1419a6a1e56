import Loyalty
import Primitives
import Runtime
import Storage

/// Quizzes and contests: what there is, what a member does with them, and what a contest came to.
struct PlayController: Sendable {
    let engine: Runtime.Engine
    let idempotency: Idempotency

    // MARK: For staff

    func quizzes(_ call: Call) async throws -> Reply {
        let compiled = try compiled(call)
        let counts = try await engine.quizCounts(in: compiled.id)
        let document = PlayDocument(compiled.programme, call)
        let now = engine.clock.now()
        return list("quizzes", compiled.programme.quizzes) { quiz, writer in
            guard let counts = counts[quiz.id] else { return }
            document.write(quiz, counts, isOpen: quiz.isOpen(at: now), into: &writer)
        }
    }

    func contests(_ call: Call) async throws -> Reply {
        let compiled = try compiled(call)
        let counts = try await engine.contestCounts(in: compiled.id)
        let document = PlayDocument(compiled.programme, call)
        return list("contests", compiled.programme.contests) { contest, writer in
            guard let counts = counts[contest.id] else { return }
            document.write(contest, counts, into: &writer)
        }
    }

    func settle(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let isVoid = fields.flag("void") ?? false
        let answer = try fields.prediction(isNeeded: !isVoid)
        guard !isVoid || answer == nil else {
            throw Problem(.contradiction, "What is called off has no outcome.")
        }
        let compiled = try compiled(call)
        guard let contest = compiled.contests[call["contest"]]?.contest else { throw Problem.notFound("contest") }
        return try await idempotency.once(call, body: body) {
            try await engine.settle(contest: contest.id, as: answer, in: compiled.id)
            guard let counts = try await engine.contestCounts(in: compiled.id)[contest.id] else {
                throw Problem.notFound("contest")
            }
            return .json { PlayDocument(compiled.programme, call).write(contest, counts, into: &$0) }
        }
    }

    // MARK: A member's quizzes

    func memberQuizzes(_ call: Call) async throws -> Reply {
        let compiled = try compiled(call)
        let summary = try await engine.known(call)
        let document = PlayDocument(compiled.programme, call)
        return list("quizzes", summary.quizzes) { standing, writer in
            guard let quiz = compiled.quizzes[standing.quiz]?.quiz else { return }
            document.write(quiz, standing, into: &writer)
        }
    }

    func memberQuiz(_ call: Call) async throws -> Reply { try await quiz(call) }

    func start(_ call: Call) async throws -> Reply { try await perform(.startQuiz(call["quiz"]), call, nil) }

    func answer(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let question = fields.text("question", required: true, limit: 64) ?? ""
        let number = fields.integer("number", in: Quiz.Number.range)
        var options: [String]?
        if let list = fields.array("options", limit: Quiz.mostOptions) {
            options = list.compactMap(\.stringValue).filter { (1...64).contains($0.unicodeScalars.count) }
            if options?.count != list.count { fields.fault("options", "Send names of options.") }
        }
        try fields.finish()
        guard number == nil || options == nil else {
            throw Problem(.contradiction, "An answer is either `options` or a `number`.")
        }
        let response: QuizResponse = number.map { .number($0) } ?? options.map { .options($0) } ?? .none
        return try await perform(.answerQuiz(call["quiz"], question: question, response), call, body)
    }

    func finish(_ call: Call) async throws -> Reply { try await perform(.finishQuiz(call["quiz"]), call, nil) }

    private func quiz(_ call: Call) async throws -> Reply {
        let compiled = try compiled(call)
        guard let quiz = compiled.quizzes[call["quiz"]]?.quiz else { throw Problem.notFound("quiz") }
        let summary = try await engine.known(call)
        guard let standing = summary.quizzes.first(where: { $0.quiz == quiz.id }) else {
            throw Problem.notFound("quiz")
        }
        return .json(capacity: 2_048) { PlayDocument(compiled.programme, call).write(quiz, standing, into: &$0) }
    }

    // MARK: A member's predictions

    func memberContests(_ call: Call) async throws -> Reply {
        let compiled = try compiled(call)
        let summary = try await engine.known(call)
        let document = PlayDocument(compiled.programme, call)
        return list("contests", summary.contests) { standing, writer in
            guard let contest = compiled.contests[standing.contest]?.contest else { return }
            document.write(contest, standing, into: &writer)
        }
    }

    func predict(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let answer = try fields.prediction(isNeeded: true)
        return try await perform(.predict(call["contest"], answer), call, body)
    }

    func withdraw(_ call: Call) async throws -> Reply { try await perform(.predict(call["contest"], nil), call, nil) }

    private func contest(_ call: Call) async throws -> Reply {
        let compiled = try compiled(call)
        guard let contest = compiled.contests[call["contest"]]?.contest else { throw Problem.notFound("contest") }
        let summary = try await engine.known(call)
        guard let standing = summary.contests.first(where: { $0.contest == contest.id }) else {
            throw Problem.notFound("contest")
        }
        return .json(capacity: 1_024) { PlayDocument(compiled.programme, call).write(contest, standing, into: &$0) }
    }

    // MARK: Both

    /// Carries out a command and answers with what the member sees now, the first time and every time the request comes
    /// again. What is kept of the request is that it was carried out: neither an answer nor a time of day.
    private func perform(_ command: PlayCommand, _ call: Call, _ body: JSONValue?) async throws -> Reply {
        let compiled = try compiled(call)
        let member = try await engine.known(call).member
        let record = try idempotency.request(call, owner: member.value, body: body).map { request in
            RequestRecord(request: request) { _ in (200, []) }
        }
        _ = try await engine.perform(.play(command), member: member, in: compiled.id, record: record)
        if case .predict = command { return try await contest(call) }
        return try await quiz(call)
    }

    private func compiled(_ call: Call) throws -> CompiledProgramme {
        let programme = try call.programme
        guard let compiled = engine.host[programme] else { throw PipelineProblem.unknownProgramme(programme) }
        return compiled
    }

    private func list<Thing>(
        _ key: String, _ things: [Thing], _ write: (Thing, inout JSONWriter) -> Void
    ) -> Reply {
        .json(capacity: 2_048) { writer in
            writer.beginObject()
            writer.key(key)
            writer.beginArray()
            for thing in things { write(thing, &writer) }
            writer.endArray()
            writer.endObject()
        }
    }
}

extension Fields {
    /// `option`, or `number`, or `home` and `away`. Nothing may follow it: the fields are finished.
    mutating func prediction(isNeeded: Bool) throws(Problem) -> PredictionAnswer? {
        let option = text("option", limit: 64)
        let number = integer("number", in: Quiz.Number.range)
        let home = integer("home", in: 0...Contest.Score.base - 1)
        let away = integer("away", in: 0...Contest.Score.base - 1)
        try finish()
        var answers: [PredictionAnswer] = []
        if let option { answers.append(.option(option)) }
        if let number { answers.append(.number(number)) }
        if let home, let away { answers.append(.score(home: home, away: away)) }
        guard (home == nil) == (away == nil), answers.count <= 1, !answers.isEmpty || !isNeeded else {
            throw Problem(.contradiction, "Send `option`, or `number`, or `home` and `away`.")
        }
        return answers.first
    }
}
