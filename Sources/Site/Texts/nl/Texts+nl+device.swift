extension Texts {
    static let nlDevice = DeviceTexts(
        heading: "Op dit apparaat",
        intro: """
            Wat je las, onthoudt alleen deze browser: het stuk, de onderwerpen, de makers en de dag. Het wordt nooit \
            verstuurd. Een andere browser of app onthoudt zijn eigen deel.
            """,
        needsScript: "Dit deel werkt met JavaScript, in je eigen browser. Zonder wordt hier niets onthouden.",
        kept: "Hier onthouden: {count} van hoogstens 500.",
        empty: "Hier wordt niets onthouden.",
        erase: "Wis wat dit apparaat onthoudt",
        erased: "Van dit apparaat gewist.",
        personaLabel: "Onderwerpen om van uit te gaan",
        personaSelf: "Kies op dit apparaat",
        chosen: "Gekozen op dit apparaat: {persona}. Niemand anders hoort het.",
        set: "Door jou ingesteld op dit apparaat: {persona}. Niemand anders hoort het.",
        declared: "Zoals je zei bij Mijn onderwerpen: {persona}.",
        unknown: "Er is nog niets gekozen: hier is nog te weinig gelezen.",
        note: "Op je eigen apparaat in deze volgorde gezet. Wat je las, blijft hier.",
        becauseTopic: "Over {name}, zoals je hier eerder las",
        becauseMaker: "Van {name}, van wie je hier eerder las",
        becausePersona: "Over {name}, uit ‘{persona}’",
        becauseSurprise: "Een verrassing, buiten je vaste onderwerpen",
        yearTitle: "Je jaaroverzicht",
        yearHub: "Wat je dit jaar las, geteld op je eigen apparaat",
        yearIntro: "Geteld in deze browser, uit wat die zelf onthoudt.",
        yearEmpty: "Nog niets om op terug te kijken",
        yearEmptyText: "Zodra je iets leest in deze browser, telt het hier mee.",
        yearNone: """
            Op jouw niveau wordt niets onthouden, ook hier niet. Vanaf het niveau ‘persona’ bewaart deze browser wat \
            nodig is.
            """,
        yearLabel: "Jaar",
        yearItems: "Stukken: {count}",
        yearDays: "Dagen: {count}",
        yearRun: "Meeste dagen achter elkaar: {count}",
        yearTopics: "Onderwerpen",
        yearMakers: "De makers",
        yearMonths: "Maand voor maand",
        yearShare: "Een plaatje om te bewaren of te delen",
        yearShareText: "Er staan onderwerpen en getallen op: geen naam, geen account, niets van wat je opende.",
        yearPicture: "Mijn {year} in onderwerpen",
        yearPictureLabel: "Dezelfde onderwerpen en maanden als in de tabellen hierboven, getekend.",
        yearSave: "Bewaar het plaatje",
        yearShareButton: "Deel het",
        yearHow: """
            Dit overzicht wordt op elk niveau alleen op dit apparaat gemaakt, uit de laatste 500 stukken van deze \
            browser. Een stuk dat je opnieuw opende, telt één keer, op de laatste dag.
            """)
}
