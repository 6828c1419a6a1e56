import Foundation
import Testing

@testable import Site

/// The counter's reader of QR codes, run by node on codes of ours.
struct QRReadTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let node = ["/usr/bin/node", "/usr/local/bin/node", "/opt/homebrew/bin/node"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    private struct Code: Encodable {
        var text: String
        var rows: [String]

        init(_ text: String) throws {
            let code = try #require(QRCode(text))
            self.text = text
            rows = (0..<code.size).map { row in (0..<code.size).map { code[row, $0] ? "1" : "0" }.joined() }
        }
    }

    @Test(.enabled(if: node != nil, "node is not installed: the reader of QR codes is not run here."))
    func `codes of every version are read turned, tilted, in uneven light and with noise`() async throws {
        let alphabet = Array("ABCDEFGHJKMNPQRSTVWXYZ0123456789")
        let lengths = [9, 14, 20, 35, 60, 73, 100, 120, 150, 180, 213]
        let codes =
            try lengths.map { length in
                try Code(String((0..<length).map { alphabet[($0 * 7 + $0 / 3) % alphabet.count] }))
            } + [try Code("héllo 会員 ABCD-2345")]
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("codes-\(UUID().uuidString).json")
        try JSONEncoder().encode(codes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: try #require(Self.node))
        process.arguments = [Self.root.appendingPathComponent("checks/qr_read.mjs").path, file.path]
        process.standardOutput = output
        try process.run()
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(said)")
        // 12 codes, 13 ways of looking at each.
        #expect(said.contains("\"read\":156,\"failed\":[]"), "\(said)")
    }
}
