internal import Primitives

/// A document read as far as it can be read.
struct DocumentReading: Sendable {
    /// The programme, without the parts that could not be read; `nil` if there is no usable `programme.yaml`.
    var programme: Programme?
    var problems: [DocumentProblem]
    var sources: DocumentSources
}

/// From the files of a document to a ``Programme``: every problem is collected, nothing stops at the first one.
struct DocumentParser {
    let reader = DocumentReader()
    /// The languages of the programme, once known.
    var languages: [Language] = []

    /// The folders of a document and what each of their files is.
    static let folders = [
        "events", "rules", "challenges", "streaks", "rewards", "leaderboards", "access", "badges", "texts",
        "examples",
        "raffles", "referrals", "quizzes",
        "contests",
        "recognition",
        "simulation",
        "personas",
    ]

    static func read(_ document: ProgrammeDocument) -> DocumentReading {
        var parser = DocumentParser()
        let programme = parser.read(document)
        return DocumentReading(
            programme: programme, problems: parser.reader.problems, sources: parser.reader.sources)
    }

    private mutating func read(_ document: ProgrammeDocument) -> Programme? {
        var nodes: [(path: String, node: DocumentNode)] = []
        for file in document.files {
            reader.path = file.path
            reader.keep(file)
            guard isKnown(file.path) else { continue }
            let (root, problems) = DocumentYAML.read(file)
            reader.add(problems)
            if let root {
                nodes.append((file.path, root))
            } else if problems.isEmpty {
                reader.report("The file is empty.", at: nil)
            } else {
                // What this file would have declared is unknown, so nobody can say that a reference to it is wrong.
                reader.markBroken("file")
            }
        }
        reader.path = ProgrammeDocument.root
        guard let root = nodes.first(where: { $0.path == ProgrammeDocument.root }) else {
            if document[ProgrammeDocument.root] == nil {
                reader.path = ""
                reader.report(
                    "The document has no \(ProgrammeDocument.root).", at: nil,
                    fix: "It says at least 'programme: <id>', 'name: <text>' and 'languages: [nl]'.")
            }
            return nil
        }
        guard var programme = programme(root.node) else { return nil }
        for (path, node) in nodes where path != ProgrammeDocument.root {
            reader.path = path
            if path == ProgrammeDocument.changes {
                programme.changes = changes(node)
                continue
            }
            if path == ProgrammeDocument.theme {
                programme.theme = theme(node)
                continue
            }
            if path == ProgrammeDocument.doors {
                programme.doors = doors(node)
                continue
            }
            add(node, of: path, to: &programme)
        }
        finish(&programme)
        return programme
    }

    private func isKnown(_ path: String) -> Bool {
        if path == ProgrammeDocument.root || path == ProgrammeDocument.changes || path == ProgrammeDocument.theme {
            return true
        }
        if path == ProgrammeDocument.doors { return true }
        let parts = path.split(separator: "/")
        guard path.hasSuffix(".yaml") else {
            reader.report("A document holds only '.yaml' files.", at: nil)
            return false
        }
        guard parts.count == 2 else {
            let files = [ProgrammeDocument.root, ProgrammeDocument.changes, ProgrammeDocument.theme]
            let known = files + [ProgrammeDocument.doors] + Self.folders.map { $0 + "/" }
            let meant = parts.count == 1 ? DocumentSuggestion.nearest(to: path, in: files) : nil
            reader.report(
                "A document has no such place.", at: nil,
                fix: meant.map { "Did you mean '\($0)'?" } ?? "Known: \(known.joined(separator: ", ")).")
            return false
        }
        let folder = String(parts[0])
        guard Self.folders.contains(folder) else {
            reader.report(
                "There is no folder '\(folder)' in a document.", at: nil,
                fix: DocumentSuggestion.nearest(to: folder, in: Self.folders).map { "Did you mean '\($0)/'?" }
                    ?? "Known: \(Self.folders.joined(separator: ", ")).")
            return false
        }
        return true
    }

    private func add(_ node: DocumentNode, of path: String, to programme: inout Programme) {
        let parts = path.split(separator: "/")
        let stem = String(parts[1].dropLast(".yaml".count))
        switch parts[0] {
        case "events": if let event = eventType(node, stem) { programme.events.append(event) }
        case "rules": if let rule = rule(node, stem) { programme.rules.append(rule) }
        case "challenges": if let challenge = challenge(node, stem) { programme.challenges.append(challenge) }
        case "streaks": if let streak = streak(node, stem) { programme.streaks.append(streak) }
        case "examples": if let example = workedExample(node, stem) { programme.workedExamples.append(example) }
        case "referrals":
            guard let referral = referral(node, stem) else { return }
            if programme.referral != nil {
                reader.report("A programme has one referral.", at: node.mark, fix: "Remove one of them.")
            }
            programme.referral = referral
        case "personas": if let persona = persona(node, stem) { programme.personas.append(persona) }
        case "raffles": if let raffle = raffle(node, stem) { programme.raffles.append(raffle) }
        case "recognition": if let occasion = occasion(node, stem) { programme.occasions.append(occasion) }
        case "access": if let gate = gate(node, stem) { programme.gates.append(gate) }
        case "leaderboards":
            if let board = leaderboard(node, stem) { programme.leaderboards.append(board) }
        case "simulation":
            guard let found = behaviour(node, stem, source: "/\(programme.id.name)") else { return }
            if programme.simulation != nil {
                reader.report("A programme has one simulation.", at: node.mark, fix: "Remove one of them.")
            }
            programme.simulation = found
        case "quizzes": if let quiz = quiz(node, stem) { programme.quizzes.append(quiz) }
        case "contests": if let contest = contest(node, stem) { programme.contests.append(contest) }
        case "rewards": if let reward = reward(node, stem) { programme.rewards.append(reward) }
        case "badges":
            let keys = ["badge"] + Self.badgeKeys
            guard let id = declaredID(node, "badge", .thing, stem),
                let section = DocumentSection(reader, node, what: "the badge", name: "badge:\(id)", keys: keys)
            else { return }
            reader.remember("badge:\(id)", node)
            programme.badges.append(badge(id, section))
        default: texts(node, stem, into: &programme)
        }
    }

    /// The id that a file declares under `key`; a problem if there is none. A file named otherwise gets a warning.
    func declaredID(_ node: DocumentNode, _ key: String, _ kind: DocumentName, _ stem: String) -> String? {
        guard case .mapping(let entries, let mark) = node else {
            reader.report(
                "Here stands \(node.kind) where a mapping with '\(key): …' was expected.", at: node.mark)
            reader.markBroken("file")
            return nil
        }
        guard let entry = entries.first(where: { $0.key.text == key }) else {
            reader.report(
                "The file does not say which \(key) it is.", at: mark, fix: "Start it with '\(key): \(stem)'.")
            reader.markBroken("file")
            return nil
        }
        guard let id = reader.word(entry.value, "the name of a \(key)", kind) else {
            reader.markBroken("file")
            return nil
        }
        if id != stem {
            reader.report(
                "The file is named '\(stem)' but declares '\(id)'.", at: entry.value.mark,
                fix: "Rename one of them, so that people find it.", severity: .warning)
        }
        return id
    }

    /// Puts things in the order of their ids and refuses what is declared twice.
    private func finish(_ programme: inout Programme) {
        func unique<Thing>(_ things: [Thing], _ what: String, _ id: (Thing) -> String) -> [Thing] {
            var seen: Set<String> = []
            return things.filter { thing in
                if seen.insert(id(thing)).inserted { return true }
                let place = reader.sources.place(of: "\(what):\(id(thing))")
                reader.path = place?.path ?? ""
                reader.report(
                    "The \(what) '\(id(thing))' is declared twice.", at: place?.mark, fix: "Remove one of them.")
                return false
            }
        }
        programme.badges = unique(programme.badges, "badge", \.id)
        programme.events = unique(programme.events, "event", \.id).sorted { $0.id < $1.id }
        programme.rules = unique(programme.rules, "rule", \.id).sorted { $0.id < $1.id }
        programme.challenges = unique(programme.challenges, "challenge", \.id).sorted { $0.id < $1.id }
        programme.streaks = unique(programme.streaks, "streak", \.id).sorted { $0.id < $1.id }
        programme.rewards = unique(programme.rewards, "reward", \.id).sorted { $0.id < $1.id }
        programme.leaderboards = unique(programme.leaderboards, "leaderboard", \.id).sorted { $0.id < $1.id }
        programme.workedExamples = unique(programme.workedExamples, "example", \.id).sorted { $0.id < $1.id }
        programme.gates = unique(programme.gates, "gate", \.id).sorted { $0.id < $1.id }
        programme.raffles = unique(programme.raffles, "raffle", \.id).sorted { $0.id < $1.id }
        programme.quizzes = unique(programme.quizzes, "quiz", \.id).sorted { $0.id < $1.id }
        programme.contests = unique(programme.contests, "contest", \.id).sorted { $0.id < $1.id }
        programme.occasions = unique(programme.occasions, "occasion", \.id).sorted { $0.id < $1.id }
        programme.personas = unique(programme.personas, "persona", \.id).sorted { $0.id < $1.id }
    }

    private func texts(_ node: DocumentNode, _ stem: String, into programme: inout Programme) {
        guard let language = Language(rawValue: stem) else {
            let known = Language.allCases.map(\.rawValue)
            reader.report(
                "'\(stem)' is no language of Stamgast.", at: nil, fix: "Known: \(known.joined(separator: ", ")).")
            return
        }
        if !languages.contains(language) {
            reader.report(
                "The programme does not speak '\(stem)'.", at: nil,
                fix: "Add it to 'languages' in \(ProgrammeDocument.root).", severity: .warning)
        }
        guard let section = DocumentSection(reader, node, what: "the texts", name: "texts", keys: []) else { return }
        for entry in section.entries {
            guard DocumentName.dotted.matches(entry.key.text) else {
                reader.report(
                    "'\(entry.key.text.prefix(80))' is not the key of a text.", at: entry.key.mark,
                    fix: "It is \(DocumentName.dotted.explanation).")
                continue
            }
            reader.remember("text:\(entry.key.text)", entry.value)
            guard let text = reader.text(entry.value) else { continue }
            programme.texts[entry.key.text, default: LocalizedText([:])].values[language] = text
        }
    }
}
