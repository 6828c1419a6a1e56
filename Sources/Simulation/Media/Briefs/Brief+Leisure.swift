extension Brief {
    static let leisure: [Brief] = [
        Brief(
            id: "langs-de-lijn", topics: [.sport], maker: "aisha-mensah",
            title: Words(nl: "Langs de lijn bij {0}", en: "On the touchline with {0}", ja: "{0}のタッチラインから"),
            standfirst: Words(
                nl: "Drie punten, twee rode kaarten en een scheidsrechter van zestien. Zondagochtend bij {0}.",
                en: "Three points, two red cards and a sixteen-year-old referee. Sunday morning with {0}.",
                ja: "勝ち点三、退場二、審判は十六歳。{0}の日曜の朝。"),
            slots: [
                Words(nl: "SV Noorderhaven 7", en: "SV Noorderhaven 7", ja: "SVノールデルハーフェン7"),
                Words(nl: "de walking footballers", en: "the walking footballers", ja: "歩くサッカーチーム"),
                Words(nl: "de meisjes onder twaalf", en: "the under-twelve girls", ja: "十二歳以下の少女たち"),
            ],
            body: """
                De koffie is heet, de lijn is krom, en de scheidsrechter is zestien. Hij heeft een fluit van zijn \
                moeder en een blik die zegt dat hij het ook niet verzonnen heeft. Bij {0} wordt naar hem geluisterd. \
                Dat is het eerste wat opvalt.

                Het tweede is de bank. Daar zit iedereen door elkaar: wissels, ouders, een oud-voorzitter met een \
                deken. In de rust wordt er niets besproken en alles gezegd. Uitslag: vier-vier. In de kantine wordt \
                nog nagerekend of dat genoeg is.
                """),
        Brief(
            id: "eerste-keer-sport", topics: [.sport, .science], maker: "aisha-mensah",
            title: Words(nl: "Voor het eerst: {0}", en: "First time: {0}", ja: "はじめての{0}"),
            standfirst: Words(
                nl: "Onze verslaggever probeert elke maand iets wat ze niet kan. Deze maand {0}, met blauwe plekken.",
                en: "Every month our reporter tries something she cannot do. This month: {0}, with bruises.",
                ja: "記者は毎月、できないことに挑む。今月は{0}。あざつき。"),
            slots: [
                Words(nl: "roeien", en: "rowing", ja: "ボート"),
                Words(nl: "boulderen", en: "bouldering", ja: "ボルダリング"),
                Words(nl: "korfbal", en: "korfball", ja: "コーフボール"),
            ],
            body: """
                De instructeur zegt dat het vanzelf gaat. Dat is waar voor mensen bij wie het vanzelf gaat. Na tien \
                minuten {0} weet ik spieren te wonen waar ik geen huur voor betaal.

                Na een halfuur lukt er iets, per ongeluk, en ik snap waarom mensen terugkomen. Het duurt misschien \
                twee seconden: alles klopt, niets doet zeer. De rest van de avond besteed ik aan het terugvinden van \
                die twee seconden. Volgende week weer.
                """),
        Brief(
            id: "sportvragen", topics: [.sport, .politics], maker: "aisha-mensah",
            title: Words(nl: "Van wie is {0}?", en: "Who owns {0}?", ja: "{0}は誰のものか"),
            standfirst: Words(
                nl: "Drie clubs, één veld, en een sleutel die kwijt is. Hoe {0} de wijk aan het praten kreeg.",
                en: "Three clubs, one field and a missing key. How {0} got a neighbourhood talking.",
                ja: "三つのクラブ、ひとつの場所、なくした鍵。{0}が町に会話をもたらすまで。"),
            slots: [
                Words(nl: "het kunstgras", en: "the artificial pitch", ja: "人工芝"),
                Words(nl: "de roeivijver", en: "the rowing lake", ja: "ボート池"),
                Words(nl: "de sporthal op dinsdag", en: "the sports hall on Tuesdays", ja: "火曜日の体育館"),
            ],
            body: """
                Officieel is {0} van de gemeente. In de praktijk is het van wie de sleutel heeft, en die is sinds \
                maart zoek. Drie clubs wijzen naar elkaar, en een vierde, die niemand kende, blijkt er al jaren op \
                donderdag te trainen.

                De oplossing kwam van de jongste leden: een slot met een code die elke week verandert en die je \
                alleen krijgt als je na afloop veegt. Het is er nog nooit zo schoon geweest. De oude sleutel is \
                gevonden, in een tas met ballen. Niemand gebruikt hem.
                """),
        Brief(
            id: "recept-met", topics: [.food], maker: "luca-moretti",
            title: Words(nl: "Alles over {0}", en: "Everything about {0}", ja: "{0}のすべて"),
            standfirst: Words(
                nl: """
                    Hoe je {0} kiest, bewaart en klaarmaakt, met één recept dat altijd lukt en één dat mag \
                    mislukken.
                    """,
                en: """
                    How to choose, keep and cook {0}, with one recipe that always works and one that is allowed to \
                    fail.
                    """,
                ja: "{0}の選びかた、保存、料理。必ずうまくいく一品と、失敗してもよい一品。"),
            slots: [
                Words(nl: "schorseneren", en: "salsify", ja: "セイヨウゴボウ"),
                Words(nl: "bloedsinaasappels", en: "blood oranges", ja: "ブラッドオレンジ"),
                Words(nl: "witte bonen", en: "white beans", ja: "白いんげん豆"),
            ],
            body: """
                Kies ze zwaar voor hun formaat en koop er een meer dan je denkt. {0} vergeven veel, behalve haast. \
                Zet de oven laag, zet iets op te lezen klaar, en kom pas terug als het in het trappenhuis te ruiken \
                is.

                Het recept dat altijd lukt, heeft vier ingrediënten en staat hieronder. Het recept dat mag \
                mislukken, komt van een lezer uit Breskens en heeft er veertien. Wij zijn twee keer geslaagd en drie \
                keer niet. De drie keer niet waren ook lekker.
                """),
        Brief(
            id: "aan-tafel-bij", topics: [.food, .city], maker: "luca-moretti",
            title: Words(nl: "Aan tafel bij {0}", en: "At the table with {0}", ja: "{0}の食卓で"),
            standfirst: Words(
                nl: "Een tafel vertelt wie er mag blijven. We schoven aan bij {0}, aten mee en deden de afwas.",
                en: "A table tells you who may stay. We sat down with {0}, ate along and did the dishes.",
                ja: "食卓は、誰がいてよいかを語る。{0}の席に着き、ともに食べ、皿を洗った。"),
            slots: [
                Words(nl: "de brandweer", en: "the fire brigade", ja: "消防署"),
                Words(nl: "een gezin van elf", en: "a family of eleven", ja: "十一人家族"),
                Words(nl: "de zusters van de Veste", en: "the sisters of De Veste", ja: "デ・フェステの修道女"),
            ],
            body: """
                Er staat één stoel meer dan er mensen zijn. Dat is de regel aan tafel bij {0}: er kan altijd iemand \
                bij. Vandaag ben ik dat. Het eten is eenvoudig, de volgorde niet: wie kookt, eet het laatst, wie het \
                laatst komt, ruimt af.

                Tussen de aardappelen en de vla wordt een ruzie bijgelegd die ouder is dan ik. Niemand zegt sorry. \
                Er wordt alleen iets doorgegeven. Na afloop krijg ik een theedoek in mijn handen gedrukt, en \
                daarmee, begrijp ik, een plek.
                """),
        Brief(
            id: "markt", topics: [.food, .economy], maker: "luca-moretti",
            title: Words(nl: "De terugkeer van {0}", en: "The return of {0}", ja: "{0}の復活"),
            standfirst: Words(
                nl: """
                    Grootmoeder kende het, moeder schaamde zich ervoor, en nu staat het op de kaart voor 24 euro: \
                    {0}.
                    """,
                en: "Grandmother knew it, mother was ashamed of it, and now it is on the menu at 24 euros: {0}.",
                ja: "祖母が知り、母が恥じ、いま二十四ユーロで品書きに載る。{0}。"),
            slots: [
                Words(nl: "orgaanvlees", en: "offal", ja: "内臓料理"),
                Words(nl: "de stoofpeer", en: "the stewing pear", ja: "煮込み梨"),
                Words(nl: "ingelegde groente", en: "pickled vegetables", ja: "野菜の漬けもの"),
            ],
            body: """
                Op de markt is er één kraam die het nooit heeft weggedaan. De koopman haalt zijn schouders op over \
                de mode. ‘Het was er altijd,’ zegt hij, ‘alleen de mensen waren even weg.’ Sinds {0} terug is, moet \
                hij op zaterdag om zes uur op.

                In de restaurants heet het nu anders en is de portie kleiner. Wij proefden op vijf plekken, van drie \
                tot vierentwintig euro. De beste kostte zeven, en kwam met een verhaal over een tante.
                """),
    ]
}
