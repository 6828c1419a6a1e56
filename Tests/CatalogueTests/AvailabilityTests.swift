import Primitives
import Testing

@testable import Catalogue

@Suite("Whether an item may be opened")
struct AvailabilityTests {
    private let now = Fixture.morning
    private let hour: Int64 = 3_600_000

    private func item(_ change: (inout ItemDraft) -> Void) throws -> Item {
        var draft = Fixture.draft("a")
        change(&draft)
        return try Fixture.item(draft)
    }

    @Test("A published free item is open to anyone, an item without a date as well")
    func isOpen() throws {
        #expect(try item { $0.publishedAt = now }.availability(for: .anonymous, at: now) == .open)
        #expect(try item { _ in }.availability(for: .anonymous, at: now) == .open)
    }

    @Test("Early access opens to whom it was promised, from its first moment until publication")
    func opensEarly() throws {
        let publication = now.adding(milliseconds: hour)
        let item = try item {
            $0.publishedAt = publication
            $0.access = "subscriber"
            $0.earlyAccess = .init(from: now, audience: "entitlement:voorproef")
        }
        let early = EarlyAccess(from: now, audience: .entitlement("voorproef"))
        let member = Viewer(entitlements: ["voorproef"])
        #expect(item.availability(for: .anonymous, at: now) == .notYet(from: publication, early: early))
        #expect(
            item.availability(for: Viewer(badges: ["voorproef"]), at: now) == .notYet(from: publication, early: early))
        #expect(
            item.availability(for: member, at: now.adding(milliseconds: -1)) == .notYet(from: publication, early: early)
        )
        #expect(item.availability(for: member, at: now) == .openEarly(thanksTo: early.audience, until: publication))
        #expect(item.availability(for: member, at: publication) == .restricted(to: .subscriber))
        #expect(item.availability(for: Viewer(isSubscriber: true), at: publication) == .open)
    }

    @Test("Rights bind everyone: expiry and regions")
    func bindsRights() throws {
        let item = try item {
            $0.regions = ["NL", "BE"]
            $0.expiresAt = now.adding(milliseconds: hour)
        }
        #expect(item.availability(for: Viewer(region: "BE"), at: now) == .open)
        #expect(item.availability(for: Viewer(region: "DE", isSubscriber: true), at: now) == .notInRegion)
        #expect(item.availability(for: .anonymous, at: now) == .notInRegion)
        let end = now.adding(milliseconds: hour)
        #expect(item.availability(for: Viewer(region: "BE"), at: end) == .expired(at: end))
    }

    @Test("A tier's item opens to the tiers the viewer stands on or above")
    func respectsTiers() throws {
        let item = try item { $0.access = "tier:gold" }
        #expect(
            item.availability(for: Viewer(isSubscriber: true, tiers: ["silver"]), at: now)
                == .restricted(to: .tier("gold")))
        #expect(item.availability(for: Viewer(tiers: ["silver", "gold"]), at: now).isOpen)
    }

    @Test("Stubs and withdrawn items are not open")
    func closesOthers() throws {
        #expect(Item.stub(try Fixture.id("a")).availability(for: .anonymous, at: now) == .stub)
        let gone = Item(id: try Fixture.id("a"), state: .withdrawn, content: .unknown, revision: 1)
        #expect(gone.availability(for: .anonymous, at: now) == .withdrawn)
    }

    @Test("The class of an item says kind, topics and language, and has no place for more")
    func classHasNoIdentity() throws {
        let first = try Fixture.item(Fixture.draft("a", title: "A", topics: ["opera", "zee"]))
        let second = try Fixture.item(Fixture.draft("b", title: "B", topics: ["zee", "opera"]))
        #expect(first.itemClass == second.itemClass)
        #expect(Mirror(reflecting: first.itemClass).children.map(\.label) == ["kind", "topics", "language"])
    }

    @Test("A filter lets through what it asks for")
    func filters() throws {
        var draft = Fixture.draft("a", kind: .video, topics: ["opera"])
        draft.makers = ["anna"]
        draft.series = "aan-zee"
        draft.isSensitive = true
        let item = try Fixture.item(draft)
        #expect(ItemFilter().admits(item))
        #expect(ItemFilter(topics: ["opera", "x"], kinds: [.video], language: LanguageTag("nl-BE")).admits(item))
        #expect(!ItemFilter(topics: ["x"]).admits(item))
        #expect(!ItemFilter(kinds: [.article]).admits(item))
        #expect(!ItemFilter(language: LanguageTag("ja")).admits(item))
        #expect(!ItemFilter(excludesSensitive: true).admits(item))
        #expect(!ItemFilter(excluding: [item.id]).admits(item))
        #expect(ItemFilter(series: SeriesID("aan-zee"), maker: MakerID("anna")).admits(item))
        #expect(!ItemFilter(maker: MakerID("bram")).admits(item))
    }
}
