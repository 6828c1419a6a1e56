import Testing

@testable import Site

struct PageModelTests {
    static func shell(_ language: Language = .nl) -> Shell {
        Shell(language: language, title: "T", programme: "P", path: "/")
    }

    @Test
    func `the member's page opens on the first suggestion, with its reason and the face it names`() {
        let page = MemberPage(Samples.memberToday(.nl), shell: Self.shell(), texts: .nl)
        #expect(page.lead?.item.title.text == "De laatste souffleur van de Stopera")
        #expect(page.lead?.reason.text == "Omdat je Noor van Dam volgt")
        #expect(page.lead?.reason.face?.name == "Noor van Dam")
        #expect(page.lead?.byline == nil, "the reason has just named her")
        #expect(page.more.count == 3)
        #expect(page.greeting == "Dag Sanne")
        #expect(page.dateline == "vrijdag 21 november 2025")
    }

    @Test
    func `an empty programme still makes a page`() {
        let data = MemberToday(today: Samples.today, level: .session)
        let page = MemberPage(data, shell: Self.shell(), texts: .nl)
        #expect(page.lead == nil)
        #expect(!page.hasNext)
        #expect(page.greeting == "Dag")
    }

    @Test(arguments: [
        (SuggestionReason.followsTopic(Wording("opera", "nl")), "Omdat je het onderwerp opera volgt"),
        (.mostPopular(topic: Wording("opera", "nl"), days: 7), "Deze week het meest gelezen over opera"),
        (.mostPopular(topic: nil, days: 30), "De afgelopen 30 dagen het meest gelezen"),
        (.recent(days: 1), "Vandaag verschenen"),
        (.chosenBy(Face(name: "Ada")), "Gekozen door Ada, voor alle lezers"),
    ])
    func `reasons say no more than the fact`(reason: SuggestionReason, sentence: String) throws {
        let item = try #require(Samples.items(.nl).first)
        #expect(ReasonView(Suggestion(item: item, reason: reason), texts: .nl).text == sentence)
    }

    @Test(arguments: [
        (Int64(0), 0, false), (1, 33, false), (2, 66, false), (3, 100, true), (9, 100, true), (-1, 0, false),
    ])
    func `a ring is as full as the challenge`(done: Int64, ring: Int, complete: Bool) {
        let challenge = ChallengeProgress(id: "c", title: Wording("c", "nl"), done: done, target: 3)
        let view = ChallengeView(challenge, today: Samples.today, texts: .nl)
        #expect(view.ring == ring)
        #expect(view.complete == complete)
    }

    @Test
    func `the last day of a challenge is a weekday when near and a date when far`() throws {
        func until(_ days: Int) -> String? {
            let challenge = ChallengeProgress(
                id: "c", title: Wording("c", "nl"), done: 0, target: 3,
                lastDay: LocalDay(daysSinceEpoch: Samples.today.daysSinceEpoch + days))
            return ChallengeView(challenge, today: Samples.today, texts: .nl).until
        }
        #expect(until(0) == "Tot en met vandaag")
        #expect(until(2) == "Tot en met zondag 23 november")
        #expect(until(20) == "Tot en met 11 december")
    }

    @Test
    func `history lines have a sign, a state and, when refused, a why not`() {
        let page = HistoryPageModel(Samples.history(.nl), shell: Self.shell(), texts: .nl)
        #expect(
            page.lines.map(\.effect) == [
                "+15 druppels inkt", "Niet toegekend", "2 van 3", "+30 druppels inkt", "Niet toegekend",
                "−400 druppels inkt", "Insigne: Verkenner", "−1 druppel inkt",
            ])
        #expect(page.lines[1].refusal == "Deze spelregel geeft hoogstens 45 druppels inkt per dag, en dat had je al.")
        #expect(page.lines[3].state == "te besteden vanaf 28 november")
        #expect(page.lines[0].explanation?.version == "versie 4")
        #expect(page.lines[0].explanation?.facts.first?.value == "93%")
        #expect(page.lines[0].explanation?.facts.first?.need == "nodig: minstens 70%")
        #expect(page.lines[4].explanation?.facts.last?.fails == true)
        #expect(page.older == "/m/history?after=cursor%2F2%2B")
    }

    @Test
    func `below the personal level a line says the day and never a time`() {
        let page = HistoryPageModel(Samples.history(.nl, level: .session), shell: Self.shell(), texts: .nl)
        #expect(page.lines.allSatisfy { !$0.when.contains(":") })
        #expect(page.intro.contains("niet wat je las"))
        let personal = HistoryPageModel(Samples.history(.nl, level: .personal), shell: Self.shell(), texts: .nl)
        #expect(personal.lines[0].when == "vandaag, 14:05")
    }

    @Test
    func `every refusal has a sentence in every language`() {
        let refusals: [Refusal] =
            Refusal.Period.allCases.map { .limitReached($0, cap: nil) } + [
                .limitReached(.day, cap: Amount(4, Samples.ink(.nl))), .cooldown(until: nil),
                .cooldown(until: LocalMoment(Samples.today)), .budgetSpent, .conditionNotMet, .outsideValidity,
                .anotherRuleFirst, .membershipPaused, .notAtThisLevel,
            ]
        for language in Language.allCases {
            let sentences = refusals.map { Texts.of(language).sentence(for: $0, today: Samples.today) }
            #expect(Set(sentences).count == refusals.count)
            #expect(sentences.allSatisfy { $0.hasSuffix(".") || $0.hasSuffix("。") })
        }
    }

    @Test
    func `a price above the balance promises nothing`() {
        var offer = Samples.reward(.nl, availability: .short(by: 35))
        offer.balance = 365
        let page = RewardPage(offer, shell: Self.shell(), texts: .nl, csrf: "c", key: "k")
        #expect(!page.canRedeem)
        #expect(page.after == nil)
        #expect(page.reward.obstacle == "Nog 35 druppels inkt te gaan")
        #expect(page.reward.href == nil)
        offer.balance = .min
        #expect(RewardPage(offer, shell: Self.shell(), texts: .nl, csrf: "", key: "").after == nil)
    }

    @Test(arguments: [
        (Int64(0), Int64(2)), (1, 2), (3, 4), (5, 10), (11, 20), (21, 40), (41, 100), (1_370, 2_000), (.max, .max),
    ])
    func `the chart's top is a round number with a whole half`(peak: Int64, top: Int64) {
        #expect(HourChart.roundCeiling(peak) == top)
    }

    @Test
    func `the chart holds the same figures as its table, and stands in its frame`() {
        let chart = HourChart(Samples.consoleToday(.en).hours, currentHour: 14, texts: .en)
        #expect(chart.bars.count == chart.table.count)
        for bar in chart.bars {
            #expect(bar.eventsY + bar.eventsHeight == 100 && bar.awardsY + bar.awardsHeight == 100)
            #expect((0...100).contains(bar.eventsHeight) && bar.x + 6 <= 240)
        }
        #expect(chart.bars.filter(\.now).map(\.x) == [142])
        #expect(chart.summary == "7,927 events; most of them (1,370) at 8 hours.")
        #expect(HourChart([], currentHour: nil, texts: .en).summary == "There have been no events today.")
    }

    @Test(arguments: [("Noor van Dam", "ND"), ("Cher", "C"), ("田中 愛子", "田"), ("", "·"), ("éva ős", "ÉŐ"), ("  ", "·")])
    func `monograms suit the script`(name: String, monogram: String) {
        #expect(FaceView.monogram(of: name) == monogram)
    }

    @Test
    func `a text says its language only where it differs from the page's`() {
        #expect(WordingView(Wording("x", "nl-BE"), on: .nl).lang == nil)
        #expect(WordingView(Wording("x", "nl-BE"), on: .en).lang == "nl-BE")
        #expect(WordingView(Wording("x", "fr"), on: .en).lang == "fr")
    }
}
