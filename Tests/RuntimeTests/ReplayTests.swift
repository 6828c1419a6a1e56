import CEL
import Loyalty
import Primitives
import Runtime
import Storage
import TestSupport
import Testing

/// Stored facts under the stored version give the same effect, and the report says which effects that is true of.
@Suite struct ReplayTests {
    private static let texts: [String: String] = [
        "programme.yaml": """
        programme: sample
        name: { en: Sample }
        languages: [en]
        timezone: Europe/Amsterdam
        units:
          ink: { kind: points, name: { en: ink } }
        badges:
          reader: { name: { en: Reader } }

        """,
        "events/article.read.yaml": """
        event: article.read
        purpose: loyalty
        keep: { personal: 24 months }
        fields:
          item:    { type: item }
          share:   { type: fraction }
          seconds: { type: duration, unit: s }

        """,
        "rules/read.yaml": """
        rule: read
        trigger: article.read
        when: (event.share >= 0.7 || event.seconds > 300) && !(event.seconds < 30)
        then:
          - award: { amount: 10, unit: ink }
          - badge: reader
        limits:
          - { per: member, period: day, amount: 25 }
        why: { en: You read. }

        """,
        "rules/long.yaml": """
        rule: long
        trigger: article.read
        then:
          - award: { amount: event.seconds / 60, unit: ink }
        why: { en: You took your time. }

        """,
    ]

    private func world(_ kind: Storage.Engine, _ body: (TestEngine) async throws -> Void) async throws {
        let document = try ProgrammeDocument(Self.texts)
        try await TestEngine.with(kind, try document.programme()) { test in
            let updates = ProgrammeUpdates(
                engine: test.engine, versions: ProgrammeVersions(test.database), catalogue: test.catalogue)
            _ = try await updates.apply(document, to: test.programme, basedOn: 0, by: "test")
            for (user, level) in [("ann-é", PrivacyLevel.personal), ("bob-é", .session)] {
                let member = try await test.member(user)
                _ = try await test.engine.perform(
                    .profile(ProfileChange(level: level)), member: member, in: test.programme)
                let events = (1...4).map { test.event("\(user)-\($0)", user: user) }
                _ = try await test.engine.take(events, in: test.programme)
            }
            try await body(test)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func whatIsStoredGivesTheSameAndTheRestIsSaid(kind: Storage.Engine) async throws {
        try await world(kind) { test in
            let report = try await ReplayRun(test.engine, test.programme).run()
            #expect(report.differing == 0, "\(report.text)")
            // Each member: three awards of `read` (the last is cut to 5), a refusal, a badge, four awards of `long`.
            #expect(report.effects == 18)
            #expect(report.ruled == 18)
            // By values for the member whose values are kept: `read`, its refusal, the badge.
            #expect(report.same[.values] == 5)
            #expect(report.same[.truths] == 5)
            // `long` has no condition; its amount follows from the event, which is kept of one of the two.
            #expect(report.same[.terms] == 4)
            #expect(report.gaps == [.amount: 4])
            #expect(report.share > 0.77 && report.share < 0.78)
        }
    }

    /// What the store says is changed behind the engine's back, and the replay sees it.
    @Test(
        arguments: [
            "UPDATE explanation SET wanted = 11, amount = 11 WHERE kind = 'award' AND source = 'read' AND amount = 10",
            "UPDATE explanation SET source = 'nobody' WHERE source = 'read'",
            "UPDATE explanation SET subject = 'gold' WHERE kind = 'badge'",
            "UPDATE explanation SET refusal = 'cooldown' WHERE kind = 'refused'",
        ])
    func whatIsNotTheSameIsFound(sql: String) async throws {
        try await world(.sqlite) { test in
            _ = try await test.database.write { try $0.execute(sql, []) }
            let report = try await ReplayRun(test.engine, test.programme).run()
            #expect(report.differing > 0)
            #expect(report.differences.count == Int(report.differing))
        }
    }

    @Test func anEffectOfAVersionThatIsGoneIsNotCovered() async throws {
        try await world(.sqlite) { test in
            _ = try await test.database.write { try $0.execute("UPDATE explanation SET source_version = 7", []) }
            let report = try await ReplayRun(test.engine, test.programme).run()
            #expect(report.differing == 0)
            #expect(report.gaps == [.version: 18])
            #expect(report.share == 0)
        }
    }

    @Test func aProofOfAnotherConditionDiffers() throws {
        let compiled = try CompiledProgramme(try ProgrammeDocument(Self.texts).programme(), version: 1)
        var texts = Self.texts
        texts["rules/read.yaml"]?.replace("0.7", with: "0.8")
        let other = try CompiledProgramme(try ProgrammeDocument(texts).programme(), version: 1)
        let event = Event(
            claim: ID128(high: 1, low: 1), type: try #require(compiled.eventTypes["article.read"]),
            at: TestEngine.start, values: [.null, .double(0.9), .int(60)], items: [nil, nil, nil])
        let state = MemberState(
            programme: compiled.id, id: MemberID(ID128(high: 2, low: 2)), profile: MemberProfile(joinedDay: 0))
        let context = DecisionContext(
            programme: compiled, profile: state.profile, offsets: SystemZones(), now: TestEngine.start)
        let effects = try state.simulated(event, context, budgets: BudgetBook()).effects
        let award = try #require(effects.first { $0.source == "read" && $0.kind == .award })
        #expect(EffectReplay(compiled, zones: nil).replay(award) == .same(.truths))
        guard case .differs(let sentence) = EffectReplay(other, zones: nil).replay(award) else {
            Issue.record("another condition was taken for the same")
            return
        }
        #expect(sentence.contains("another condition"))
    }
}
