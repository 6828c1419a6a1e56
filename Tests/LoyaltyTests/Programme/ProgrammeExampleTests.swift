import Loyalty
import Primitives
import Testing

@Suite struct ProgrammeExampleTests {
    private func results(_ rule: Rule) throws -> [ExampleResult] {
        ExampleRunner(try ProgrammeDocument(Documents.good).programme()).run(rule)
    }

    @Test(arguments: DemoProgrammes.names) func theEmbeddedExamplesComeOut(name: String) throws {
        let results = ExampleRunner(try #require(try DemoProgrammes.document(name)).programme()).run()
        #expect(results.count >= 3)
        #expect(results.allSatisfy { $0.passed }, "\(results.filter { !$0.passed })")
    }

    @Test func amountsAreComputedAndCutByTheLimitPerEvent() throws {
        let rule = Rule(
            id: "r", trigger: "article.read", condition: "event.share > 0.5",
            effects: [
                .award(amount: "event.seconds / 60", unit: "ink"), .award(amount: "2", unit: "ink"),
                .award(amount: "1", unit: "loyalty"), .badge("voice"),
            ],
            limits: [Limit(kind: .perEvent(10), period: .ever), Limit(kind: .amount(1), period: .day)],
            examples: [
                Rule.Example(event: ["share": 0.6, "seconds": 300], member: [:], gives: ["ink": 7, "loyalty": 1]),
                Rule.Example(event: ["share": 0.6, "seconds": 90_000], member: [:], gives: ["ink": 12, "loyalty": 1]),
                Rule.Example(event: ["share": 0.6, "seconds": 0], member: [:], gives: ["ink": 2, "loyalty": 1]),
                Rule.Example(event: ["share": 0.4, "seconds": 300], member: [:], gives: [:]),
                Rule.Example(event: ["share": 0.4], member: [:], gives: [:]),
                Rule.Example(event: ["share": 0.4], member: [:], gives: ["ink": 2]),
                Rule.Example(event: ["share": 0.6], member: [:], gives: [:]),
            ])
        let results = try results(rule)
        #expect(results.map(\.passed) == [true, true, true, true, true, false, false])
        #expect(results[5].failure == "The example gives nothing, but says that it gives 2 ink.")
        #expect(results[6].failure == "The example cannot be run: it must say event.seconds.")
        #expect(results[6].index == 6)
    }

    @Test func aMemberOfAnExampleIsNewUnlessItSaysOtherwise() throws {
        let rule = Rule(
            id: "r", trigger: "article.read",
            condition: """
                member.tier == 'bronze' && !member.paused && member.joinedDays == 0 && size(member.badges) == 0
                    && member.balance.ink == 0 && member.progress.five == 0 && !has(member.traits.topics)
                    && member.language == 'en' && event.channel == ''
                """,
            effects: [.award(amount: "1", unit: "ink")],
            examples: [
                Rule.Example(event: [:], member: [:], gives: ["ink": 1]),
                Rule.Example(event: [:], member: ["tier": "gold"], gives: [:]),
                Rule.Example(event: [:], member: ["balance": ["ink": 1]], gives: [:]),
                Rule.Example(event: [:], member: ["traits": ["topics": ["opera"]]], gives: [:]),
                Rule.Example(event: ["channel": "app"], member: [:], gives: [:]),
            ])
        #expect(try results(rule).map(\.passed) == [true, true, true, true, true])
    }

    @Test func whatAnExampleLeavesOutMayNotMatter() throws {
        let rule = Rule(
            id: "r", trigger: "article.read", condition: "event.item.kind == 'article' && event.share > 0.5",
            effects: [.award(amount: "1", unit: "ink")],
            examples: [
                Rule.Example(event: ["share": 0.1], member: [:], gives: [:]),
                Rule.Example(event: ["share": 0.6, "item": "a-1"], member: [:], gives: [:]),
                Rule.Example(event: ["share": 0.6, "item": ["kind": "article"]], member: [:], gives: ["ink": 1]),
                Rule.Example(event: ["share": 0.6, "item": ["kynd": "article"]], member: [:], gives: [:]),
            ])
        let results = try results(rule)
        #expect(results.map(\.passed) == [true, false, true, false])
        #expect(results[1].failure?.contains("event.item.kind") == true)
        #expect(results[3].failure?.contains("Did you mean 'kind'?") == true)
    }

    @Test(
        arguments: [
            (["seconds": 90], 90), (["seconds": 90.9], 90),
        ] as [(JSONValue, Int64)]) func durationsAreWholeSeconds(event: JSONValue, seconds: Int64) throws
    {
        let rule = Rule(
            id: "r", trigger: "article.read", effects: [.award(amount: "event.seconds", unit: "ink")],
            examples: [Rule.Example(event: event, member: [:], gives: ["ink": seconds])])
        #expect(try results(rule).map(\.passed) == [true])
    }
}
