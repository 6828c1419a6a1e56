extension Brief {
    static let culture: [Brief] = [
        Brief(
            id: "zaal-voor-een", topics: [.art], maker: "merel-van-loon",
            title: Words(nl: "Eén zaal, één werk: {0}", en: "One room, one work: {0}", ja: "一室一作：{0}"),
            standfirst: Words(
                nl: "Het stadsmuseum hangt voor zes weken maar één ding op. Onze criticus zat er drie keer een uur.",
                en: """
                    For six weeks the city museum shows a single work. Our critic sat with it for an hour, three \
                    times.
                    """,
                ja: "市立美術館は六週間、一点だけを掛ける。批評家は一時間ずつ、三度すわった。"),
            slots: [
                Words(nl: "een stilleven met citroenen", en: "a still life with lemons", ja: "レモンのある静物"),
                Words(nl: "een quilt uit Kadewijk", en: "a quilt from Kadewijk", ja: "カーデワイクのキルト"),
                Words(nl: "een onafgemaakt zelfportret", en: "an unfinished self-portrait", ja: "未完の自画像"),
            ],
            body: """
                De eerste keer zag ik wat er op het bordje stond. De tweede keer zag ik de rand. De derde keer kwam \
                er een schoolklas binnen, en een meisje vroeg aan haar vriendin of het ding ook naar ons keek. \
                Sindsdien weet ik niet meer wat ik ervan vind, en dat is een compliment.

                Eén zaal, één werk: {0}. Er is een bank, er is daglicht, er is geen audiotour. Wie wil, krijgt bij \
                de ingang een potlood en een leeg vel. De vellen worden bewaard. Het zijn er nu elfhonderd.
                """),
        Brief(
            id: "op-bezoek-bij", topics: [.art, .city], maker: "merel-van-loon",
            title: Words(nl: "Op bezoek bij {0}", en: "Visiting {0}", ja: "{0}を訪ねて"),
            standfirst: Words(
                nl: """
                    Een werkplaats verraadt meer dan een catalogus. We keken mee bij {0}, en mochten aan bijna alles \
                    zitten.
                    """,
                en: """
                    A workshop gives away more than a catalogue. We looked in on {0}, and were allowed to touch \
                    nearly everything.
                    """,
                ja: "工房は図録より多くを語る。{0}の仕事場で、ほとんど何でも触らせてもらった。"),
            slots: [
                Words(nl: "een glasblazer", en: "a glass blower", ja: "ガラス職人"),
                Words(nl: "een letterzetter", en: "a typesetter", ja: "活版工"),
                Words(nl: "een marionettenmaker", en: "a puppet maker", ja: "人形作り"),
            ],
            body: """
                Bij {0} is het warmer dan buiten en ligt alles op de plek waar het het laatst is gebruikt. Er is een \
                systeem, zegt de maker, alleen staat het nergens op. Op de vensterbank ligt de mislukking van \
                gisteren, die volgende week misschien een begin blijkt.

                Het mooiste gereedschap is zelfgemaakt en heeft geen naam. Als ik het wil beschrijven, moet ik het \
                nadoen. ‘Zo leert iedereen het,’ zegt de maker. ‘Ik heb het nog nooit uitgelegd gekregen. Ik heb het \
                alleen gezien.’
                """),
        Brief(
            id: "kunst-op-straat", topics: [.art, .politics], maker: "merel-van-loon",
            title: Words(nl: "Ruzie om {0}", en: "A row over {0}", ja: "{0}をめぐる騒動"),
            standfirst: Words(
                nl: """
                    De helft wil dat {0} blijft, de andere helft dat het weggaat. De kunstenaar wil vooral dat er \
                    gekeken wordt.
                    """,
                en: "Half want {0} to stay, the other half want it gone. The artist mostly wants people to look.",
                ja: "半分は{0}を残したい。半分はなくしたい。作家の望みは、まず見てもらうこと。"),
            slots: [
                Words(nl: "de gele muur", en: "the yellow wall", ja: "黄色い壁"),
                Words(nl: "het beeld bij de sluis", en: "the statue by the lock", ja: "水門の像"),
                Words(nl: "de zingende lantaarnpaal", en: "the singing lamp post", ja: "歌う街灯"),
            ],
            body: """
                Er zijn tot nu toe 214 brieven binnengekomen, waarvan een derde in dichtvorm. Voorstanders noemen \
                {0} het eerste nieuwe in jaren, tegenstanders ook. Het verschil zit in de toon.

                De kunstenaar las alle brieven voor, achter elkaar, op de plek zelf. Het duurde vier uur. Halverwege \
                begonnen mensen elkaars brieven aan te vullen. Het besluit valt in het voorjaar; voorlopig is het de \
                drukste plek van de stad.
                """),
        Brief(
            id: "gezien-in", topics: [.film], maker: "daan-elzinga",
            title: Words(nl: "‘{0}’ vraagt om een tweede keer", en: "‘{0}’ asks to be seen twice", ja: "『{0}』は二度観たくなる"),
            standfirst: Words(
                nl: """
                    De eerste keer keek ik naar het verhaal, de tweede keer naar de handen. Over een film die niet \
                    uitlegt.
                    """,
                en: "The first time I watched the story, the second time the hands. On a film that does not explain.",
                ja: "一度目は物語を、二度目は手を見ていた。説明しない映画について。"),
            slots: [
                Words(nl: "Zout op de ramen", en: "Salt on the Windows", ja: "窓の塩"),
                Words(nl: "De langste omweg", en: "The Longest Detour", ja: "いちばん長い回り道"),
                Words(nl: "Zomer zonder Ruth", en: "Summer Without Ruth", ja: "ルースのいない夏"),
            ],
            body: """
                ‘{0}’ begint met een deur die niet dichtgaat. Twee uur later gaat hij dicht, en je weet niet of dat \
                goed nieuws is. Daartussen gebeurt er weinig wat je na kunt vertellen en veel wat je bijblijft.

                De regisseur laat acteurs dingen doen die tijd kosten: een jas dichtknopen, een appel schillen, \
                wachten op een antwoord. Wie daar ongeduldig van wordt, heeft gelijk. Blijf dan nog tien minuten \
                zitten. Het is het soort ongeduld dat overgaat in aandacht.
                """),
        Brief(
            id: "achter-de-camera", topics: [.film, .technology], maker: "daan-elzinga",
            title: Words(nl: "Het onzichtbare werk van {0}", en: "The invisible work of {0}", ja: "{0}の見えない仕事"),
            standfirst: Words(
                nl: "Als het goed is, merk je er niets van. Een dag op de set met {0}.",
                en: "Done well, you never notice it. A day on set with {0}.",
                ja: "うまくいけば、誰も気づかない。{0}と過ごした撮影現場の一日。"),
            slots: [
                Words(nl: "de geluidsman", en: "the sound recordist", ja: "録音技師"),
                Words(nl: "de scriptsupervisor", en: "the script supervisor", ja: "記録係"),
                Words(nl: "de lichtassistent", en: "the lighting assistant", ja: "照明助手"),
            ],
            body: """
                Op de oproeplijst staat de naam klein, onderaan. Toch kan er niets beginnen voordat {0} heeft \
                geknikt. Dat knikken gebeurt vandaag eenenveertig keer, waarvan zes keer pas na een zucht.

                ‘Het publiek ziet wat er is,’ luidt de vakopvatting, ‘ik ben van wat er níét is.’ Een vliegtuig dat \
                niet overkomt, een kopje dat niet verspringt, een schaduw die niet meeloopt. In de pauze wordt er \
                soep gegeten. Op de achtergrond, onhoorbaar, wordt de soep opgenomen. Je weet maar nooit.
                """),
        Brief(
            id: "terugkijken", topics: [.film, .books], maker: "daan-elzinga",
            title: Words(nl: "Vijf scènes met {0}", en: "Five scenes with {0}", ja: "{0}のある五つの場面"),
            standfirst: Words(
                nl: "Van stomme film tot stream: wat {0} ons vertelt zonder een woord te zeggen.",
                en: "From silent film to stream: what {0} tells us without a word.",
                ja: "無声映画から配信まで。{0}がことばなしに語るもの。"),
            slots: [
                Words(nl: "een trap", en: "a staircase", ja: "階段"),
                Words(nl: "regen", en: "rain", ja: "雨"),
                Words(nl: "een lege stoel", en: "an empty chair", ja: "空いた椅子"),
            ],
            body: """
                Wie erop gaat letten, ziet het overal. Zodra er in een film {0} in beeld komt, gaat het ergens \
                anders over: over wie er weg is, over wie er hoger staat, over wat er niet wordt gezegd. We kozen \
                vijf scènes en keken ze achter elkaar.

                De oudste is negenennegentig jaar en nog altijd de snelste. De jongste duurt elf minuten en bestaat \
                uit één beeld. Onze favoriet is de derde, waarin er verder niets gebeurt. Dat wil zeggen: waarin er \
                alleen maar iets gebeurt.
                """),
        Brief(
            id: "eerste-plaat", topics: [.music], maker: "fleur-de-wit",
            title: Words(nl: "Luisteren naar {0}", en: "Listening to {0}", ja: "{0}を聴く"),
            standfirst: Words(
                nl: "Een nieuw album, een kamer met slechte akoestiek en drie generaties op de bank. Wat hoort wie?",
                en: "A new album, a room with poor acoustics and three generations on the sofa. Who hears what?",
                ja: "新しいアルバム、響きのわるい部屋、ソファに三世代。誰に何が聞こえるのか。"),
            slots: [
                Words(nl: "Het Lage Licht", en: "Het Lage Licht", ja: "ヘット・ラーヘ・リヒト"),
                Words(nl: "Nachttrein Oost", en: "Nachttrein Oost", ja: "ナハトトレイン・オースト"),
                Words(nl: "zangeres Ode Winter", en: "singer Ode Winter", ja: "歌手オーデ・ウィンター"),
            ],
            body: """
                De kleindochter hoort de bas, de dochter hoort de tekst, en de grootvader hoort zijn eigen jeugd, al \
                is het album drie weken oud. Luisteren naar {0} blijkt een manier om te zien waar je zelf zit.

                Het beste nummer is het vijfde, daarover is de bank het eens. Halverwege valt alles weg behalve een \
                ademhaling en een hi-hat die een fractie te laat is. Met opzet, zegt de producer. De grootvader zet \
                het nog eens op.
                """),
        Brief(
            id: "in-de-repetitie", topics: [.music, .art], maker: "fleur-de-wit",
            title: Words(nl: "Bij de repetitie van {0}", en: "At the rehearsal of {0}", ja: "{0}のリハーサルにて"),
            standfirst: Words(
                nl: "Drie weken voor de première klinkt niets nog zoals het moet. Precies dan is het op zijn mooist.",
                en: """
                    Three weeks before opening night nothing sounds as it should. That is exactly when it is at its \
                    best.
                    """,
                ja: "初日まで三週間。まだ何ひとつ思うように響かない。いちばん美しいのは、まさにそのとき。"),
            slots: [
                Words(nl: "een buurtopera", en: "a neighbourhood opera", ja: "町のオペラ"),
                Words(nl: "het jeugdharmonieorkest", en: "the youth wind band", ja: "青少年吹奏楽団"),
                Words(nl: "een requiem voor de haven", en: "a requiem for the harbour", ja: "港のためのレクイエム"),
            ],
            body: """
                Er wordt gezongen met de jas aan, want de verwarming is van de kerk. De repetitie van {0} is een \
                oefening in opnieuw: zelfde maat, zelfde inzet, zelfde fout, tot iemand lacht en het ineens goed \
                gaat.

                De regisseur schrijft niets op. Ze wijst alleen, en wacht. ‘Een première is een foto,’ zegt ze. ‘Dit \
                is het leven.’ Over drie weken zit de zaal vol. Wie het leven wil horen: op woensdagavond staat de \
                zijdeur open.
                """),
        Brief(
            id: "instrument-van", topics: [.music, .science], maker: "fleur-de-wit",
            title: Words(nl: "Het geheim van {0}", en: "The secret of {0}", ja: "{0}の秘密"),
            standfirst: Words(
                nl: "Wat maakt dat je {0} uit duizenden herkent? Een natuurkundige en een speler gaan op zoek.",
                en: "What makes {0} recognisable among thousands? A physicist and a player go looking.",
                ja: "なぜ{0}は千の音からでも聞き分けられるのか。物理学者と奏者が探る。"),
            slots: [
                Words(nl: "de altviool", en: "the viola", ja: "ヴィオラ"),
                Words(nl: "het draaiorgel", en: "the street organ", ja: "手回しオルガン"),
                Words(nl: "de shakuhachi", en: "the shakuhachi", ja: "尺八"),
            ],
            body: """
                Op het scherm van de natuurkundige is de toon van {0} een bergketen. De hoogste top is de noot, alle \
                kleinere zijn het karakter. ‘Haal je die weg,’ zegt hij, ‘dan hou je een fluitketel over.’

                De speler luistert beleefd en speelt dan dezelfde noot nog eens, boos. De bergketen verschuift. ‘Zie \
                je,’ zegt de speler. Ze zijn er samen nog niet uit, maar ze hebben een afspraak gemaakt voor \
                volgende week, en dat is ook een soort antwoord.
                """),
        Brief(
            id: "leesclub", topics: [.books], maker: "pieter-van-dam",
            title: Words(nl: "De leesclub leest: ‘{0}’", en: "The book club reads ‘{0}’", ja: "読書会で読む『{0}』"),
            standfirst: Words(
                nl: """
                    Twaalf lezers, één roman, en een gesprek dat pas na afloop begon. Met de vragen voor uw eigen \
                    tafel.
                    """,
                en: """
                    Twelve readers, one novel, and a conversation that only began afterwards. With questions for \
                    your own table.
                    """,
                ja: "十二人の読者と一冊の小説。会話は終わってから始まった。あなたの食卓のための問いも。"),
            slots: [
                Words(nl: "De tuin van gisteren", en: "Yesterday’s Garden", ja: "昨日の庭"),
                Words(nl: "Een huis van papier", en: "A House of Paper", ja: "紙の家"),
                Words(nl: "Wie de klok verzet", en: "Whoever Moves the Clock", ja: "時計をずらす者"),
            ],
            body: """
                Aan het begin van de avond vonden acht van de twaalf lezers ‘{0}’ te dik. Aan het eind waren het er \
                drie. Niemand had intussen een bladzijde gelezen. Zo gaat dat met een goed gesprek: het boek wordt \
                er dunner van.

                De scherpste opmerking kwam van een lezer die het niet uit had. Zij vroeg waarom de hoofdpersoon \
                nooit iets eet. Daarna bleef het stil, en ging iedereen bladeren. De vragen die we hebben verzameld, \
                zijn bruikbaar voor elke tafel met brood.
                """),
        Brief(
            id: "vertaald", topics: [.books, .city], maker: "pieter-van-dam",
            title: Words(
                nl: "Hoe vertaal je ‘{0}’?", en: "How do you translate ‘{0}’?", ja: "「{0}」をどう訳すか"),
            standfirst: Words(
                nl: "Zes vertalers bogen zich over één woord. Het leverde zeven antwoorden op, en een vriendschap.",
                en: "Six translators bent over one word. It yielded seven answers, and a friendship.",
                ja: "六人の翻訳者がひとつの言葉に向き合った。答えは七つ、友情はひとつ。"),
            slots: [
                Words(nl: "gezellig", en: "gezellig", ja: "ヘゼリフ"),
                Words(nl: "komorebi", en: "komorebi", ja: "木漏れ日"),
                Words(nl: "uitwaaien", en: "uitwaaien", ja: "アウトワーイエン"),
            ],
            body: """
                Het woord ‘{0}’ heeft de naam onvertaalbaar te zijn. Vertalers haten die naam. ‘Alles is \
                vertaalbaar,’ zegt een van hen, ‘alleen kost het soms een bladzijde.’ Ze schreven er elk een, en \
                lazen die aan elkaar voor.

                Wat opviel: iedereen begon met een herinnering en eindigde met een voorstel. Het mooiste voorstel \
                was een ander woord, dat al bestond en waar niemand aan had gedacht. Het tweede mooiste was om het \
                te laten staan en de zin eromheen beter te maken.
                """),
        Brief(
            id: "herlezen", topics: [.books, .art], maker: "pieter-van-dam",
            title: Words(nl: "Herlezen: {0}", en: "Rereading {0}", ja: "再読：{0}"),
            standfirst: Words(
                nl: """
                    Sommige boeken worden beter als je ouder wordt. Of word jij dat? Pieter van Dam pakt {0} er weer \
                    bij.
                    """,
                en: "Some books get better as you age. Or do you? Pieter van Dam returns to {0}.",
                ja: "歳とともに良くなる本がある。それとも良くなるのは読者のほうか。ピーテル・ファン・ダムが{0}を手に取る。"),
            slots: [
                Words(nl: "een sprookje over een steen", en: "a fairy tale about a stone", ja: "ある石の童話"),
                Words(nl: "een handleiding voor sterrenkijkers", en: "a stargazer’s manual", ja: "星見の手引き"),
                Words(nl: "het dagboek van een lichtwachter", en: "a lighthouse keeper’s diary", ja: "灯台守の日記"),
            ],
            body: """
                Op mijn twaalfde vond ik het spannend, op mijn dertigste flauw, en nu ik achtenvijftig ben, moest ik \
                het halverwege wegleggen omdat ik iets in mijn oog had. Het boek is niet veranderd. Er staat zelfs \
                nog een vlek chocolade op bladzijde veertig.

                Herlezen is jezelf tegenkomen bij iemand anders thuis. In {0} blijkt een bijfiguur te wonen die ik \
                twee keer over het hoofd heb gezien, en die nu de enige is die het begrijpt. Over dertig jaar kijk \
                ik nog eens wie het dan is.
                """),
    ]
}
