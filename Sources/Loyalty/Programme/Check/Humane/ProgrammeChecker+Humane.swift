internal import Primitives

/// The linter of humane mechanics: warns of what presses people, in texts and in terms.
///
/// It warns and does not refuse: words have uses that no list knows. What is true and dated passes: an offer that says
/// "last chance" has an end in the document, a text that says "while stocks last" belongs to a reward with a stock.
extension ProgrammeChecker {
    /// Points that last shorter than this are a deadline of their own.
    static let shortestLifeDays = 30
    /// A held price must leave time to find one's glasses.
    static let shortestHoldMilliseconds: Int64 = 2 * 60_000

    /// A text that members read, and what makes a claim in it true.
    private struct MemberText {
        var text: LocalizedText
        var name: String
        var hasEnd = false
        var hasStock = false
    }

    mutating func checkHumane() {
        for text in memberTexts() { check(text) }
        checkPressure()
        for unit in programme.units where unit.kind == .points {
            guard let life = unit.expires.flatMap(Self.days), life < Self.shortestLifeDays else { continue }
            warn(
                "Points that expire within \(life) days press people to spend them.", at: "unit:\(unit.id).expires",
                fix: "Give them a month at least; most programmes give a year.")
        }
        for reward in programme.rewards {
            guard case .milliseconds(let hold) = reward.holds, hold < Self.shortestHoldMilliseconds else { continue }
            warn(
                "The price is held for less than two minutes: that hurries whoever reads slowly.",
                at: "reward:\(reward.id).holds", fix: "Hold it for 15 minutes, as is usual.")
        }
    }

    private func memberTexts() -> [MemberText] {
        var texts = programme.texts.sorted { $0.key < $1.key }.map { MemberText(text: $1, name: "text:\($0)") }
        for rule in programme.rules {
            texts.append(MemberText(text: rule.why, name: "rule:\(rule.id).why", hasEnd: rule.validUntil != nil))
        }
        for challenge in programme.challenges {
            let hasEnd = challenge.every != .ever
            texts.append(MemberText(text: challenge.name, name: "challenge:\(challenge.id).name", hasEnd: hasEnd))
            texts.append(MemberText(text: challenge.why, name: "challenge:\(challenge.id).why", hasEnd: hasEnd))
        }
        for badge in programme.badges {
            texts.append(MemberText(text: badge.why, name: "badge:\(badge.id).why"))
        }
        for nudge in programme.nudges {
            texts.append(
                MemberText(text: nudge.text, name: "nudge:\(nudge.id).text", hasEnd: nudge.occasion != .rule))
        }
        for occasion in programme.occasions {
            texts.append(MemberText(text: occasion.message, name: "occasion:\(occasion.id).message"))
            texts.append(MemberText(text: occasion.why, name: "occasion:\(occasion.id).why"))
        }
        for reward in programme.rewards {
            for (text, part) in [(reward.name, "name"), (reward.text, "text")] {
                texts.append(
                    MemberText(
                        text: text, name: "reward:\(reward.id).\(part)", hasEnd: reward.validUntil != nil,
                        hasStock: reward.stock != nil))
            }
        }
        return texts
    }

    private mutating func check(_ text: MemberText) {
        for (language, words) in text.text.values.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            for pattern in PressurePhrases.Pattern.allCases {
                guard let phrase = PressurePhrases.find(pattern, in: words, language),
                    let (what, fix) = Self.advice(pattern, phrase, text)
                else { continue }
                let shown = phrase.replacing("#", with: "…")
                warn("'\(shown)' (\(language.rawValue)) \(what).", at: "\(text.name).\(language.rawValue)", fix: fix)
            }
        }
    }

    /// What is wrong with a phrase in its place; `nil` where the document makes it true.
    private static func advice(
        _ pattern: PressurePhrases.Pattern, _ phrase: String, _ text: MemberText
    ) -> (what: String, fix: String)? {
        switch pattern {
        case .loss: ("presses by a loss", "Say what there is to gain, and what stays whatever happens.")
        case .scarcity where phrase.contains("#"):
            // Even where there is a stock: the sentence goes on saying its number.
            ("names a number that no text can keep true", "Leave it out: pages show what is really left.")
        case .scarcity:
            text.hasStock
                ? nil
                : ("says that there are few, but nothing here has an end", "Declare the 'stock', or leave it out.")
        case .urgency:
            text.hasEnd
                ? nil
                : (
                    "says that time runs out, but nothing here ends",
                    "Declare the end with 'valid: { until: … }', or leave it out."
                )
        case .shame:
            ("holds others up against the reader", "Compare people with their own last week, or with nobody.")
        case .profile:
            ("speaks of a profile", "Speak of the subject: what it is, who made it, why it is worth the time.")
        }
    }

    /// The days that points have at least; `nil` if they have no end, or one that a sign of life puts off.
    private static func days(_ term: ExpiryTerm) -> Int? {
        guard case .after(let span, _) = term else { return nil }
        return switch span {
        case .milliseconds(let amount): Int(amount / 86_400_000)
        case .days(let count): count
        case .months(let count): count * 31
        }
    }
}
