import Foundation
import Primitives
import Testing

/// Imports and the simulator through the binary, as scripts use them.
@Suite(.serialized)
struct ImportCommandTests {
    private func write(_ text: String, _ path: String) throws {
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }

    private static let mapping = """
        source: shop
        user: who
        type: comment.posted
        time: { column: at, format: unix-seconds }
        id: number
        fields: { item: article }
        """

    @Test func aFileOfCommaSeparatedValuesIsReplayed() async throws {
        try await Binary.withFolder { folder in
            let home = folder + "/home"
            _ = try await Binary.run("programme", "apply", "avondpost", "--home", home)
            try write(Self.mapping, folder + "/m.yaml")
            try write("number,who,at,article\n1,a,1767000000,x\n2,é,1767000001,y\n3,,1767000002,z\n", folder + "/f.csv")
            let arguments = [
                "import", "csv", folder + "/f.csv", "--mapping", folder + "/m.yaml", "--home", home, "--json",
            ]
            let first = try await Binary.run(arguments)
            #expect(first.status == 0, "\(first.errors)")
            #expect(first.output == "{\"accepted\":2,\"duplicates\":0,\"quarantined\":1,\"members\":2}\n")
            #expect(first.errors.contains("line 4, who: the row names nobody"), "\(first.errors)")
            let second = try await Binary.run(arguments + ["--problems", folder + "/p.ndjson"])
            #expect(second.output == "{\"accepted\":0,\"duplicates\":2,\"quarantined\":1,\"members\":2}\n")
            let problems = try String(contentsOfFile: folder + "/p.ndjson", encoding: .utf8)
            #expect(problems.hasPrefix("{\"line\":4,\"column\":\"who\""))
            #expect(try await Binary.run("verify", "--home", home).status == 0)

            try write(Self.mapping.replacingOccurrences(of: "id: number", with: "id: numer"), folder + "/m.yaml")
            let misspelt = try await Binary.run(arguments)
            #expect(misspelt.status == 65)
            #expect(misspelt.errors.contains("no column 'numer'"))
            try write(Self.mapping.replacingOccurrences(of: "user:", with: "users:"), folder + "/m.yaml")
            let unknown = try await Binary.run(arguments)
            #expect(unknown.status == 65)
            #expect(unknown.errors.contains("m.yaml:2: users: there is no such setting"), "\(unknown.errors)")
            try write(Self.mapping, folder + "/m.yaml")
            let missing = try await Binary.run(
                "import", "csv", folder + "/none", "--mapping", folder + "/m.yaml", "--home", home)
            #expect(missing.status == 66)
        }
    }

    @Test func itemsAndFeedsComeFromFiles() async throws {
        try await Binary.withFolder { folder in
            let home = folder + "/home"
            _ = try await Binary.run("programme", "apply", "avondpost", "--home", home)
            try write(
                "nummer;kop;rubrieken\na1;Eén;opera|kunst\na2;Twee;\na 3;;\n", folder + "/items.csv")
            try write(
                "separator: ;\nlanguage: nl\ncolumns: { id: nummer, title: kop, topics: rubrieken }\n",
                folder + "/m.yaml")
            let csv = [
                "import", "items", folder + "/items.csv", "--mapping", folder + "/m.yaml", "--home", home, "--json",
            ]
            let first = try await Binary.run(csv)
            let report = "{\"accepted\":2,\"duplicates\":0,\"quarantined\":1,\"members\":0}\n"
            #expect(first.output == report, "\(first.errors)")
            #expect(try await Binary.run(csv).output.contains("\"accepted\":0,\"duplicates\":2"))
            try write(
                #"{"items":[{"id":"a1","title":"One","language":"en"},{"id":"b1","title":"B","language":"en"}]}"#,
                folder + "/items.json")
            let json = try await Binary.run("import", "items", folder + "/items.json", "--home", home, "--json")
            #expect(json.json?["accepted"]?.intValue == 2, "\(json.errors)")
            try write("{\"id\":\"b1\",\"title\":\"B\",\"language\":\"en\"}\n{\"id\":7}\n", folder + "/items.ndjson")
            let lines = try await Binary.run("import", "items", folder + "/items.ndjson", "--home", home, "--json")
            #expect(lines.json?["duplicates"]?.intValue == 1 && lines.json?["quarantined"]?.intValue == 1)
            #expect(lines.errors.contains("line 2"))
            try write(
                """
                <rss version="2.0"><channel><title>P</title><item><guid>g1</guid><title>Story</title>
                <link>https://example.org/g1</link></item></channel></rss>
                """, folder + "/feed.xml")
            let feed = try await Binary.run("import", "feed", folder + "/feed.xml", "--home", home, "--json")
            #expect(feed.json?["accepted"]?.intValue == 1, "\(feed.errors)")
            let again = try await Binary.run("import", "feed", folder + "/feed.xml", "--home", home, "--json")
            #expect(again.json?["duplicates"]?.intValue == 1)
            try write("<html></html>", folder + "/page.xml")
            #expect(try await Binary.run("import", "feed", folder + "/page.xml", "--home", home).status == 65)
            // The network of this machine is reached only where somebody asks for it.
            let local = try await Binary.run("import", "feed", "http://127.0.0.1:9/feed.xml", "--home", home)
            #expect(local.status == 69)
        }
    }

    @Test(arguments: ["cloudevents", "segment"])
    func whatSimulatePrintsCanBeImported(form: String) async throws {
        try await Binary.withFolder { folder in
            let home = folder + "/home"
            _ = try await Binary.run("programme", "apply", "avondpost", "--home", home)
            let printed = try await Binary.run(
                "simulate", "--people", "80", "--days", "5", "--form", form, "--late", "0.2", "--resent", "0.1",
                "--anonymous", "0.5")
            let lines = printed.output.split(separator: "\n")
            #expect(lines.count > 100)
            try write(printed.output, folder + "/week.ndjson")
            let arguments = ["import", "events", folder + "/week.ndjson", "--home", home, "--json"]
            let first = try await Binary.run(arguments)
            let accepted = try #require(first.json?["accepted"]?.intValue, "\(first.errors)")
            let duplicates = first.json?["duplicates"]?.intValue ?? 0
            let quarantined = first.json?["quarantined"]?.intValue ?? 0
            #expect(accepted > 100 && duplicates > 0)
            #expect(Int(accepted + duplicates + quarantined) == lines.count)
            // Only as CloudEvents is an identification an event of a type that the programme does not know.
            #expect(form == "cloudevents" || quarantined == 0)
            let again = try await Binary.run(arguments)
            #expect(again.json?["accepted"]?.intValue == 0)
            #expect(again.json?["duplicates"]?.intValue == accepted + duplicates)
            #expect(try await Binary.run("verify", "--home", home).status == 0)
        }
    }

    @Test func simulateFillsAHomeAndTellsTheTruth() async throws {
        try await Binary.withFolder { folder in
            let home = folder + "/home"
            let arguments = [
                "simulate", "--home", home, "--people", "30", "--days", "4", "--anonymous", "0.4", "--truth",
                folder + "/truth.ndjson", "--json",
            ]
            let first = try await Binary.run(arguments)
            #expect(first.status == 0, "\(first.errors)")
            #expect((first.json?["accepted"]?.intValue ?? 0) > 50)
            #expect(first.json?["quarantined"]?.intValue == 0)
            let again = try await Binary.run(arguments)
            #expect(again.json?["accepted"]?.intValue == 0)
            #expect(again.json?["duplicates"] == first.json?["accepted"])
            let truth = try String(contentsOfFile: folder + "/truth.ndjson", encoding: .utf8).split(separator: "\n")
            #expect(truth.count == 31, "the population and thirty people")
            #expect(truth.last?.contains("\"hazards\"") == true)
            #expect(try await Binary.run("verify", "--home", home).status == 0)
        }
    }
}
