extension ProgrammeChecker {
    mutating func checkTeam(_ challenge: Challenge, _ name: String) {
        guard let team = challenge.team else { return }
        resolve("kind of wallet", team.wallet, among: programme.walletKinds.map(\.id), at: "\(name).team")
        func exclude(_ key: String, _ isThere: Bool) {
            guard isThere else { return }
            report("A team's challenge cannot have '\(key)'.", at: "\(name).\(key)", fix: "Leave one of them out.")
        }
        exclude("after", !challenge.after.isEmpty)
        exclude("starts", !challenge.starts.isEmpty)
        exclude("join", challenge.isJoined)
        exclude("goal", challenge.goal != nil)
        if case .rolling = challenge.cycle { exclude("every", true) }
        for other in programme.challenges where other.after.contains(.challenge(challenge.id)) {
            report(
                "The challenge '\(challenge.id)' is a team's; it is no prerequisite of a member's.",
                at: "challenge:\(other.id).after")
        }
        for effect in challenge.allRewards {
            if case .progress = effect {
                report(
                    "What a team reaches moves no other challenge.", at: "\(name).reward", fix: "Leave it out.")
            }
        }
    }

    mutating func checkTerms(_ board: Leaderboard, _ name: String) {
        if board.every == .ever {
            for (key, isThere) in [
                ("prizes", !board.prizes.isEmpty),
                ("finish-after", board.finishAfter != Leaderboard.standardFinishAfter),
                ("keep", board.keep != Leaderboard.standardKeep),
            ] where isThere {
                report("A board without periods has no end.", at: "\(name).\(key)", fix: "Add 'every: month'.")
            }
        }
        switch board.cohort {
        case .trait(let trait, _): resolve("trait", trait, among: programme.traits.map(\.id), at: "\(name).by")
        case .tier where programme.tiers == nil: report("The programme has no tiers.", at: "\(name).by")
        default: break
        }
        for (index, prize) in board.prizes.enumerated() {
            for (number, effect) in prize.reward.enumerated() {
                let place = "\(name).prizes.\(index).reward.\(number)"
                check(effect, at: place)
                switch effect {
                case .award(let amount, _) where Int64(amount).map({ $0 > 0 }) != true:
                    report(
                        "What a prize gives is a number: there is no event to compute it from.",
                        at: "\(place).award.amount", fix: "Write a whole number.")
                case .progress, .trait: report("A prize gives points, badges, access or a message.", at: place)
                default: break
                }
            }
        }
        if board.budget != nil {
            let units = Set(
                board.prizes.flatMap(\.reward).compactMap { effect in
                    if case .award(_, let unit) = effect { unit } else { nil }
                })
            if units.count > 1 { report("The prizes under one budget are of one unit.", at: "\(name).budget") }
        }
        guard let teams = board.teams else {
            if case .progress(let id) = board.measure, programme.challenges.first(where: { $0.id == id })?.team != nil {
                warn(
                    "The challenge '\(id)' is a team's: this board ranks what each member added.",
                    at: "\(name).progress",
                    fix: "Add 'teams: <kind of wallet>' to rank teams.")
            }
            return
        }
        resolve("kind of wallet", teams, among: programme.walletKinds.map(\.id), at: "\(name).teams")
        if board.cohort != nil { report("Teams have no cohorts.", at: "\(name).by", fix: "Leave one of them out.") }
        guard case .progress(let id) = board.measure,
            let challenge = programme.challenges.first(where: { $0.id == id }), challenge.team?.wallet == teams
        else {
            report(
                "Teams are ranked by a challenge of theirs.", at: "\(name).teams",
                fix: "Write 'progress: <a challenge with team: \(teams)>'.")
            return
        }
    }
}
