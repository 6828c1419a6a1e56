internal import CEL

/// The referral held against the rest of the programme.
extension ProgrammeChecker {
    mutating func check(_ referral: Referral) {
        let name = "referral:\(referral.id)"
        let given =
            [("advocate", referral.advocate), ("friend", referral.friend)]
            + referral.ambassadors.map { ("ambassadors.\($0.id).gives", $0.effects) }
        for (key, effects) in given {
            for (index, effect) in effects.enumerated() {
                let place = "\(name).\(key).\(index)"
                check(effect, at: place)
                if case .award(let amount, _) = effect, Int64(amount) == nil {
                    report(
                        "What a referral gives is a number: there is no single event to compute it from.",
                        at: "\(place).award.amount", fix: "Write a whole number.")
                }
            }
        }
        checkStandings(of: referral, at: name)
        guard !sources.broken.contains(name) else { return }
        for (key, measure) in [("qualifies", referral.qualifies)]
            + (referral.cancelled.map { [("cancelled-by", $0)] } ?? [])
        {
            guard let type = event(measure.event, at: "\(name).\(key).event"),
                !sources.broken.contains("event:\(type.id)")
            else { continue }
            if let condition = measure.condition {
                _ = check(condition, .bool, over: type, at: "\(name).\(key).when")
            }
            if key == "qualifies", let field = referral.shares {
                resolve("field", field, among: type.fields.map(\.id), at: "\(name).shares")
            }
        }
        if referral.hold == 0, !(referral.advocate.isEmpty && referral.friend.isEmpty) {
            warn(
                "Nothing waits: who cancels the next day keeps the reward, and so does the one who brought them.",
                at: "\(name).hold", fix: "Write 'hold: 14 days'.")
        }
    }

    /// Budget, check and ambassadors.
    private mutating func checkStandings(of referral: Referral, at name: String) {
        if let budget = referral.budget,
            resolve("budget", budget, among: programme.budgets.map(\.id), at: "\(name).budget"),
            let unit = programme.budgets.first(where: { $0.id == budget })?.unit
        {
            for case .award(_, let other) in referral.allEffects where other != unit {
                report(
                    "The budget '\(budget)' is in '\(unit)', but the referral gives '\(other)' as well.",
                    at: "\(name).budget", fix: "Give one unit, or name no budget.")
                break
            }
        }
        if let check = referral.review,
            resolve("check", check, among: programme.review.map(\.id), at: "\(name).review"),
            programme.review.first(where: { $0.id == check })?.kind != .raised
        {
            report(
                "'\(check)' looks at events; a referral raises its own suspicion.", at: "\(name).review",
                fix: "Name a check with 'raised: true'.")
        }
        if referral.review == nil, let own = programme.review.first(where: { $0.id == Programme.referralCheck }),
            own.kind != .raised
        {
            report(
                "The check '\(own.id)' is what holds referrals, unless 'review' names another; it must be raised.",
                at: "review:\(own.id)", fix: "Write 'raised: true', or give it another name.")
        }
        for standing in referral.ambassadors {
            guard let condition = standing.condition else { continue }
            check(
                condition, .bool, in: RuleEnvironment.memberEnvironment(in: programme, zones: zones),
                at: "\(name).ambassadors.\(standing.id).when")
        }
        let numbers = referral.ambassadors.compactMap(\.at)
        if numbers != numbers.sorted() {
            warn(
                "Standings are in the order of their rank, but the numbers of friends do not rise.",
                at: "\(name).ambassadors", fix: "Put the one that asks fewest first.")
        }
    }
}
