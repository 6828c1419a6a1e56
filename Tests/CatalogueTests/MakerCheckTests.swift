import Testing

@testable import Catalogue

@Suite("Drafts of makers")
struct MakerCheckTests {
    @Test("Makers and series are read, and their documents read back")
    func reads() throws {
        var maker = MakerDraft(id: "anna", name: "Anna de Vriès")
        maker.face = "https://avondblad.example/anna.jpg"
        maker.role = ["nl": "redacteur kunst"]
        maker.biography = ["nl": "Schrijft.\n\nEn leest."]
        maker.page = "https://avondblad.example/anna"
        let checked = MakerCheck(limits: .standard).makers([maker])
        #expect(checked.faults.isEmpty)
        #expect(
            checked.makers.first?.content.face == .image(try #require(WebAddress("https://avondblad.example/anna.jpg")))
        )
        #expect(MakerDraft.read(maker.document, index: 0).draft == maker)

        var series = SeriesDraft(id: "zee", title: ["nl": "Aan zee", "ja": "海"])
        series.makers = ["anna"]
        series.image = "<svg/>"
        let (found, faults) = MakerCheck(limits: .standard).series([series])
        #expect(faults.isEmpty)
        #expect(found.first?.content.makers.map(\.text) == ["anna"])
        #expect(SeriesDraft.read(series.document, index: 0).draft == series)
    }

    @Test("Faults name the field")
    func refuses() {
        var maker = MakerDraft(id: "", name: " ")
        maker.face = "portret.jpg"
        maker.page = "ftp://x"
        let faults = MakerCheck(limits: .standard).makers([
            MakerDraft(id: "a", name: "A"), maker, MakerDraft(id: "a", name: "B"),
        ]).faults
        #expect(faults.map(\.field) == ["id", "name.und", "face", "page", "id"])
        #expect(faults.map(\.index) == [1, 1, 1, 1, 2])
        #expect(
            MakerCheck(limits: .standard).series([SeriesDraft(id: "a", title: [:])]).faults.map(\.field) == ["title"])
    }

    @Test("A drawing is written anew from what was understood")
    func cleans() throws {
        let drawing = """
            <?xml version="1.0"?><!-- x --><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>A &amp; "B"</title>
            <circle cx='4' r="4" fill="url(#g)"/></svg><script>alert(1)</script>
            """
        #expect(
            try SVGDrawing.clean(drawing)
                == #"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>A &amp; &quot;B&quot;</title>"#
                + #"<circle cx="4" fill="url(#g)" r="4"></circle></svg>"#)
        #expect(try SVGDrawing.clean(try SVGDrawing.clean(drawing)) == SVGDrawing.clean(drawing))
    }

    @Test(
        "Drawings that run, link or load are refused",
        arguments: [
            "<svg><script>alert(1)</script></svg>", "<svg onload='alert(1)'/>", "<svg><a href='https://x'/></svg>",
            "<svg><image href='https://x/y.png'/></svg>", "<svg><use href='#a'/></svg>",
            "<svg><style>*{}</style></svg>",
            "<svg><foreignObject/></svg>", "<svg><rect style='x'/></svg>", "<svg><rect fill='url(https://x)'/></svg>",
            "<svg><rect fill='URL(\"javascript:x\")'/></svg>", "<svg><animate/></svg>", "<svg><set/></svg>", "<html/>",
            "<svg",
            "<svg xmlns:x='http://www.w3.org/1999/xlink'><rect x:href='#a'/></svg>", "<x:svg xmlns:x='urn:x'/>",
            "<svg><svg/></svg>",
            "<svg><rect fill='&#117;rl(https://x)'/></svg>", "<svg xmlns='http://www.w3.org/1999/xhtml'/>",
        ])
    func refusesDrawings(drawing: String) {
        #expect(throws: SVGDrawing.Problem.self) { try SVGDrawing.clean(drawing) }
    }
}
