import Loyalty
import Primitives
import Testing

@testable import Catalogue
@testable import Personalisation

@Suite struct RecommendTests {
    private static let seeds: [UInt64] = [3, 1_001, 20_260_301]

    private func ids(_ list: [RecommendedItem]) -> [ItemID] { list.map(\.item.id) }

    // MARK: Levels

    @Test(arguments: seeds) func offIsTheSameListForEverybody(seed: UInt64) throws {
        let world = try RecommendWorld(seed: seed)
        var random = SplitMix64(seed: seed)
        let nobody = world.list(.off, RecommendationFacts(), surprise: 50)
        #expect(nobody.count == 10)
        for _ in 0..<50 {
            var facts = world.facts(&random)
            facts.viewer.tiers = ["gold"]
            let list = world.list(.off, facts, surprise: 50, seed: random.next())
            #expect(ids(list) == ids(nobody), "seed \(seed)")
            #expect(list.map(\.causes) == nobody.map(\.causes), "seed \(seed)")
        }
    }

    /// What a level does not allow changes not a byte of the answer.
    @Test(arguments: seeds) func noLevelLooksAtMoreThanItAllows(seed: UInt64) throws {
        let world = try RecommendWorld(seed: seed)
        var random = SplitMix64(seed: seed)
        for _ in 0..<50 {
            let facts = world.facts(&random)
            var withoutHistory = facts
            withoutHistory.history = []
            var bare = withoutHistory
            bare.persona = nil
            #expect(ids(world.list(.persona, facts)) == ids(world.list(.persona, withoutHistory)), "seed \(seed)")
            #expect(ids(world.list(.session, facts)) == ids(world.list(.session, bare)), "seed \(seed)")
            for level in [PrivacyLevel.off, .session] {
                for cause in world.list(level, facts).flatMap(\.causes) {
                    if case .personaTopic = cause.reason { Issue.record("a persona on \(level), seed \(seed)") }
                    #expect(Set(cause.because).isSubset(of: facts.visit), "seed \(seed)")
                }
            }
        }
    }

    @Test func whatWasReadIsNotRecommendedAgain() throws {
        let world = try RecommendWorld(seed: 5)
        var random = SplitMix64(seed: 5)
        for _ in 0..<50 {
            let facts = world.facts(&random)
            let list = world.list(.personal, facts, limit: 50)
            #expect(Set(ids(list)).isDisjoint(with: facts.visit + facts.history))
            #expect(Set(ids(list)).count == list.count)
            for item in list.map(\.item) { #expect(!item.topics.contains { facts.lessTopics.contains($0) }) }
        }
    }

    // MARK: Reasons

    /// The ablation: without the reasons that are named, the item stands lower among all candidates.
    @Test(arguments: seeds) func withoutItsReasonAnItemFalls(seed: UInt64) throws {
        let world = try RecommendWorld(seed: seed)
        var random = SplitMix64(seed: seed)
        var named: [String: Int] = [:]
        for _ in 0..<25 {
            let facts = world.facts(&random)
            for level in PrivacyLevel.allCases {
                let allowed = facts.allowed(at: level)
                let filter = Recommend.Filter(
                    facts: allowed, editorial: EditorialPolicy(), request: RecommendationRequest(),
                    now: RecommendWorld.now)
                let before = Recommend.ranking(allowed, world.shelf, filter).map(\.item.id)
                for recommended in world.list(level, facts) {
                    let id = recommended.item.id
                    let place = try #require(before.firstIndex(of: id))
                    let after = Recommend.ranking(
                        allowed, world.shelf, filter, without: (id, Set(recommended.causes.map(\.reason)))
                    ).map(\.item.id)
                    let fallen = try #require(after.firstIndex(of: id))
                    #expect(fallen > place, "\(id) because of \(recommended.causes) on \(level), seed \(seed)")
                    named[recommended.causes[0].reason.kind, default: 0] += 1
                }
            }
        }
        // All kinds that facts can give are there, or the test would say little.
        for kind in ["beside", "topic", "subject", "maker", "persona", "popular"] {
            #expect(named[kind, default: 0] > 0, "\(kind), seed \(seed)")
        }
    }

    /// A subject that could tell something protected is never a reason, and its items are there for everybody or nobody.
    @Test func whatIsSensitiveIsNoReason() throws {
        let world = try RecommendWorld(seed: 8)
        let sensitive = Set(world.items.filter(\.content.isSensitive).map(\.id))
        let facts = RecommendationFacts(history: world.items.filter(\.content.isSensitive).map(\.id))
        let list = world.list(.personal, facts, limit: 50)
        for recommended in list {
            #expect(recommended.causes.allSatisfy { !$0.reason.isOwn })
            #expect(recommended.causes.allSatisfy { Set($0.because).isDisjoint(with: sensitive) })
        }
        var random = SplitMix64(seed: 8)
        for _ in 0..<50 {
            for recommended in world.list(.personal, world.facts(&random), limit: 50) {
                #expect(recommended.causes.allSatisfy { Set($0.because).isDisjoint(with: sensitive) })
                if sensitive.contains(recommended.item.id) {
                    #expect(recommended.causes.allSatisfy { !$0.reason.isOwn })
                }
            }
        }
    }

    // MARK: Editors

    @Test func editorsGoBeforeAnythingLearned() throws {
        let world = try RecommendWorld(seed: 13)
        let first = try #require(world.list(.off, RecommendationFacts()).first)
        let (old, gone) = (world.items[250].id, world.items[251].id)
        var policy = EditorialPolicy(
            pins: [
                EditorialPin(gone, until: RecommendWorld.now),
                EditorialPin(old, until: RecommendWorld.now.adding(milliseconds: 1)),
            ],
            excludedItems: [first.item.id], excludedTopics: [world.topics[0]])
        for level in PrivacyLevel.allCases {
            let list = world.list(level, RecommendationFacts(), policy)
            let isOpen = !world.items[250].topics.contains(world.topics[0])
            #expect((list[0].item.id == old) == isOpen)
            if isOpen { #expect(list[0].causes == [RecommendationCause(.chosenByEditors)]) }
            #expect(!ids(list).contains(first.item.id))
            #expect(list.first { $0.item.id == gone }?.causes[0].reason != .chosenByEditors)
            for item in list.map(\.item) { #expect(!item.topics.contains(world.topics[0])) }
        }
        policy = EditorialPolicy(oldestDays: 7)
        for item in world.list(.off, RecommendationFacts(), policy, limit: 50).map(\.item) {
            #expect(RecommendWorld.now - (item.content.publishedAt ?? .earliest) <= 7 * 86_400_000)
        }
    }

    @Test func noSubjectAndNoMakerFillsAList() throws {
        let world = try RecommendWorld(seed: 21)
        let facts = RecommendationFacts(moreTopics: [world.topics[3]], makers: [world.makers[2]])
        for share in [10, 30, 100] {
            let list = world.list(.session, facts, EditorialPolicy(topicShare: share, makerShare: share))
            #expect(list.count == 10)
            let topics = Dictionary(grouping: list.compactMap(\.item.topics.first), by: \.self).mapValues(\.count)
            let makers = Dictionary(grouping: list.flatMap(\.item.makers), by: \.self).mapValues(\.count)
            #expect(topics.values.allSatisfy { $0 <= max(1, share / 10) })
            #expect(makers.values.allSatisfy { $0 <= max(1, share / 10) })
        }
    }

    // MARK: Surprise

    @Test(arguments: [(0, 0), (10, 1), (25, 2), (50, 5)])
    func theDialSaysHowManySurprises(percent: Int, least: Int) throws {
        let world = try RecommendWorld(seed: 34)
        let facts = RecommendationFacts(moreTopics: [world.topics[1]])
        let plain = world.list(.session, facts)
        var seen: Set<ItemID> = []
        var total = 0
        for seed in 0..<200 as Range<UInt64> {
            let list = world.list(.session, facts, surprise: percent, seed: seed)
            let surprises = list.filter { $0.causes[0].reason == .surprise }
            total += surprises.count
            #expect(surprises.count == least || surprises.count == least + 1)
            #expect(list.count == 10)
            #expect(list[0].item.id == plain[0].item.id, "the first place always fits")
            for item in surprises.map(\.item) {
                #expect(!item.topics.contains(world.topics[1]))
                seen.insert(item.id)
            }
        }
        #expect(abs(Double(total) / 200 - Double(percent) / 10) < 0.2)
        #expect(percent == 0 || seen.count > 20)
    }

    @Test func editorsBoundTheDialAndNothingKnownIsNoSurprise() throws {
        let world = try RecommendWorld(seed: 55)
        let facts = RecommendationFacts(moreTopics: [world.topics[1]])
        func count(_ dial: Int, _ bounds: ClosedRange<Int>, _ facts: RecommendationFacts) -> Int {
            world.list(.session, facts, EditorialPolicy(surprise: bounds), surprise: dial).count {
                $0.causes[0].reason == .surprise
            }
        }
        #expect(count(0, 20...40, facts) == 2)
        #expect(count(50, 20...40, facts) == 4)
        #expect(count(50, 0...50, RecommendationFacts()) == 0)
    }

    // MARK: Personas

    @Test func aPersonasListIsAboutItsSubjects() throws {
        let world = try RecommendWorld(seed: 89)
        let persona = PersonaTopics(id: "p", topics: [world.topics[4]: 1, world.topics[5]: 0.4])
        func candidates() -> [Item] {
            world.shelf.candidates(of: persona, editorial: EditorialPolicy(), limit: 50, now: RecommendWorld.now)
        }
        let list = candidates()
        #expect(list.count == 50)
        #expect(list.allSatisfy { persona.match($0) != nil && !$0.content.isSensitive })
        #expect(list.map(\.id) == candidates().map(\.id))
    }
}
