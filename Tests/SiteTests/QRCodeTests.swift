import Testing

@testable import Site

@Suite struct QRCodeTests {
    /// Read by OpenCV's decoder as `STAMGAST`; frozen as it was then.
    @Test func aCodeIsWhatAnIndependentDecoderRead() throws {
        let code = try #require(QRCode("STAMGAST"))
        #expect(code.size == 21)
        let rows = (0..<code.size).map { row in
            (0..<code.size).reduce(UInt32(0)) { $0 << 1 | (code[row, $1] ? 1 : 0) }
        }
        #expect(rows == Self.stamgast)
    }

    @Test func everyVersionHasItsPatterns() throws {
        for (bytes, version) in [(1, 1), (14, 1), (15, 2), (62, 4), (63, 5), (84, 5), (122, 7), (180, 9), (213, 10)] {
            let code = try #require(QRCode(String(repeating: "k", count: bytes)))
            #expect(code.size == 17 + 4 * version, "\(bytes)")
            // Finder patterns in three corners, timing between them, the dark module.
            for (row, column) in [(0, 0), (0, code.size - 7), (code.size - 7, 0)] {
                #expect((0..<7).allSatisfy { code[row, column + $0] && code[row + 6, column + $0] })
                #expect(!code[row + 1, column + 1] && code[row + 3, column + 3])
            }
            #expect((8..<code.size - 8).allSatisfy { code[6, $0] == ($0 % 2 == 0) && code[$0, 6] == ($0 % 2 == 0) })
            #expect(code[code.size - 8, 8])
        }
        #expect(QRCode(String(repeating: "k", count: 214)) == nil)
    }

    /// ISO/IEC 18004, annex I: the error correction of `01234567` at 1-M.
    @Test func errorCorrectionIsThatOfTheStandard() {
        let data: [UInt8] = [
            0x10, 0x20, 0x0C, 0x56, 0x61, 0x80, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11,
        ]
        #expect(
            ReedSolomon.remainder(data, ReedSolomon.generator(10))
                == [0xA5, 0x24, 0xD4, 0xC1, 0xED, 0x36, 0xC7, 0x87, 0x2C, 0x55])
    }

    @Test func aDrawingHasAQuietZone() throws {
        let svg = try #require(QRCode("A")).svg
        #expect(svg.contains("viewBox=\"-4 -4 29 29\"") && svg.contains("M0 0h1v1h-1z"))
    }

    private static let stamgast: [UInt32] = [
        0x1FD27F, 0x105541, 0x17415D, 0x17535D, 0x17405D, 0x104441, 0x1FD57F, 0x001400, 0x16EC4B,
        0x00098E, 0x12CD6B, 0x1819A9, 0x1CEE24, 0x0018AB, 0x1FD0F8, 0x105FCC, 0x174E48, 0x17549E,
        0x175E8C, 0x104371, 0x1FDF30,
    ]
}
