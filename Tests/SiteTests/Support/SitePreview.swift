import Access
import Crypto
import Foundation
import Hummingbird
import Primitives
import Site
import Synchronization
import TestSupport
import Testing
import Vault

/// The pages with sample data on a real port, for looking at them: it runs only when asked to, until it is stopped.
///
///     STAMGAST_SITE_PREVIEW=8099 swift test --skip-build --filter SitePreview
///
/// Sign in at `/signin/preview-member` and `/signin/preview-staff`.
struct SitePreview {
    static let port = ProcessInfo.processInfo.environment["STAMGAST_SITE_PREVIEW"].flatMap { Int($0) }

    @Test(.enabled(if: SitePreview.port != nil))
    func `pages with samples on a port`() async throws {
        let port = try #require(Self.port)
        let data = FakeSiteData()
        data.state.withLock { state in
            state.links["preview-member"] = .member
            state.links["preview-staff"] = .staff
        }
        let site = try TestSite.make(data: data, origin: "http://127.0.0.1:\(port)")
        let router = Router()
        router.add(middleware: site.pageErrors(for: BasicRequestContext.self))
        site.addRoutes(to: router)
        router.get("/media/portrait/{name}") { _, context in
            SamplePictures.portrait(try context.parameters.require("name"))
        }
        router.get("/media/cover/{name}") { _, context in SamplePictures.cover(try context.parameters.require("name")) }
        router.post("/v1/events") { request, _ -> Response in
            let body = try await request.body.collect(upTo: 65_536)
            print("event:", String(buffer: body))
            data.memberNews.publish(
                MemberNews(
                    effect: .earned(Amount(15, Samples.ink(.nl))), why: Samples.history(.nl).lines[0].reason,
                    balance: Samples.balance(.nl)), to: Samples.member)
            data.consoleNews.publish(Samples.consoleToday(.nl).recent[0], to: Samples.programme.id)
            return Response(
                status: .ok, headers: [.contentType: "application/json"],
                body: .init(
                    byteBuffer: ByteBuffer(
                        string:
                            #"{"effects":[{"amount":15,"unit":"inkt","why":{"nl":"Je las dit tot het einde.","en":"You read this to the end.","ja":"最後まで読みました。"}}]}"#
                    )))
        }
        let app = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: port)))
        try await app.runService()
    }
}

/// A site with fixed clock, key and counting identifiers.
enum TestSite {
    static let now = Instant(seconds: 1_763_733_780)

    static func make(data: FakeSiteData = FakeSiteData(), origin: String = "http://localhost") throws -> StamgastSite {
        let counter = Counter()
        let passes = try PagePasses(
            ring: HomeKeys(random: SeededRandomBytes(seed: 7)).session, random: SeededRandomBytes(seed: 8))
        return try StamgastSite(
            data: data,
            configuration: SiteConfiguration(origin: origin, language: .en, publisher: Samples.publisher),
            key: SymmetricKey(data: Array(repeating: UInt8(7), count: 32)), passes: passes, clock: FixedClock(now),
            random: { counter.next() })
    }
}
