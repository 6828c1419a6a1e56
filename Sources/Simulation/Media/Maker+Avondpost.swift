extension Maker {
    /// The people of De Avondpost, all of them invented.
    static let avondpost: [Maker] = [
        Maker(
            id: "noor-visser", name: "Noor Visser",
            role: Words(nl: "chef stad", en: "city editor", ja: "都市部編集長"),
            biography: Words(
                nl: "Fietst elke dag een andere route naar de redactie en heeft er nog 41 te gaan.",
                en: "Cycles a different route to the newsroom every day and has 41 left to go.",
                ja: "毎日ちがう道を自転車で通い、残りはあと四十一。"),
            topics: [.city, .politics],
            portrait: Portrait(
                skin: .porcelain, hair: .bob, hairColour: .auburn, collar: .blazer, shirt: 0, background: 3, lean: -3)),
        Maker(
            id: "bram-okafor", name: "Bram Okafor",
            role: Words(nl: "politiek verslaggever", en: "political reporter", ja: "政治記者"),
            biography: Words(
                nl: "Leest voetnoten eerst en bewaart notulen zoals anderen postzegels.",
                en: "Reads the footnotes first and collects minutes the way others collect stamps.",
                ja: "脚注から読み、議事録を切手のように集める。"),
            topics: [.politics, .economy],
            portrait: Portrait(
                skin: .umber, hair: .crop, hairColour: .black, beard: .stubble, glasses: .square, collar: .shirt,
                shirt: 4,
                background: 1, lean: 2)),
        Maker(
            id: "yuki-tanabe", name: "Yuki Tanabe",
            role: Words(nl: "correspondent Tokio", en: "Tokyo correspondent", ja: "東京特派員"),
            biography: Words(
                nl: "Schrijft over steden vanaf de achterste wagon van de laatste trein.",
                en: "Writes about cities from the rear carriage of the last train.",
                ja: "終電の最後尾から街を書く。"),
            topics: [.city, .technology, .food],
            portrait: Portrait(
                skin: .porcelain, hair: .long, hairColour: .black, glasses: .round, collar: .turtleneck, shirt: 5,
                background: 4, lean: 3)),
        Maker(
            id: "merel-van-loon", name: "Merel van Loon",
            role: Words(nl: "kunstcriticus", en: "art critic", ja: "美術批評家"),
            biography: Words(
                nl: "Zit liever een uur bij één schilderij dan een minuut bij zestig.",
                en: "Would rather sit with one painting for an hour than with sixty for a minute.",
                ja: "六十枚を一分ずつより、一枚を一時間。"),
            topics: [.art],
            portrait: Portrait(
                skin: .sand, hair: .bun, hairColour: .grey, collar: .turtleneck, shirt: 1, background: 7, lean: -2,
                earrings: true)),
        Maker(
            id: "daan-elzinga", name: "Daan Elzinga",
            role: Words(nl: "filmcriticus", en: "film critic", ja: "映画批評家"),
            biography: Words(
                nl: "Zit altijd op de derde rij en blijft tot het licht aangaat.",
                en: "Always sits in the third row and stays until the lights come on.",
                ja: "いつも三列目にすわり、灯りがつくまで席を立たない。"),
            topics: [.film],
            portrait: Portrait(
                skin: .porcelain, hair: .quiff, hairColour: .blond, beard: .full, collar: .crew, shirt: 2,
                background: 6,
                lean: -3)),
        Maker(
            id: "samira-benali", name: "Samira Benali",
            role: Words(nl: "podcastmaker", en: "podcast maker", ja: "ポッドキャスト制作者"),
            biography: Words(
                nl: "Neemt stiltes op en laat ze er meestal in zitten.",
                en: "Records silences and usually leaves them in.", ja: "沈黙を録り、たいていそのまま残す。"),
            topics: [.science, .climate],
            portrait: Portrait(
                skin: .olive, hair: .headscarf, hairColour: .darkBrown, collar: .crew, shirt: 3, background: 2, lean: 3)
        ),
        Maker(
            id: "joost-hartman", name: "Joost Hartman",
            role: Words(nl: "economieredacteur", en: "economics editor", ja: "経済部編集委員"),
            biography: Words(
                nl: "Rekent alles na op de achterkant van een envelop, en bewaart de envelop.",
                en: "Checks every sum on the back of an envelope, and keeps the envelope.",
                ja: "何でも封筒の裏で検算し、その封筒をとっておく。"),
            topics: [.economy],
            portrait: Portrait(
                skin: .sand, hair: .bald, hairColour: .white, beard: .moustache, glasses: .round, collar: .blazer,
                shirt: 5,
                background: 2, lean: 2)),
        Maker(
            id: "eva-lindqvist", name: "Eva Lindqvist",
            role: Words(nl: "wetenschapsredacteur", en: "science editor", ja: "科学部編集者"),
            biography: Words(
                nl: "Was bijna bioloog en stelt nog steeds de vragen van toen.",
                en: "Was nearly a biologist and still asks the questions from back then.",
                ja: "生物学者になりかけ、いまもあの頃の問いを立てる。"),
            topics: [.science],
            portrait: Portrait(
                skin: .porcelain, hair: .ponytail, hairColour: .blond, collar: .vNeck, shirt: 2, background: 5, lean: -4
            )),
        Maker(
            id: "rashid-karimi", name: "Rashid Karimi",
            role: Words(nl: "klimaatverslaggever", en: "climate reporter", ja: "気候担当記者"),
            biography: Words(
                nl: "Heeft laarzen in de kofferbak en modder op zijn laptop.",
                en: "Has boots in the boot and mud on his laptop.", ja: "トランクに長靴、パソコンには泥。"),
            topics: [.climate],
            portrait: Portrait(
                skin: .bronze, hair: .sidePart, hairColour: .black, beard: .full, collar: .shirt, shirt: 2,
                background: 3,
                lean: 3)),
        Maker(
            id: "fleur-de-wit", name: "Fleur de Wit",
            role: Words(nl: "muziekredacteur", en: "music editor", ja: "音楽担当編集者"),
            biography: Words(
                nl: "Speelt altviool in een orkest zonder dirigent, en telt daarom hardop.",
                en: "Plays viola in an orchestra without a conductor, and so counts out loud.",
                ja: "指揮者のいない楽団でヴィオラを弾く。だから声に出して数える。"),
            topics: [.music],
            portrait: Portrait(
                skin: .olive, hair: .curls, hairColour: .darkBrown, collar: .vNeck, shirt: 1, background: 2, lean: -3,
                earrings: true)),
        Maker(
            id: "pieter-van-dam", name: "Pieter van Dam",
            role: Words(nl: "literair redacteur", en: "literary editor", ja: "文芸担当編集者"),
            biography: Words(
                nl: "Bezit 316 ongelezen boeken en vindt dat een geruststellend getal.",
                en: "Owns 316 unread books and finds that a comforting number.",
                ja: "読んでいない本が三百十六冊。心安らぐ数だという。"),
            topics: [.books, .art],
            portrait: Portrait(
                skin: .porcelain, hair: .sidePart, hairColour: .grey, beard: .full, glasses: .round, collar: .blazer,
                shirt: 3,
                background: 7, lean: -2)),
        Maker(
            id: "aisha-mensah", name: "Aisha Mensah",
            role: Words(nl: "sportverslaggever", en: "sports reporter", ja: "スポーツ記者"),
            biography: Words(
                nl: "Kijkt naar de verliezer, want daar zit het verhaal.",
                en: "Watches the loser, because that is where the story is.", ja: "敗者を見る。物語はそこにあるから。"),
            topics: [.sport],
            portrait: Portrait(
                skin: .brown, hair: .afro, hairColour: .black, collar: .crew, shirt: 3, background: 1, lean: 4,
                earrings: true)),
        Maker(
            id: "luca-moretti", name: "Luca Moretti",
            role: Words(nl: "culinair redacteur", en: "food editor", ja: "料理担当編集者"),
            biography: Words(
                nl: "Kookt wat er is, en schrijft op wat er miste.",
                en: "Cooks what is there, and writes down what was missing.", ja: "あるものを作り、足りなかったものを書く。"),
            topics: [.food],
            portrait: Portrait(
                skin: .sand, hair: .curls, hairColour: .black, beard: .stubble, collar: .shirt, shirt: 0, background: 6,
                lean: -2)),
        Maker(
            id: "tess-brouwer", name: "Tess Brouwer",
            role: Words(
                nl: "techniekredacteur en videomaker", en: "technology editor and video maker", ja: "技術担当・映像作家"),
            biography: Words(
                nl: "Haalt dingen uit elkaar en houdt altijd één schroef over.",
                en: "Takes things apart and always has one screw left.", ja: "分解すると、いつもネジが一本あまる。"),
            topics: [.technology],
            portrait: Portrait(
                skin: .brown, hair: .locs, hairColour: .darkBrown, glasses: .square, collar: .crew, shirt: 6,
                background: 4,
                lean: 2)),
    ]
}
