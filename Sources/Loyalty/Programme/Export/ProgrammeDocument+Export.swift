extension ProgrammeDocument {
    /// The document that says this programme: one thing per file, in a stable order, what has its default left out.
    ///
    /// Reading it gives an equal programme, if its things are in the order of their ids and its names are ones that a
    /// document can hold.
    ///
    /// - Throws: ``DocumentProblems`` for a programme that no document can hold: too large, or with a name that makes no
    ///   path.
    public static func export(_ programme: Programme) throws(DocumentProblems) -> ProgrammeDocument {
        let languages = programme.languages
        var files = [file(root.dropLast(".yaml".count), .programme(programme))]
        for event in programme.events { files.append(file("events/\(event.id)", .event(event))) }
        for rule in programme.rules { files.append(file("rules/\(rule.id)", .rule(rule, languages))) }
        for challenge in programme.challenges {
            files.append(file("challenges/\(challenge.id)", .challenge(challenge, languages)))
        }
        for streak in programme.streaks { files.append(file("streaks/\(streak.id)", .streak(streak, languages))) }
        for reward in programme.rewards { files.append(file("rewards/\(reward.id)", .reward(reward, languages))) }
        for board in programme.leaderboards {
            files.append(file("leaderboards/\(board.id)", .leaderboard(board, languages)))
        }
        for gate in programme.gates { files.append(file("access/\(gate.id)", .gate(gate, languages))) }
        for example in programme.workedExamples {
            files.append(file("examples/\(example.id)", .workedExample(example)))
        }
        for raffle in programme.raffles { files.append(file("raffles/\(raffle.id)", .raffle(raffle, languages))) }
        for quiz in programme.quizzes { files.append(file("quizzes/\(quiz.id)", .quiz(quiz, languages))) }
        for contest in programme.contests {
            files.append(file("contests/\(contest.id)", .contest(contest, languages)))
        }
        for occasion in programme.occasions {
            files.append(file("recognition/\(occasion.id)", .occasion(occasion, languages)))
        }
        if let referral = programme.referral {
            files.append(file("referrals/\(referral.id)", .referral(referral, languages)))
        }
        if let simulation = programme.simulation {
            files.append(file("simulation/\(simulation.id)", .behaviour(simulation)))
        }
        for persona in programme.personas {
            files.append(file("personas/\(persona.id)", .persona(persona, languages)))
        }
        for language in Language.allCases {
            let texts = programme.texts.compactMap { key, text in text.values[language].map { (key, $0) } }
            guard !texts.isEmpty else { continue }
            let entries = texts.sorted { $0.0 < $1.0 }.map { DocumentTree.Entry(key: $0.0, value: .text($0.1)) }
            files.append(file("texts/\(language.rawValue)", .mapping(entries)))
        }
        if let theme = programme.theme { files.append(file("theme", .theme(theme, languages))) }
        if let doors = programme.doors { files.append(file("doors", .doors(doors))) }
        if let changes = programme.changes { files.append(file("changes", .changes(changes, languages))) }
        return try ProgrammeDocument(files: files)
    }

    private static func file(_ path: some StringProtocol, _ tree: DocumentTree) -> File {
        File(path: path + ".yaml", bytes: Array(DocumentWriter.text(of: tree).utf8))
    }
}
