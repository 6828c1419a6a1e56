/// Hoever profilering gaat.
extension Texts {
    static let nlProfiling = ProfilingTexts(
        nowHeading: "Hoe het nu staat",
        nowAll: { "Voor alles: \($0)." },
        nowOne: { "\($0): \($1)" },
        legend: "Voor alles",
        purposes: "Kies het per gebruik",
        purposesIntro: """
            Er wordt bewaard op het hoogste niveau dat je hier kiest. Elk gebruik kijkt niet verder dan het eigen niveau.
            """,
        purposesSave: "Deze drie bewaren",
        recommendations: "Wat je kunt lezen, zien en horen",
        recommendationsKept: """
            Met een persona: alleen welke. Persoonlijk: wat je las, om te laten zien wat past en weg te laten wat je al \
            kent.
            """,
        rewards: "Beloningen en aanbiedingen",
        rewardsKept: "Met een persona: alleen welke. Persoonlijk: op welke onderwerpen je terugkomt.",
        messages: "Berichten",
        messagesKept: "Met een persona: alleen welke. Persoonlijk: op welk uur en waarover je graag iets hoort.",
        surprise: "Verras me",
        surpriseIntro: "Hoeveel van wat je te zien krijgt, mag buiten wat bij je past liggen.",
        surpriseNone: "Niets",
        surpriseSave: "Verrassing bewaren",
        pause: "Een pauze",
        pauseIntro: """
            Zolang die duurt, telt wat je doet alleen voor je punten, en zie je wat iedereen ziet. Wat al bewaard was, \
            blijft.
            """,
        pauseToday: "Pauze voor vandaag",
        pauseOpen: "Pauze tot ik verderga",
        resume: "Verdergaan",
        pausedUntil: { "Gepauzeerd tot \($0)." },
        pausedOpen: "Gepauzeerd tot je verdergaat.",
        done: "Bewaard. Het geldt vanaf nu.",
        askHeading: "Eén vraag, één keer",
        askText: "Mogen suggesties bij je passen? Je verdient evenveel, wat je ook antwoordt.",
        askPersona: "Ja, met een persona",
        askPersonal: "Ja, met wat ik lees",
        askStay: "Nee, laat het zo",
        askLater: "Je kunt het altijd veranderen onder Ik.")
}
