/// What is known about a member, export, erasure and sessions.
extension Texts {
    static let nlOwn = OwnTexts(
        title: "Wat er van mij bekend is",
        link: "Wat er bewaard wordt, waarom en hoelang. Neem het mee, of wis het.",
        intro: "Alles wat dit programma van je bewaart, in gewone woorden.",
        levelHeading: "Hoeveel er onthouden wordt",
        levelIntro: """
            Je kunt dit altijd veranderen. Verlaat je “persoonlijk”, dan wordt meteen gewist wat alleen daar bewaard \
            wordt: wat je las, en het uur van de dag.
            """,
        levelSave: "Niveau bewaren",
        levelDone: "Je niveau is bewaard.",
        levelTooYoung: """
            Deze niveaus zijn er vanaf 16 jaar, of als een ouder het goedvindt. Er is niets veranderd; je punten zijn op \
            elk niveau gelijk.
            """,
        gpcHeading: "Je browser vraagt om privacy",
        gpcText: """
            Hij stuurt Global Privacy Control mee. Daarom komt er tijdens dit bezoek geen enkele suggestie uit een \
            profiel. Het niveau dat je bewaarde, blijft zoals het is.
            """,
        gpcKept: "Je bewaarde niveau is ‘uit’, dus dit geldt ook zonder dat signaal.",
        gpcConfirm: "Niveau ‘uit’ bewaren",
        vaultHeading: "Wie je bent",
        vaultIntro: """
            Dit ligt verzegeld in een eigen kluis, los van je punten, zodat berichten je bereiken en je punten je vinden. \
            Hier maar voor een deel te zien. Bewaard tot je alles wist.
            """,
        vaultEmpty: "Er wordt niets bewaard over wie je bent.",
        identifierUser: "Je account bij de uitgever",
        identifierAnonymous: "Een browser van vóór je inlogde",
        identifierEmail: "Je e-mailadres, om je te vinden",
        identifierOther: { "Kenmerk “\($0)”" },
        fieldName: "Naam",
        fieldEmail: "E-mailadres",
        fieldPhone: "Telefoonnummer",
        fieldAddress: "Postadres",
        fieldBirthday: "Verjaardag, zonder het jaar",
        fieldAge: "Leeftijdsgroep, zonder datum",
        fieldOther: { "Veld “\($0)”" },
        traitsHeading: "Wat jij of de uitgever over je zei",
        traitsIntro: "Regels en suggesties mogen dit gebruiken. Bewaard tot het verandert of tot je alles wist.",
        keptHeading: "Wat er onder je pseudoniem bewaard wordt",
        points: "Boekingen van punten",
        pointsWhy: "Zodat je saldo tot op de punt te bewijzen is.",
        history: "Regels van je geschiedenis",
        historyWhy: "Zodat elke punt zijn reden heeft.",
        counters: "Tellers",
        countersWhy: "Uitdagingen, reeksen en grenzen tellen ermee: hoe vaak, niet wat.",
        events: "Dingen die je las of deed",
        eventsWhy: "Alleen op het niveau “persoonlijk”, voor suggesties die passen.",
        rewards: "Beloningen die je nam",
        rewardsWhy: "Zodat je krijgt wat je koos, en het kunt laten zien.",
        badges: "Je badges",
        badgesWhy: "Zodat je houdt wat je verdiende.",
        letters: "Brieven",
        lettersWhy: "Zodat je ze nog eens kunt lezen.",
        questions: "Vragen aan de klantenservice",
        questionsWhy: "Zodat iemand je kan antwoorden, en je het later terugleest.",
        follows: "Makers die je volgt",
        followsWhy: "Zodat je hoort wat ze maken.",
        experiments: "Proeven waar je in zat",
        experimentsWhy: "Zodat een proef je elke keer gelijk behandelt.",
        keepMember: "Bewaard tot je alles wist.",
        keepEvents: "Weg als hun tijd om is, en meteen als je dat niveau verlaat.",
        notHeading: "Wat er niet bewaard wordt",
        notReading: "Wat je leest, en op welk uur: op jouw niveau tellen alleen de dag en de reden.",
        notDevice: "Je apparaat, je browser en waar je bent: niets hier hoeft dat te weten.",
        notOthers: "Wat je op andere sites doet: daar kijkt dit programma niet.",
        exportHeading: "Neem het mee",
        export: "Mijn gegevens downloaden",
        eraseHeading: "Alles wissen",
        eraseText:
            "Je kunt altijd weg. De volgende pagina zegt wat dat betekent; er gebeurt niets voor je het bevestigt.",
        eraseLink: "Naar het wissen",
        eraseIntro: "Lees dit eerst. Wissen is niet terug te draaien, niet door jou en niet door ons.",
        eraseGoes: "Je profiel, geschiedenis, badges, uitdagingen, brieven en kenmerken zijn voorgoed weg.",
        erasePoints: "Punten en beloningen die je nog niet gebruikte, ben je kwijt.",
        eraseStays: """
            Sommen van het programma blijven, zonder persoon erin, en een willekeurig kenmerk waarmee een teruggezette \
            reservekopie je opnieuw wist.
            """,
        eraseAgain: "Je wordt overal uitgelogd. Kom je terug, dan begin je opnieuw.",
        eraseSure: "Ik wil dat alles over mij gewist wordt.",
        eraseMissing: "Vink dit aan als je het zeker weet.",
        erase: "Nu alles wissen",
        eraseCancel: "Alles houden",
        goneTitle: "Alles is gewist",
        goneText: "Niets hier leidt nog naar jou. Dank je dat je er was.",
        sessionsTitle: "Waar ik ingelogd ben",
        sessionsLink: "Je sessies, en ze beëindigen.",
        sessionsIntro: """
            Elke regel is een browser waarin je ingelogd bent. Van het apparaat zelf wordt niets bewaard. Een sessie eindigt \
            vanzelf na 60 dagen zonder gebruik, en hoe dan ook na een jaar.
            """,
        sessionThis: "Deze browser",
        sessionOther: "Een andere browser",
        sessionBegun: { "Ingelogd: \($0)" },
        sessionUsed: { "Laatst gebruikt: \($0)" },
        sessionEnd: "Daar uitloggen",
        sessionsEnd: "Overal elders uitloggen",
        sessionsAlone: "Je bent nergens anders ingelogd.",
        sessionEnded: "Gedaan. Daar is niemand meer ingelogd.",
        sessionGone: "Die sessie was al voorbij.",
        back: "Terug naar Ik")
}
