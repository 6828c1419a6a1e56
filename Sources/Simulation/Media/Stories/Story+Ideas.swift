extension Story {
    static let ideas: [Story] = [
        Story(
            id: "waar-het-water-mag-staan", topics: [.climate, .politics], maker: "rashid-karimi",
            title: Words(nl: "Waar het water mag staan", en: "Where the water may stay", ja: "水がとどまってよい場所"),
            standfirst: Words(
                nl: """
                    In het Lage Land zet boer Wiersma zijn beste weiland elke winter onder water. Vrijwillig, met \
                    contract, en sinds dit jaar met ganzen.
                    """,
                en: """
                    In the Low Land, farmer Wiersma floods his best meadow every winter. By choice, under contract \
                    and, since this year, with geese.
                    """,
                ja: "低地の農夫ヴィールスマは、毎冬いちばん良い牧草地を水に沈める。自ら望み、契約を結び、今年からは雁とともに。"),
            body: """
                Het water komt niet met een golf. Het komt als een vlek: eerst wordt het gras donker bij de sloot, \
                dan glimt het, dan zie je de lucht erin. Tegen de avond staat er vijftien centimeter op vier hectare \
                van Sjoerd Wiersma. Hij staat er op laarzen naar te kijken met de tevredenheid van iemand die een \
                klus op tijd af heeft.

                Acht jaar geleden liep het dorp stroomafwaarts twee keer onder. Het waterschap tekende toen een \
                dijkverhoging van dertig miljoen. Wiersma tekende iets anders: een kaart van waar het water vroeger \
                stond, volgens zijn grootvader. Zijn beste weiland lag er middenin.

                Het contract dat eruit voortkwam, is vier bladzijden lang. Stijgt de rivier boven een streep op de \
                sluisdeur, dan gaat zijn klep open. Hij krijgt een vast bedrag per jaar, of het nu regent of niet. \
                ‘Dat laatste was het moeilijkste,’ zegt de dijkgraaf. ‘Betalen voor iets wat niet gebeurt, daar \
                heeft een overheid geen formulier voor.’

                Inmiddels doen elf boeren mee. De dijkverhoging is niet van de baan, wel tien jaar uitgesteld, en \
                lager geworden. Wat niemand in de berekening had opgenomen, kwam in december aanvliegen: een paar \
                duizend ganzen, die het ondiepe water een goede plek vonden om te slapen.

                Wiersma’s dochter studeert bodemkunde en meet wat het water met het gras doet. Het eerste hooi is \
                later, het tweede is beter. ‘Mijn opa zei altijd dat het land van het water is en dat wij het \
                lenen,’ zegt ze. ‘Wij hebben nu afgesproken wanneer we het teruggeven.’
                """),
        Story(
            id: "wat-de-mossel-hoort", topics: [.science, .climate], maker: "eva-lindqvist",
            title: Words(nl: "Wat de mossel hoort", en: "What the mussel hears", ja: "ムール貝に聞こえるもの"),
            standfirst: Words(
                nl: """
                    Een mossel heeft geen oren en sluit zich toch als er een schip langskomt. Op een zolder boven de \
                    haven probeert een bioloog te begrijpen waarmee hij luistert.
                    """,
                en: """
                    A mussel has no ears, yet it closes when a ship passes. In an attic above the harbour a \
                    biologist tries to find out what it listens with.
                    """,
                ja: "ムール貝には耳がない。それでも船が通ると殻を閉じる。港を見下ろす屋根裏で、生物学者が何で聴いているのかを探る。"),
            body: """
                Op de zolder van het oude havenkantoor staan veertig bakken zeewater, en in elke bak zit één mossel \
                met een magneetje op zijn schelp. Een sensor leest af hoe ver hij openstaat. Op het scherm van \
                Ingrid Zwart lopen veertig lijnen, en als buiten de veerboot aanlegt, zakken ze alle veertig \
                tegelijk.

                ‘Je ziet het en je denkt: ze schrikken,’ zegt Zwart. ‘Dat woord mag ik niet gebruiken.’ Wat ze wel \
                mag zeggen: dat de dieren reageren op trilling, dat ze bij lage tonen sneller sluiten dan bij hoge, \
                en dat ze na een uur regelmatig gebrom weer opengaan. Niet omdat het gebrom ophoudt. Omdat het \
                regelmatig is.

                Dat laatste was toeval. Een pomp in de kelder sloeg aan op een vast ritme, en na een paar dagen \
                trokken de lijnen zich er niets meer van aan. Toen de pomp werd vervangen door een stillere met een \
                onregelmatige tik, bleven de mosselen een week lang half dicht. De kwekers herkenden het meteen: in \
                een onrustig jaar groeien de schelpen slechter.

                Zwart wil nu weten of je een haven zo kunt inrichten dat hij voorspelbaar klinkt. Dat is geen \
                poëtische vraag. Schepen kunnen hun toerental afspreken, heipalen kunnen op vaste uren. Het kost \
                weinig en je weet na één seizoen of het werkt.

                Aan het eind van de middag zet ze de sensoren uit, behalve één. Die is verbonden met een lampje op \
                haar bureau, dat aangaat als de mossel opengaat. ‘Dan weet ik dat het buiten rustig is,’ zegt ze. \
                ‘En dan ga ik naar huis.’
                """),
        Story(
            id: "de-luisterende-lift", topics: [.technology, .science], maker: "tess-brouwer",
            title: Words(
                nl: "De man die liften laat luisteren", en: "The man who makes lifts listen", ja: "エレベーターに耳を与える男"),
            standfirst: Words(
                nl: """
                    Monteur Ruben Aalbers hoort een versleten lager een maand voor het stukgaat. Nu leert hij een \
                    apparaatje van twaalf euro hetzelfde.
                    """,
                en: """
                    Engineer Ruben Aalbers can hear a worn bearing a month before it fails. Now he is teaching a \
                    twelve-euro device to do the same.
                    """,
                ja: "整備士ルーベン・アールベルスは、摩耗した軸受を壊れるひと月前に聞き分ける。その耳をいま、十二ユーロの装置に教えている。"),
            body: """
                In de schacht van een flat aan de Veste legt Ruben Aalbers zijn hand tegen een stalen rail en doet \
                zijn ogen dicht. De lift zakt van tien naar nul. ‘Daar,’ zegt hij ter hoogte van vier. Ik hoor \
                niets. Hij tekent een kruisje op de muur. Drie weken later, zal hij me mailen, is op die plek een \
                lager vervangen dat anders was vastgelopen.

                Aalbers repareert al zesentwintig jaar liften en heeft een probleem: hij is alleen. Van de acht \
                monteurs bij zijn bedrijf zijn er vijf boven de zestig. Wat zij horen, staat in geen handboek. ‘We \
                hebben het opgeschreven als “zingt”, “tikt” of “schuurt een beetje”,’ zegt hij. ‘Daar leidt je \
                niemand mee op.’

                Dus schroefde hij een microfoontje aan een goedkope chip en hing dat in dertig liften. Elke avond \
                luistert hij een uur naar opnamen en zegt per fragment wat hij hoort. De chip leert daarvan, en hij \
                zelf ook: hij bleek twee geluiden hetzelfde woord te geven die niets met elkaar te maken hadden.

                De opnamen gaan het gebouw niet uit. Dat was geen eis van de wet maar van mevrouw Sluis op zeven \
                hoog, die wilde weten of het ding haar kon horen zingen. Dat kon het. Aalbers bouwde er een filter \
                in dat alles boven een bepaalde toon weggooit voordat er iets wordt bewaard. Mevrouw Sluis heeft het \
                zelf getest.

                In het eerste half jaar voorspelde het apparaat elf storingen, waarvan negen terecht. Aalbers zelf \
                zat op tien. ‘Ik verlies liever van een leerling dan van een versleten lager,’ zegt hij.
                """),
        Story(
            id: "straat-bewaart-warmte", topics: [.climate, .technology], maker: "rashid-karimi",
            title: Words(
                nl: "De straat die haar eigen warmte bewaart", en: "The street that keeps its own warmth",
                ja: "自分の熱をたくわえる通り"),
            standfirst: Words(
                nl: """
                    Zesendertig huishoudens in Kadewijk delen één buffervat onder het plein. De techniek werkte \
                    meteen. De afspraken duurden twee jaar.
                    """,
                en: """
                    Thirty-six households in Kadewijk share one heat store beneath the square. The technology worked \
                    at once. The agreements took two years.
                    """,
                ja: "カーデワイクの三十六世帯は、広場の下のひとつの蓄熱槽を分け合う。技術はすぐ動いた。取り決めには二年かかった。"),
            body: """
                Wie over het pleintje aan de Zeilmakersstraat loopt, merkt er niets van, behalve dat de sneeuw er \
                een halfuur eerder smelt dan elders. Vier meter onder de klinkers ligt een vat van \
                tweehonderdduizend liter. In augustus is het water er heet van de daken, in februari lauw van het \
                douchen.

                Het idee kwam van een gepensioneerde installateur op nummer twaalf, het geld van een fonds, en het \
                uitstel van de vraag wie er op een koude dag als eerste mag. ‘Daar hebben we zes avonden over \
                gepraat,’ zegt Lotte Schrama, die de vergaderingen leidde. ‘Er zijn mensen huilend weggelopen. Over \
                een graad.’

                De oplossing is een regel die op een koelkast past: iedereen krijgt achttien graden, altijd. Wat er \
                daarna over is, wordt verdeeld naar wie er thuis is. Wie weggaat, drukt op een knop en geeft zijn \
                deel aan de straat. De knop is rood en staat bij elke voordeur.

                Vorige winter werd hij ruim vierduizend keer ingedrukt. Bijna niemand doet het voor het geld, dat \
                scheelt een paar euro per maand. ‘Je ziet op het schermpje waar het heen gaat,’ zegt Schrama. ‘Niet \
                naar wie, wel dat het gebruikt is.’ Een kind op nummer dertig zwaait altijd even naar de straat als \
                het drukt.

                Drie andere straten willen nu ook een vat. De installateur van nummer twaalf komt graag uitleggen \
                hoe je het bouwt. Schrama komt mee om te vertellen over de zes avonden.
                """),
        Story(
            id: "zeven-dagen-soep", topics: [.food, .economy], maker: "luca-moretti",
            title: Words(nl: "Zeven dagen soep", en: "Seven days of soup", ja: "七日間のスープ"),
            standfirst: Words(
                nl: """
                    Onze culinair redacteur kookte een week lang uit één pan, zonder hem leeg te maken. Een verslag \
                    over zuinigheid, laurier en wat de buren vonden.
                    """,
                en: """
                    Our food editor cooked from a single pot for a week without ever emptying it. A report on \
                    thrift, bay leaves and what the neighbours thought.
                    """,
                ja: "料理担当記者が一週間、ひとつの鍋を空にせず煮つづけた。倹約と月桂樹、そして隣人たちの感想の記録。"),
            body: """
                Maandag. Een ui, twee wortels, de groene kant van een prei, water, zout. Mijn grootmoeder zei dat \
                soep geen recept is maar een gewoonte, en dat je een gewoonte begint op maandag. Ik eet twee borden \
                en laat de rest staan.

                Dinsdag. De pan is ouder geworden en milder. Ik doe er een handvol linzen bij, de schil van een stuk \
                kaas en een laurierblad. Buurvrouw Ans proeft aan de deur en zegt: ‘Hier is nog hoop.’ Woensdag voeg \
                ik een blik tomaten toe en krijg daar spijt van, want een tomaat laat zich niet meer terugnemen.

                Donderdag breng ik het weer in balans met oud brood, dat verdwijnt zonder iets achter te laten dan \
                dikte. Dat is het geheim van een pan die doorgaat: alles wat te zeer zichzelf is, moet eerst een \
                nacht slapen. Vrijdag komen er vrienden. Ik zet er room naast in plaats van erin, want morgen moet \
                er ook nog een dag zijn.

                Zaterdag reken ik. In zes dagen heb ik voor veertien euro tachtig gegeten, met elf gasten. \
                Weggegooid: één laurierblad. Gemiddeld belandt in een Nederlands huishouden wekelijks een flink bord \
                vol eten in de bak; bij mij was dat deze week niets, omdat er altijd een pan stond die ja zei.

                Zondag. De soep is nu bruin en diep en niet meer na te vertellen. Ik giet er voor het eerst een zeef \
                op, hou een kop heldere bouillon over, en drink die staand bij het raam. De pan is leeg. Morgen is \
                het maandag.
                """),
    ]
}
