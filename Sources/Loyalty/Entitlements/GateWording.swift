public import Primitives

/// A gate in words, in the reader's language: plain, without blame, and never promising more than is so.
public struct GateWording: Sendable {
    public let language: Language
    private let programme: CompiledProgramme
    private let calendar: MemberCalendar
    private let now: Instant

    /// - Parameter calendar: the reader's own, so that "from tomorrow" is their tomorrow.
    public init(_ language: Language, programme: CompiledProgramme, calendar: MemberCalendar, now: Instant) {
        self.language = language
        self.programme = programme
        self.calendar = calendar
        self.now = now
    }

    private func text(_ text: LocalizedText, or name: String) -> String {
        let found = text.text(language, fallbacks: programme.programme.languages)
        return found.isEmpty ? name : found
    }

    private func unit(_ id: String) -> String { text(programme.units[id]?.name ?? LocalizedText([:]), or: id) }

    private func tier(_ id: String) -> String {
        text(programme.programme.tiers?.tiers.first { $0.id == id }?.name ?? LocalizedText([:]), or: id)
    }

    private func badge(_ id: String) -> String { text(programme.badges[id]?.name ?? LocalizedText([:]), or: id) }

    private func reward(_ id: String) -> String {
        text(programme.rewards[id]?.reward.name ?? LocalizedText([:]), or: id)
    }

    public func name(_ gate: Gate) -> String { text(gate.name, or: gate.id) }

    /// What a closed gate says: its own words, or that it is closed.
    public func closed(_ gate: Gate?) -> String {
        let own = gate.map { text($0.why, or: "") } ?? ""
        if !own.isEmpty { return own }
        return switch language {
        case .nl: "Dit is voor vaste lezers."
        case .en: "This is for regular readers."
        case .ja: "こちらは常連の読者のための記事です。"
        }
    }

    /// Why an item is not open, where no gate says it.
    public func closed(_ reason: EntitlementCheck.ItemReason) -> String {
        switch (reason, language) {
        case (.open, _), (.early, _): ""
        case (.gate, _): closed(nil)
        case (.restricted, .nl): "Dit is voor abonnees."
        case (.restricted, .en): "This is for subscribers."
        case (.restricted, .ja): "こちらは購読者のための記事です。"
        case (.notYet, .nl): "Dit is nog niet verschenen."
        case (.notYet, .en): "This has not come out yet."
        case (.notYet, .ja): "まだ公開されていません。"
        case (.notInRegion, .nl): "Dit mogen we waar je nu bent niet tonen."
        case (.notInRegion, .en): "We may not show this where you are."
        case (.notInRegion, .ja): "お住まいの地域では公開できません。"
        case (.expired, .nl), (.withdrawn, .nl), (.unknown, .nl): "Dit is er niet (meer)."
        case (.expired, .en), (.withdrawn, .en), (.unknown, .en): "This is not here, or no longer."
        case (.expired, .ja), (.withdrawn, .ja), (.unknown, .ja): "このコンテンツは現在ご利用いただけません。"
        }
    }

    /// What an offer comes down to.
    public func offer(_ offer: GateOffer) -> String {
        switch offer {
        case .reward(let id, let price, let unitID, let missing):
            let (name, unit) = (reward(id), unit(unitID))
            return switch language {
            case .nl:
                missing == 0
                    ? "Met \(name) (\(price) \(unit)) gaat het open. Je hebt genoeg."
                    : "Met \(name) gaat het open. Nog \(missing) \(unit) en je hebt het."
            case .en:
                missing == 0
                    ? "\(name) (\(price) \(unit)) opens it. You have enough."
                    : "\(name) opens it. Another \(missing) \(unit) and it is yours."
            case .ja:
                missing == 0
                    ? "「\(name)」(\(unit) \(price))で開けます。残高は足りています。"
                    : "「\(name)」で開けます。あと\(unit) \(missing)です。"
            }
        case .balance(let unitID, let missing):
            let unit = unit(unitID)
            return switch language {
            case .nl: "Nog \(missing) \(unit) en het gaat open. Het kost je niets."
            case .en: "Another \(missing) \(unit) and it opens. It costs you nothing."
            case .ja: "あと\(unit) \(missing)で開きます。消費はされません。"
            }
        case .tier(let id, let unitID, let missing):
            let (name, unit) = (tier(id), unit(unitID))
            return switch language {
            case .nl: "Het is open voor \(name). Nog \(missing) \(unit) te gaan."
            case .en: "It is open to \(name). \(missing) \(unit) to go."
            case .ja: "「\(name)」の方に開いています。あと\(unit) \(missing)です。"
            }
        case .badge(let id):
            let name = badge(id)
            return switch language {
            case .nl: "Het is open voor wie het insigne \(name) heeft."
            case .en: "It is open to whoever has the badge \(name)."
            case .ja: "バッジ「\(name)」をお持ちの方に開いています。"
            }
        case .wait(let until):
            let date = day(until)
            return switch language {
            case .nl: "Het gaat vanzelf open op \(date)."
            case .en: "It opens by itself on \(date)."
            case .ja: "\(date)に自動的に開きます。"
            }
        }
    }

    /// The reader's day of an instant, in words.
    func day(_ instant: Instant) -> String { date(CivilDate(daysSinceEpoch: Int(calendar.day(of: instant)))) }

    private func date(_ date: CivilDate) -> String {
        switch language {
        case .nl: "\(date.day) \(Self.dutchMonths[date.month - 1]) \(date.year)"
        case .en: "\(date.day) \(Self.englishMonths[date.month - 1]) \(date.year)"
        case .ja: "\(date.year)年\(date.month)月\(date.day)日"
        }
    }

    private static let dutchMonths = [
        "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
        "december",
    ]
    private static let englishMonths = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    /// What the meter has left after this opening.
    public func left(_ count: Int64) -> String {
        switch language {
        case .nl: count == 0 ? "Dit was je laatste vrije stuk." : "Hierna heb je er nog \(count) vrij."
        case .en: count == 0 ? "That was your last free one." : "After this you have \(count) free."
        case .ja: count == 0 ? "無料で読める最後の記事でした。" : "このあと無料で読めるのは\(count)本です。"
        }
    }
}
