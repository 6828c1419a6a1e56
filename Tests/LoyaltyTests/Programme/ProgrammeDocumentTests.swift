import Foundation
import Loyalty
import Primitives
import Testing

@Suite struct ProgrammeDocumentTests {
    @Test func theGoodDocumentIsReadInFull() throws {
        let check = try ProgrammeDocument(Documents.good).check()
        #expect(check.errors == [])
        let programme = try #require(check.programme)
        #expect(programme.id.name == "test")
        #expect(programme.name == LocalizedText([.en: "Test", .nl: "Tést"]))
        #expect(programme.dayStartMinutes == 240)
        #expect(programme.units.map(\.id) == ["ink", "loyalty"])
        #expect(programme.units.first?.expires == .months(12))
        #expect(programme.units.last?.kind == .status)
        #expect(programme.tiers?.tiers.map(\.at) == [0, 100])
        #expect(
            programme.traits == [Trait(id: "topics", type: .list(.topic)), Trait(id: "ambassador", type: .boolean)])
        #expect(programme.budgets == [Budget(id: "spring", unit: "ink", period: .month, amount: 1_000)])
        #expect(programme.webhooks == [Webhook(id: "crm", url: "https://crm.example/hooks")])
        let event = try #require(programme.events.first)
        #expect(event.keep == [.personal: .months(24)])
        #expect(event.fields.map(\.type) == [.item, .fraction, .duration, .list(.topic)])
        #expect(event.fields.map(\.required) == [true, true, true, false])
        let rule = try #require(programme.rules.first)
        #expect(rule.condition == "event.share >= 0.7")
        #expect(rule.effects == [.award(amount: "15", unit: "ink"), .badge("voice")])
        #expect(programme.challenges.first?.every == .week)
        #expect(programme.rewards.first?.price == 120)
        #expect(programme.rewards.first?.holds == .minutes(15))
    }

    @Test func everythingARuleCanSayIsRead() throws {
        let document = try Documents.rule(
            """
            rule: reader
            trigger: article.read
            when: |
              event.share >= 0.7
                && event.seconds >= 30
            then:
              - award: { amount: event.seconds / 60, unit: ink }
              - progress: { challenge: five, by: 2 }
              - progress: { challenge: five }
              - badge: voice
              - entitlement: early
              - entitlement: { name: "preview.x", lasts: 2 weeks }
              - trait: { name: ambassador, value: true }
              - webhook: crm
            limits:
              - { per: member, period: day, amount: 45 }
              - { per: member, period: week, times: 3 }
              - { per: event, amount: 20 }
            cooldown: 90 minutes
            valid: { from: 2026-01-01T00:00:00+01:00, until: 2026-12-31T23:00:00Z }
            priority: -3
            exclusive: reading
            budget: spring
            holdout: 0.05
            why: { en: You read., nl: Je las. }
            examples:
              - event: { share: 0.9, seconds: 600, topics: [opera] }
                member: { tier: gold, traits: { ambassador: false } }
                gives: { amount: 10, unit: ink }
              - event: { share: 0.1 }
                gives: nothing
            """)
        let check = document.check()
        #expect(check.errors == [])
        let rule = try #require(check.programme?.rules.first)
        #expect(rule.condition == "event.share >= 0.7\n  && event.seconds >= 30")
        #expect(
            rule.effects == [
                .award(amount: "event.seconds / 60", unit: "ink"), .progress(challenge: "five", by: 2),
                .progress(challenge: "five", by: 1), .badge("voice"), .entitlement("early", lasts: nil),
                .entitlement("preview.x", lasts: .days(14)), .trait("ambassador", value: true), .webhook("crm"),
            ])
        #expect(
            rule.limits == [
                Limit(kind: .amount(45), period: .day), Limit(kind: .times(3), period: .week),
                Limit(kind: .perEvent(20), period: .ever),
            ])
        #expect(rule.cooldown == .minutes(90))
        #expect(rule.validFrom == RFC3339.parse("2025-12-31T23:00:00Z"))
        #expect(rule.validUntil == RFC3339.parse("2026-12-31T23:00:00Z"))
        #expect(rule.priority == -3)
        #expect(rule.exclusive == "reading")
        #expect(rule.budget == "spring")
        #expect(rule.holdoutBasisPoints == 500)
        #expect(rule.examples.count == 2)
        #expect(rule.examples.first?.gives == ["ink": 10])
        #expect(rule.examples.first?.event["topics"] == ["opera"])
        #expect(rule.examples.last?.gives == [:])
    }

    @Test(arguments: DemoProgrammes.names) func theProgrammesThatComeWithStamgastAreInOrder(name: String) throws {
        let document = try #require(try DemoProgrammes.document(name))
        let check = document.check()
        #expect(check.problems == [])
        #expect(check.programme?.id.name == name)
    }

    @Test func theDemoHasWhatItPromises() throws {
        let programme = try #require(try DemoProgrammes.document("avondpost")).programme()
        #expect(programme.rules.count >= 8)
        #expect(programme.challenges.count == 5)
        #expect(programme.badges.count == 6)
        #expect(programme.rewards.count == 5)
        #expect(programme.languages == [.nl, .en, .ja])
        #expect(programme.tiers?.tiers.map(\.id) == ["bronze", "silver", "gold", "platinum"])
        let texts = programme.rules.map(\.why) + programme.badges.map(\.why) + programme.rewards.map(\.text)
        for language in Language.allCases {
            for text in texts {
                let value = try #require(text.values[language])
                #expect(!value.lowercased().contains("people like you") && !value.lowercased().contains("mensen zoals"))
            }
        }
    }

    @Test func lineEndsAndByteOrderMarksDoNotCount() throws {
        let plain = try ProgrammeDocument(Documents.good)
        let windows = try ProgrammeDocument(
            Documents.good.mapValues { "\u{FEFF}" + $0.replacingOccurrences(of: "\n", with: "\r\n") })
        #expect(plain.digest == windows.digest)
        #expect(windows.check().programme == plain.check().programme)
        #expect(windows.check().programme != nil)
    }

    @Test func theDigestCoversPathsAndTexts() throws {
        let document = try ProgrammeDocument(Documents.good)
        var moved = Documents.good
        moved["rules/other.yaml"] = moved.removeValue(forKey: "rules/reader.yaml")
        #expect(try ProgrammeDocument(moved).digest != document.digest)
        #expect(try Documents.replacing("15", by: "16", in: "rules/reader.yaml").digest != document.digest)
        #expect(try ProgrammeDocument(["a": "xb", "b": ""]).digest != ProgrammeDocument(["a": "x", "b": "b"]).digest)
        #expect(document.digest.count == 32)
    }

    @Test func aBundleReadsBack() throws {
        let document = try ProgrammeDocument(Documents.good)
        #expect(try ProgrammeDocument(bundle: document.bundle) == document)
        #expect(try ProgrammeDocument(bundle: JSONValue(parsing: document.bundle.bytes())) == document)
        #expect(document.files.first?.path == "programme.yaml")
        #expect(throws: DocumentProblems.self) { try ProgrammeDocument(bundle: [1]) }
        #expect(throws: DocumentProblems.self) { try ProgrammeDocument(bundle: ["programme.yaml": 1]) }
    }

    @Test func aStreamReadsBack() throws {
        let document = try #require(try DemoProgrammes.document("avondpost"))
        #expect(try ProgrammeDocument(stream: document.stream) == document)
        #expect(throws: DocumentProblems.self) { try ProgrammeDocument(stream: "programme: x") }
    }

    @Test func aFolderReadsBack() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("programme-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let document = try #require(try DemoProgrammes.document("avondpost"))
        try document.write(to: folder)
        try Data("not yaml".utf8).write(to: folder.appendingPathComponent("README.md"))
        try Data("not read".utf8).write(to: folder.appendingPathComponent(".hidden.yaml"))
        #expect(try ProgrammeDocument(folder: folder) == document)
        try Data("x: y".utf8).write(to: folder.appendingPathComponent("rules/x.yml"))
        #expect(throws: DocumentProblems.self) { try ProgrammeDocument(folder: folder) }
        #expect(throws: DocumentProblems.self) {
            try ProgrammeDocument(folder: folder.appendingPathComponent("nowhere"))
        }
    }

    @Test(arguments: [
        "", "/etc/passwd", "../programme.yaml", "rules/../x.yaml", "rules//x.yaml", "rules/.x.yaml", "rules\\x.yaml",
        "rules/é.yaml", String(repeating: "a", count: 300),
    ]) func pathsThatLeadElsewhereAreRefused(path: String) {
        #expect(throws: DocumentProblems.self) { try ProgrammeDocument([path: "x"]) }
    }

    @Test func tooMuchIsRefused() {
        let large = String(repeating: "# x\n", count: ProgrammeDocument.Limit.fileBytes / 4 + 1)
        #expect(throws: DocumentProblems.self) { try ProgrammeDocument(["programme.yaml": large]) }
        let many = Dictionary(
            uniqueKeysWithValues: (0...ProgrammeDocument.Limit.files).map { ("rules/\($0).yaml", "x") })
        #expect(throws: DocumentProblems.self) { try ProgrammeDocument(many) }
    }
}
