import Testing

@testable import Site

struct AssetTests {
    @Test
    func `names carry a hash of the content, and references follow`() throws {
        let first = Assets(files: [("a.js", Array("1".utf8)), ("b.js", Array(#"import "./a.js";"#.utf8))])
        let second = Assets(files: [("a.js", Array("2".utf8)), ("b.js", Array(#"import "./a.js";"#.utf8))])
        let (a1, b1) = (try #require(first.named("a.js")), try #require(first.named("b.js")))
        #expect(String(decoding: b1.bytes, as: UTF8.self) == "import \".\(a1.path.dropFirst("/assets".count))\";")
        #expect(a1.path != second.named("a.js")?.path)
        #expect(b1.path != second.named("b.js")?.path, "a change below changes what stands on it")
        #expect(first.at(path: a1.path)?.name == "a.js")
        #expect(first.at(path: "/assets/a.js") == nil)
    }

    @Test
    func `the widget is smaller than ten kilobytes and asks nobody else`() throws {
        let widget = try #require(Assets.embedded.named("widget.js"))
        #expect(widget.bytes.count < 10_000, "\(widget.bytes.count) bytes")
        let text = String(decoding: widget.bytes, as: UTF8.self)
        for forbidden in [
            "document.cookie", "localStorage", "innerHTML", "eval(", "insertAdjacentHTML", "https://",
        ] {
            #expect(!text.contains(forbidden))
        }
        // Only the switch, and never what is read.
        #expect(text.matches(of: /sessionStorage\.(setItem|getItem|removeItem)\(trace/).count == 3)
        #expect(text.matches(of: /sessionStorage/).count == 3)
        #expect(text.contains(#"credentials: "omit""#))
    }

    @Test
    func `what other sites load is served without its comments and otherwise as it is written`() throws {
        let written = "// Why.\n\nconst a = `\n  b { c: d }\n`;\n/** What. */\n  f(\"// x\"); // kept\n"
        #expect(Assets.compact(written) == "const a = `\nb { c: d }\n`;\nf(\"// x\"); // kept")
        for name in ["widget.js", "gate.js"] {
            let text = String(decoding: try #require(Assets.embedded.named(name)).bytes, as: UTF8.self)
            #expect(text.hasPrefix("const sheet") && text.contains("customElements.define"))
            #expect(text.filter { $0 == "{" }.count == text.filter { $0 == "}" }.count)
            #expect(!text.contains("/*") || text.matches(of: /\/\*/).count == text.matches(of: /\*\//).count)
        }
    }

    @Test
    func `the gate is smaller than ten kilobytes, sets no cookie and asks nobody else`() throws {
        let gate = try #require(Assets.embedded.named("gate.js"))
        #expect(gate.bytes.count < 10_000, "\(gate.bytes.count) bytes")
        let lines = String(decoding: gate.bytes, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("//") }
        let text = lines.joined(separator: "\n")
        #expect(!text.contains("document.cookie"))
        #expect(text.contains(#"credentials: "omit""#))
        // Whole addresses would lead elsewhere.
        #expect(!text.contains("https://") && !text.contains("http://"))
    }

    @Test
    func `the field for conditions is smaller than eight kilobytes, and has no words of its own`() throws {
        let module = try #require(Assets.embedded.named("cel.js"))
        #expect(module.bytes.count <= 8_192, "\(module.bytes.count) bytes")
        let text = String(decoding: module.bytes, as: UTF8.self)
        // A strict policy allows no style attribute; what is drawn is drawn by classes.
        #expect(!text.contains(".style") && !text.contains("textContent = \""))
    }

    @Test(arguments: [
        "cel.js", "live.js", "events.js", "reading.js", "player.js", "choice.js", "widget.js", "gate.js", "counter.js",
        "app.js", "earn.js", "card.js", "sw.js", "own-history.js", "persona.js", "rerank.js", "device-today.js",
        "device-own.js", "year.js",
        "scan.js", "qr.js",
    ])
    func `no module writes markup or leads to another server`(name: String) throws {
        let asset = try #require(Assets.embedded.named(name))
        let text = String(decoding: asset.bytes, as: UTF8.self)
        for forbidden in ["innerHTML", "outerHTML", "document.write", "eval(", "insertAdjacentHTML", "new Function"] {
            #expect(!text.contains(forbidden))
        }
        // References to other modules have become hashed names.
        for reference in text.matches(of: /from "\.\/([^"]+)"/) {
            #expect(Assets.embedded.at(path: "/assets/" + reference.1) != nil, "\(reference.1)")
        }
    }

    @Test
    func `style sheets ask no other server`() throws {
        for name in ["site.css", "publisher.css"] {
            let text = String(decoding: try #require(Assets.embedded.named(name)).bytes, as: UTF8.self)
            #expect(!text.contains("http") && !text.contains("@import") && !text.contains("@font-face"))
            #expect(text.contains("prefers-color-scheme: dark") && text.contains("prefers-contrast: more"))
            #expect(text.filter { $0 == "{" }.count == text.filter { $0 == "}" }.count)
        }
    }
}
