import Primitives
import Testing

@testable import Catalogue

@Suite("Feeds become drafts")
struct FeedReaderTests {
    private let base = WebAddress("https://avondblad.example/feeds/alles.xml")

    private func read(_ text: String, _ defaults: FeedDefaults = FeedDefaults()) throws -> Feed {
        try FeedReader(defaults: defaults).read(Array(text.utf8), base: base)
    }

    private let rss = """

        <?xml version="1.0" encoding="utf-8"?>
        <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
          xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom">
        <channel><title>Avondblad</title><link>https://avondblad.example</link><language>nl-nl</language>
        <atom:link rel="self" href="https://avondblad.example/feeds/alles.xml"/>
        <item><title>Caf&#233; &amp;amp; zee</title><link>/artikel/1?a=1&amp;b=2</link><guid isPermaLink="false">article-1</guid>
          <description><![CDATA[<p>Een <b>standfirst</b>.</p>]]></description>
          <content:encoded><![CDATA[<p>Eerste alinea van vijf woorden.</p><script>weg()</script><p>Tweede.</p>]]></content:encoded>
          <pubDate>Sun, 01 Mar 2026 09:00:00 +0100</pubDate><dc:creator>Anna de Vries</dc:creator><dc:creator>山田太郎</dc:creator>
          <author>redactie@avondblad.example</author>
          <category>Kunst &amp; Cultuur</category><category domain="x">Opera</category><category>opera</category>
          <media:group><media:content url="https://avondblad.example/b.jpg" medium="image"/></media:group></item>
        <item><guid>https://avondblad.example/artikel/2</guid><description>Alleen een tekst</description></item>
        <item><title>Geen id</title></item>
        <item><guid>article-1</guid><title>Nog eens</title></item>
        <item><guid>leeg</guid></item>
        </channel></rss>
        """

    @Test("RSS with its modules")
    func readsRSS() throws {
        let feed = try read(rss)
        #expect(feed.format == .rss)
        #expect(feed.title == "Avondblad")
        #expect(feed.language?.name == "nl-NL")
        #expect(feed.items.map(\.id) == ["article-1", "https://avondblad.example/artikel/2"])
        #expect(feed.faults.map(\.index) == [2, 3, 4])
        let first = try #require(feed.items.first)
        #expect(first.title == ["nl-NL": "Café & zee"])
        #expect(first.standfirst == ["nl-NL": "Een standfirst."])
        #expect(first.url == "https://avondblad.example/artikel/1?a=1&b=2")
        #expect(first.publishedAt == Fixture.morning)
        #expect(first.makers == ["anna-de-vries", "山田太郎"])
        #expect(first.topics == ["kunst-&-cultuur", "opera"])
        #expect(first.image == "https://avondblad.example/b.jpg")
        #expect(first.kind == "article")
        #expect(first.wordCount == 6)
        #expect(first.body.isEmpty)
        let second = try #require(feed.items.last)
        #expect(second.title == ["nl-NL": "Alleen een tekst"])
        #expect(second.url == "https://avondblad.example/artikel/2")
        #expect(feed.makers.map(\.name) == ["Anna de Vries", "山田太郎"])
    }

    @Test("Defaults fill what the feed does not say")
    func takesDefaults() throws {
        var defaults = FeedDefaults()
        defaults.kind = .newsletter
        defaults.topics = ["zee"]
        defaults.series = SeriesID("avond")
        defaults.access = .subscriber
        defaults.idPrefix = "rss:"
        defaults.keepsBody = true
        let item = try #require(try read(rss, defaults).items.first)
        #expect(item.id == "rss:article-1")
        #expect(item.kind == "newsletter")
        #expect(item.topics == ["zee", "kunst-&-cultuur", "opera"])
        #expect(item.series == "avond")
        #expect(item.access == "subscriber")
        #expect(item.body == ["nl-NL": "Eerste alinea van vijf woorden.\n\nTweede."])
        #expect(try FeedDefaults(document: defaults.document) == defaults)
    }

    @Test("A podcast's episodes")
    func readsPodcast() throws {
        let feed = try read(
            """
            <rss xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" version="2.0"><channel><title>Zee</title>
            <item><title>Aflevering 1</title><guid>ep-1</guid><itunes:duration>1:02:03</itunes:duration>
            <itunes:author>gast@x.example (Bram Bos)</itunes:author><itunes:image href="/omslag.jpg"/>
            <itunes:summary>Over de zee</itunes:summary>
            <enclosure url="https://x.example/1.mp3" type="audio/mpeg" length="1"/></item>
            <item><title>Film</title><guid>v-1</guid><enclosure url="https://x.example/1.mp4" type="video/mp4"/></item>
            </channel></rss>
            """)
        let episode = try #require(feed.items.first)
        #expect(episode.kind == "episode")
        #expect(episode.durationSeconds == 3_723)
        #expect(episode.image == "https://avondblad.example/omslag.jpg")
        #expect(episode.makers == ["bram-bos"])
        #expect(episode.standfirst == ["und": "Over de zee"])
        #expect(feed.items.last?.kind == "video")
        #expect(!feed.makers.description.contains("@"), "e-mail addresses are not kept")
    }

    @Test("RSS 1.0 with the items beside the channel")
    func readsRDF() throws {
        let feed = try read(
            """
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
              xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>日刊</title><dc:language>ja</dc:language></channel>
            <item><title>海のカフェ</title><link>https://x.example/1</link><dc:date>2026-03-01T17:00:00+09:00</dc:date>
            <dc:subject>文化</dc:subject></item></rdf:RDF>
            """)
        let item = try #require(feed.items.first)
        #expect(item.id == "https://x.example/1")
        #expect(item.title == ["ja": "海のカフェ"])
        #expect(item.publishedAt == Fixture.morning)
        #expect(item.topics == ["文化"])
    }

    @Test("Atom with its kinds of text")
    func readsAtom() throws {
        let feed = try read(
            """
            <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="https://x.example/blog/">
            <title type="html">A &amp;lt; B</title><author><name>Anna</name><uri>https://x.example/anna</uri></author>
            <entry><id>tag:x.example,2026:1</id><title>1 &lt; 2 &lt;b&gt;</title><link href="one"/><updated>2026-03-02T00:00:00Z</updated>
            <published>2026-03-01T08:00:00Z</published><category term="opera" label="Opera house"/>
            <link rel="enclosure" type="audio/ogg" href="one.ogg"/>
            <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One <em>two</em></p><script>x</script><p>three</p></div></content></entry>
            <entry xml:lang="fr"><id>2</id><title type="html">&lt;b&gt;Caf&amp;eacute;&lt;/b&gt;</title><content src="https://x/y"/></entry>
            </feed>
            """)
        #expect(feed.format == .atom)
        #expect(feed.title == "A < B")
        let first = try #require(feed.items.first)
        #expect(first.title == ["en": "1 < 2 <b>"])
        #expect(first.url == "https://x.example/blog/one")
        #expect(first.publishedAt == Fixture.morning)
        #expect(first.topics == ["opera-house"])
        #expect(first.kind == "episode")
        #expect(first.makers == ["anna"])
        #expect(first.standfirst == ["en": "One two\n\nthree"])
        #expect(first.wordCount == 3)
        #expect(feed.items.last?.title == ["fr": "Café"])
        #expect(feed.makers.first?.page == "https://x.example/anna")
    }

    @Test("JSON Feed 1.1, and what version 1.0 called otherwise")
    func readsJSONFeed() throws {
        let feed = try read(
            """
            {"version": "https://jsonfeed.org/version/1.1", "title": "Avondblad", "language": "nl", "author": {"name": "Anna"},
             "items": [
              {"id": 7, "url": "https://x.example/7", "title": "Café", "content_html": "<p>Een twee</p>", "tags": ["Opera"],
               "date_published": "2026-03-01T09:00:00+01:00", "image": "javascript:alert(1)",
               "attachments": [{"url": "https://x.example/7.mp3", "mime_type": "audio/mpeg", "duration_in_seconds": 61.4}]},
              {"id": "8", "content_text": "Alleen tekst", "authors": [{"name": "Bram", "avatar": "https://x.example/b.png"}]},
              {"title": "zonder id"}, 7, null]}
            """)
        #expect(feed.format == .jsonFeed)
        #expect(feed.items.map(\.id) == ["7", "8"])
        let first = try #require(feed.items.first)
        #expect(first.kind == "episode")
        #expect(first.durationSeconds == 61)
        #expect(first.image == nil, "no address")
        #expect(first.makers == ["anna"])
        #expect(feed.items.last?.title == ["nl": "Alleen tekst"])
        #expect(feed.makers.last?.face == "https://x.example/b.png")
        #expect(feed.faults.map(\.index) == [2, 3, 4])
    }

    @Test("A long id is kept by its hash, the same each time")
    func hashesLongIDs() throws {
        let id = "https://x.example/" + String(repeating: "a", count: 300)
        let text = "<rss><channel><item><guid>\(id)</guid><title>x</title></item></channel></rss>"
        let first = try #require(try read(text).items.first?.id)
        #expect(first.hasPrefix("sha256-"))
        #expect(first.utf8.count == 71)
        #expect(try read(text).items.first?.id == first)
    }

    @Test(
        "Links are made absolute",
        arguments: [
            ("b", "https://x.example/a/b"), ("/b", "https://x.example/b"), ("//y.example/b", "https://y.example/b"),
            ("?q=1", "https://x.example/a/c?q=1"), ("#f", "https://x.example/a/c#f"),
            ("http://y.example/a b", "http://y.example/a%20b"),
            (" https://y.example/\n", "https://y.example/"), ("javascript:alert(1)", nil), ("data:text/html,x", nil),
            ("", nil),
            ("https://user:pass@y.example/", nil), ("mailto:a@b.example", nil), ("file:///etc/passwd", nil),
        ])
    func resolves(link: String, address: String?) throws {
        #expect(FeedLink.resolve(link, base: WebAddress("https://x.example/a/c?z=1"))?.text == address)
    }

    @Test(
        "What is no feed is refused with what it is",
        arguments: [
            ("<html><body>404</body></html>", "<html>"), ("{\"a\": 1}", "JSON without"), ("[1]", "JSON without"),
            ("<rss/>", "channel"),
            ("<feed/>", "<feed>"), ("", "no element"), ("not xml", "before the first element"), ("{", "ends too early"),
        ])
    func refuses(text: String, part: String) {
        do throws(FeedProblem) {
            _ = try FeedReader().read(Array(text.utf8))
            Issue.record("read \(text)")
        } catch {
            #expect(error.description.contains(part), "\(error)")
        }
    }

    @Test("A feed beyond the limit is refused, entries beyond it are left")
    func limits() throws {
        var limits = FeedReader.Limits()
        limits.bytes = 100
        #expect(throws: FeedProblem.tooLarge(bytes: 101, limit: 100)) {
            try FeedReader(limits: limits).read([UInt8](repeating: 0x20, count: 101))
        }
        limits = FeedReader.Limits()
        limits.entries = 2
        let items = (0..<5).map { "<item><guid>\($0)</guid><title>t</title></item>" }.joined()
        let feed = try FeedReader(limits: limits).read(Array("<rss><channel>\(items)</channel></rss>".utf8))
        #expect(feed.items.map(\.id) == ["0", "1"])
    }

    /// Bytes of real shapes, broken at random places: whatever comes out passes the catalogue's own check.
    @Test("Broken feeds never crash, and every draft that comes out can be put", arguments: 0..<40 as Range<UInt64>)
    func survivesMutation(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let atom =
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><id>1</id><title>x</title><author><name>Anna</name></author></entry></feed>"
        let json =
            #"{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","title":"x","tags":["A b"],"url":"https://x/"}]}"#
        let pieces = [
            "<", ">", "&", "\"", "]]>", "<![CDATA[", "\u{0}", "\u{202E}", "&#x0;", "\n", "é", "<item>", "</item>", ":",
            "%",
        ]
        for source in [rss, atom, json] {
            for _ in 0..<20 {
                var bytes = Array(source.utf8)
                for _ in 0..<Int.random(in: 1...8, using: &random) {
                    let place = Int.random(in: 0..<bytes.count, using: &random)
                    switch Int.random(in: 0..<4, using: &random) {
                    case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                    case 1:
                        bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...30, using: &random)))
                    case 2:
                        bytes.insert(contentsOf: pieces.randomElement(using: &random)?.utf8.map { $0 } ?? [], at: place)
                    default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 50)], at: place)
                    }
                    if bytes.isEmpty { bytes = [0x3C] }
                }
                guard let feed = try? FeedReader().read(bytes, base: base) else { continue }
                let faults = ItemCheck(limits: .standard).check(feed.items).faults
                #expect(faults.isEmpty, "seed \(seed)")
                #expect(MakerCheck(limits: .standard).makers(feed.makers).faults.isEmpty, "seed \(seed)")
            }
        }
    }

    @Test("Hostile content leaves no mark-up, no address but http, and nothing too long")
    func tamesHostileContent() throws {
        let long = String(repeating: "x", count: 500_000)
        let feed = try read(
            """
            <rss><channel><item><guid>\u{9}a\u{202E}\n b</guid><link>javascript:alert(1)</link>
            <title>&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;Titel \(long)</title>
            <description>\(long)</description><author>\(long)</author>
            \((0..<200).map { "<category>c\($0)</category><author>Maker \($0)</author>" }.joined())
            <itunes:duration>999999999999999999999</itunes:duration></item></channel></rss>
            """)
        let item = try #require(feed.items.first)
        #expect(item.id == "a b")
        #expect(item.url == nil)
        #expect(item.title["und"]?.hasPrefix("Titel xxx") == true)
        #expect(item.topics.count == 50)
        #expect(item.makers.count == 50)
        #expect(item.durationSeconds == nil)
        #expect(ItemCheck(limits: .standard).check([item]).faults.isEmpty)
    }
}
