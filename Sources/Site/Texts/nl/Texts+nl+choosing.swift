extension Texts {
    static let nlChoosing = ChoosingTexts(
        title: "Wat vooraan staat",
        intro: { floor, heldOut in
            """
            Van wat binnen bereik is, zet Vandaag één beloning vooraan. Welke, leren we van wat er gekozen wordt, per soort \
            en per persona; \(floor) blijft toeval, en bij \(heldOut) van de leden is alles even waarschijnlijk. Prijzen en \
            punten zijn nooit anders.
            """
        },
        state: "Leren",
        isOn: "Wat gekozen wordt, telt binnen een minuut mee. Er staat niemand bij: het zijn tellingen.",
        isOff: "Uitgezet: de duurste beloning binnen bereik staat vooraan, en er wordt niets geteld.",
        switchOn: "Zet aan",
        switchOff: "Zet uit",
        changed: "Dat geldt vanaf de volgende pagina.",
        kind: "Soort",
        persona: "Wie koos voor",
        everybody: "Alle anderen",
        shown: "Vooraan",
        taken: "Gekozen",
        share: "Deel gekozen",
        now: "Kans nu",
        few: "te weinig",
        rate: { "\($0) (\($1) tot \($2))" },
        empty: "Er stond nog niets vooraan.",
        compared: "Vergeleken",
        comparedNote:
            "Schattingen uit alles wat vooraan stond, elk gewogen naar hoe waarschijnlijk dat was. Ook dagen van lang geleden tellen.",
        chosen: "Zoals geleerd",
        even: "Alles even waarschijnlijk",
        always: { "Altijd vooraan: \($0)" })
}
