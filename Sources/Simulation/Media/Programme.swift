/// A series with what its episodes are about.
struct Programme: Sendable {
    let series: Series
    /// What is said of each episode; `{0}` stands for its subject.
    let standfirst: Words
    /// Dutch notes under each episode.
    let notes: String
    let seconds: ClosedRange<Int>
    let subjects: [Words]

    static let all: [Programme] = podcasts + videos

    static let podcasts: [Programme] = [
        Programme(
            series: Series(
                id: "de-lange-adem", kind: .episode,
                title: Words(nl: "De lange adem", en: "The Long Breath", ja: "長い息"),
                about: Words(
                    nl: "Over alles wat tijd kost en dat waard is. Met Rashid Karimi en Samira Benali.",
                    en: "About everything that takes time and is worth it. With Rashid Karimi and Samira Benali.",
                    ja: "時間のかかる、その価値のあるすべてについて。ラシード・カリミとサミラ・ベナリ。"),
                topics: [.climate, .science], makers: ["rashid-karimi", "samira-benali"]),
            standfirst: Words(
                nl: "Rashid en Samira praten over {0} met iemand die er al twintig jaar mee bezig is.",
                en: "Rashid and Samira talk about {0} with someone who has been at it for twenty years.",
                ja: "二十年つづけてきた人と語る「{0}」。"),
            notes: """
                In deze aflevering gaat het over {0}. Onze gast kwam met de fiets, met een zak zand en met een \
                bekentenis. Blijf luisteren tot na de aftiteling voor het geluid dat ze meebracht.
                """,
            seconds: 1_500...2_700,
            subjects: [
                Words(nl: "een dijk die mag schuiven", en: "a dike that may move", ja: "動いてよい堤防"),
                Words(nl: "bomen planten voor later", en: "planting trees for later", ja: "未来のための植樹"),
                Words(nl: "de langzaamste rivier", en: "the slowest river", ja: "いちばん遅い川"),
                Words(nl: "zeewier als buurman", en: "seaweed as a neighbour", ja: "となりの海藻"),
                Words(nl: "een huis van klei", en: "a house of clay", ja: "土の家"),
                Words(nl: "het geheugen van ijs", en: "the memory of ice", ja: "氷の記憶"),
                Words(nl: "de kunst van het compost", en: "the art of compost", ja: "堆肥の技"),
                Words(nl: "wind die niemand hoort", en: "wind nobody hears", ja: "誰にも聞こえない風"),
                Words(nl: "wachten op regen", en: "waiting for rain", ja: "雨を待つ"),
                Words(nl: "de laatste visafslag", en: "the last fish auction", ja: "最後の魚市場"),
            ]),
        Programme(
            series: Series(
                id: "het-derde-bedrijf", kind: .episode,
                title: Words(nl: "Het derde bedrijf", en: "Act Three", ja: "第三幕"),
                about: Words(
                    nl: "Politiek voor wie het begin heeft gemist. Bram Okafor legt uit waar het nu op aankomt.",
                    en: "Politics for those who missed the beginning. Bram Okafor explains what matters now.",
                    ja: "途中から観る人のための政治。ブラム・オカフォーが要点を語る。"),
                topics: [.politics, .economy], makers: ["bram-okafor"]),
            standfirst: Words(
                nl: "In twintig minuten bij: hoe het zover kwam met {0}, en wie er nu aan zet is.",
                en: "Up to speed in twenty minutes: how we got here with {0}, and whose move it is.",
                ja: "二十分で追いつく「{0}」。これまでと、次の一手。"),
            notes: """
                Bram neemt u in drie bedrijven mee langs {0}: wat eraan voorafging, waar het knelt en wat er in het \
                derde bedrijf nog kan gebeuren. Met een fragment uit het archief dat niemand meer had beluisterd.
                """,
            seconds: 1_080...1_500,
            subjects: [
                Words(nl: "de formatie", en: "the coalition talks", ja: "連立交渉"),
                Words(nl: "het verkeersplan", en: "the traffic plan", ja: "交通計画"),
                Words(nl: "de wet die niemand las", en: "the law nobody read", ja: "誰も読まなかった法律"),
                Words(nl: "een motie van drie regels", en: "a motion of three lines", ja: "三行の動議"),
                Words(nl: "het geld van de provincie", en: "the province’s money", ja: "州のお金"),
                Words(nl: "de stille meerderheid", en: "the silent majority", ja: "静かな多数派"),
                Words(nl: "een burgemeester die luistert", en: "a mayor who listens", ja: "耳を傾ける市長"),
                Words(nl: "de nieuwe woonregels", en: "the new housing rules", ja: "新しい住宅ルール"),
                Words(nl: "stemmen op je zestiende", en: "voting at sixteen", ja: "十六歳の投票"),
                Words(nl: "het debat van vannacht", en: "last night’s debate", ja: "昨夜の討論"),
            ]),
        Programme(
            series: Series(
                id: "nachtlezers", kind: .episode,
                title: Words(nl: "Nachtlezers", en: "Night Readers", ja: "夜の読者"),
                about: Words(
                    nl: "Pieter van Dam leest voor wat u overdag niet leest. Zacht, en zonder uitleg.",
                    en: "Pieter van Dam reads what you do not read by day. Softly, and without explanation.",
                    ja: "昼には読まないものを、ピーテル・ファン・ダムがそっと朗読する。"),
                topics: [.books, .art], makers: ["pieter-van-dam"]),
            standfirst: Words(
                nl: "Een half uur voorgelezen: {0}. Voor onder een deken.",
                en: "Half an hour read aloud: {0}. For under a blanket.", ja: "三十分の朗読「{0}」。毛布の中で。"),
            notes: """
                Vannacht leest Pieter uit {0}. De opname is gemaakt op de zolder van de krant, waar het dak tikt als \
                het regent. Dat tikken hebben we laten zitten.
                """,
            seconds: 1_500...2_100,
            subjects: [
                Words(nl: "brieven van een lichtwachter", en: "letters from a lighthouse keeper", ja: "灯台守の手紙"),
                Words(nl: "een sprookje zonder prins", en: "a fairy tale without a prince", ja: "王子のいない童話"),
                Words(nl: "het logboek van een beurtschip", en: "the log of a market boat", ja: "定期船の航海日誌"),
                Words(nl: "gedichten over keukens", en: "poems about kitchens", ja: "台所の詩"),
                Words(nl: "een reis zonder aankomst", en: "a journey without arrival", ja: "着かない旅"),
                Words(nl: "de tuin van een wiskundige", en: "a mathematician’s garden", ja: "数学者の庭"),
                Words(nl: "verhalen van de overkant", en: "stories from the other side", ja: "向こう岸の物語"),
                Words(nl: "het woordenboek van mijn tante", en: "my aunt’s dictionary", ja: "叔母の辞書"),
                Words(nl: "een winter in drie zinnen", en: "a winter in three sentences", ja: "三つの文の冬"),
                Words(nl: "de man die vogels telde", en: "the man who counted birds", ja: "鳥を数えた男"),
            ]),
        Programme(
            series: Series(
                id: "plaat-voor-plaat", kind: .episode,
                title: Words(nl: "Plaat voor plaat", en: "Record by Record", ja: "一枚ずつ"),
                about: Words(
                    nl: "Fleur de Wit draait één plaat en laat iemand vertellen waarom. Altijd kant B.",
                    en: "Fleur de Wit plays one record and lets someone say why. Always side B.",
                    ja: "フルール・デ・ウィットが一枚をかけ、誰かが理由を語る。いつもB面。"),
                topics: [.music], makers: ["fleur-de-wit"]),
            standfirst: Words(
                nl: "Kant B, en waarom: {0}.", en: "Side B, and why: {0}.", ja: "B面とその理由「{0}」。"),
            notes: """
                Het onderwerp van deze week is {0}. De gast koos een plaat die al dertig jaar meegaat en waar precies \
                één kras op zit. Die kras hoort u op de helft.
                """,
            seconds: 1_200...1_980,
            subjects: [
                Words(nl: "de plaat van mijn broer", en: "my brother’s record", ja: "兄のレコード"),
                Words(nl: "dansen in de keuken", en: "dancing in the kitchen", ja: "台所で踊る"),
                Words(nl: "een koor op een perron", en: "a choir on a platform", ja: "ホームの合唱"),
                Words(nl: "het liedje na de begrafenis", en: "the song after the funeral", ja: "葬儀のあとの歌"),
                Words(nl: "de slechtste gitarist van de stad", en: "the worst guitarist in town", ja: "町でいちばん下手なギタリスト"),
                Words(nl: "jazz in een schuur", en: "jazz in a barn", ja: "納屋のジャズ"),
                Words(nl: "wiegeliedjes", en: "lullabies", ja: "子守唄"),
                Words(nl: "een orgel zonder kerk", en: "an organ without a church", ja: "教会のないオルガン"),
                Words(nl: "twee akkoorden", en: "two chords", ja: "二つの和音"),
                Words(nl: "stilte op plaat", en: "silence on record", ja: "レコードの沈黙"),
            ]),
        Programme(
            series: Series(
                id: "buiten-adem", kind: .episode,
                title: Words(nl: "Buiten adem", en: "Out of Breath", ja: "息を切らして"),
                about: Words(
                    nl: "Sport zonder uitslagen. Aisha Mensah vraagt waarom we het doen.",
                    en: "Sport without results. Aisha Mensah asks why we do it.",
                    ja: "結果のないスポーツ。アイシャ・メンサーが「なぜ」を問う。"),
                topics: [.sport], makers: ["aisha-mensah"]),
            standfirst: Words(
                nl: "Aisha loopt, zwemt of zit ernaast, en vraagt door over {0}.",
                en: "Aisha runs, swims or sits alongside, and keeps asking about {0}.",
                ja: "走り、泳ぎ、隣にすわって聞く「{0}」。"),
            notes: """
                Een gesprek over {0}, opgenomen tijdens het bewegen. Dat hoort u. Halverwege moeten we even gaan \
                zitten, en juist daar wordt het interessant.
                """,
            seconds: 1_200...1_800,
            subjects: [
                Words(nl: "de laatste bocht", en: "the final bend", ja: "最後のカーブ"),
                Words(nl: "koud water", en: "cold water", ja: "冷たい水"),
                Words(nl: "een keeper van zeventig", en: "a goalkeeper of seventy", ja: "七十歳のキーパー"),
                Words(nl: "verliezen kun je leren", en: "learning to lose", ja: "負けかたを学ぶ"),
                Words(nl: "de fiets van mijn vader", en: "my father’s bicycle", ja: "父の自転車"),
                Words(nl: "schaken op het plein", en: "chess on the square", ja: "広場のチェス"),
                Words(nl: "een trainer zonder fluit", en: "a coach without a whistle", ja: "笛のない監督"),
                Words(nl: "het kleinste stadion", en: "the smallest stadium", ja: "いちばん小さな競技場"),
                Words(nl: "ademhalen", en: "breathing", ja: "呼吸"),
                Words(nl: "na de blessure", en: "after the injury", ja: "けがのあと"),
            ]),
        Programme(
            series: Series(
                id: "proefwerk", kind: .episode,
                title: Words(nl: "Proefwerk", en: "Test Paper", ja: "こたえあわせ"),
                about: Words(
                    nl: "Eva Lindqvist laat zich overhoren door kinderen. Ze zakt geregeld.",
                    en: "Eva Lindqvist lets children test her. She fails regularly.",
                    ja: "エヴァ・リンドクヴィストが子どもに試験される。よく落ちる。"),
                topics: [.science, .technology], makers: ["eva-lindqvist", "tess-brouwer"]),
            standfirst: Words(
                nl: "Groep zeven stelt de vragen. Vandaag: {0}.", en: "Year six asks the questions. Today: {0}.",
                ja: "今日の出題は六年生から「{0}」。"),
            notes: """
                Twaalf vragen over {0}, bedacht door kinderen die het antwoord al wisten. Eva haalde een zes min. De \
                vraag waar ze over struikelde, leest u op de site, met het antwoord van de klas.
                """,
            seconds: 900...1_320,
            subjects: [
                Words(nl: "de binnenkant van de aarde", en: "the inside of the Earth", ja: "地球の中身"),
                Words(nl: "hoe een vleugel werkt", en: "how a wing works", ja: "翼のしくみ"),
                Words(nl: "waarom kaas gaten heeft", en: "why cheese has holes", ja: "チーズの穴の理由"),
                Words(nl: "de taal van bijen", en: "the language of bees", ja: "ミツバチの言葉"),
                Words(nl: "wat er in een batterij zit", en: "what is in a battery", ja: "電池の中身"),
                Words(nl: "getallen die niet ophouden", en: "numbers that never end", ja: "終わらない数"),
                Words(nl: "de maan van dichtbij", en: "the moon up close", ja: "近くで見る月"),
                Words(nl: "slapen in de ruimte", en: "sleeping in space", ja: "宇宙で眠る"),
                Words(nl: "schimmels", en: "fungi", ja: "きのことかび"),
                Words(nl: "hoe oud een boom is", en: "how old a tree is", ja: "木の年齢"),
            ]),
    ]

    static let videos: [Programme] = [
        Programme(
            series: Series(
                id: "atelier-op-zolder", kind: .video,
                title: Words(nl: "Atelier op zolder", en: "Studio in the Attic", ja: "屋根裏のアトリエ"),
                about: Words(
                    nl: "Merel van Loon kijkt mee bij makers die liever niet praten.",
                    en: "Merel van Loon watches makers who would rather not talk.",
                    ja: "話すより作るひとを、メレル・ファン・ローンが見つめる。"),
                topics: [.art], makers: ["merel-van-loon"]),
            standfirst: Words(
                nl: "Zes minuten kijken naar {0}, bijna zonder woorden.",
                en: "Six minutes of watching {0}, almost without words.",
                ja: "ほとんど言葉のない六分間「{0}」。"),
            notes: """
                Een portret van {0}. De camera staat stil, de handen niet. Let op het licht in de laatste minuut.
                """,
            seconds: 300...480,
            subjects: [
                Words(nl: "een schilder van stoelen", en: "a painter of chairs", ja: "椅子の画家"),
                Words(nl: "de pottenbakster", en: "the potter", ja: "陶芸家"),
                Words(nl: "papier scheppen", en: "making paper", ja: "紙を漉く"),
                Words(nl: "een muur vol blauw", en: "a wall of blue", ja: "青い壁"),
                Words(nl: "de lijstenmaker", en: "the frame maker", ja: "額縁職人"),
                Words(nl: "weven zonder patroon", en: "weaving without a pattern", ja: "図案のない織物"),
                Words(nl: "de houtsnede", en: "the woodcut", ja: "木版画"),
                Words(nl: "een beeld van brood", en: "a sculpture of bread", ja: "パンの彫刻"),
            ]),
        Programme(
            series: Series(
                id: "in-de-keuken-van", kind: .video,
                title: Words(nl: "In de keuken van", en: "In the Kitchen of", ja: "あの人の台所"),
                about: Words(
                    nl: "Luca Moretti kookt mee bij mensen thuis, met wat er is.",
                    en: "Luca Moretti cooks along in people’s homes, with whatever is there.",
                    ja: "ルカ・モレッティが、家にあるもので一緒に作る。"),
                topics: [.food], makers: ["luca-moretti"]),
            standfirst: Words(
                nl: "Eén pan, één verhaal: {0}.", en: "One pan, one story: {0}.", ja: "鍋ひとつ、物語ひとつ「{0}」。"),
            notes: "Vandaag op het vuur: {0}. Het recept staat onder de video, met de fout die u mag maken.",
            seconds: 360...600,
            subjects: [
                Words(nl: "linzen van de overbuurman", en: "the neighbour’s lentils", ja: "向かいのレンズ豆"),
                Words(nl: "miso van een jaar oud", en: "year-old miso", ja: "一年ものの味噌"),
                Words(nl: "de eerste pannenkoek", en: "the first pancake", ja: "最初のパンケーキ"),
                Words(nl: "vis op vrijdag", en: "fish on Friday", ja: "金曜日の魚"),
                Words(nl: "couscous voor twintig", en: "couscous for twenty", ja: "二十人分のクスクス"),
                Words(nl: "roti op zondag", en: "roti on Sunday", ja: "日曜のロティ"),
                Words(nl: "appelmoes", en: "apple sauce", ja: "りんごのソース"),
                Words(nl: "brood zonder kneden", en: "bread without kneading", ja: "こねないパン"),
            ]),
        Programme(
            series: Series(
                id: "stad-in-vijf-minuten", kind: .video,
                title: Words(nl: "De stad in vijf minuten", en: "The City in Five Minutes", ja: "五分の街"),
                about: Words(
                    nl: "Noor Visser loopt een straat uit en kijkt omhoog.",
                    en: "Noor Visser walks a street to its end and looks up.",
                    ja: "ノール・フィッセルが通りを歩き、上を見る。"),
                topics: [.city], makers: ["noor-visser"]),
            standfirst: Words(
                nl: "Vijf minuten lopen, vijf dingen die u nog nooit zag: {0}.",
                en: "Five minutes’ walk, five things you never saw: {0}.", ja: "五分歩いて五つの発見「{0}」。"),
            notes: "Een wandeling langs {0}. De route staat op de kaart; de bakker halverwege is ’s maandags dicht.",
            seconds: 270...330,
            subjects: [
                Words(nl: "de gevelstenen van de Veste", en: "the gable stones of De Veste", ja: "破風の石"),
                Words(nl: "een steeg zonder naam", en: "an alley without a name", ja: "名のない路地"),
                Words(nl: "onder de Kadebrug", en: "beneath the quay bridge", ja: "橋の下"),
                Words(nl: "het laatste tuindorp", en: "the last garden village", ja: "最後の田園住宅"),
                Words(nl: "daken van Noorderhaven", en: "the roofs of Noorderhaven", ja: "北港の屋根"),
                Words(nl: "de haven om zes uur", en: "the harbour at six", ja: "六時の港"),
                Words(nl: "een plein in de regen", en: "a square in the rain", ja: "雨の広場"),
                Words(nl: "de kortste tramlijn", en: "the shortest tram line", ja: "いちばん短い路面電車"),
            ]),
        Programme(
            series: Series(
                id: "scene-voor-scene", kind: .video,
                title: Words(nl: "Scène voor scène", en: "Scene by Scene", ja: "場面ごとに"),
                about: Words(
                    nl: "Daan Elzinga zet een film stil en kijkt verder.",
                    en: "Daan Elzinga pauses a film and goes on looking.",
                    ja: "ダーン・エルジンガが映画を止め、なお見る。"),
                topics: [.film], makers: ["daan-elzinga"]),
            standfirst: Words(
                nl: "Eén scène, acht minuten kijken: {0}.", en: "One scene, eight minutes of looking: {0}.",
                ja: "一場面を八分見る「{0}」。"),
            notes: "Daan ontleedt {0}. Geen verklappers: wie de film nog niet zag, kan hierna alsnog.",
            seconds: 420...540,
            subjects: [
                Words(nl: "de deur die opengaat", en: "the door that opens", ja: "開く扉"),
                Words(nl: "een gesprek in een auto", en: "a conversation in a car", ja: "車の中の会話"),
                Words(nl: "het eerste beeld", en: "the first shot", ja: "最初のショット"),
                Words(nl: "wie er niet in beeld is", en: "who is not in the frame", ja: "画面にいない人"),
                Words(nl: "de achtervolging te voet", en: "the chase on foot", ja: "徒歩の追跡"),
                Words(nl: "een blik van drie seconden", en: "a three-second look", ja: "三秒のまなざし"),
                Words(nl: "de muziek die wegvalt", en: "the music that stops", ja: "途切れる音楽"),
                Words(nl: "het laatste beeld", en: "the last shot", ja: "最後のショット"),
            ]),
        Programme(
            series: Series(
                id: "uit-elkaar", kind: .video,
                title: Words(nl: "Uit elkaar", en: "Taken Apart", ja: "分解"),
                about: Words(
                    nl: "Tess Brouwer haalt dingen uit elkaar en soms weer in elkaar.",
                    en: "Tess Brouwer takes things apart and sometimes puts them back.",
                    ja: "テス・ブラウワーが分解し、ときどき元に戻す。"),
                topics: [.technology, .science], makers: ["tess-brouwer"]),
            standfirst: Words(
                nl: "Wat zit erin, en wie heeft dat bedacht? Vandaag: {0}.",
                en: "What is inside, and who came up with it? Today: {0}.", ja: "中身は何か、誰が考えたのか「{0}」。"),
            notes: "Op de werkbank: {0}. Er bleef één schroef over. Wie weet waar hij hoort, mag mailen.",
            seconds: 420...660,
            subjects: [
                Words(nl: "een wekker", en: "an alarm clock", ja: "目覚まし時計"),
                Words(nl: "een naaimachine", en: "a sewing machine", ja: "ミシン"),
                Words(nl: "een pinautomaat", en: "a card terminal", ja: "カード端末"),
                Words(nl: "een muziekdoos", en: "a music box", ja: "オルゴール"),
                Words(nl: "een elektrische step", en: "an electric scooter", ja: "電動キックボード"),
                Words(nl: "een kassa", en: "a cash register", ja: "レジスター"),
                Words(nl: "een filmprojector", en: "a film projector", ja: "映写機"),
                Words(nl: "een waterkoker", en: "a kettle", ja: "電気ケトル"),
            ]),
    ]
}
