import Testing

@testable import Site

/// Names and titles come from publishers and members: none of them may become markup.
struct EscapingTests {
    static let attacks = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)", "</title><script>x",
        "<!--", "]]>", "&lt;b&gt;", "{{t.shell.skip}}", "{{{x}}}", "\u{0}<b>", "<\u{301}b>",
        // The engine's own escaping takes this quotation mark and its accent for one other character.
        "x\"\u{301} autofocus onfocus=alert(1) y=\"\u{301}", "'\u{20D2} onclick=1", "<\u{FE0F}svg onload=1>",
        "javascript:alert(1)", "é — 東京 🎈",
    ]

    @Test(arguments: attacks)
    func `nothing in a title, a name or a reason becomes markup`(attack: String) throws {
        let renderer = try Renderer()
        for (hostile, harmless) in zip(try Self.pages(saying: attack, renderer), try Self.pages(saying: "x", renderer))
        {
            #expect(Self.shape(of: hostile) == Self.shape(of: harmless))
        }
    }

    @Test
    func `a quotation mark under an accent is escaped`() {
        #expect(MarkupContentType().escapeText("a\"\u{301}b") == "a&quot;\u{301}b")
        #expect(MarkupContentType().escapeText("<>&'\"") == "&lt;&gt;&amp;&#39;&quot;")
        #expect(MarkupContentType().escapeText("\u{0}") == "\u{FFFD}")
    }

    /// Tags and attribute names in order: what a browser would build, without the words.
    private static func shape(of html: String) -> [String] {
        var shape: [String] = []
        var bytes = html.utf8.makeIterator()
        var quote: UInt8?
        var tag: [UInt8]?
        while let byte = bytes.next() {
            guard tag != nil else {
                if byte == UInt8(ascii: "<") { tag = [] }
                continue
            }
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                shape.append(String(decoding: tag ?? [], as: UTF8.self))
                tag = nil
            } else {
                tag?.append(byte)
            }
        }
        return shape
    }

    private static func pages(saying words: String, _ renderer: Renderer) throws -> [String] {
        let wording = Wording(words, "nl")
        let face = Face(name: words, role: wording)
        let item = ItemCard(
            id: words, kind: .video, title: wording, summary: wording, link: WebLink("/x"), makers: [face],
            topics: [wording], series: wording, seconds: 60)
        let unit = PointUnit(one: wording, other: wording)
        let today = MemberToday(
            today: Samples.today, name: words, level: .session,
            suggestions: [
                Suggestion(item: item, reason: .followsMaker(face)),
                Suggestion(item: item, reason: .followsTopic(wording)),
            ],
            privilege: Privilege(
                kind: .visit, title: wording, summary: wording, host: face,
                state: .afterSteps(remaining: 2, step: wording)),
            challenges: [ChallengeProgress(id: words, title: wording, summary: wording, done: 1, target: 2)],
            badges: [Badge(id: words, title: wording)],
            reward: RewardOffer(
                id: words, title: wording, summary: wording, giver: face, price: Amount(1, unit), balance: 2,
                availability: .available),
            balances: [Balance(active: 2, unit: unit)])
        let history = HistoryPage(
            today: Samples.today, level: .session, balances: [],
            lines: [
                HistoryLine(
                    id: words, when: LocalMoment(Samples.today), effect: .badge(wording), reason: wording,
                    explanation: Explanation(
                        rule: wording, sentence: wording, version: 1,
                        facts: [Fact(label: wording, value: .text(wording), need: .oneOf([wording]), holds: true)]))
            ], older: words)
        let shell = Shell(language: .en, title: words, programme: words, path: "/" + words)
        let publisher = DemoPublisher(name: words, path: words, publishableKey: words)
        let page = PublisherItem(
            today: Samples.today, card: item, body: [.paragraph(words), .heading(words), .quote(words, by: words)],
            caption: wording, chapters: [PublisherItem.Chapter(startSeconds: 1, title: wording)], related: [item])
        return [
            renderer.render(MemberPage(today, shell: shell, texts: .en)).html,
            renderer.render(HistoryPageModel(history, shell: shell, texts: .en)).html,
            renderer.render(
                PublisherItemPage(page, shell: shell, texts: .en, publisher: publisher, subject: words, pass: words)
            ).html,
            renderer.render(
                QuarantineModel(
                    QuarantinePage(
                        today: Samples.today, total: 1,
                        entries: [
                            QuarantineEntry(
                                id: words, received: LocalMoment(Samples.today), source: words, type: words,
                                field: words,
                                problem: wording, attempts: 1)
                        ]), shell: shell, texts: .en, csrf: words)
            ).html,
        ]
    }
}
