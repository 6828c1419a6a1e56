extension Story {
    static let cityLife: [Story] = [
        Story(
            id: "brug-zonder-haast", topics: [.city, .politics], maker: "noor-visser",
            title: Words(
                nl: "De brug die niemand haast heeft geleerd", en: "The bridge that never learned to hurry",
                ja: "急ぐことを覚えなかった橋"),
            standfirst: Words(
                nl: """
                    De Kadebrug gaat nog met de hand open. De gemeente wil dat veranderen, de brugwachter niet, en \
                    de wachtenden zijn verdeeld.
                    """,
                en: """
                    The quay bridge is still opened by hand. The council wants to change that, its keeper does not, \
                    and those who wait are divided.
                    """,
                ja: "埠頭の橋はいまも手で開けられている。市は変えたい。橋守は変えたくない。待つ人々の意見は分かれる。"),
            body: """
                Om tien voor zes in de ochtend hangt Gerda Postma haar jas over de stoel in het brughuisje. Op de \
                vensterbank staat een thermoskan, een verrekijker en een schrift waarin ze elke opening noteert: \
                tijd, schip, hoogte van het water. Het oudste schrift in de kast is van haar voorganger. ‘Hij \
                schreef ook op wie er zwaaide,’ zegt ze.

                De Kadebrug is de laatste van de stad die met een wiel wordt geopend. Achtenveertig slagen omhoog, \
                achtenveertig terug. Op een drukke zomerdag doet Postma dat dertig keer. De gemeente heeft berekend \
                dat bediening op afstand de wachttijd met anderhalve minuut bekort. ‘Dat klopt,’ zegt Postma. ‘Maar \
                ze hebben niet berekend wat mensen met die anderhalve minuut doen.’

                Wat ze doen, is te zien vanuit het raam. Een vrouw op een bakfiets deelt mandarijnen uit aan drie \
                kinderen die niet allemaal van haar zijn. Twee mannen die elkaar blijkbaar kennen van vroeger \
                proberen te achterhalen van welke school. Een bezorger zet zijn helm af en kijkt naar het schip \
                alsof hij er nog nooit een heeft gezien.

                In de raad is het voorstel vorige week voor de derde keer aangehouden. De wethouder spreekt van een \
                investering die zich in elf jaar terugverdient; een raadslid vroeg of iemand ooit had uitgerekend \
                wat een ontmoeting kost. Er werd gelachen, en daarna bleef het even stil.

                Postma gaat over twee jaar met pensioen. Er is geen opvolger opgeleid. Als je haar vraagt of de brug \
                daarna ook zonder haar opengaat, wijst ze op het schrift. ‘Zolang iemand het opschrijft,’ zegt ze, \
                ‘is het nog van ons allemaal.’ Dan gaat de bel. Er komt een schip aan.
                """),
        Story(
            id: "vergadering-na-middernacht", topics: [.politics, .city], maker: "bram-okafor",
            title: Words(
                nl: "Wie er nog zit als het besluit valt", en: "Who is still there when the vote is called",
                ja: "採決のとき、まだ席にいるのは誰か"),
            standfirst: Words(
                nl: """
                    Om kwart voor twee ’s nachts stemde de raad over een speelplein. Op de publieke tribune zat één \
                    persoon. Zij had gelijk.
                    """,
                en: """
                    At a quarter to two in the morning the council voted on a playground. One person sat in the \
                    public gallery. She was right.
                    """,
                ja: "午前一時四十五分、議会は遊び場について採決した。傍聴席には一人だけ。正しかったのは彼女だった。"),
            body: """
                De vergadering begon om half acht met eenentwintig agendapunten en een schaal speculaas. Punt \
                zestien, het speelplein aan de Wiekstraat, zou volgens de planning om tien uur aan de beurt zijn. Om \
                tien uur was de raad bij punt zes, en de speculaas op.

                Op de tribune zat Hülya Demir, moeder van twee, met een map op schoot. Ze had in september ontdekt \
                dat de tekening van het nieuwe plein op een oude kaart was gemaakt: de lindeboom die erop ontbrak, \
                stond er wel degelijk. Ze had gemaild. Ze had ingesproken, twee minuten, in oktober. Ze had een foto \
                van de boom meegebracht met de krant van die dag ertegenaan, zoals bij een gijzeling.

                ‘Het is geen onwil,’ zegt een griffier die niet met naam in de krant hoeft. ‘Na middernacht stemt \
                een raad over papier. Overdag stemt een raad over een plek.’ Hij houdt al jaren bij hoeveel \
                besluiten er na twaalven vallen. Het is ongeveer een op de vijf.

                Om 1.43 uur vroeg de voorzitter of iemand nog het woord wenste. Op de tribune ging een hand omhoog, \
                wat volgens het reglement niet kan. De voorzitter keek naar de klok, naar de hand, en schorste de \
                vergadering voor drie minuten. In die drie minuten liep Demir met haar foto langs de bankjes.

                Het voorstel werd met negentien stemmen tegen tien teruggestuurd. De boom staat er nog. Vanaf \
                januari, zo is afgesproken, komt alles waar een tekening bij hoort voor elf uur aan de orde.
                """),
        Story(
            id: "winkel-die-niet-groeit", topics: [.economy, .city], maker: "joost-hartman",
            title: Words(
                nl: "De winkel die niet wil groeien", en: "The shop that does not want to grow", ja: "大きくなりたくない店"),
            standfirst: Words(
                nl: """
                    IJzerwaren Van Buuren kreeg drie keer een bod van een keten. Wat zegt het over een economie als \
                    genoeg verkopen verdacht is?
                    """,
                en: """
                    Van Buuren’s hardware shop turned down a chain three times. What does it say about an economy \
                    when selling enough is suspect?
                    """,
                ja: "金物店ファン・ビューレンは三度、チェーンの買収を断った。「足りている」ことが疑われる経済とは何だろう。"),
            body: """
                Achter in de zaak staat een kast met negenhonderd laatjes. Marleen van Buuren kan blind aanwijzen in \
                welke de messing schroeven van drie millimeter liggen. ‘Een klant heeft er meestal één nodig,’ zegt \
                ze. ‘Dus verkoop ik er één.’ De schroef kost elf cent. De kassa, een model zonder scherm, heeft een \
                toets voor elf cent.

                Een keten die in elke middelgrote stad een filiaal heeft, deed drie keer een bod. De laatste keer \
                kwam er een meneer met een laptop die voorrekende dat de omzet per vierkante meter kon verdubbelen \
                als de laatjes weggingen. Van Buuren vroeg hem wie de schroef dan verkocht. Die vraag stond niet in \
                het model.

                Economen hebben een woord voor ondernemers zoals zij: niet-groeigericht. Het klinkt als een \
                aandoening. Toch is het de gewoonste vorm van ondernemen die er bestaat. De meeste winkels in deze \
                stad hebben in tien jaar geen vierkante meter erbij gekregen, en de meeste bestaan nog.

                Wat de winkel wél doet, past slecht in een kwartaalcijfer. Op zaterdag legt Van Buuren aan wie het \
                vraagt uit hoe je een kraanleertje vervangt. Naar schatting van de woningcorporatie scheelt dat in \
                de buurt tientallen uitgereden monteurs per jaar. De corporatie betaalt daar niets voor. ‘Ik zou \
                niet weten hoe ik het moest factureren,’ zegt Van Buuren.

                Haar zoon neemt de zaak over, onder één voorwaarde: dat er op maandag dicht gegaan wordt. Zij heeft \
                dertig jaar op maandag gewerkt. ‘Dat is dan onze groei,’ zegt ze.
                """),
        Story(
            id: "de-laatste-op-de-baan", topics: [.sport, .city], maker: "aisha-mensah",
            title: Words(
                nl: "De laatste op de baan", en: "The last one on the track", ja: "トラックに残る最後の一人"),
            standfirst: Words(
                nl: """
                    Bij de stadsloop van Noorderhaven krijgt niet de winnaar het hardste applaus. Hoe een club \
                    leerde kijken naar de andere kant van de uitslag.
                    """,
                en: """
                    At the Noorderhaven run the winner does not get the loudest applause. How a club learned to look \
                    at the other end of the results.
                    """,
                ja: "ノールデルハーフェンの市民ラン。いちばん大きな拍手は優勝者に送られない。順位表の反対側を見ることを学んだクラブの話。"),
            body: """
                De winnaar van vorig jaar kwam binnen in dertig minuten en vier seconden. Hij kreeg een beker, een \
                handdruk en een banaan. Een uur en tien minuten later ging het stadion staan voor Wim Terpstra, 74, \
                die de laatste bocht in liep met een vrijwilliger aan weerskanten en een derde die de tijdmat \
                verdedigde tegen het opruimen.

                Het begon uit ergernis. Zes jaar geleden werd de finishboog al afgebroken toen er nog vier lopers \
                onderweg waren. Een van hen was de moeder van de voorzitter. Het bestuur besloot dat voortaan \
                niemand naar huis mocht voordat de laatste binnen was, ook de snelle lopers niet, ook de wethouder \
                niet.

                Wat niemand had voorzien: het veld werd breder. Er kwamen mensen terug die na een operatie weer \
                wilden beginnen, een leesclub die wandelend deelneemt, twee buurvrouwen die al jaren om de beurt de \
                laatste zijn en dat bijhouden. De snelste tijden werden er niet slechter van. De club kreeg er wel \
                driehonderd leden bij.

                ‘Winnen is meetbaar, daar hoef je niks voor te regelen,’ zegt trainer Fatou Diallo. ‘Blijven is \
                werk.’ Ze heeft een schema gemaakt waarin de eerste tien lopers om de beurt teruglopen om de laatste \
                tien op te halen. Het is het populairste schema van de club.

                Terpstra’s tijd van vorig jaar was een uur, veertig minuten en twaalf seconden. Dit jaar mikt hij op \
                een uur achtendertig. Hij hoopt dat iemand hem de laatste plaats afneemt. ‘Maar ik loop niet expres \
                sneller.’
                """),
        Story(
            id: "wachten-in-tokio", topics: [.city, .technology], maker: "yuki-tanabe",
            title: Words(
                nl: "Wat ik in Tokio leerde over wachten", en: "What Tokyo taught me about waiting",
                ja: "東京が教えてくれた「待つ」ということ"),
            standfirst: Words(
                nl: """
                    Een rij is een afspraak tussen vreemden. In een stad van miljoenen is dat geen beleefdheid maar \
                    techniek, schrijft onze correspondent.
                    """,
                en: """
                    A queue is an agreement between strangers. In a city of millions that is not politeness but \
                    engineering, writes our correspondent.
                    """,
                ja: "行列とは、見知らぬ者どうしの約束である。何百万もの人が住む街では、それは礼儀ではなく技術なのだと特派員は書く。"),
            body: """
                Op het perron bij mijn huis staan drie rijen streepjes op de grond: rond, driehoekig en vierkant. De \
                trein van over vier minuten stopt bij de rondjes, die daarna bij de driehoeken. Niemand kijkt \
                ernaar, iedereen staat goed. Toen ik hier net woonde, dacht ik dat het discipline was. Nu denk ik \
                dat het een vorm van vertrouwen is.

                Een rij werkt alleen als je zeker weet dat de persoon achter je ook blijft staan. Die zekerheid moet \
                ergens vandaan komen. In mijn buurt komt ze uit details: het bord dat de wachttijd in hele minuten \
                geeft en zich nooit vergist, de medewerker die buigt als het er één meer wordt, de bank die precies \
                breed genoeg is voor wie niet kan staan.

                Mijn buurman ontwierp dertig jaar lang wachtruimtes. Hij vertelde dat hij nooit probeerde het \
                wachten korter te maken. ‘Kort is duur,’ zei hij. ‘Eerlijk is goedkoop.’ Een wachtende verdraagt \
                veel, was zijn ervaring, behalve de gedachte dat een ander voorgaat zonder reden. Dus maakte hij de \
                reden zichtbaar: een lampje, een nummer, een naam.

                Vorige week stond ik in de regen voor een winkeltje met zeven krukken. Na een kwartier kwam de kok \
                naar buiten, telde ons, en zei tegen de laatste twee dat het brood waarschijnlijk op zou zijn. Ze \
                bogen en liepen weg. De rest van de rij, mezelf inbegrepen, voelde zich op slag minder nat.

                Als ik in Nederland ben, valt me op hoe vaak we wachten zonder te weten waarop. Een spinner op een \
                scherm, een muziekje, ‘er zijn nog enkele wachtenden voor u’. Enkele. Ik zou graag een streepje op \
                de grond willen.
                """),
    ]
}
