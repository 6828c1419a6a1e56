/// Something to attend.
struct Evening: Sendable {
    let id: String
    let topics: [Topic]
    let makers: [String]
    let title: Words
    let standfirst: Words

    static let all: [Evening] = [
        Evening(
            id: "avond-brug", topics: [.city], makers: ["noor-visser"],
            title: Words(nl: "Op de brug met Noor Visser", en: "On the bridge with Noor Visser", ja: "ノール・フィッセルと橋の上で"),
            standfirst: Words(
                nl: "Een avondwandeling langs vier bruggen, met de brugwachter en warme anijsmelk.",
                en: "An evening walk past four bridges, with the bridge keeper and hot aniseed milk.",
                ja: "橋守とあたたかいアニスミルクとともに、四つの橋をめぐる夜の散歩。")),
        Evening(
            id: "nacht-van-het-gordijn", topics: [.film], makers: ["daan-elzinga"],
            title: Words(nl: "De nacht van het gordijn", en: "The night of the curtain", ja: "幕の夜"),
            standfirst: Words(
                nl: "Drie korte films in Cinema Astra, ingeleid door Daan Elzinga. Het gordijn gaat drie keer open.",
                en: "Three short films at the Astra, introduced by Daan Elzinga. The curtain opens three times.",
                ja: "シネマ・アストラで短編三本。ダーン・エルジンガの解説つき。幕は三度開く。")),
        Evening(
            id: "vragenuur-bram", topics: [.politics], makers: ["bram-okafor"],
            title: Words(nl: "Vragenuur met Bram Okafor", en: "Question hour with Bram Okafor", ja: "ブラム・オカフォーの質問時間"),
            standfirst: Words(
                nl: "Alles wat u over de raad wilde weten, en een rondleiding door de lege zaal.",
                en: "Everything you wanted to know about the council, and a tour of the empty chamber.",
                ja: "市議会について知りたかったことすべて。空の議場の見学つき。")),
        Evening(
            id: "open-repetitie", topics: [.music], makers: ["fleur-de-wit"],
            title: Words(nl: "Open repetitie", en: "Open rehearsal", ja: "公開リハーサル"),
            standfirst: Words(
                nl: "Tussen de altviolen bij het Kade-ensemble. Neem een kussen mee.",
                en: "Among the violas with the Kade Ensemble. Bring a cushion.",
                ja: "カーデ・アンサンブルのヴィオラのあいだで。クッションをご持参ください。")),
        Evening(
            id: "soep-op-maandag", topics: [.food], makers: ["luca-moretti"],
            title: Words(nl: "Soep op maandag", en: "Soup on Monday", ja: "月曜のスープ"),
            standfirst: Words(
                nl: "Luca Moretti kookt één pan voor veertig mensen. Iedereen brengt één ding mee.",
                en: "Luca Moretti cooks one pot for forty people. Everyone brings one thing.",
                ja: "ルカ・モレッティが四十人分をひと鍋で。ひとり一品もちよりで。")),
        Evening(
            id: "lezen-in-het-donker", topics: [.books], makers: ["pieter-van-dam"],
            title: Words(nl: "Lezen in het donker", en: "Reading in the dark", ja: "暗がりの朗読"),
            standfirst: Words(
                nl: "Nachtlezers, maar dan samen: Pieter van Dam leest voor in de stadsbibliotheek na sluitingstijd.",
                en: "Night Readers, but together: Pieter van Dam reads in the city library after closing time.",
                ja: "閉館後の市立図書館で、ピーテル・ファン・ダムが朗読する「夜の読者」。")),
        Evening(
            id: "mossels-en-microfoons", topics: [.science], makers: ["eva-lindqvist", "samira-benali"],
            title: Words(nl: "Mossels en microfoons", en: "Mussels and microphones", ja: "ムール貝とマイク"),
            standfirst: Words(
                nl: "Op bezoek in het laboratorium boven de haven. Oren mee.",
                en: "A visit to the laboratory above the harbour. Bring your ears.",
                ja: "港の上の研究室を訪ねる夕べ。耳をお忘れなく。")),
        Evening(
            id: "reparatieavond", topics: [.technology], makers: ["tess-brouwer"],
            title: Words(nl: "Reparatieavond met Tess", en: "Repair night with Tess", ja: "テスの修理ナイト"),
            standfirst: Words(
                nl: "Breng iets mee dat het niet doet. Zes van de tien keer gaat het heel naar huis.",
                en: "Bring something that does not work. Six times out of ten it goes home whole.",
                ja: "動かないものをご持参ください。十のうち六は直って帰ります。")),
        Evening(
            id: "rondje-haven", topics: [.sport], makers: ["aisha-mensah"],
            title: Words(nl: "Rondje haven", en: "Round the harbour", ja: "港をひとまわり"),
            standfirst: Words(
                nl: "Vijf kilometer in het tempo van de laatste. Aisha Mensah sluit de rij.",
                en: "Five kilometres at the pace of the last one. Aisha Mensah brings up the rear.",
                ja: "いちばん後ろの人のペースで五キロ。最後尾はアイシャ・メンサー。")),
        Evening(
            id: "een-uur-een-schilderij", topics: [.art], makers: ["merel-van-loon"],
            title: Words(nl: "Eén uur, één schilderij", en: "One hour, one painting", ja: "一時間、一枚の絵"),
            standfirst: Words(
                nl: "Met Merel van Loon op één bank in het stadsmuseum. Na veertig minuten wordt het mooi.",
                en: "On a bench in the city museum with Merel van Loon. After forty minutes it becomes beautiful.",
                ja: "メレル・ファン・ローンと市立美術館のベンチで。四十分たつと美しくなる。")),
    ]
}
