/// News in the words of the member's language.
public struct NewsWording: Sendable {
    let language: Language
    let programme: Programme

    /// - Parameter programme: the version that the news is of, for the names of units.
    public init(_ language: Language, _ programme: Programme) {
        self.language = language
        self.programme = programme
    }

    public func says(_ item: ProgrammeNews.Item) -> String {
        let name = name(of: item)
        switch item.change {
        case .came: return came(item.thing, name)
        case .went: return went(item.thing, name)
        case .gives(let from, let to, let id):
            let unit = unit(id)
            switch language {
            case .nl: return "\(name): dat geeft \(to) \(unit), dat was \(from)."
            case .en: return "\(name): it gives \(to) \(unit); it was \(from)."
            case .ja: return "\(name)：\(unit)が\(from)から\(to)になりました。"
            }
        case .costs(let from, let to, let id):
            let unit = unit(id)
            switch language {
            case .nl: return "\(name) kost \(to) \(unit), dat was \(from)."
            case .en: return "\(name) costs \(to) \(unit); it was \(from)."
            case .ja: return "\(name)に必要な\(unit)が\(from)から\(to)になりました。"
            }
        case .asks(let from, let to):
            switch language {
            case .nl: return "\(name) vraagt \(to), dat was \(from)."
            case .en: return "\(name) asks for \(to); it was \(from)."
            case .ja: return "\(name)の目標が\(from)から\(to)になりました。"
            }
        case .lasts:
            switch language {
            case .nl: return "\(name): hoe lang het geldig blijft, is veranderd. Wat je al had, houdt zijn datum."
            case .en: return "\(name): how long it stays valid has changed. What you had keeps its date."
            case .ja: return "\(name)の有効期間が変わりました。すでにお持ちの分の期限は変わりません。"
            }
        case .terms:
            switch language {
            case .nl: return "\(name): de voorwaarden zijn veranderd."
            case .en: return "\(name): the terms have changed."
            case .ja: return "\(name)：条件が変わりました。"
            }
        }
    }

    private func came(_ thing: ProgrammeNews.Item.Thing, _ name: String) -> String {
        switch (language, thing) {
        case (.nl, .rule): "Nieuw, en dat geeft iets: \(name)"
        case (.en, .rule): "New, and it gives something: \(name)"
        case (.ja, .rule): "新しく加わりました：\(name)"
        case (.nl, .gate): "Nieuw voor een deel van wat er is: \(name)."
        case (.en, .gate): "New before a part of what there is: \(name)."
        case (.ja, .gate): "一部の記事などに条件が付きました：\(name)。"
        case (.nl, _): "Nieuw: \(name)."
        case (.en, _): "New: \(name)."
        case (.ja, _): "新登場：\(name)。"
        }
    }

    private func went(_ thing: ProgrammeNews.Item.Thing, _ name: String) -> String {
        switch (language, thing) {
        case (.nl, .gate): "Weer voor iedereen open: \(name)."
        case (.en, .gate): "Open to everybody again: \(name)."
        case (.ja, .gate): "再びどなたでも：\(name)。"
        case (.nl, .rule): "Dit geeft niets meer: \(name) Wat je kreeg, houd je."
        case (.en, .rule): "This gives nothing any more: \(name) What you got stays yours."
        case (.ja, .rule): "終了しました：\(name) これまでに受け取った分はそのままです。"
        case (.nl, _): "\(name) is er niet meer. Wat je kreeg, houd je."
        case (.en, _): "\(name) is no longer there. What you got stays yours."
        case (.ja, _): "\(name)は終了しました。これまでに受け取った分はそのままです。"
        }
    }

    private func name(of item: ProgrammeNews.Item) -> String {
        let name = item.name.text(language, fallbacks: programme.languages)
        let known = name.isEmpty ? item.id : name
        guard item.thing == .rule else { return known }
        return language == .ja ? "「\(known)」" : language == .nl ? "‘\(known)’" : "“\(known)”"
    }

    private func unit(_ id: String) -> String {
        let name = programme.units.first { $0.id == id }?.name.text(language, fallbacks: programme.languages) ?? ""
        return name.isEmpty ? id : name
    }
}
