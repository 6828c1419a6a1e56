/// What items of the media house are about.
public enum Topic: String, Hashable, Sendable, CaseIterable {
    case politics = "politiek"
    case city = "stad"
    case economy = "economie"
    case climate = "klimaat"
    case science = "wetenschap"
    case art = "kunst"
    case film = "film"
    case music = "muziek"
    case books = "boeken"
    case sport = "sport"
    case food = "eten"
    case technology = "techniek"

    /// The topic's id in the catalogue.
    public var id: String { rawValue }

    public var name: Words {
        switch self {
        case .politics: Words(nl: "Politiek", en: "Politics", ja: "政治")
        case .city: Words(nl: "Stad", en: "City", ja: "街")
        case .economy: Words(nl: "Economie", en: "Economy", ja: "経済")
        case .climate: Words(nl: "Klimaat", en: "Climate", ja: "気候")
        case .science: Words(nl: "Wetenschap", en: "Science", ja: "科学")
        case .art: Words(nl: "Kunst", en: "Art", ja: "美術")
        case .film: Words(nl: "Film", en: "Film", ja: "映画")
        case .music: Words(nl: "Muziek", en: "Music", ja: "音楽")
        case .books: Words(nl: "Boeken", en: "Books", ja: "本")
        case .sport: Words(nl: "Sport", en: "Sport", ja: "スポーツ")
        case .food: Words(nl: "Eten", en: "Food", ja: "食")
        case .technology: Words(nl: "Techniek", en: "Technology", ja: "技術")
        }
    }

    var index: Int {
        switch self {
        case .politics: 0
        case .city: 1
        case .economy: 2
        case .climate: 3
        case .science: 4
        case .art: 5
        case .film: 6
        case .music: 7
        case .books: 8
        case .sport: 9
        case .food: 10
        case .technology: 11
        }
    }
}
