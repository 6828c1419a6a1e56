extension Brief {
    static let knowledge: [Brief] = [
        Brief(
            id: "tegels-eruit", topics: [.climate, .city], maker: "rashid-karimi",
            title: Words(
                nl: "Hoe {0} tien graden koeler werd", en: "How {0} became ten degrees cooler", ja: "{0}が十度涼しくなるまで"),
            standfirst: Words(
                nl: """
                    Geen groot project, wel duizend kleine. In {0} is de hitte een zaak van emmers, ranken en \
                    afspraken.
                    """,
                en: """
                    No grand project, but a thousand small ones. In {0}, heat is a matter of buckets, vines and \
                    agreements.
                    """,
                ja: "大事業はない。あるのは千の小さな工夫。{0}では、暑さはバケツとつると約束ごとの問題だ。"),
            slots: [
                Words(nl: "een schoolplein", en: "a schoolyard", ja: "ある校庭"),
                Words(nl: "de Zeilmakersstraat", en: "Zeilmakersstraat", ja: "帆工通り"),
                Words(nl: "een bedrijventerrein", en: "a business park", ja: "ある工業団地"),
            ],
            body: """
                Op de warmste middag van vorig jaar werd op twee plekken gemeten, honderd meter uit elkaar. Het \
                verschil was tien graden. Op de ene plek lag asfalt. De andere was {0}.

                Wat er is gebeurd, past op een ansichtkaart: tegels eruit, klimplanten erin, regenwater vasthouden, \
                schaduw waar mensen wachten. Het moeilijkste bleek het onderhoud. Daarvoor is er nu een rooster, met \
                namen. In augustus staan er meer namen op dan er taken zijn.
                """),
        Brief(
            id: "terug-van-weg", topics: [.climate, .science], maker: "rashid-karimi",
            title: Words(nl: "{0} is terug", en: "{0} is back", ja: "{0}が帰ってきた"),
            standfirst: Words(
                nl: """
                    Na veertig jaar is {0} weer gezien langs de rivier. Wie heeft dat gedaan, en wie moet er nu aan \
                    wennen?
                    """,
                en: """
                    After forty years {0} has been seen along the river again. Who made that happen, and who must \
                    get used to it?
                    """,
                ja: "四十年ぶりに、{0}が川辺で見られた。誰のおかげで、誰が慣れなければならないのか。"),
            slots: [
                Words(nl: "de otter", en: "the otter", ja: "カワウソ"),
                Words(nl: "de zwarte stern", en: "the black tern", ja: "ハシグロクロハラアジサシ"),
                Words(nl: "de rivierprik", en: "the river lamprey", ja: "カワヤツメ"),
            ],
            body: """
                Het bewijs was een afdruk in de modder, zo groot als een muntje. Daarna een foto, onscherp en \
                onmiskenbaar. Sindsdien weet het dorp dat {0} er weer is, en heeft iedereen er een mening over.

                Ecologen wijzen op schoner water en op een doorgang onder de weg die er niet voor was bedoeld. De \
                viskweker wijst op zijn vijver. Op de jaarvergadering van de dorpsraad is besloten dat beiden gelijk \
                hebben en dat er een hek komt.
                """),
        Brief(
            id: "rekenen-aan", topics: [.climate, .economy], maker: "rashid-karimi",
            title: Words(nl: "We rekenden het na: {0}", en: "We did the sums: {0}", ja: "計算してみました：{0}"),
            standfirst: Words(
                nl: """
                    Over {0} wordt veel beweerd. Met een envelop, een potlood en twee hoogleraren kwamen we een heel \
                    eind.
                    """,
                en: "Much is claimed about {0}. With an envelope, a pencil and two professors we got a long way.",
                ja: "{0}については諸説ある。封筒と鉛筆、そして二人の教授とともに確かめた。"),
            slots: [
                Words(nl: "de warmtepomp", en: "the heat pump", ja: "ヒートポンプ"),
                Words(nl: "vliegen of de trein", en: "plane or train", ja: "飛行機か列車か"),
                Words(nl: "het papieren tasje", en: "the paper bag", ja: "紙袋"),
            ],
            body: """
                De som begint eenvoudig. Hoeveel gaat erin, hoeveel komt eruit, en hoe lang gaat het mee? Bij {0} \
                blijkt vooral dat laatste te verschillen tussen wie het verkoopt en wie het gebruikt.

                Onze uitkomst ligt, zoals vaker, in het midden en met een flinke marge. Het eerlijkste antwoord \
                paste niet in de kop: het hangt ervan af wat je anders had gedaan. Alle getallen en aannames staan \
                in een bestand dat u zelf kunt aanpassen.
                """),
        Brief(
            id: "vraag-aan-wetenschap", topics: [.science], maker: "eva-lindqvist",
            title: Words(nl: "Waarom {0}?", en: "Why {0}?", ja: "なぜ{0}のか"),
            standfirst: Words(
                nl: "Een lezer van elf stelde de vraag, vier onderzoekers gaven antwoord, en ze waren het niet eens.",
                en: "An eleven-year-old reader asked, four researchers answered, and they did not agree.",
                ja: "十一歳の読者が尋ね、四人の研究者が答え、意見は一致しなかった。"),
            slots: [
                Words(nl: "geeuwen we als een ander geeuwt", en: "do we yawn when others yawn", ja: "あくびはうつる"),
                Words(nl: "is de nacht stil als het sneeuwt", en: "is the night quiet when it snows", ja: "雪の夜は静かな"),
                Words(nl: "dromen we in het nu", en: "do we dream in the present", ja: "夢はいつも「いま」な"),
            ],
            body: """
                De vraag kwam op een briefkaart met een tekening van een uil. Waarom {0}? We legden hem voor aan \
                vier mensen die er hun werk van maken. Drie begonnen met een zucht, een met een lach.

                Over het wat zijn ze het eens, over het waarom niet, en de discussie die volgde was een van de \
                leukste van dit jaar. ‘Dit is hoe wetenschap eruitziet van binnen,’ zei de jongste. De uil hangt \
                inmiddels op een prikbord in haar laboratorium.
                """),
        Brief(
            id: "opnieuw-gemeten", topics: [.science], maker: "eva-lindqvist",
            title: Words(
                nl: "Het beroemde onderzoek naar {0}, overgedaan", en: "The famous study of {0}, repeated",
                ja: "有名な{0}の研究を、もう一度"),
            standfirst: Words(
                nl: "Met zeven keer zoveel deelnemers bleef er een kwart van het effect over. Is dat erg?",
                en: "With seven times as many participants, a quarter of the effect remained. Is that bad?",
                ja: "参加者を七倍にすると、効果は四分の一になった。それは困ったことなのか。"),
            slots: [
                Words(nl: "wilskracht", en: "willpower", ja: "意志の力"),
                Words(nl: "eerste indrukken", en: "first impressions", ja: "第一印象"),
                Words(nl: "muziek en concentratie", en: "music and concentration", ja: "音楽と集中"),
            ],
            body: """
                Het origineel telde achtenveertig studenten en haalde elk handboek. De herhaling telde er ruim \
                driehonderd, uit vijf landen, en had haar plan vooraf in een envelop gestopt. Het effect van toen is \
                er nog. Het is alleen klein.

                De oorspronkelijke auteur reageert opgewekt. ‘Ik was zesentwintig en had geluk,’ schrijft ze. ‘Nu \
                weten we iets meer over {0}, en iets minder zeker. Zo hoort het.’ Ze gebruikt de nieuwe cijfers \
                sinds vorige week in haar colleges.
                """),
        Brief(
            id: "onder-de-lens", topics: [.science, .food], maker: "samira-benali",
            title: Words(nl: "{0} onder de microscoop", en: "{0} under the microscope", ja: "顕微鏡で見る{0}"),
            standfirst: Words(
                nl: "Wat je ziet als je heel dichtbij komt: een stad, een oorlog, een huishouden. Deze week: {0}.",
                en: "What you see when you come very close: a city, a war, a household. This week: {0}.",
                ja: "ごく近くで見えるのは、都市か、戦争か、暮らしか。今週は{0}。"),
            slots: [
                Words(nl: "desembrood", en: "sourdough", ja: "サワードウ"),
                Words(nl: "een druppel slootwater", en: "a drop of ditch water", ja: "水路の一滴"),
                Words(nl: "een schoolbankje", en: "a school desk", ja: "教室の机"),
            ],
            body: """
                Bij vergroting honderd is het nog wat je kent. Bij vierhonderd begint het te bewegen. Bij duizend, \
                zegt de analist, moet je ophouden met zeggen dat {0} een ding is. ‘Het is een gezelschap.’

                We telden elf soorten bewoners en drie soorten ruzie. De foto’s bij dit stuk zijn niet ingekleurd, \
                op één na, en bij die ene staat het erbij. Wie goed kijkt op foto vier ziet een draad. Die is van de \
                trui van de redacteur.
                """),
        Brief(
            id: "gerepareerd", topics: [.technology], maker: "tess-brouwer",
            title: Words(nl: "{0} repareren: het kan wél", en: "Repairing {0}: it can be done", ja: "{0}は直せる"),
            standfirst: Words(
                nl: """
                    De fabrikant zegt van niet, de lijm zegt van niet, de buurman van drie hoog zegt: geef maar \
                    hier.
                    """,
                en: """
                    The manufacturer says no, the glue says no, the neighbour on the third floor says: hand it over.
                    """,
                ja: "メーカーは無理だと言い、接着剤も無理だと言い、三階の隣人は「貸してごらん」と言う。"),
            slots: [
                Words(nl: "een oortje", en: "an earbud", ja: "ワイヤレスイヤホン"),
                Words(nl: "een elektrische tandenborstel", en: "an electric toothbrush", ja: "電動歯ブラシ"),
                Words(nl: "een broodrooster", en: "a toaster", ja: "トースター"),
            ],
            body: """
                Het openmaken is het halve werk. Er is warmte voor nodig, een gitaarplectrum en de bereidheid om {0} \
                voorgoed te verpesten. Daarna blijkt er, zoals bijna altijd, één onderdeel van een paar dubbeltjes \
                stuk.

                In het reparatiecafé lukt het in zes van de tien gevallen. De andere vier leveren onderdelen op voor \
                een volgende keer. Er hangt een lijst met wat er zoal verkeerd ontworpen is. Hij wordt inmiddels \
                gelezen door een ontwerper, die af en toe een briefje achterlaat: sorry.
                """),
        Brief(
            id: "zonder-scherm", topics: [.technology, .city], maker: "tess-brouwer",
            title: Words(nl: "Een week zonder {0}", en: "A week without {0}", ja: "{0}のない一週間"),
            standfirst: Words(
                nl: """
                    Niet als straf, niet als retraite, gewoon om te zien wat er gebeurt. Dag drie was het \
                    moeilijkst.
                    """,
                en: "Not as punishment, not as a retreat, just to see what happens. Day three was the hardest.",
                ja: "罰でも修行でもなく、ただ何が起きるか見るために。いちばん難しかったのは三日目だった。"),
            slots: [
                Words(nl: "routeplanner", en: "navigation", ja: "ナビ"),
                Words(nl: "meldingen", en: "notifications", ja: "通知"),
                Words(nl: "zoekmachine", en: "a search engine", ja: "検索"),
            ],
            body: """
                De eerste dag zonder {0} was vooral druk in mijn hoofd. Ik had niet geweten hoe vaak ik ernaar greep \
                tot mijn duim het uit zichzelf deed. De tweede dag vroeg ik drie keer iets aan een vreemde.

                Op dag drie raakte ik iets kwijt wat ik niet had opgeschreven, en op dag vijf vond ik het terug waar \
                het altijd lag. Ik ga het niet volhouden, en dat hoeft ook niet. Maar er staat nu een potlood in \
                mijn jaszak.
                """),
        Brief(
            id: "wat-een-model", topics: [.technology, .science], maker: "tess-brouwer",
            title: Words(
                nl: "Wat een computer ziet in {0}", en: "What a computer sees in {0}", ja: "コンピューターが{0}に見るもの"),
            standfirst: Words(
                nl: """
                    We lieten drie beeldprogramma’s naar {0} kijken. De een zag gevaar, de ander een hond, de derde \
                    gaf het toe.
                    """,
                en: """
                    We had three image programs look at {0}. One saw danger, one saw a dog, and the third admitted \
                    it.
                    """,
                ja: "三つの画像プログラムに{0}を見せた。ひとつは危険を、ひとつは犬を見た。三つめは「わからない」と言った。"),
            slots: [
                Words(nl: "een kindertekening", en: "a child’s drawing", ja: "子どもの絵"),
                Words(nl: "een bewolkte lucht", en: "a cloudy sky", ja: "曇り空"),
                Words(nl: "een volle wasmand", en: "a full laundry basket", ja: "いっぱいの洗濯かご"),
            ],
            body: """
                Een programma dat beelden herkent, geeft altijd antwoord. Dat is handig en ook het probleem. Bij {0} \
                waren de antwoorden zeker, snel en meestal fout, tot we één vraag toevoegden: hoe zeker ben je?

                Het derde programma, het oudste, kon zeggen dat het iets niet wist. De maker ervan werkt niet meer \
                in het vak. ‘Klanten vonden het geen mooi gezicht, zo’n vraagteken,’ zegt hij. ‘Terwijl dat het \
                slimste was wat het ding ooit zei.’
                """),
    ]
}
