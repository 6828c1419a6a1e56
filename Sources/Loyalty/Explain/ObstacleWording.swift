import Primitives

/// Why a member cannot have a reward now, in a sentence for the member: plain, without blame, and with what to do where
/// there is something.
public struct ObstacleWording: Sendable {
    public let language: Language
    private let programme: CompiledProgramme
    private let calendar: MemberCalendar

    /// - Parameter calendar: the member's own, so that a day is their day.
    public init(_ language: Language, programme: CompiledProgramme, calendar: MemberCalendar) {
        self.language = language
        self.programme = programme
        self.calendar = calendar
    }

    public func sentence(_ obstacle: RedemptionSimulation.Obstacle) -> String {
        switch obstacle.problem {
        case .notYet:
            guard let from = instant(obstacle, "opens_at") else { break }
            return pick("Dit kan vanaf \(day(from)).", "This opens on \(day(from)).", "\(day(from))から利用できます。")
        case .reward(.tenure(let at)):
            return pick(
                "Dit is er voor je vanaf \(day(at)): dan ben je lang genoeg bij ons.",
                "This is yours to choose from \(day(at)): then you have been with us long enough.",
                "\(day(at))から選べるようになります。")
        case .noLongerAvailable, .reward(.withdrawn), .reward(.slotOver):
            return pick("Dit is voorbij.", "This is over.", "終了しました。")
        case .outOfStock: return pick("Alles is vergeven.", "All of them are taken.", "すべて引き換え済みです。")
        case .perMemberLimit(let most):
            return pick(
                "Je kunt dit \(times(most)) krijgen, en dat heb je.", "You can have this \(times(most)), and you have.",
                "お一人様\(most)回までで、すでに引き換え済みです。")
        case .reward(.periodLimit(let most, let period)):
            return pick(
                "Je kunt dit \(times(most)) \(each(period)) krijgen.",
                "You can have this \(times(most)) \(each(period)).", "\(each(period))\(most)回まで利用できます。")
        case .conditionNotMet:
            return pick(
                "Hiervoor is nog iets anders nodig.", "Something else comes first.", "先に満たす条件があります。")
        case .reward(.quantity(let range)):
            return pick(
                "Dit kan per keer van \(range.lowerBound) tot en met \(range.upperBound).",
                "One time is for \(range.lowerBound) to \(range.upperBound).",
                "1回につき\(range.lowerBound)〜\(range.upperBound)個です。")
        case .reward(.slotNeeded): return pick("Kies eerst een moment.", "Choose a time first.", "日時を選んでください。")
        case .reward(.unknownSlot): return pick("Dit moment is er niet.", "There is no such time.", "その日時はありません。")
        case .reward(.unit):
            return pick(
                "Hiermee kun je dit niet betalen.", "It cannot be paid for with this.", "この単位では支払えません。")
        case .ledger(.insufficient(let unit, let needed, let spendable)):
            let (missing, name) = (needed - spendable, self.unit(unit))
            return pick(
                "Nog \(missing) \(name) en je hebt genoeg.", "Another \(missing) \(name) and you have enough.",
                "あと\(name) \(missing)で引き換えられます。")
        default: break
        }
        return pick("Dit kan nu niet.", "This is not possible now.", "現在は利用できません。")
    }

    private func instant(_ obstacle: RedemptionSimulation.Obstacle, _ name: String) -> Instant? {
        obstacle.facts[name]?.stringValue.flatMap { RFC3339.parse($0) }
    }

    private func day(_ instant: Instant) -> String {
        GateWording(language, programme: programme, calendar: calendar, now: instant).day(instant)
    }

    private func times(_ count: Int64) -> String {
        switch language {
        case .nl: count == 1 ? "één keer" : "\(count) keer"
        case .en: count == 1 ? "once" : count == 2 ? "twice" : "\(count) times"
        case .ja: "\(count)回"
        }
    }

    private func each(_ period: PeriodUnit) -> String {
        switch period {
        case .day: pick("per dag", "a day", "1日")
        case .week: pick("per week", "a week", "1週間")
        case .month: pick("per maand", "a month", "1か月")
        case .year: pick("per jaar", "a year", "1年間")
        case .ever: pick("in totaal", "in all", "全期間で")
        }
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
