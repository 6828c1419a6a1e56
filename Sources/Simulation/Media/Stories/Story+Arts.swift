extension Story {
    static let arts: [Story] = [
        Story(
            id: "een-centimeter-per-dag", topics: [.art, .science], maker: "merel-van-loon",
            title: Words(nl: "Eén centimeter per dag", en: "One centimetre a day", ja: "一日一センチ"),
            standfirst: Words(
                nl: """
                    Restaurator Hanneke Vos werkt al drie jaar aan hetzelfde schilderij. Over geduld, wattenstaafjes \
                    en een hond die niemand had gezien.
                    """,
                en: """
                    Conservator Hanneke Vos has worked on the same painting for three years. On patience, cotton \
                    buds and a dog nobody had noticed.
                    """,
                ja: "修復家ハンネケ・フォスは三年間、同じ一枚に向き合っている。忍耐と綿棒、そして誰も気づかなかった犬の話。"),
            body: """
                Het licht in het atelier komt van het noorden, de radio staat op een zender zonder stemmen, en \
                Hanneke Vos zit met haar neus twintig centimeter van een lucht uit de zeventiende eeuw. Met een \
                vochtig wattenstaafje draait ze rondjes op een vlak zo groot als een postzegel. Aan het eind van de \
                dag is die postzegel blauw. Gisteren was hij bruin.

                ‘Mensen vragen altijd of het niet saai is,’ zegt ze. ‘Dan laat ik ze een uur meekijken. Na tien \
                minuten willen ze weg en na veertig willen ze blijven.’ Drie jaar is ze nu bezig met het \
                havengezicht dat straks de grote zaal van het stadsmuseum krijgt. Per dag doet ze ongeveer een \
                centimeter.

                In het tweede jaar kwam linksonder een hond tevoorschijn. Hij stond op geen enkele oude foto en in \
                geen enkele beschrijving. Iemand had hem ooit overgeschilderd, waarschijnlijk omdat hij doet wat \
                honden tegen palen doen. Vos belde de directeur, die langskwam, keek, en na een lange stilte vroeg \
                of hij nu van de hond was of van de stad.

                De hond blijft. Daarover is vergaderd, met notulen. Het argument dat de doorslag gaf, kwam van een \
                suppoost: als je de hond weglaat, zei hij, dan moet je ook de vlek op de paal uitleggen.

                Vos schat dat ze nog acht maanden nodig heeft voor de rechterbovenhoek. Daar zit alleen lucht. ‘Dat \
                is het moeilijkst,’ zegt ze. ‘Bij lucht kan niemand zien of je klaar bent. Dat moet je zelf \
                besluiten.’
                """),
        Story(
            id: "bioscoop-met-gordijn", topics: [.film, .city], maker: "daan-elzinga",
            title: Words(
                nl: "De laatste bioscoop met een gordijn", en: "The last cinema with a curtain", ja: "幕のある最後の映画館"),
            standfirst: Words(
                nl: """
                    In Cinema Astra gaat voor elke film een rood gordijn open. Het kost elf seconden. Volgens de \
                    operateur zijn het de belangrijkste van de avond.
                    """,
                en: """
                    At the Astra a red curtain opens before every film. It takes eleven seconds. The projectionist \
                    says they matter most.
                    """,
                ja: "シネマ・アストラでは上映のたびに赤い幕が開く。十一秒。映写技師は、それが今夜いちばん大切な時間だと言う。"),
            body: """
                De motor van het gordijn is uit 1958 en maakt een geluid als een kat die gaat verliggen. Iedereen in \
                de zaal kent het. Wie nog praat, houdt op; wie zijn jas nog aanheeft, laat hem aan. Elf seconden \
                lang is er niets te zien dan rood fluweel dat plaatsmaakt, en dan begint het.

                ‘Een film begint niet op het doek,’ zegt operateur Theo Maas, die het gordijn al veertig jaar \
                bedient met een schakelaar die hij zelf twee keer heeft vervangen. ‘Hij begint op het moment dat je \
                samen stil bent.’ Hij heeft het bij een matinee met kleuters gezien en bij een nachtvoorstelling met \
                veertien dronken studenten.

                Astra heeft 212 stoelen en verkoopt er gemiddeld 71. De nieuwe megabioscoop aan de ring heeft negen \
                zalen zonder gordijn, want tussen de voorstellingen door draaien daar reclames, en een gordijn voor \
                een reclame is een rare gedachte. Toch groeit Astra sinds twee jaar weer, vooral op maandagen.

                Op maandag doet Maas de Stille Zaal: vooraf geen reclame, achteraf geen lampen tot de laatste naam \
                op de aftiteling voorbij is. Wie wil praten, kan naar het café, waar de eigenaar van de kapperszaak \
                ernaast elke week een stelling op een krijtbord zet. Vorige week: ‘De schurk had een punt.’

                Er is één scheur in het fluweel, rechts, op ooghoogte. Maas naait hem niet. In 1974 heeft een jongen \
                er tijdens een griezelfilm doorheen gekeken om te zien of de voorkant van het gordijn ook bang was. \
                Die jongen is nu voorzitter van het stichtingsbestuur.
                """),
        Story(
            id: "orkest-zonder-dirigent", topics: [.music, .economy], maker: "fleur-de-wit",
            title: Words(
                nl: "Veertig mensen, geen dirigent", en: "Forty people, no conductor", ja: "四十人、指揮者なし"),
            standfirst: Words(
                nl: """
                    Het Kade-ensemble speelt symfonieën zonder iemand op de bok. Wie geeft de maat aan als niemand \
                    de baas is? We zaten een week tussen de altviolen.
                    """,
                en: """
                    The Kade Ensemble plays symphonies with nobody on the podium. Who sets the pace when no one is \
                    in charge? A week among the violas.
                    """,
                ja: "カーデ・アンサンブルは指揮台に誰も立たずに交響曲を奏でる。誰もが主でないとき、拍を示すのは誰か。ヴィオラのあいだで過ごした一週間。"),
            body: """
                Het eerste wat opvalt, is het ademen. Vlak voor de inzet halen veertig mensen tegelijk adem, \
                hoorbaar, alsof ze samen een trap op moeten. Daar zit de maat in. ‘Een dirigent slaat, wij ademen,’ \
                zegt altvioliste Noa Prins. ‘Het verschil is dat je ademen niet kunt opleggen.’

                Het Kade-ensemble begon twaalf jaar geleden uit geldgebrek: een dirigent kostte evenveel als vier \
                strijkers. Uit armoede werd een methode. Elk stuk krijgt een ‘drager’, iemand uit het orkest die de \
                partituur leert en de eerste repetitie leidt, en daarna zijn mond houdt. De drager van deze week is \
                de tweede hoornist.

                Repeteren duurt bijna twee keer zo lang. Op dinsdag wordt een halfuur gepraat over één overgang, \
                waarbij de pauken vinden dat de celli slepen en de celli vinden dat de pauken dat niet hadden hoeven \
                zeggen. Op donderdag is het weg, zonder dat iemand kan aanwijzen wie het heeft opgelost.

                Onderzoekers van het conservatorium filmden vorig seizoen waar de musici naar keken. Niet naar de \
                concertmeester, zoals iedereen dacht. Ze keken naar degene die op dat moment de moeilijkste noten \
                had. ‘Dat is het hele geheim,’ zegt Prins. ‘Wie het zwaar heeft, leidt.’

                Vrijdagavond, uitverkocht huis. Na het slot blijft het drie seconden stil; ook het applaus heeft \
                geen dirigent. Dan ademt de zaal in.
                """),
        Story(
            id: "ongelezen-boeken", topics: [.books, .science], maker: "pieter-van-dam",
            title: Words(
                nl: "Lof van het ongelezen boek", en: "In praise of the unread book", ja: "読まれていない本への讃歌"),
            standfirst: Words(
                nl: """
                    Een kast vol boeken die je niet las, is geen verwijt maar een belofte. Onze literair redacteur \
                    telde de zijne.
                    """,
                en: """
                    A shelf of books you have not read is not a reproach but a promise. Our literary editor counted \
                    his.
                    """,
                ja: "読んでいない本が並ぶ棚は、責めではなく約束である。文芸担当記者が自分の棚を数えてみた。"),
            body: """
                Het zijn er driehonderdzeventien. Ik heb ze geteld op een regenachtige zondag, nadat een neefje van \
                negen had gevraagd waarom ik boeken koop die ik niet lees. Ik had geen antwoord, behalve dat hij ook \
                niet met al zijn steentjes speelt. ‘Maar die wíl ik hebben,’ zei hij. Precies.

                Er bestaat een Japans woord voor, tsundoku: boeken laten opstapelen zonder ze te lezen. Het klinkt \
                als een kwaal en wordt uitgesproken met genegenheid. Mijn collega in Tokio vertelt dat haar vader er \
                een kamer voor had, met een stoel waarin niemand ooit zat.

                Een gelezen boek is af, een ongelezen boek luistert mee. Het staat daar als een vriend die op de \
                trap zit te wachten tot je uitgepraat bent. In de jaren dat mijn moeder ziek was, las ik niets, en \
                toch heb ik veel gehad aan die ruggen. Ze zeiden: er komt weer een avond.

                Natuurlijk is er ook een rekening. Driehonderdzeventien boeken zijn, in mijn tempo, elf jaar lezen, \
                en ik koop sneller dan dat. Eens haal ik de achterstand niet meer in. Ik heb besloten dat ik dat \
                prettig vind. Het idee dat alles gelezen zou zijn, lijkt me op een huis waarin niets meer te \
                verwachten valt.

                Mijn neefje mocht er een uitkiezen. Hij nam een vogelgids uit 1962, om de plaatjes. Het zijn er nu \
                driehonderdzestien, en één gelezen boek.
                """),
        Story(
            id: "brieven-aan-de-buurvrouw", topics: [.books, .art], maker: "pieter-van-dam",
            title: Words(
                nl: "Brieven aan een onbekende buurvrouw", en: "Letters to an unknown neighbour", ja: "見知らぬ隣人への手紙"),
            standfirst: Words(
                nl: """
                    Twee jaar lang vond Jolanda Kuiper elke vrijdag een tekening in de bus. Nu hangen ze in het \
                    museum, en de maker is nog steeds niet gevonden.
                    """,
                en: """
                    For two years Jolanda Kuiper found a drawing in her letterbox every Friday. Now they hang in the \
                    museum, and their maker is still unknown.
                    """,
                ja: "二年のあいだ、ヨランダ・カイパーの郵便受けには毎週金曜日に一枚の絵が届いた。いま美術館に掛かるその絵の作者は、まだ見つからない。"),
            body: """
                De eerste was een peer. Met potlood, op de achterkant van een kassabon, met onderaan in blokletters: \
                VOOR NUMMER 44. Jolanda Kuiper dacht aan een vergissing en legde hem op de trap, waar hij twee dagen \
                bleef liggen. Toen hing ze hem op de koelkast. De vrijdag daarop kwam er een tweede peer, van opzij.

                Het werden er honderdvier. Na de peren kwamen dingen die vanuit de straat te zien zijn: de \
                regenpijp, de kat van nummer 40, het gordijn dat zij altijd scheef laat hangen. ‘Je zou bang kunnen \
                worden,’ zegt Kuiper. ‘Ik werd bekeken. Maar zo voelde het niet. Het voelde alsof iemand bij me \
                bleef zitten.’

                Toen ze een halfjaar in het ziekenhuis lag, bleef de post komen. Haar dochter bracht de tekeningen \
                mee: het lege raam, met elke week één ding erbij. Een vaas. Een lamp. Op de laatste brandt het \
                licht. Die vrijdag kwam ze thuis.

                Het stadsmuseum toont de reeks nu in een zaal zo breed als haar gang. Er zijn kenners langs geweest, \
                en een handschriftkundige, en een meneer die beweerde dat hij het was tot hem werd gevraagd een peer \
                te tekenen. Kuiper heeft besloten niet meer te zoeken. ‘Ik heb een brief teruggeschreven,’ zegt ze. \
                Hij hangt bij de uitgang, in een envelop, dicht.

                Sinds de opening vinden ook andere mensen in de straat soms een tekening. Op nummer 12 was het een \
                schoen. De stijl is anders. Dat, zegt Kuiper, is misschien wel het mooiste nieuws van allemaal.
                """),
        Story(
            id: "refrein-dat-blijft", topics: [.music, .science], maker: "fleur-de-wit",
            title: Words(
                nl: "Waarom een refrein blijft hangen", en: "Why a chorus gets stuck", ja: "サビはなぜ頭に残るのか"),
            standfirst: Words(
                nl: """
                    Iedereen kent er een die niet weggaat. Een psycholoog, een liedjesschrijver en een \
                    basisschoolkoor over de plakkracht van vier maten.
                    """,
                en: """
                    Everyone knows one that will not leave. A psychologist, a songwriter and a school choir on the \
                    stickiness of four bars.
                    """,
                ja: "誰にでも、離れない一節がある。心理学者、作曲家、小学校の合唱団が語る、四小節の粘着力。"),
            body: """
                Het koor van basisschool De Wissel heeft een wedstrijd: wie het liedje van vorige week het langst in \
                zijn hoofd heeft, mag het volgende kiezen. De stand wordt bijgehouden op een kartonnen bord. \
                Bovenaan staat Ilias uit groep zeven, met negen dagen, en hij ziet er moe maar gelukkig uit.

                ‘Een oorwurm is een zin zonder punt,’ zegt psycholoog Maud Reijnders. Het brein wil afmaken wat het \
                begint, en een goed refrein eindigt precies zo dat je weer vooraan kunt beginnen. Haar remedie is \
                even simpel als wreed: zing het hele lied, hardop, tot en met de laatste noot. De meeste mensen \
                kennen die laatste noot niet. Dat is het probleem.

                Liedjesschrijver Jip de Groot heeft er drie op zijn geweten die u kent. Hij werkt met wat hij een \
                struikelsteen noemt: één toon die net anders gaat dan je verwacht. ‘Te glad glijdt eraf, te raar \
                blijft buiten staan. Eén steen is genoeg.’ Hij verstopt hem bij voorkeur op de derde tel, als de \
                luisteraar denkt dat hij het al weet.

                Op verzoek van de krant probeerde het koor een avond lang een refrein te maken dat níét blijft \
                hangen. Het werd een melodie van negen maten zonder herhaling, in twee talen. De volgende ochtend \
                zong de halve klas hem op de fiets.

                Reijnders is niet verbaasd. ‘Ze hebben hem samen gemaakt,’ zegt ze. ‘Daar is geen remedie tegen.’
                """),
    ]
}
