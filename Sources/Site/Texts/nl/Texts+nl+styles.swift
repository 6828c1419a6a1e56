extension Texts {
    static let nlStyles = StyleTexts(
        title: "Wat ik leuk vind",
        link: "Twaalf vragen, als je wilt, die uitdagingen in jouw volgorde zetten",
        intro: "Twaalf vragen, alleen als je wilt. Je antwoorden worden nergens bewaard.",
        questions: [
            "Ik word er blij van als ik anderen kan helpen.",
            "Ik maak graag deel uit van een team.",
            "Ik krijg moeilijke taken graag onder de knie.",
            "Als de beloning groot genoeg is, doe ik er moeite voor.",
            "Ik vind het belangrijk mijn eigen weg te gaan.",
            "Ik zie mezelf als een rebel.",
            "Het welzijn van anderen is belangrijk voor mij.",
            "Ik geniet van activiteiten in een groep.",
            "Ik geniet ervan om zegevierend uit moeilijke omstandigheden te komen.",
            "Beloningen zijn een goede manier om mij te motiveren.",
            "Onafhankelijk zijn is belangrijk voor mij.",
            "Ik houd er niet van regels te volgen.",
        ],
        answers: [
            "Helemaal mee oneens", "Mee oneens", "Enigszins mee oneens", "Neutraal", "Enigszins mee eens", "Mee eens",
            "Helemaal mee eens",
        ],
        choose: "Kies",
        show: "Laat zien wat past",
        source: "De vragen zijn die van Hexad-12 (Krath en anderen, 2023).",
        unanswered: "Er is niets bewaard. Eén van de vragen heeft nog geen antwoord.",
        found: "Wat bij je antwoorden past",
        activity: { style in
            switch style {
            case .philanthropist: "Iets doen voor anderen: geven, uitleggen, iemand wegwijs maken."
            case .socialiser: "Samen iets doen: een team, een uitdaging met anderen, een avond uit."
            case .achiever: "Iets afmaken: stappen, etappes, een uitdaging met een einde."
            case .player: "Iets te verdienen hebben: uitdagingen die punten geven."
            case .freeSpirit: "Je eigen weg vinden: reeksen om te ontdekken en doelen die je zelf kiest."
            case .disruptor: "Het anders doen: waar je uit jezelf aan meedoet, en voorstellen voor andere regels."
            }
        },
        use: "Bewaar het, en zulke uitdagingen staan vooraan bij Spelen. Het wordt nergens anders voor gebruikt.",
        keep: "Bewaar dit",
        again: "Vraag het opnieuw",
        evenly: "Je antwoorden liggen dicht bij elkaar: geen soort uitdaging komt vooraan.",
        yours: "Bewaard",
        forget: "Haal het weg",
        kept: "Bewaard. Spelen heeft de nieuwe volgorde.",
        removed: "Het is weg. Spelen heeft de gewone volgorde.")
}
