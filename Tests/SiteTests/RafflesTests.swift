import Hummingbird
import HummingbirdTesting
import Testing

@testable import Site

@Suite struct RafflesTests {
    @Test func aDrawTakesTwoSteps() async throws {
        let data = FakeSiteData()
        try await RouteTests.run(data) { client, _ in
            let list = try await RouteTests.get(client, "/console/raffles", RouteTests.staff)
            #expect(RouteTests.text(list).contains("href=\"/console/raffles/closed\""))
            #expect(!RouteTests.text(list).contains("/console/raffles/closed/draw"))
            let second = try await RouteTests.get(client, "/console/raffles/closed", RouteTests.staff)
            #expect(RouteTests.text(second).contains("/console/raffles/closed/draw"))
            #expect(try await RouteTests.get(client, "/console/raffles/none", RouteTests.staff).status == .notFound)
        }
    }

    @Test func whatWasDrawnIsShownWithItsSeed() {
        let texts = Texts.of(.en)
        let page = RafflesPage(
            Samples.raffles(.en), shell: Shell(language: .en, title: "t", programme: "p", path: nil), texts: texts,
            csrf: "c", key: "k")
        #expect(page.raffles[0].facts.map(\.label).contains(texts.raffles.commitment))
        #expect(!page.raffles[0].facts.map(\.label).contains(texts.raffles.seed))
        #expect(page.raffles[1].facts.map(\.label).contains(texts.raffles.seed))
        #expect(page.raffles[0].buy != nil)
        #expect(page.raffles[1].buy == nil)
    }
}
