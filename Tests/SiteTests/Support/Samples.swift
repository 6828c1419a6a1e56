import Primitives
import Site

/// Content for tests and for the preview: a small newspaper, one member, one console. Never part of the product.
enum Samples {
    static let programme = ProgrammeFace(
        id: ProgrammeID("avondpost")!, name: "Avondpost Stamgast", home: WebLink("/avondpost"))
    static let member = MemberID(ID128(high: 0x1122_3344_5566_7788, low: 0x99AA_BBCC_DDEE_FF00))
    static let today = LocalDay(year: 2025, month: 11, day: 21)!

    static func say(_ language: Language, nl: String, en: String, ja: String) -> Wording {
        switch language {
        case .nl: Wording(nl, .nl)
        case .en: Wording(en, .en)
        case .ja: Wording(ja, .ja)
        }
    }

    static func ink(_ language: Language) -> PointUnit {
        PointUnit(
            one: say(language, nl: "druppel inkt", en: "drop of ink", ja: "インク"),
            other: say(language, nl: "druppels inkt", en: "drops of ink", ja: "インク"))
    }

    // MARK: Makers

    static func noor(_ language: Language) -> Face {
        Face(
            name: "Noor van Dam", role: say(language, nl: "operacriticus", en: "opera critic", ja: "オペラ評論家"),
            portrait: WebLink("/media/portrait/noor.svg"), page: WebLink("/avondpost/makers/noor"))
    }
    static func joris(_ language: Language) -> Face {
        Face(
            name: "Joris Smit", role: say(language, nl: "redacteur water", en: "water editor", ja: "水問題担当"),
            portrait: WebLink("/media/portrait/joris.svg"))
    }
    static func aiko(_ language: Language) -> Face {
        Face(
            name: "田中 愛子", role: say(language, nl: "correspondent Tokio", en: "Tokyo correspondent", ja: "東京特派員"),
            portrait: WebLink("/media/portrait/aiko.svg"))
    }
    static func samira(_ language: Language) -> Face {
        Face(name: "Samira Haddad", role: say(language, nl: "podcastmaker", en: "podcast maker", ja: "番組制作"))
    }

    // MARK: Items

    static func items(_ language: Language) -> [ItemCard] {
        func card(
            _ id: String, _ kind: ItemKind, _ title: String, _ summary: String, topic: Wording, makers: [Face],
            minutes: Int, cover: Bool = true, series: Wording? = nil, tongue: String = "nl"
        ) -> ItemCard {
            ItemCard(
                id: id, kind: kind, title: Wording(title, tongue), summary: Wording(summary, tongue),
                link: WebLink("/avondpost/\(id)"), cover: cover ? WebLink("/media/cover/\(id).svg") : nil,
                makers: makers, topics: [topic], series: series, seconds: minutes * 60)
        }
        let opera = say(language, nl: "Opera", en: "Opera", ja: "オペラ")
        let water = say(language, nl: "Water", en: "Water", ja: "水")
        let japan = say(language, nl: "Japan", en: "Japan", ja: "日本")
        let city = say(language, nl: "Stad", en: "City", ja: "都市")
        let science = say(language, nl: "Wetenschap", en: "Science", ja: "科学")
        return [
            card(
                "de-laatste-souffleur", .article, "De laatste souffleur van de Stopera",
                "Zevenendertig jaar fluisterde Truus Hemelrijk de zangers hun regels toe. Vanavond gaat het luikje dicht.",
                topic: opera, makers: [noor(language)], minutes: 7),
            card(
                "dijk-die-ademt", .article, "De dijk die mag ademen",
                "Bij Lauwersoog krijgt de zee weer wat ruimte. De boeren keken argwanend toe, tot het gras groener werd.",
                topic: water, makers: [joris(language)], minutes: 9),
            card(
                "nachttrein-terug", .article, "De nachttrein is terug, en hij zit vol",
                "Van Amsterdam naar Milaan in één slaap: wie zijn de mensen die het vliegtuig laten staan?",
                topic: city, makers: [Face(name: "Pim de Wit")], minutes: 6, cover: false),
            card(
                "kyoto-stilte", .video, "京都、音のない庭", "庭師の一年を追った、言葉の少ない映像。", topic: japan,
                makers: [aiko(language)], minutes: 4, tongue: "ja"),
            card(
                "onder-de-kaap", .episode, "Wie woont er onder de Kaap?",
                "Samira Haddad loopt een zomer lang met de bewoners van het laatste pakhuis mee.", topic: city,
                makers: [samira(language), joris(language)], minutes: 38,
                series: Wording("Onder de stad", "nl")),
            card(
                "stopera-repetitie", .video, "Een repetitie zonder orkest",
                "Hoe klinkt Verdi als er alleen een piano staat?", topic: opera, makers: [noor(language)], minutes: 5),
            card(
                "slow-science", .article, "Why the slowest experiment in Delft finally moved",
                "After ninety-one years, a drop of pitch fell. Nobody was looking, again.", topic: science,
                makers: [Face(name: "Eleanor O’Brien", portrait: WebLink("/media/portrait/eleanor.svg"))], minutes: 8,
                tongue: "en"),
            card(
                "zoutwinning", .article, "Zout onder Zuidbroek",
                "Wat er gebeurt als je een berg weghaalt die niemand ziet.", topic: water, makers: [joris(language)],
                minutes: 11),
            card(
                "luisterverhaal", .episode, "Het archief van de stemmen",
                "Vijftig jaar ingesproken brieven, en één die nooit is opgehaald.", topic: city,
                makers: [samira(language)], minutes: 27),
            card(
                "bakkerij", .article, "Om vier uur gaat het licht aan bij bakker Öz",
                "Een nacht in de oudste oven van Rotterdam-West.", topic: city, makers: [Face(name: "Pim de Wit")],
                minutes: 5),
            card(
                "telescoop", .article, "De telescoop die naar beneden kijkt",
                "Drieduizend meter onder zee wacht een net van lichtgevoelige bollen op één flits.", topic: science,
                makers: [Face(name: "Eleanor O’Brien", portrait: WebLink("/media/portrait/eleanor.svg"))], minutes: 12),
            card(
                "kamerkoor", .article, "Zingen met dertig onbekenden",
                "Elke donderdag vult een kerk in Zwolle zich met mensen die elkaars naam niet weten.", topic: opera,
                makers: [noor(language)], minutes: 6),
        ]
    }

    static func item(_ id: String, _ language: Language) -> ItemCard? { items(language).first { $0.id == id } }

    // MARK: The member

    static func memberToday(_ language: Language, level: PrivacyLevel = .session) -> MemberToday {
        let items = items(language)
        let ink = ink(language)
        var day = MemberToday(
            today: today, name: "Sanne", level: level,
            suggestions: [
                Suggestion(item: items[0], reason: .followsMaker(noor(language))),
                Suggestion(item: items[4], reason: .followsSeries(Wording("Onder de stad", "nl"))),
                Suggestion(
                    item: items[1], reason: .mostPopular(topic: items[1].topics.first, days: 7)),
                Suggestion(item: items[3], reason: .chosenBy(aiko(language))),
            ],
            privilege: Privilege(
                kind: .questions,
                title: say(
                    language, nl: "Een avond achter het doek", en: "An evening behind the curtain", ja: "幕の裏側で過ごす夕べ"),
                summary: say(
                    language, nl: "Noor neemt twaalf lezers mee naar een doorloop en beantwoordt al je vragen.",
                    en: "Noor takes twelve readers to a run-through and answers all your questions.",
                    ja: "12人の読者と通し稽古を見学し、質問にすべてお答えします。"),
                host: noor(language), when: LocalMoment(LocalDay(year: 2025, month: 11, day: 27)!, minute: 20 * 60),
                state: .afterSteps(
                    remaining: 1,
                    step: say(
                        language, nl: "lees een stuk over opera uit", en: "finish a piece about opera",
                        ja: "オペラの記事を最後まで読む")),
                link: WebLink("/m/privileges/doek")),
            challenges: [
                podcasts(language),
                firstSteps(language),
            ],
            streaks: streaks(language), pause: nil, tier: tier(language),
            badges: [
                Badge(
                    id: "explorer", title: say(language, nl: "Verkenner", en: "Explorer", ja: "探検家"),
                    earned: LocalDay(year: 2025, month: 11, day: 2)!),
                Badge(
                    id: "early-bird", title: say(language, nl: "Vroege vogel", en: "Early bird", ja: "早起き鳥"),
                    earned: LocalDay(year: 2025, month: 10, day: 14)!),
                Badge(id: "listener", title: say(language, nl: "Goede luisteraar", en: "Good listener", ja: "聞き上手")),
            ],
            reward: reward(language), balances: [balance(language)])
        day.waits = [
            WaitingReview(
                why: say(language, nl: "Het ging wel heel snel.", en: "It went very fast.", ja: "とても速い記録でした。"),
                held: [Amount(15, ink)], until: today), WaitingReview(until: today),
        ]
        day.pressure = PressureDesk(
            choice: .normal, most: PressureDesk.Most(day: 1, week: 3),
            quiet: PressureDesk.Quiet(from: "21:00", until: "09:00"), week: 2)
        day.step = LevelStep(
            level: 3, title: say(language, nl: "Lezer", en: "Reader", ja: "読者"), next: Amount(900, ink))
        day.measures = [
            OwnMeasure(
                title: Wording("Lighter <trips>", language), why: Wording("Not alone in a car.", language),
                before: 0.32,
                since: 0.47, begun: today),
            OwnMeasure(title: Wording("Real breaks", language), why: nil),
        ]
        return day
    }

    static func streaks(_ language: Language) -> [StreakProgress] {
        let states: [StreakProgress.State] = [.empty, .active, .frozen, .active, .excused, .active, .open]
        let recent = states.enumerated().map { index, state in
            StreakProgress.Period(
                firstDay: LocalDay(daysSinceEpoch: today.daysSinceEpoch - 6 + index), state: state)
        }
        return [
            StreakProgress(
                id: "daily", title: say(language, nl: "Elke dag een stuk", en: "A story a day", ja: "毎日一本"),
                summary: say(language, nl: "Lees er een uit.", en: "Finish one.", ja: "最後まで読む。"), length: 5,
                longest: 12,
                milestone: 7, freezes: 2, recent: recent),
            StreakProgress(
                id: "five-days", title: say(language, nl: "Vijf dagen", en: "Five days", ja: "週5日"), every: .week,
                length: 1, longest: 1, active: true,
                goal: StreakProgress.Goal(done: 5, wanted: 5, next: 4, choice: 3...7), recent: recent),
        ]
    }

    static func tier(_ language: Language) -> TierProgress {
        TierProgress(
            title: say(language, nl: "Zilver", en: "Silver", ja: "シルバー"),
            next: say(language, nl: "Goud", en: "Gold", ja: "ゴールド"), missing: Amount(40, ink(language)), share: 0.6,
            lastDay: LocalDay(year: 2026, month: 12, day: 31)!,
            projected: say(language, nl: "Goud", en: "Gold", ja: "ゴールド"),
            gives: [say(language, nl: "weekendvoorpret", en: "a weekend preview", ja: "週末先読み")],
            invitations: [
                TierProgress.Invitation(
                    tier: "friend", title: say(language, nl: "Vriend", en: "Friend", ja: "フレンド"),
                    until: LocalDay(year: 2026, month: 1, day: 31)!)
            ])
    }

    static func habits(_ language: Language) -> HabitFigures {
        HabitFigures(
            today: today,
            tables: [
                HabitFigures.Table(
                    id: "daily", title: say(language, nl: "Elke dag een stuk", en: "A story a day", ja: "毎日一本"),
                    cells: HabitFigures.protected([
                        (Wording("1–6", ""), 1_200), (Wording("7–29", ""), 44), (Wording("30–99", ""), 3),
                    ]),
                    repairs: [StreakPause(from: LocalDay(year: 2025, month: 11, day: 3)!, to: today)])
            ], mayRepair: true)
    }

    static func balance(_ language: Language) -> Balance {
        Balance(
            active: 1_245, pending: 30, unit: ink(language),
            expiringNext: Balance.Expiring(amount: 60, day: LocalDay(year: 2025, month: 12, day: 31)!))
    }

    static func reward(
        _ language: Language, availability: RewardOffer.Availability = .available
    ) -> RewardOffer {
        var offer = RewardOffer(
            id: "tote", title: say(language, nl: "De Avondpost-tas", en: "The Avondpost tote", ja: "アーフォントポスト特製トート"),
            summary: say(
                language, nl: "Gedrukt in de oude drukkerij, met de voorpagina van je geboortedag.",
                en: "Printed in the old press, with the front page of the day you were born.",
                ja: "旧印刷所で刷った、誕生日の一面入り。"),
            giver: joris(language), price: Amount(400, ink(language)), balance: 1_245, availability: availability,
            left: 18)
        offer.otherPrices = [RewardOffer.Price(unit: "stars", amount: Amount(12, ink(language)))]
        return offer
    }

    static func consoleRewards(_ language: Language) -> ConsoleRewards {
        let title = reward(language).title
        return ConsoleRewards(
            today: today,
            rewards: [
                ConsoleRewards.Reward(
                    title: title, left: 18, taken: 82, waiting: 3, codes: 4, isLow: true, id: "print", isCounted: true,
                    hasTicket: true),
                ConsoleRewards.Reward(title: title),
            ],
            parcels: [
                ConsoleRewards.Parcel(id: "r1", title: title, quantity: 2, since: today, state: .requested)
            ],
            changes: [
                ConsoleRewards.Change(
                    title: title, amount: -2, when: LocalMoment(today), reason: "Damp <in the cellar>")
            ], mayReveal: true)
    }

    static func shelf(_ language: Language) -> OfferedRewards {
        var seats = reward(language, availability: .short(by: 35))
        seats.id = "seats"
        seats.isWished = true
        seats.quantity = 1...4
        seats.slots = [OfferedSlot(id: "2025-11-30T19:30", when: LocalMoment(today, minute: 1_170), left: 3)]
        var gift = reward(language)
        gift.id = "gift"
        gift.donated = Amount(22_000, ink(language))
        gift.asksAddress = true
        return OfferedRewards(today: today, balances: [balance(language)], offers: [reward(language), seats, gift])
    }

    static func held(_ language: Language) -> HeldRewards {
        let title = reward(language).title
        let when = LocalMoment(today, minute: 845)
        let states: [HeldReward.State] = [
            .held, .cancelled, .refunded, .used, .requested, .packed, .delivered, .returned,
        ]
        return HeldRewards(
            today: today,
            rewards: [
                HeldReward(
                    id: "r1", title: title, state: .confirmed, when: when, quantity: 2, slot: when,
                    ticket: String(repeating: "ABCDEFGH", count: 8)),
                HeldReward(id: "r2", title: title, state: .confirmed, when: when, code: "INKT-7F3K-29"),
                HeldReward(id: "r3", title: title, state: .sent, when: when, tracking: "3SÉ123"),
            ]
                + states.enumerated().map { HeldReward(id: "s\($0)", title: title, state: $1, when: when) })
    }

    /// A challenge whose target the member chooses.
    static func podcasts(_ language: Language) -> ChallengeProgress {
        var challenge = ChallengeProgress(
            id: "week-of-podcasts",
            title: say(language, nl: "Een week vol podcasts", en: "A week of podcasts", ja: "ポッドキャスト週間"),
            summary: say(
                language, nl: "Drie afleveringen uit drie verschillende reeksen.",
                en: "Three episodes from three different series.", ja: "異なるシリーズから3本を聴く。"),
            done: 2, target: 3, lastDay: LocalDay(year: 2025, month: 11, day: 23)!, reward: Amount(40, ink(language)))
        challenge.goal = 2...9
        return challenge
    }

    /// A challenge of steps, of which one is done and one takes more than one.
    static func firstSteps(_ language: Language) -> ChallengeProgress {
        let read = say(language, nl: "Lees een verhaal", en: "Read a story", ja: "記事を読む")
        let listen = say(language, nl: "Luister drie afleveringen", en: "Listen to three episodes", ja: "3本を聴く")
        var challenge = ChallengeProgress(
            id: "first-steps", title: say(language, nl: "Eerste stappen", en: "First steps", ja: "はじめの一歩"), done: 1,
            target: 2)
        challenge.shape = .steps
        challenge.joining = .open
        challenge.parts = [
            ChallengeProgress.Part(title: read, isDone: true),
            ChallengeProgress.Part(title: listen, isDone: false, progress: (1, 3)),
        ]
        return challenge
    }

    static let card = CardCode(code: "7KX3W9QPD", grouped: "7KX 3W9 QPD", seconds: 17)

    static func redemption(_ language: Language) -> Redemption {
        Redemption(
            today: today, id: "r1", title: reward(language).title, price: Amount(400, ink(language)), state: .confirmed,
            code: "INKT-7F3K-29", when: LocalMoment(today, minute: 845),
            thanks: say(
                language, nl: "Dank dat je met ons meeleest. Zeg je even gedag in de winkel?",
                en: "Thank you for reading along. Do say hello at the shop.", ja: "いつも読んでくださりありがとうございます。ぜひ店頭でお声がけください。"),
            giver: joris(language))
    }

    static func history(_ language: Language, level: PrivacyLevel = .session) -> HistoryPage {
        let ink = ink(language)
        func day(_ number: Int) -> LocalMoment { LocalMoment(LocalDay(daysSinceEpoch: today.daysSinceEpoch - number)) }
        let share = say(language, nl: "Gelezen deel", en: "Share that was read", ja: "読んだ割合")
        let time = say(language, nl: "Leestijd", en: "Reading time", ja: "読んだ時間")
        let fresh = say(language, nl: "Nieuw onderwerp voor jou", en: "A subject new to you", ja: "初めての話題")
        let curious = Explanation(
            rule: say(language, nl: "Nieuwsgierige lezer", en: "Curious reader", ja: "好奇心のある読者"),
            sentence: say(
                language, nl: "Wie iets buiten de eigen onderwerpen uitleest, krijgt 15 druppels inkt.",
                en: "Whoever finishes something outside their usual subjects gets 15 drops of ink.",
                ja: "いつもと違う話題を最後まで読むと15インクを得られます。"),
            version: 4,
            facts: [
                Fact(label: share, value: .share(0.934), need: .atLeast(.share(0.7)), holds: true),
                Fact(label: time, value: .seconds(412), need: .atLeast(.seconds(30)), holds: true),
                Fact(label: fresh, value: .yesNo(true), need: .equal(.yesNo(true)), holds: true),
            ])
        let reason = say(
            language, nl: "Je las iets buiten je gewone onderwerpen, tot het einde.",
            en: "You read something outside your usual subjects, to the end.", ja: "いつもと違う話題を最後まで読みました。")
        var refused = curious
        refused.facts[2] = Fact(label: fresh, value: .yesNo(false), need: .equal(.yesNo(true)), holds: false)
        return HistoryPage(
            today: today, level: level, balances: [balance(language)],
            lines: [
                HistoryLine(
                    id: "1", when: level == .personal ? LocalMoment(today, minute: 14 * 60 + 5) : day(0),
                    effect: .earned(Amount(15, ink)), reason: reason, explanation: curious),
                HistoryLine(
                    id: "2", when: day(0),
                    effect: .refused(.limitReached(.day, cap: Amount(45, ink))), reason: reason, explanation: curious),
                HistoryLine(
                    id: "3", when: day(1), effect: .progress(done: 2, target: 3),
                    reason: say(
                        language, nl: "Een tweede reeks deze week beluisterd.",
                        en: "You listened to a second series this week.", ja: "今週2つ目のシリーズを聴きました。")),
                HistoryLine(
                    id: "4", when: day(1),
                    effect: .pending(Amount(30, ink), until: LocalDay(year: 2025, month: 11, day: 28)!),
                    reason: say(
                        language, nl: "Je verlengde je abonnement.", en: "You renewed your subscription.",
                        ja: "購読を更新しました。")),
                HistoryLine(
                    id: "5", when: day(3), effect: .refused(.conditionNotMet), reason: reason, explanation: refused),
                HistoryLine(
                    id: "6", when: day(6), effect: .spent(Amount(400, ink)),
                    reason: say(
                        language, nl: "Verzilverd: een rondleiding in de drukkerij.",
                        en: "Redeemed: a tour of the printing works.", ja: "交換：印刷所の見学。")),
                HistoryLine(
                    id: "7", when: day(19),
                    effect: .badge(say(language, nl: "Verkenner", en: "Explorer", ja: "探検家")),
                    reason: say(
                        language, nl: "Vijf onderwerpen in één maand.", en: "Five subjects in one month.",
                        ja: "1か月に5つの話題。")),
                HistoryLine(
                    id: "8", when: day(340), effect: .expired(Amount(1, ink)),
                    reason: say(
                        language, nl: "Een jaar niet gebruikt.", en: "Not used for a year.", ja: "1年間使われませんでした。")),
            ], older: "cursor/2+")
    }

    // MARK: The console

    static func consoleToday(_ language: Language) -> ConsoleToday {
        let shape: [Int64] = [41, 22, 9, 6, 12, 88, 410, 1_020, 1_370, 980, 760, 812, 1_104, 905, 388]
        return ConsoleToday(
            now: LocalMoment(today, minute: 14 * 60 + 23), events: shape.reduce(0, +), awards: 2_316, badges: 41,
            redemptions: 12, limited: 388, quarantined: 7, issued: [Amount(34_870, ink(language))],
            spent: [Amount(4_800, ink(language))],
            hours: shape.enumerated().map {
                ConsoleToday.Hour(hour: $0.offset, events: $0.element, awards: $0.element * 3 / 10)
            },
            recent: [
                ConsoleEvent(
                    id: "9", at: LocalMoment(today, minute: 863), type: "article.read", outcome: .effects,
                    rules: ["curious-reader"], points: Amount(15, ink(language))),
                ConsoleEvent(id: "8", at: LocalMoment(today, minute: 863), type: "page.viewed", outcome: .noRule),
                ConsoleEvent(
                    id: "7", at: LocalMoment(today, minute: 862), type: "episode.finished", outcome: .effects,
                    rules: ["week-of-podcasts", "good-listener"], points: Amount(40, ink(language))),
                ConsoleEvent(id: "6", at: LocalMoment(today, minute: 862), type: "article.read", outcome: .limited),
                ConsoleEvent(id: "5", at: LocalMoment(today, minute: 861), type: "article.read", outcome: .quarantined),
                ConsoleEvent(id: "4", at: LocalMoment(today, minute: 861), type: "article.read", outcome: .duplicate),
            ], vitals: vitals(language))
    }

    static func rules(_ language: Language) -> [RuleHits] {
        [
            RuleHits(
                id: "curious-reader",
                title: say(language, nl: "Nieuwsgierige lezer", en: "Curious reader", ja: "好奇心のある読者"),
                trigger: "article.read", version: 4, active: true, matched: 18_204, awarded: 15_111, limited: 3_093),
            RuleHits(
                id: "week-of-podcasts",
                title: say(language, nl: "Een week vol podcasts", en: "A week of podcasts", ja: "ポッドキャスト週間"),
                trigger: "episode.finished", version: 2, active: true, matched: 2_310, awarded: 2_310, limited: 0),
            RuleHits(
                id: "night-owl", title: say(language, nl: "Nachtbraker", en: "Night owl", ja: "夜ふかし"),
                trigger: "video.watched", version: 1, active: false, matched: 0, awarded: 0, limited: 0),
        ]
    }

    static func quarantine(_ language: Language) -> QuarantinePage {
        QuarantinePage(
            today: today, total: 7,
            entries: [
                QuarantineEntry(
                    id: "q/1", received: LocalMoment(today, minute: 830), source: "app-ios", type: "article.read",
                    field: "data.share",
                    problem: say(
                        language, nl: "Een aandeel ligt tussen 0 en 1.", en: "A share lies between 0 and 1.",
                        ja: "割合は0から1の間です。"), attempts: 1),
                QuarantineEntry(
                    id: "q2", received: LocalMoment(LocalDay(daysSinceEpoch: today.daysSinceEpoch - 1), minute: 61),
                    source: "https://shop.example/orders", type: "order.payed", field: nil,
                    problem: say(
                        language, nl: "Deze soort is niet aangemeld. Bedoelde je order.paid?",
                        en: "This type is not declared. Did you mean order.paid?",
                        ja: "この種類は宣言されていません。order.paid のことですか。"), attempts: 3),
            ], older: "next")
    }

    static func stubs(_ language: Language) -> StubList {
        StubList(
            today: today, total: 2,
            stubs: [
                CatalogueStub(id: "onbekend-stuk-2025-11", firstSeen: today, mentions: 1_204),
                CatalogueStub(
                    id: "podcast:onder-de-stad:e14", firstSeen: LocalDay(daysSinceEpoch: today.daysSinceEpoch - 4),
                    mentions: 1),
            ])
    }

    // MARK: The publisher

    static let publisher = DemoPublisher(name: "De Avondpost", path: "avondpost", publishableKey: "pk_demo_1")

    static func front(_ language: Language) -> PublisherFront {
        let items = items(language)
        return PublisherFront(
            today: today, stories: items.filter { $0.kind == .article }, videos: items.filter { $0.kind == .video },
            episodes: items.filter { $0.kind == .episode },
            mostRead: [items[1], items[9], items[0], items[6], items[2]])
    }

    static func publisherItem(_ id: String, _ language: Language) -> PublisherItem? {
        guard let card = item(id, language) else { return nil }
        let others = items(language).filter { $0.id != id }
        return PublisherItem(
            today: today, card: card, published: LocalMoment(today, minute: 6 * 60 + 30), body: body(of: card),
            caption: card.kind == .article
                ? Wording("Truus Hemelrijk in haar kast, een meter onder het toneel. Beeld: archief De Avondpost", "nl")
                : nil,
            chapters: card.kind == .article
                ? []
                : [
                    PublisherItem.Chapter(startSeconds: 0, title: Wording("Begin", "nl")),
                    PublisherItem.Chapter(startSeconds: 62, title: Wording("De eerste avond", "nl")),
                    PublisherItem.Chapter(startSeconds: 150, title: Wording("Wat er overblijft", "nl")),
                ], related: Array(others.prefix(3)), isGated: id == "nachttrein-terug")
    }

    private static func body(of card: ItemCard) -> [PublisherItem.Block] {
        if card.title.language == "ja" {
            return [
                .paragraph("夜明け前、庭師の西村さんは箒を持って門を開ける。砂利の上に落ちた一枚の葉も、彼にとっては書きかけの手紙のようなものだという。"),
                .paragraph("一年を通して撮影した映像には、説明の言葉がほとんどない。聞こえるのは水の音と、遠くの電車だけである。"),
            ]
        }
        return [
            .paragraph(
                "Het luikje is niet groter dan een krant. Wie erachter zit, ziet van de opera vooral schoenen: de lakschoenen van de tenor, de blote voeten van het koor, een verdwaalde handschoen. Zevenendertig jaar lang zat Truus Hemelrijk op die plek, een meter onder het toneel, met een potlood, een lampje en de partituur op haar knieën."
            ),
            .paragraph(
                "‘Mensen denken dat je de tekst opzegt,’ zegt ze. ‘Maar je ademt vooral. Je ademt een halve tel eerder dan zij, en dan weten ze het weer.’ Ze doet het voor, in de kantine, boven een kop thee. Een kort hapje lucht. Aan de tafel ernaast kijkt een bariton verschrikt op."
            ),
            .heading("Een vak dat niemand mag horen"),
            .paragraph(
                "In de negentiende eeuw had elk theater een souffleur, en meestal ook een naam ervoor: de kast, het gat, de biechtstoel. Nu hangen er schermen aan de balkonrand en lopen de boventitels vanzelf. De Nationale Opera was het laatste huis in Nederland dat nog een mens in de kast zette."
            ),
            .quote("Een goede souffleur is iemand aan wie je achteraf niet denkt.", by: "Truus Hemelrijk"),
            .paragraph(
                "Op de avond van haar laatste voorstelling, een Traviata, ging er één keer iets mis. De invalster voor Violetta was om vijf uur uit Antwerpen gekomen en kende de Franse versie. In het tweede bedrijf viel ze stil. Het publiek hoorde een rust van anderhalve seconde die er niet hoort te zijn. Onder het toneel haalde iemand adem."
            ),
            .paragraph(
                "Daarna boog de zaal zich naar voren, zoals een zaal dat doet wanneer er net iets is gered. Truus deed haar lampje uit, legde het potlood op de partituur, en bleef nog even zitten."
            ),
        ]
    }

    static func widget(_ kind: ItemKind, known: Bool, _ language: Language) -> WidgetFacts {
        WidgetFacts(
            kind: kind,
            earnings: [
                WidgetFacts.Earning(
                    amount: Amount(15, ink(language)),
                    why: say(
                        language, nl: "als je het uitleest en het onderwerp nieuw voor je is.",
                        en: "if you finish it and the subject is new to you.", ja: "最後まで読み、話題が初めての場合。"))
            ],
            challenge: known ? memberToday(language).challenges.first : nil, maker: noor(language),
            makerLine: say(
                language, nl: "‘Ik zat drie avonden naast haar in het donker.’",
                en: "‘I sat beside her in the dark for three evenings.’", ja: "「三晩、暗がりで彼女の隣に座りました。」"),
            balance: known ? balance(language) : nil, today: today, makerID: "noor", isFollowed: known ? true : nil)
    }
}
