import Catalogue
import Foundation
import Loyalty
import Primitives
import Runtime
import Settings
import Site
import Testing
import Vault

@testable import stamgast

/// The lists that go to members' devices, over a real home.
@Suite struct DeviceAdapterTests {
    private static let now = Instant(seconds: 1_795_694_400)

    private static func programme() throws -> Programme {
        var programme = Programme(
            id: try #require(ProgrammeID("regulars")), name: LocalizedText([.en: "Regulars"]),
            timeZone: "Europe/Amsterdam", units: [Unit(id: "ink")])
        programme.languages = [.en]
        programme.personas = [
            Persona(
                id: "town", name: LocalizedText([.en: "In town"]),
                topics: [.init("opera", weight: 80), .init("film", weight: 40)]),
            Persona(id: "water", name: LocalizedText([.en: "Water"]), topics: [.init("climate", weight: 100)]),
        ]
        return programme
    }

    @Test func aDeviceGetsEveryPersonaWithItsListAndNothingSensitive() async throws {
        try await Binary.withFolder { folder in
            let home = try await Home.open(
                try Configuration(flags: ["home": folder + "/home"]), environment: [:], clock: FixedClock(Self.now))
            let programme = try Self.programme()
            try await home.install(try CompiledProgramme(programme, version: 1, zones: home.engine.zones))
            let adapter = SiteAdapter(
                home: home, publisher: nil, publisherProgramme: nil, topicNames: [:], epoch: "t")
            do {
                let drafts = [
                    ("aria", "opera", false), ("reel", "film", false), ("tide", "climate", false),
                    ("ill", "film", true),
                ].map {
                    id, topic, isSensitive in
                    var draft = ItemDraft(id: id, title: ["en": id])
                    draft.topics = [topic]
                    draft.isSensitive = isSensitive
                    draft.publishedAt = Self.now.adding(milliseconds: -86_400_000)
                    return draft
                }
                _ = try await home.catalogue.store.putItems(programme.id, drafts, now: Self.now)
                let shelf = try await adapter.deviceShelf(of: programme.id, language: .en)
                #expect(shelf.personas.map(\.id) == ["town", "water"])
                #expect(shelf.personas.map(\.title.text) == ["In town", "Water"])
                #expect(Set(shelf.personas[0].candidates.map(\.id)) == ["aria", "reel"])
                #expect(shelf.personas[1].candidates.map(\.id) == ["tide"])
                #expect(shelf.personas[0].topics.map(\.weight) == [80, 40])
                #expect(shelf.personas[1].candidates.first?.topicIDs == ["climate"])
                // No device is to remember what is sensitive: its page says nothing of what it is about.
                let view = try #require(adapter.view(programme.id, .en))
                let ill = try #require(ItemID("ill").flatMap { view.catalogue.item($0) })
                #expect(view.card(ill).topicIDs.isEmpty)
            } catch {
                await home.close()
                throw error
            }
            await home.close()
        }
    }
}
