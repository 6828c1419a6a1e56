extension Brief {
    static let publicLife: [Brief] = [
        Brief(
            id: "raad-over", topics: [.politics], maker: "bram-okafor",
            title: Words(
                nl: "De raad wil het anders met {0}", en: "The council wants a new approach to {0}",
                ja: "市議会、{0}の見直しへ"),
            standfirst: Words(
                nl: """
                    Een meerderheid vindt dat het beleid voor {0} te ver van de straat af staat. Wat verandert er \
                    als de motie wordt uitgevoerd?
                    """,
                en: """
                    A majority feels that policy on {0} has drifted too far from the street. What changes if the \
                    motion is carried out?
                    """,
                ja: "多数派は、{0}の政策が現場から離れすぎていると考える。動議が実行されれば何が変わるのか。"),
            slots: [
                Words(nl: "de buurtbudgetten", en: "neighbourhood budgets", ja: "地区予算"),
                Words(nl: "het parkeren", en: "parking", ja: "駐車"),
                Words(nl: "de jeugdzorg", en: "youth care", ja: "子ども支援"),
            ],
            body: """
                De motie telt elf regels en kreeg steun van zes fracties die het zelden eens zijn. De kern: wie iets \
                van {0} merkt, moet kunnen zien wie erover besluit en wanneer. De wethouder noemde dat sympathiek en \
                ingewikkeld.

                Voor het zomerreces komt er een proef in twee wijken. Bewoners krijgen één aanspreekpunt en een \
                termijn waarop ze de gemeente mogen wijzen. Blijft een antwoord uit, dan gaat de vraag automatisch \
                naar de raad. ‘Dat hebben we nog nooit gedaan,’ zegt een ambtenaar, ‘dus het zal wel wennen zijn.’
                """),
        Brief(
            id: "stemmen-geteld", topics: [.politics, .technology], maker: "bram-okafor",
            title: Words(
                nl: "Wat {0} leert over luisteren", en: "What {0} teaches about listening", ja: "{0}が教える「聴く」こと"),
            standfirst: Words(
                nl: """
                    Bij {0} kwamen meer mensen opdagen dan er stoelen waren. Wie er bleef staan, bleek achteraf het \
                    belangrijkst.
                    """,
                en: """
                    More people came to {0} than there were chairs. Those who stayed standing turned out to matter \
                    most.
                    """,
                ja: "{0}には席の数より多くの人が集まった。立ちつづけた人こそ大切だったと、あとでわかった。"),
            slots: [
                Words(nl: "een avond over het stadspark", en: "an evening about the city park", ja: "市立公園をめぐる夜"),
                Words(nl: "het eerste burgerberaad", en: "the first citizens’ assembly", ja: "初の市民会議"),
                Words(nl: "een stemlokaal in een kapsalon", en: "a polling station in a hair salon", ja: "美容室の投票所"),
            ],
            body: """
                Wie {0} terugziet op de beelden, ziet vooral ruggen. De mensen die kwamen, praatten meer met elkaar \
                dan met de mensen voorin. Dat stond niet in het draaiboek, en het was het beste deel van de avond.

                De organisatie heeft de stoelen voor de volgende keer anders gezet: in kringen van acht, met een \
                leeg plekje in elke kring voor wie later komt. Een van de aanwezigen vatte het samen op een briefje \
                dat bij de uitgang werd achtergelaten: ‘Ik ben niet overtuigd. Ik kom terug.’
                """),
        Brief(
            id: "wie-betaalt", topics: [.politics, .economy], maker: "joost-hartman",
            title: Words(nl: "Wie betaalt {0}?", en: "Who pays for {0}?", ja: "{0}は誰が払うのか"),
            standfirst: Words(
                nl: """
                    De rekening voor {0} ligt op drie bureaus tegelijk. Een reconstructie aan de hand van de \
                    bonnetjes.
                    """,
                en: "The bill for {0} is on three desks at once. A reconstruction, receipt by receipt.",
                ja: "{0}の請求書は三つの机に同時に置かれている。領収書からたどる経緯。"),
            slots: [
                Words(nl: "de nieuwe kademuur", en: "the new quay wall", ja: "新しい岸壁"),
                Words(nl: "het zwembad", en: "the swimming pool", ja: "市民プール"),
                Words(nl: "het nieuwe schoolplein", en: "the new school playground", ja: "新しい校庭"),
            ],
            body: """
                Drie instanties zijn het erover eens dat {0} nodig is. Daarna houdt de overeenstemming op. In de \
                stukken duikt hetzelfde bedrag drie keer op, telkens bij een ander, telkens met de aantekening \
                ‘dekking volgt’.

                Wie de bonnetjes op volgorde legt, ziet iets anders: het grootste deel is al uitgegeven, in kleine \
                porties, door mensen die niet wilden wachten. Volgende maand moet de raad besluiten of dat slim was \
                of onrechtmatig. Waarschijnlijk allebei.
                """),
        Brief(
            id: "wijk-krijgt", topics: [.city], maker: "noor-visser",
            title: Words(nl: "{0} krijgt zijn plein terug", en: "{0} gets its square back", ja: "{0}に広場が戻る"),
            standfirst: Words(
                nl: """
                    Twintig jaar stonden er auto’s, nu staat er een tafel van dertig meter. In {0} is de vraag wie \
                    hem dekt.
                    """,
                en: """
                    For twenty years it held cars; now it holds a table thirty metres long. In {0} the question is \
                    who will lay it.
                    """,
                ja: "二十年のあいだ車が並んだ場所に、いまは三十メートルの食卓がある。{0}では、誰がそれを整えるのかが話題だ。"),
            slots: [
                Words(nl: "Kadewijk", en: "Kadewijk", ja: "カーデワイク"),
                Words(nl: "de Veste", en: "De Veste", ja: "デ・フェステ"),
                Words(nl: "Noorderhaven", en: "Noorderhaven", ja: "ノールデルハーフェン"),
            ],
            body: """
                De tafel is van eikenhout uit de oude havenloods en zo lang dat je een buurman aan de andere kant \
                moet bellen. De eerste zondag zaten er negen mensen. De vierde zondag moest er worden aangeschoven.

                Niet iedereen in {0} is blij. De bakker mist de auto’s die even stopten, de overkant mist de stilte. \
                Er is een schema gekomen, en een kist met tafelkleden waar iedereen een sleutel van mag. Tot nu toe \
                is er één tafelkleed verdwenen en zijn er vier bij gekomen.
                """),
        Brief(
            id: "laatste-dag-van", topics: [.city, .food], maker: "noor-visser",
            title: Words(nl: "De laatste dag van {0}", en: "The last day of {0}", ja: "{0}、最後の一日"),
            standfirst: Words(
                nl: "Na 61 jaar sluit {0} de deuren. De vaste klanten namen afscheid, en iets mee.",
                en: "After 61 years {0} closes its doors. The regulars said goodbye, and took something with them.",
                ja: "六十一年、{0}が扉を閉じる。常連客は別れを告げ、何かひとつを持ち帰った。"),
            slots: [
                Words(nl: "café De Ankerplaats", en: "café De Ankerplaats", ja: "カフェ「錨地」"),
                Words(nl: "de wasserette", en: "the launderette", ja: "コインランドリー"),
                Words(nl: "de fietsenmaker", en: "the bicycle shop", ja: "自転車店"),
            ],
            body: """
                Om vier uur ging het licht aan dat anders nooit brandde: de grote lamp, boven de toonbank. ‘Zo zag \
                het er dus uit,’ zei iemand die er veertig jaar kwam. Daarna werd er een tijdje niets gezegd.

                De eigenaren willen geen interview over hoe het komt. Het komt zoals het komt, zeggen ze. Wel mocht \
                iedere vaste klant van {0} iets uitzoeken. Een asbak, een stempel, een haakje van de kapstok. Wie \
                vanavond door de straat loopt, ziet bij sommige ramen iets nieuws staan dat oud is.
                """),
        Brief(
            id: "nachtdienst", topics: [.city, .technology], maker: "yuki-tanabe",
            title: Words(nl: "Een nacht mee met {0}", en: "A night out with {0}", ja: "{0}と過ごす一夜"),
            standfirst: Words(
                nl: "Tussen twee en zes is de stad van {0}. Onze verslaggever liep mee, met thermosfles.",
                en: "Between two and six the city belongs to {0}. Our reporter went along, with a flask.",
                ja: "午前二時から六時、街は{0}のものになる。記者が魔法瓶を手に同行した。"),
            slots: [
                Words(nl: "de tramspoorslijpers", en: "the tram-rail grinders", ja: "路面電車の線路整備員"),
                Words(nl: "de broodbezorgers", en: "the bread couriers", ja: "パンの配達員"),
                Words(nl: "de nachtzuster van de wijk", en: "the district night nurse", ja: "地域の夜勤看護師"),
            ],
            body: """
                De eerste les is dat het ’s nachts niet stil is. Het is anders druk. Je hoort verwarmingen, vogels \
                die te vroeg zijn, een radio achter een raam. Wie dit werk doet, kent al die geluiden en weet welk \
                er niet bij hoort.

                Tegen vijven wordt het ineens vol: wie klaar is met werken en wie gaat beginnen, delen tien minuten \
                lang dezelfde stoep. Er wordt geknikt. ‘Dat is het mooiste moment,’ zegt onze gids. ‘Dan is iedereen \
                even van hetzelfde dorp.’
                """),
        Brief(
            id: "prijs-van", topics: [.economy], maker: "joost-hartman",
            title: Words(nl: "De prijs van {0}, uitgelegd", en: "The price of {0}, explained", ja: "{0}の値段のひみつ"),
            standfirst: Words(
                nl: "Waarom kost {0} wat het kost? We volgden elke cent terug tot hij niet verder kon.",
                en: "Why does {0} cost what it costs? We traced every cent back until it could go no further.",
                ja: "{0}はなぜその値段なのか。一セントずつ、行き止まりまでたどってみた。"),
            slots: [
                Words(nl: "een brood", en: "a loaf of bread", ja: "パン一斤"),
                Words(nl: "een treinkaartje", en: "a train ticket", ja: "列車の切符"),
                Words(nl: "een uur kinderopvang", en: "an hour of childcare", ja: "保育一時間"),
            ],
            body: """
                Het begint met een bedrag op een bonnetje en eindigt, acht telefoontjes later, bij een man die vindt \
                dat we het verkeerd hebben begrepen. De prijs van {0} is geen optelsom, zegt hij, maar een \
                vredesakkoord.

                Iedereen in de keten houdt iets over, niemand veel, en allemaal kijken ze naar dezelfde twee posten: \
                lonen en energie. Wie de rest wil begrijpen, moet kijken naar wat er níét in de prijs zit. Dat is \
                een langere lijst. Hij staat onder dit artikel.
                """),
        Brief(
            id: "werk-dat-blijft", topics: [.economy, .technology], maker: "joost-hartman",
            title: Words(
                nl: "Waarom {0} niet te automatiseren is", en: "Why {0} cannot be automated", ja: "{0}が自動化できない理由"),
            standfirst: Words(
                nl: """
                    Drie bedrijven probeerden het, alle drie stopten ze. Wat {0} weet dat in geen handleiding staat.
                    """,
                en: "Three companies tried, and all three gave up. What {0} knows that no manual contains.",
                ja: "三つの企業が試み、三つともやめた。{0}が知っていて、どの手引書にもないこと。"),
            slots: [
                Words(nl: "de fruitsorteerder", en: "the fruit sorter", ja: "果物の選別人"),
                Words(nl: "de conciërge", en: "the school caretaker", ja: "校務員"),
                Words(nl: "de meubelstoffeerder", en: "the upholsterer", ja: "椅子張り職人"),
            ],
            body: """
                De machine was sneller, dat staat vast. Ze maakte alleen fouten die een mens niet maakt, en die zijn \
                duurder. Wat {0} doet, blijkt voor de helft te bestaan uit besluiten die nergens worden \
                opgeschreven.

                ‘Je ziet het pas als het weg is,’ zegt een bedrijfsleider die het probeerde. Hij heeft de machine \
                niet verkocht. Ze doet nu het zware werk, en de mens beslist. De productie ging omhoog, het \
                ziekteverzuim omlaag. In het jaarverslag heet dat innovatie.
                """),
        Brief(
            id: "samen-kopen", topics: [.economy, .climate], maker: "joost-hartman",
            title: Words(nl: "Samen een {0} kopen", en: "Buying a {0} together", ja: "みんなで{0}を買う"),
            standfirst: Words(
                nl: "Veertien buren, één {0}, en een spreadsheet met gevoelens. Coöperaties zijn terug.",
                en: "Fourteen neighbours, one {0}, and a spreadsheet with feelings. Co-operatives are back.",
                ja: "隣人十四人、ひとつの{0}、気持ちも書きこむ表計算。協同組合が帰ってきた。"),
            slots: [
                Words(nl: "windmolen", en: "wind turbine", ja: "風車"),
                Words(nl: "bakfiets", en: "cargo bike", ja: "荷物用自転車"),
                Words(nl: "wijngaard", en: "vineyard", ja: "ぶどう園"),
            ],
            body: """
                Het idee kost niets, zeggen de veertien, het overleg des te meer. In een kolom van het gedeelde \
                rekenblad staat niet wie wat betaalde, maar wie wat vond. Die kolom is twee keer zo breed als de \
                rest.

                Een {0} bezitten blijkt minder belangrijk dan hem mogen gebruiken zonder te vragen. Daarom is er één \
                regel: wie hem nodig heeft, neemt hem, en schrijft op waarom. In het eerste jaar is niemand ooit te \
                laat geweest.
                """),
    ]
}
