import Foundation
import Testing

@testable import Site

/// The module that earns by tokens on other sites' pages.
@Suite struct EarnModuleTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let node = ["/usr/bin/node", "/usr/local/bin/node"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }
    /// The numbers of RFC 9474 as swift-crypto's checkout has them.
    private static let vectors: String? = {
        let path = root.appendingPathComponent(".build/checkouts/swift-crypto/Tests/CryptoExtrasVectors/rfc9474.json")
            .path
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }()

    @Test
    func `it is smaller than ten kilobytes, sets no cookie and asks nobody else`() throws {
        let module = try #require(Assets.embedded.named("earn.js"))
        #expect(module.bytes.count < 10_000, "\(module.bytes.count) bytes")
        let text = String(decoding: module.bytes, as: UTF8.self)
        for forbidden in ["document.cookie", "localStorage", "sessionStorage", "https://", "http://", "sendBeacon"] {
            #expect(!text.contains(forbidden))
        }
        // Both ways of asking leave cookies and addresses at home.
        #expect(text.matches(of: /fetch\(/).count == 2)
        #expect(text.matches(of: /credentials: "omit"/).count == 2)
        #expect(text.matches(of: /referrerPolicy: "no-referrer"/).count == 2)
        // The member is named in one request, and that one names nothing that was read.
        #expect(text.matches(of: /pass: this\.pass/).count == 1)
    }

    @Test(
        .enabled(if: node != nil, "node is not installed: the page's own blinding is not run here."),
        .enabled(if: vectors != nil, "swift-crypto's checkout is not there: its vectors are not run here."))
    func `the vectors of RFC 9474 come out of the page's own code`() throws {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: try #require(Self.node))
        process.arguments = [
            Self.root.appendingPathComponent("checks/blind_vectors.mjs").path, try #require(Self.vectors),
        ]
        process.standardOutput = output
        try process.run()
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(said)")
        #expect(said.contains("\"vectors\":3,\"problems\":[]"), "\(said)")
    }
}
