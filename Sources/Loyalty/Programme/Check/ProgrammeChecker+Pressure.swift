internal import Primitives

extension ProgrammeChecker {
    /// Nudges are about something that is there and ends.
    mutating func checkNudges() {
        let given = Set(
            programme.effectsOfAll.compactMap { effect in
                if case .nudge(let id) = effect { id } else { nil }
            })
        for nudge in programme.nudges {
            let name = "nudge:\(nudge.id)"
            if let webhook = nudge.webhook {
                resolve("webhook", webhook, among: programme.webhooks.map(\.id), at: "\(name).webhook")
            }
            switch nudge.occasion {
            case .rule:
                if !given.contains(nudge.id), !sources.broken.contains("file") {
                    warn("No rule gives this nudge.", at: name, fix: "Give a rule '- nudge: \(nudge.id)'.")
                }
            case .challenge(let id, _, _):
                if given.contains(nudge.id) {
                    report("A rule cannot give it: it is about a challenge.", at: name, fix: "Make two of it.")
                }
                check(challenge: id, of: nudge, name)
            case .streak(let id, _):
                if given.contains(nudge.id) {
                    report("A rule cannot give it: it is about a streak.", at: name, fix: "Make two of it.")
                }
                resolve("streak", id, among: programme.streaks.map(\.id), at: "\(name).streak")
            }
        }
    }

    private mutating func check(challenge id: String, of nudge: Nudge, _ name: String) {
        guard resolve("challenge", id, among: programme.challenges.map(\.id), at: "\(name).challenge"),
            let challenge = programme.challenges.first(where: { $0.id == id })
        else { return }
        if challenge.team != nil {
            report("A challenge of a team nudges nobody.", at: "\(name).challenge", fix: "Name one of members.")
        }
        var isRolling = false
        if case .rolling = challenge.cycle { isRolling = true }
        let hasEnd = challenge.cycle != nil || challenge.every != .ever || challenge.season != nil
        if isRolling || !hasEnd {
            report(
                "The challenge '\(id)' has no period that ends.", at: "\(name).challenge",
                fix: "Name one with 'every' or a season.")
        }
    }

    /// Warns of a budget that lets a programme press people.
    mutating func checkPressure() {
        let terms = programme.pressure
        guard !terms.isUnbounded else {
            warn(
                "The pressure budget is switched off: members are urged without end.", at: "programme.pressure",
                fix: "Leave 'pressure' out: \(PressureTerms.usual.perDay) on a day, "
                    + "\(PressureTerms.usual.perWeek) in a week.")
            return
        }
        if terms.perDay > PressureTerms.gentleDay {
            warn(
                "\(terms.perDay) on one day is more than anybody wants to be urged.", at: "programme.pressure.per-day",
                fix: "Most programmes need one.")
        }
        if terms.perWeek > PressureTerms.gentleWeek {
            warn(
                "\(terms.perWeek) in a week: members will stop reading.", at: "programme.pressure.per-week",
                fix: "Most programmes need three.")
        }
        if terms.quiet == nil {
            warn(
                "Nothing is quiet at night.", at: "programme.pressure.quiet",
                fix: "Write { from: \"21:00\", until: \"09:00\" }.")
        }
        let missing = Urging.Kind.allCases.filter { !terms.counts.contains($0) }
        if !missing.isEmpty {
            let list = missing.map { "'\($0.rawValue)'" }.joined(separator: ", ")
            warn("Not bounded: \(list).", at: "programme.pressure.counts", fix: "Let all kinds count.")
        }
    }
}
