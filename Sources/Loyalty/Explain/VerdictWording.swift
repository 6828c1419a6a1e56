import Primitives

/// What became of an event under one rule, in a sentence for the member: plain, without blame.
public struct VerdictWording: Sendable {
    public let language: Language
    private let programme: CompiledProgramme

    public init(_ language: Language, programme: CompiledProgramme) {
        self.language = language
        self.programme = programme
    }

    public func sentence(_ verdict: RuleVerdict) -> String {
        switch verdict.outcome {
        case .gives: gives(verdict)
        case .reduced, .refused: held(verdict)
        case .nothing: pick("Hier komt deze keer niets bij.", "Nothing is added this time.", "今回は加算されません。")
        case .notMet:
            pick(
                "Dit hoort bij iets anders dan wat je nu deed.", "This is for something other than what you did now.",
                "今回の行動は対象外です。")
        case .notYet: pick("Dit begint later.", "This starts later.", "まだ始まっていません。")
        case .noLonger: pick("Dit is voorbij.", "This is over.", "終了しました。")
        case .excluded:
            pick(
                "Er gold al iets dat meer is.", "Something that counts for more applied already.",
                "より優先される特典が適用されました。")
        case .heldOut:
            pick(
                "Hier doe je nu niet aan mee: we meten wat het uitmaakt.",
                "You are not part of this now: we are measuring what it changes.", "効果測定のため、今回は対象に含まれていません。")
        }
    }

    private func gives(_ verdict: RuleVerdict) -> String {
        let own = why(verdict)
        if !own.isEmpty { return own }
        let awards = verdict.awards.map { "\($0.given) \(unit($0.unit))" }
        if awards.isEmpty { return pick("Dit telt mee.", "This counts.", "カウントされます。") }
        let sum = awards.joined(separator: language == .ja ? "、" : ", ")
        return pick("Je krijgt \(sum).", "You get \(sum).", "\(sum)を獲得します。")
    }

    private func held(_ verdict: RuleVerdict) -> String {
        guard let award = verdict.awards.first(where: { $0.obstacle != nil }), let obstacle = award.obstacle else {
            return pick("Hier komt deze keer niets bij.", "Nothing is added this time.", "今回は加算されません。")
        }
        let unit = unit(award.unit)
        switch obstacle {
        case .limit(_, let limit, _):
            switch limit.kind {
            case .amount(let most):
                return pick(
                    "\(period(limit.period)) is \(most) \(unit) het meeste dat hiervoor bijkomt.",
                    "\(most) \(unit) is the most this gives \(period(limit.period)).",
                    "\(period(limit.period))の上限は\(unit) \(most)です。")
            case .times(let most):
                return pick(
                    "Dit telt \(period(limit.period).lowercased()) hooguit \(most) keer.",
                    "This counts at most \(times(most)) \(period(limit.period)).",
                    "\(period(limit.period))\(most)回まで対象です。")
            case .perEvent(let most):
                return pick(
                    "Per keer is \(most) \(unit) het meeste.", "\(most) \(unit) is the most for one time.",
                    "1回の上限は\(unit) \(most)です。")
            }
        case .cooldown:
            return pick(
                "Dit heeft zojuist al geteld. Later telt het weer.", "This has just counted. Later it counts again.",
                "先ほどカウントされました。しばらくするとまた対象になります。")
        case .budget:
            return pick(
                "Wat hiervoor was uitgetrokken, is op.", "What was set aside for this is spent.", "この特典の予算は終了しました。")
        }
    }

    private func period(_ period: PeriodUnit) -> String {
        switch period {
        case .day: pick("Per dag", "a day", "1日")
        case .week: pick("Per week", "a week", "1週間")
        case .month: pick("Per maand", "a month", "1か月")
        case .year: pick("Per jaar", "a year", "1年間")
        case .ever: pick("In totaal", "in all", "全期間で")
        }
    }

    private func times(_ count: Int64) -> String { count == 1 ? "once" : count == 2 ? "twice" : "\(count) times" }

    private func why(_ verdict: RuleVerdict) -> String {
        let text: LocalizedText? =
            switch verdict.kind {
            case .rule: programme.programme.rules.first { $0.id == verdict.source }?.why
            case .challenge: programme.challenges[verdict.source]?.why
            case .streak: programme.streaks[verdict.source]?.why
            }
        return text?.text(language, fallbacks: programme.programme.languages) ?? ""
    }

    private func unit(_ id: String) -> String {
        let name = programme.units[id]?.name.text(language, fallbacks: programme.programme.languages) ?? ""
        return name.isEmpty ? id : name
    }

    private func pick(_ nl: String, _ en: String, _ ja: String) -> String {
        switch language {
        case .nl: nl
        case .en: en
        case .ja: ja
        }
    }
}
