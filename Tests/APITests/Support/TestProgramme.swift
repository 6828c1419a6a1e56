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
              ink: { kind: points, name: { en: ink, nl: inkt }, expires: 12 months, transfers: { allowed: any, min: 2 } }
              loyalty: { kind: status, name: { en: loyalty, nl: trouw } }
            tiers:
              unit: loyalty
              levels:
                silver: { at: 2, name: { en: Silver, nl: Zilver } }
                gold: { at: 100, name: { en: Gold, nl: Goud } }
                friend: { invited: true, name: { en: Friend, nl: Vriend }, gives: [table] }
            wallets:
              household: { name: { en: Household, nl: Huishouden }, max-members: 4, pools: [ink] }
            traits:
              topics: list of topic
              letters: boolean
            badges:
              reader:
                name: { en: Reader, nl: Lezer }
                why: { en: You read., nl: Je las. }
            counter: { events: [donation.made] }
            review: { many: { velocity: article.read, at-most: 1000 } }
            measures: { attention: { of: article.read, when: event.share > 0.5 } }
            signers:
              anna: { name: Anna, role: { en: editor, nl: redacteur }, maker: anna }
            proposals: { open: 2, for: 14 days, quorum: 1, counts: live }

            """,
            "recognition/happy-day.yaml": """
            occasion: happy-day
            moment: { birthday: given }
            signed-by: [anna]
            message: { en: "Many happy returns, says {signer}.", nl: "Gefeliciteerd, zegt {signer}." }
            why: { en: It is your day., nl: Het is jouw dag. }

            """,
            "recognition/kind-word.yaml": """
            occasion: kind-word
            moment: { birthday: given }
            by: hand
            signed-by: [anna]
            message: { en: "Dear reader,", nl: "Beste lezer," }
            why: { en: It is their day., nl: Het is hun dag. }

            """,
            "events/story.opened.yaml": """
            event: story.opened
            purpose: recommendations
            keep: { personal: 12 months }
            fields:
              item: { type: item }

            """,
            "personas/evenings.yaml": """
            persona: evenings
            name: { en: Evenings out, nl: Avonden uit }
            topics: { opera: 100, city: 50 }

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
            "challenges/your-pace.yaml": """
            challenge: your-pace
            name: { en: Your own pace, nl: Je eigen tempo }
            count: article.read
            target: 5
            goal: { from: 2, to: 9 }
            join: member
            every: month
            why: { en: You kept your pace., nl: Je hield je tempo. }

            """,
            "streaks/reading-week.yaml": """
            streak: reading-week
            name: { en: A week of reading, nl: Een leesweek }
            every: week
            count: article.read
            days: { usual: 3, from: 1, to: 7 }
            freezes: { initial: 1, maximum: 1 }
            why: { en: You read on three days of a week., nl: Je las op drie dagen van een week. }

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
            "quizzes/capitals.yaml": """
            quiz: capitals
            name: { en: Capitals, nl: Hoofdsteden }
            text: { en: Two questions., nl: Twee vragen. }
            draw: 2
            pass: 1
            tries: { times: 2, per: week }
            time: 5 minutes
            reward:
              - award: { amount: 7, unit: ink }
            why: { en: You know the world., nl: Je kent de wereld. }
            questions:
              france:
                text: { en: What is the capital of France?, nl: Wat is de hoofdstad van Frankrijk? }
                options:
                  right-one: { en: Paris, nl: Parijs }
                  lyon: { en: Lyon, nl: Lyon }
                answer: right-one
                explanation: { en: Paris it is., nl: Parijs is het. }
              dutch:
                text: { en: How many provinces are there?, nl: Hoeveel provincies zijn er? }
                number: { answer: 12 }
                explanation: { en: Twelve of them., nl: Twaalf. }
              benelux:
                text: { en: Which are in the Benelux?, nl: Welke horen bij de Benelux? }
                options:
                  be: { en: Belgium, nl: België }
                  de: { en: Germany, nl: Duitsland }
                  lu: { en: Luxembourg, nl: Luxemburg }
                answer: [be, lu]
                explanation: { en: Germany is not., nl: Duitsland niet. }

            """,
            "contests/final.yaml": """
            contest: final
            name: { en: The final, nl: De finale }
            text: { en: How will it end?, nl: Hoe loopt het af? }
            score: { home: { en: Home, nl: Thuis }, away: { en: Away, nl: Uit }, max: 9 }
            closes: 2025-06-20T18:00:00Z
            gives:
              exact:
                - award: { amount: 50, unit: ink }
              outcome:
                - award: { amount: 5, unit: ink }
            why: { en: You saw it coming., nl: Je zag het aankomen. }

            """,
            "leaderboards/most-ink.yaml": """
            leaderboard: most-ink
            name: { en: Most ink, nl: Meeste inkt }
            points: ink
            minimum: 2
            why: { en: For fun., nl: Voor de lol. }

            """,
            "referrals/friends.yaml": """
            referral: friends
            name: { en: Friends, nl: Vrienden }
            link: https://post.example/welcome?friend={code}
            qualifies: { event: donation.made }
            advocate: [{ award: { amount: 50, unit: ink } }]
            friend: [{ award: { amount: 20, unit: ink } }]
            ambassadors: { voice: { name: { en: Voice, nl: Stem }, invited: true } }
            why: { en: You brought somebody along., nl: Je nam iemand mee. }

            """,
            "raffles/spring-draw.yaml": """
            raffle: spring-draw
            name: { en: The draw of spring, nl: De lentetrekking }
            from: 2025-06-01
            until: 2025-06-30
            tickets: { free: 1, price: { amount: 5, unit: ink }, most: 3 }
            prizes:
              book: { name: { en: A book, nl: Een boek }, count: 2, gives: [{ award: { amount: 50, unit: ink } }] }
            reserves: 2
            take: 7 days
            beacon: { en: The state lottery of 10 July., nl: De staatsloterij van 10 juli. }
            why: { en: You took part., nl: Je deed mee. }

            """,
            "access/hall.yaml": """
            gate: hall
            name: { en: The hall, nl: De zaal }
            open:
              - entitlement: preview
              - tier: gold
            why: { en: The hall is for friends., nl: De zaal is voor vrienden. }

            """,
            "access/films.yaml": """
            gate: films
            name: { en: Films, nl: Films }
            items: { kinds: [video] }
            open:
              - tier: gold
              - meter: { free: 2, per: month }
            offers: [mug]
            why: { en: Two films a month are free., nl: Twee films per maand zijn vrij. }

            """,
        ]
    }

    static func document(_ name: String, articleInk: Int = 10) throws -> ProgrammeDocument {
        try ProgrammeDocument(texts(name, articleInk: articleInk))
    }
}
