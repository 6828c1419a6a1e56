import Loyalty
import Primitives
import Site

/// The entries of a document, by what they are.
struct EditorList {
    static let root = "programme.yaml"
    static let changes = "changes.yaml"
    /// Stands for the files of texts, whose keys are entries.
    static let texts = "texts"

    private static let order = [
        "rules", "challenges", "tiers", "rewards", "streaks", "badges", "leaderboards", "raffles", "referrals",
        "quizzes", "contests", "recognition", "personas", "access", texts, "events", "examples", "simulation",
    ]

    let document: ProgrammeDocument
    let current: ProgrammeDocument
    /// What they say.
    let reading: Programme?
    let before: Programme?
    let language: PageLanguage
    let now: Instant

    var sections: [ProgrammeDesk.Section] {
        var sections = Self.order.compactMap { name -> ProgrammeDesk.Section? in
            let kind: EntryForm.Kind? =
                switch name {
                case "rules": .rule
                case "challenges": .challenge
                case "rewards": .reward
                case "tiers" where reading?.tiers != nil: .tier
                case Self.texts: .text
                default: nil
                }
            var entries = files(name + "/", reading)
            if name == "tiers" { entries = tiers(reading, before) }
            if name == Self.texts { entries += keys(reading, before) }
            return entries.isEmpty && kind == nil
                ? nil : ProgrammeDesk.Section(name: name, kind: kind, entries: entries)
        }
        let general = document.files.filter { !$0.path.contains("/") && $0.path != Self.changes }.map { file in
            ProgrammeDesk.Entry(
                place: EntryPlace(file.path), name: file.path, isChanged: current[file.path] != file.bytes)
        }
        sections.append(ProgrammeDesk.Section(name: "programme", entries: general))
        return sections
    }

    private func files(_ folder: String, _ programme: Programme?) -> [ProgrammeDesk.Entry] {
        document.files.filter { $0.path.hasPrefix(folder) }.map { file in
            let name = Self.name(of: file.path)
            return ProgrammeDesk.Entry(
                place: EntryPlace(file.path), name: name, title: title(of: name, folder, programme),
                state: Self.state(of: file.path, in: programme, now: now), isChanged: current[file.path] != file.bytes)
        }
    }

    private func title(of id: String, _ folder: String, _ programme: Programme?) -> Wording? {
        guard let programme else { return nil }
        let text: ProgrammeText? =
            switch folder {
            case "rules/": programme.rules.first { $0.id == id }?.why
            case "challenges/": programme.challenges.first { $0.id == id }?.name
            case "rewards/": programme.rewards.first { $0.id == id }?.name
            case "streaks/": programme.streaks.first { $0.id == id }?.name
            case "leaderboards/": programme.leaderboards.first { $0.id == id }?.name
            case "personas/": programme.personas.first { $0.id == id }?.name
            default: nil
            }
        return text?.wording(language)
    }

    private func tiers(_ programme: Programme?, _ before: Programme?) -> [ProgrammeDesk.Entry] {
        (programme?.tiers?.tiers ?? []).map { tier in
            ProgrammeDesk.Entry(
                place: EntryPlace(Self.root, id: tier.id), name: tier.id, title: tier.name.wording(language),
                isChanged: before?.tiers?.tiers.first { $0.id == tier.id } != tier)
        }
    }

    private func keys(_ programme: Programme?, _ before: Programme?) -> [ProgrammeDesk.Entry] {
        (programme?.texts ?? [:]).sorted { $0.key < $1.key }.map { key, text in
            ProgrammeDesk.Entry(
                place: EntryPlace(Self.texts, id: key), name: key, title: text.wording(language),
                isChanged: before?.texts[key] != text)
        }
    }

    /// The name of a file without its folder and ending.
    static func name(of path: String) -> String {
        guard path.contains("/"), path.hasSuffix(".yaml") else { return path }
        return String((path.split(separator: "/").last ?? "").dropLast(".yaml".count))
    }

    static func state(of path: String, in programme: Programme?, now: Instant) -> ProgrammeDesk.State {
        let id = name(of: path)
        func state(_ from: Instant?, _ until: Instant?) -> ProgrammeDesk.State {
            if let until, until <= now { return .off }
            if let from, from > now { return .later }
            return .on
        }
        if path.hasPrefix("rules/"), let rule = programme?.rules.first(where: { $0.id == id }) {
            return state(rule.validFrom, rule.validUntil)
        }
        if path.hasPrefix("rewards/"), let reward = programme?.rewards.first(where: { $0.id == id }) {
            return reward.isWithdrawn ? .off : state(reward.validFrom, reward.validUntil)
        }
        return .on
    }
}
