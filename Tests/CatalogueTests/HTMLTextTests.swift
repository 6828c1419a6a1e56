import Testing

@testable import Catalogue

@Suite("HTML to plain text")
struct HTMLTextTests {
    @Test(
        "Only what a reader would see is left",
        arguments: [
            ("<p>Een <b>café</b></p><p>Twee</p>", "Een café\n\nTwee"), ("a<br>b<BR/>c", "a\nb\nc"),
            ("a\n b\t c", "a b c"),
            ("<script>alert('<p>x</p>')</script>ja", "ja"), ("<STYLE>p{}</style >ja", "ja"), ("<script>open", ""),
            ("<style><script></style>x", "x"), ("a<!-- <b> -- > -->b", "ab"), ("a<!--b", "a"),
            ("a<!DOCTYPE html>b", "ab"),
            ("<a href=\"x>y\" title='>'>link</a>", "link"), ("<img src=x onerror=alert(1)>", ""),
            ("1 < 2 & 3 > 2", "1 < 2 & 3 > 2"),
            ("a<", "a<"), ("a</", "a</"), ("</ p>x", "</ p>x"), ("&lt;script&gt;", "<script>"),
            ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
            ("&eacute;&#233;&#xe9;&nbsp;&hellip;", "ééé …"), ("&noname; &#; &", "&noname; &#; &"),
            ("<p></p><p></p>x<p></p>", "x"),
            ("x\u{0}\u{202E}y\u{FEFF}", "xy"), ("<li>a<li>b", "a\nb"), ("<p=>x</p>", "x"),
            ("<a title=\"unclosed>x", ""),
            ("<scr<script>ipt>alert(1)</script>", "ipt>alert(1)"),
        ])
    func reduces(html: String, text: String) {
        #expect(HTMLText.plain(html) == text)
    }

    @Test(
        "Time is linear in the input",
        arguments: ["<", "<script>", "&", "<!--", "<a title=\"", "</script", "&#1", "<p>", "<!"])
    func isLinear(piece: String) {
        // A quadratic reading of half a megabyte would take minutes.
        let text = HTMLText.plain(String(repeating: piece, count: 500_000 / piece.utf8.count))
        #expect(text.utf8.count <= 500_000)
    }

    @Test("Words are counted, in scripts without spaces by half a character")
    func counts() {
        #expect(HTMLText.wordCount("Een café aan zee, 3 keer – ja") == 7)
        #expect(HTMLText.wordCount("東京の夜") == 2)
        #expect(HTMLText.wordCount("") == 0)
    }

    @Test("A text is shortened at whole characters")
    func shortens() {
        #expect(PlainText.shortened("👨‍👩‍👧‍👦abcd", bytes: 28) == "👨‍👩‍👧‍👦…")
        #expect(PlainText.shortened("👨‍👩‍👧‍👦abcd", bytes: 27) == "…")
        #expect(PlainText.shortened("abc", bytes: 3) == "abc")
    }
}
