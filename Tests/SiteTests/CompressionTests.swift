import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Primitives
import Runtime
import Testing

@testable import Site

struct CompressionTests {
    @Test func `pages and files travel compressed to whoever takes them so, and say the same`() async throws {
        try await RouteTests.run { client, site in
            let plain = try await RouteTests.get(client, "/styleguide")
            #expect(plain.headers[.contentEncoding] == nil)
            #expect(plain.headers[.vary]?.contains("accept-encoding") == true)
            let short = try await RouteTests.get(client, "/styleguide", ["accept-encoding": "br, gzip;q=0.8"])
            #expect(short.headers[.contentEncoding] == "gzip")
            let bytes = Array(short.body.readableBytesView)
            #expect(bytes.count * 3 < plain.body.readableBytes)
            #expect(try Gzip.decompress(bytes, limit: 1 << 20) == Array(plain.body.readableBytesView))

            let sheet = try #require(site.assets.named("site.css"))
            let file = try await RouteTests.get(client, sheet.path, ["accept-encoding": "gzip"])
            #expect(file.headers[.contentEncoding] == "gzip")
            #expect(file.headers[.cacheControl]?.contains("immutable") == true)
            #expect(try Gzip.decompress(Array(file.body.readableBytesView), limit: 1 << 20) == sheet.bytes)
        }
    }

    @Test(arguments: ["", "identity", "br", "gzip;q=0", "gzip; q=0.0", "x-gzippy"])
    func `nobody gets what they did not ask for`(accepted: String) async throws {
        try await RouteTests.run { client, _ in
            let page = try await RouteTests.get(client, "/styleguide", ["accept-encoding": accepted])
            #expect(page.headers[.contentEncoding] == nil)
        }
    }

    @Test func `what is compressed already, and what is short, stays as it is`() async throws {
        try await RouteTests.run { client, site in
            let icon = try #require(site.assets.named("icon-192.png"))
            #expect(icon.compressed == nil)
            let picture = try await RouteTests.get(client, icon.path, ["accept-encoding": "gzip"])
            #expect(picture.headers[.contentEncoding] == nil)
            let short = try await RouteTests.get(client, "/robots.txt", ["accept-encoding": "gzip"])
            #expect(short.headers[.contentEncoding] == nil)
        }
    }

    @Test func `a form's token is never the same twice, so that its length tells nothing`() async throws {
        try await RouteTests.run { _, site in
            let (one, other) = (site.seals.formToken(for: "secret"), site.seals.formToken(for: "secret"))
            #expect(one != other)
            #expect(site.seals.isFormToken(one, for: "secret"))
            #expect(site.seals.isFormToken(other, for: "secret"))
            // The random part of one with the proof of the other is neither.
            #expect(!site.seals.isFormToken(String(one.prefix(32) + other.dropFirst(32)), for: "secret"))
        }
    }
}
