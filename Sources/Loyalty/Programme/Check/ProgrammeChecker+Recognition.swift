internal import CEL
internal import Primitives

extension ProgrammeChecker {
    /// What an occasion refers to exists, somebody signs it, and its texts have only fields that it can fill.
    mutating func check(_ occasion: Occasion) {
        let name = "occasion:\(occasion.id)"
        let signers = programme.signers.map(\.id)
        for (index, signer) in occasion.signers.enumerated() {
            resolve("signer", signer, among: signers, at: "\(name).signed-by.\(index)")
        }
        if occasion.signers.isEmpty {
            report("Nobody signs it.", at: name, fix: "Name somebody under 'signed-by'.")
        }
        if let award = occasion.award {
            resolve("unit", award.unit, among: programme.units.map(\.id), at: "\(name).award.unit")
        }
        if let webhook = occasion.webhook {
            resolve("webhook", webhook, among: programme.webhooks.map(\.id), at: "\(name).webhook")
        }
        checkMessage(of: occasion, name)
        checkMoment(of: occasion, name)
    }

    private mutating func checkMessage(of occasion: Occasion, _ name: String) {
        check(occasion.message, LetterText.fields(of: occasion.moment), at: "\(name).message")
        check(occasion.why, LetterText.numbers(of: occasion.moment), at: "\(name).why")
    }

    private mutating func check(_ text: LocalizedText, _ known: [String], at name: String) {
        for (language, text) in text.values.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let place = "\(name).\(language.rawValue)"
            if text.unicodeScalars.count > LetterText.most {
                report("A letter has at most \(LetterText.most) characters.", at: place)
            }
            for field in LetterText.fields(in: text) where !known.contains(field) {
                let all = known.map { "{\($0)}" }.joined(separator: ", ")
                report(
                    "Nothing can be put in for '{\(field)}'.", at: place,
                    fix: all.isEmpty ? "Take it out." : "Known here: \(all).")
            }
        }
    }

    private mutating func checkMoment(of occasion: Occasion, _ name: String) {
        switch occasion.moment {
        case .anniversary, .comeback, .regular, .birthday: break
        case .tier(let tier):
            resolve("tier", tier, among: programme.tiers?.tiers.map(\.id) ?? [], at: "\(name).moment.tier")
        case .streak(let id, let lengths):
            let place = "\(name).moment.streak"
            guard resolve("streak", id, among: programme.streaks.map(\.id), at: "\(place).streak"),
                let streak = programme.streaks.first(where: { $0.id == id })
            else { return }
            for length in lengths where !streak.milestones.contains(where: { $0.at == length }) {
                report(
                    "The streak '\(id)' has no milestone at \(length).", at: "\(place).at",
                    fix: "Give it one, or take the number out.")
            }
        case .count(let count): check(count, of: occasion, at: "\(name).moment.count")
        }
    }

    private mutating func check(_ count: Occasion.Count, of occasion: Occasion, at place: String) {
        guard let type = event(count.event, at: "\(place).event"), !sources.broken.contains("event:\(type.id)") else {
            return
        }
        var reads: Set<AttributePath> = []
        if let condition = count.condition {
            reads = check(condition, .bool, over: type, at: "\(place).when")
        }
        summarize(
            occasion.id, kind: .occasion, reads, type, at: "occasion:\(occasion.id)", expression: "\(place).when")
        if count.since == nil {
            warn(
                "It counts from when it is put in force: who was here before would get it for what is not the first.",
                at: place, fix: "Add 'since: …', the day from which on new members get it.")
        }
        guard count.isPerMaker else { return }
        if !occasion.signers.contains(where: { id in programme.signers.contains { $0.id == id && $0.maker != nil } }) {
            report("None of its signers is a maker.", at: place, fix: "Give a signer a 'maker'.")
        }
        if !type.fields.contains(where: { $0.type == .item }) {
            report("The event '\(type.id)' has no item, so nobody made it.", at: "\(place).event")
        }
    }

    /// What a programme says of proposals and announcements.
    mutating func checkProposals() {
        if let tier = programme.proposals?.from {
            resolve("tier", tier, among: programme.tiers?.tiers.map(\.id) ?? [], at: "programme.proposals.from")
        }
        let signed = Set(programme.occasions.flatMap(\.signers))
        for signer in programme.signers where !signed.contains(signer.id) {
            warn("This person signs nothing.", at: "signer:\(signer.id)")
        }
    }
}
