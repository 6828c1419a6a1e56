import Loyalty
import Primitives

/// A small programme with one of everything that the API touches.
enum TestProgramme {
    static func texts(_ name: String, articleInk: Int = 10) -> [String: String] {
        [
            "programme.yaml": """
            programme: \(name)
            name: { en: The Test Pöst, nl: De Testpost }
            languages: [en, nl]
            timezone: Europe/Amsterdam
            lateness: 72 hours
            units:
              ink: { kind: points, name: { en: ink, nl: inkt }, expires: 12 months }
              loyalty: { kind: status, name: { en: loyalty, nl: trouw } }
            tiers:
              unit: loyalty
              levels:
                silver: { at: 2, name: { en: Silver, nl: Zilver } }
                gold: { at: 100, name: { en: Gold, nl: Goud } }
            traits:
              topics: list of topic
              letters: boolean
            badges:
              reader:
                name: { en: Reader, nl: Lezer }
                why: { en: You read., nl: Je las. }

            """,
            "events/article.read.yaml": """
            event: article.read
            purpose: loyalty
            fields:
              item:    { type: item }
              share:   { type: fraction }
              seconds: { type: duration, unit: s, max: 86400 }
              topics:  { type: list, of: topic, required: false }

            """,
            "events/donation.made.yaml": """
            event: donation.made
            purpose: loyalty
            fields:
              amount: { type: integer, min: 1, max: 100000 }
              note:   { type: text, required: false }
              at:     { type: timestamp, required: false }
              first:  { type: boolean, required: false }

            """,
            "rules/read-to-the-end.yaml": """
            rule: read-to-the-end
            trigger: article.read
            when: event.share >= 0.7 && event.seconds >= 30
            then:
              - award: { amount: \(articleInk), unit: ink }
            limits:
              - { per: member, period: day, amount: 100 }
            why: { en: You read a story to the end., nl: Je las een stuk tot het einde. }

            """,
            "rules/with-us.yaml": """
            rule: with-us
            trigger: article.read
            then:
              - award: { amount: 1, unit: loyalty }
              - badge: reader
            limits:
              - { per: member, period: day, times: 1 }
            why: { en: You were with us., nl: Je was erbij. }

            """,
            "rules/donor.yaml": """
            rule: donor
            trigger: donation.made
            then:
              - award: { amount: event.amount, unit: ink }
              - entitlement: { name: preview, lasts: 1 months }
            why: { en: You gave., nl: Je gaf. }

            """,
            "challenges/three-stories.yaml": """
            challenge: three-stories
            name: { en: Three stories, nl: Drie verhalen }
            count: article.read
            target: 3
            every: week
            reward:
              - award: { amount: 30, unit: ink }
            why: { en: Three in a week., nl: Drie in een week. }

            """,
            "rewards/mug.yaml": """
            reward: mug
            kind: physical
            name: { en: A mug, nl: Een mok }
            text: { en: For coffee., nl: Voor koffie. }
            price: { amount: 20, unit: ink }
            holds: 15 minutes
            stock: 2

            """,
        ]
    }

    static func document(_ name: String, articleInk: Int = 10) throws -> ProgrammeDocument {
        try ProgrammeDocument(texts(name, articleInk: articleInk))
    }
}
