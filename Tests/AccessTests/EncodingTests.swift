import Testing

@testable import Access

/// RFC 4648, section 10, without padding.
@Suite struct EncodingTests {
    @Test(arguments: [
        ("", "", ""), ("f", "my", "Zg"), ("fo", "mzxq", "Zm8"), ("foo", "mzxw6", "Zm9v"),
        ("foob", "mzxw6yq", "Zm9vYg"), ("fooba", "mzxw6ytb", "Zm9vYmE"), ("foobar", "mzxw6ytboi", "Zm9vYmFy"),
    ])
    func vectors(text: String, base32: String, base64: String) {
        #expect(Base32.encode(Array(text.utf8)) == base32)
        #expect(Base64URL.encode(Array(text.utf8)) == base64)
        #expect(Base64URL.decode(base64) == Array(text.utf8))
    }

    @Test(arguments: ["Zg==", "Zh", "Z", "Zm9v\n", "Zm+v", "Zm/v", "Zm9 v", "é"])
    func otherTextsAreRefused(text: String) {
        #expect(Base64URL.decode(text) == nil)
    }

    @Test func comparesWholeHashes() {
        #expect(ConstantTime.areEqual([1, 2, 3], [1, 2, 3]))
        for other in [[1, 2], [1, 2, 4], [0, 2, 3], [], [1, 2, 3, 4]] as [[UInt8]] {
            #expect(!ConstantTime.areEqual([1, 2, 3], other))
        }
    }
}
