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
}
