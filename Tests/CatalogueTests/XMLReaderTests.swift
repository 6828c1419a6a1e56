import Testing

@testable import Catalogue

@Suite("XML from strangers")
struct XMLReaderTests {
    private func read(_ text: String) throws -> XMLElement { try XMLReader.read(Array(text.utf8)) }

    private func reason(_ bytes: [UInt8]) -> XMLProblem.Reason? {
        do throws(XMLProblem) {
            _ = try XMLReader.read(bytes)
            return nil
        } catch {
            return error.reason
        }
    }

    @Test("Elements, attributes, namespaces, references and sections are read")
    func readsAll() throws {
        let root = try read(
            """
            <?xml version="1.0" encoding="UTF-8"?><!DOCTYPE a PUBLIC "x" "http://x/[y]>">
            <!-- <b> --><a xmlns="urn:a" xmlns:p='urn:p' k="1 &lt; &quot;2&quot;" p:k="é">x &amp; &#233;&#x1F600;&eacute;
            <p:b/><![CDATA[<i>&amp;</i>]]> AT&T &unknown;<?pi x?></a> trailing
            """)
        #expect(root.name == .init(namespace: "urn:a", local: "a"))
        #expect(root.attribute("k") == "1 < \"2\"")
        #expect(root.attributes[.init(namespace: "urn:p", local: "k")] == "é")
        #expect(root.elements.map(\.name) == [.init(namespace: "urn:p", local: "b")])
        #expect(root.text.contains("x & é😀é"))
        #expect(root.text.contains("<i>&amp;</i> AT&T &unknown;"))
    }

    static let encodings: [(bytes: [UInt8], text: String)] = [
        ([0xEF, 0xBB, 0xBF] + [UInt8](text: "<a>é</a>"), "é"),
        ([UInt8](text: "<?xml version='1.0' encoding='ISO-8859-1'?><a>") + [0xE9] + [UInt8](text: "</a>"), "é"),
        ([UInt8](text: "<?xml version='1.0' encoding='windows-1252'?><a>") + [0x80] + [UInt8](text: "</a>"), "€"),
        ([UInt8](text: "<?xml version='1.0' encoding='iso-8859-15'?><a>") + [0xA4] + [UInt8](text: "</a>"), "€"),
        ([0xFF, 0xFE] + [UInt8](utf16: "<a>é</a>", bigEndian: false), "é"),
        ([UInt8](utf16: "<a>é</a>", bigEndian: true), "é"),
    ]

    @Test("Documents in other encodings are read", arguments: encodings)
    func readsEncodings(bytes: [UInt8], text: String) throws {
        #expect(try XMLReader.read(bytes).text == text)
    }

    @Test("Entities are never declared, so nothing expands and no file is read")
    func refusesDeclarations() {
        let laughs = """
            <!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol1 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">]><lolz>&lol1;</lolz>
            """
        let file = #"<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>"#
        let parameter = #"<!DOCTYPE a [<!ENTITY % p SYSTEM "http://x/"> %p;]><a/>"#
        for text in [laughs, file, parameter] {
            #expect(reason(Array(text.utf8)) == .documentTypeDeclarations)
            let wide = [0xFE, 0xFF] + [UInt8](utf16: text, bigEndian: true)
            #expect(reason(wide) == .documentTypeDeclarations)
        }
        #expect((try? read("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a>&x;</a>"))?.text == "&x;")
    }

    @Test("Depth, elements and attributes are limited")
    func limits() {
        let deep = String(repeating: "<a>", count: 200_000)
        #expect(reason(Array(deep.utf8)) == .tooDeep(limit: 100))
        let many = "<a>" + String(repeating: "<b/>", count: 300_001) + "</a>"
        #expect(reason(Array(many.utf8)) == .tooManyElements(limit: 300_000))
        let wide = "<a " + (0...100).map { "k\($0)='' " }.joined() + "/>"
        #expect(reason(Array(wide.utf8)) == .tooManyAttributes(limit: 100))
        let names = (0..<3).map { depth in
            "<a " + (0..<80).map { "xmlns:n\(depth)-\($0)='u' " }.joined() + ">"
        }
        #expect(reason(Array(names.joined().utf8)) == .tooManyNamespaces(limit: 200))
    }

    @Test(
        "What is not well-formed is refused",
        arguments: [
            "", " ", "x<a/>", "<a>", "<a><b></a></b>", "</a>", "<a", "<a b>", "<a b=c/>", "<a b='<'/>", "<a b='",
            "<!-- ", "<a><![CDATA[",
            "<1/>", "< a/>", "<!ELEMENT a>", "<a><!DOCTYPE b></a>", "<?xml", "<a/ >",
            "<\(String(repeating: "n", count: 300))/>",
        ])
    func refusesBroken(text: String) {
        #expect(reason(Array(text.utf8)) != nil)
    }

    @Test("Bytes that are not the declared encoding are refused")
    func refusesBytes() {
        #expect(reason([0x3C, 0x61, 0x3E, 0xFF, 0x3C, 0x2F, 0x61, 0x3E]) == .invalidBytes(encoding: "UTF-8"))
        #expect(reason([0xFE, 0xFF, 0x00]) == .invalidBytes(encoding: "UTF-16"))
        #expect(reason([0xFE, 0xFF, 0xD8, 0x00]) == .invalidBytes(encoding: "UTF-16"))
        #expect(reason(Array("<?xml version='1.0' encoding='EBCDIC'?><a/>".utf8)) == .unknownEncoding("EBCDIC"))
    }

    @Test("A problem names its line")
    func namesLine() {
        do throws(XMLProblem) {
            _ = try XMLReader.read(Array("<a>\n<b>\n</c></a>".utf8))
            Issue.record("read what is broken")
        } catch {
            #expect(error.line == 3)
            #expect(error.description == "line 3: expected </b>, found </c>")
        }
    }

    @Test("References to characters that XML forbids become U+FFFD")
    func replacesForbidden() throws {
        #expect(
            try read("<a>&#0;&#xD800;&#x110000;&#99999999999999999999;&#xFFFE;</a>").text
                == "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}")
        #expect(try read("<a>&#;&#x;&;&</a>").text == "&#;&#x;&;&")
    }
}
