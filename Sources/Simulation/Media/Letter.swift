/// A newsletter.
struct Letter: Sendable {
    let id: String
    let topics: [Topic]
    let makers: [String]
    let title: Words
    let standfirst: Words

    static let all: [Letter] = [
        Letter(
            id: "brief-ochtendlicht", topics: [.politics, .city], makers: ["noor-visser"],
            title: Words(nl: "Ochtendlicht", en: "Morning Light", ja: "朝の光"),
            standfirst: Words(
                nl: "Om half zeven: wat er vannacht veranderde, in vijf alinea’s.",
                en: "At half past six: what changed overnight, in five paragraphs.",
                ja: "六時半に届く、夜のあいだの変化を五段落で。")),
        Letter(
            id: "brief-het-weekend", topics: [.art, .film, .music], makers: ["merel-van-loon"],
            title: Words(nl: "Het weekend begint hier", en: "The weekend starts here", ja: "週末はここから"),
            standfirst: Words(
                nl: "Vrijdagmiddag: drie dingen om te zien en één om over te slaan.",
                en: "Friday afternoon: three things to see and one to skip.", ja: "金曜の午後、見るべき三つと見なくてよい一つ。")),
        Letter(
            id: "brief-uit-de-keuken", topics: [.food], makers: ["luca-moretti"],
            title: Words(nl: "Uit de keuken", en: "From the kitchen", ja: "台所から"),
            standfirst: Words(
                nl: "Elke donderdag één recept dat altijd lukt, en de brieven over vorige week.",
                en: "Every Thursday one recipe that always works, and the letters about last week’s.",
                ja: "毎週木曜、必ずうまくいく一品と、先週へのお便り。")),
    ]
}
