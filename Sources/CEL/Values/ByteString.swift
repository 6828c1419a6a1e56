/// A string whose equality, order and hash follow its UTF-8 bytes.
///
/// Swift compares strings by canonical equivalence, so `"é"` equals `"e\u{301}"`; the language forbids that.
struct ByteString: Hashable, Sendable {
    let string: String

    init(_ string: String) { self.string = string }

    static func == (left: ByteString, right: ByteString) -> Bool { left.string.hasSameBytes(as: right.string) }

    func hash(into hasher: inout Hasher) {
        var copy = string
        copy.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        hasher.combine(UInt8(0xff))
    }
}

extension String {
    /// Whether both strings are the same sequence of code points.
    ///
    /// Identical representation settles most calls in two machine comparisons; the bytes are compared otherwise.
    /// - Complexity: O(n) in the length of the strings.
    @inline(__always)
    func hasSameBytes(as other: String) -> Bool {
        if RawString.isKnown {
            let left = RawString(self)
            let right = RawString(other)
            if left.first == right.first && left.second == right.second { return true }
            if left.isSmall && right.isSmall { return false }
        }
        return hasSameBytesSlowly(as: other)
    }

    @inline(never)
    private func hasSameBytesSlowly(as other: String) -> Bool {
        let left = utf8
        let right = other.utf8
        guard left.count == right.count else { return false }
        let compared = left.withContiguousStorageIfAvailable { leftBytes in
            right.withContiguousStorageIfAvailable { leftBytes.elementsEqual($0) }
        }
        if let outer = compared, let result = outer { return result }
        return left.elementsEqual(right)
    }

    /// Whether this string sorts before the other by code points, which is the order of the UTF-8 bytes.
    func precedesByBytes(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}

/// The two machine words of a `String`.
///
/// Strings of up to 15 UTF-8 bytes usually live inside the two words; then different words mean different strings.
/// Whether this standard library lays strings out that way is probed, not assumed: ``isKnown`` is false elsewhere and
/// every comparison goes byte for byte.
@usableFromInline
struct RawString {
    @usableFromInline let first: UInt64
    @usableFromInline let second: UInt64

    @inlinable @inline(__always)
    init(_ string: String) {
        #if _pointerBitWidth(_64) && _endian(little)
            (first, second) = unsafeBitCast(string, to: (UInt64, UInt64).self)
        #else
            (first, second) = (0, 0)
        #endif
    }

    /// Whether the whole content lies in the two words.
    @inlinable @inline(__always)
    var isSmall: Bool { second & (1 << 61) != 0 }

    #if _pointerBitWidth(_64) && _endian(little)
        static let isKnown: Bool = probe()
    #else
        static let isKnown = false
    #endif

    private static func probe() -> Bool {
        guard MemoryLayout<String>.size == 16 else { return false }
        // Built at run time, so that no literal is recognised by the optimiser.
        var text = ""
        for length in 0...15 {
            let raw = RawString(text)
            guard raw.isSmall, raw.second >> 56 == 0xe0 | UInt64(length) else { return false }
            for (index, byte) in text.utf8.enumerated() {
                let word = index < 8 ? raw.first : raw.second
                guard UInt8(truncatingIfNeeded: word >> UInt64(index % 8 * 8)) == byte else { return false }
            }
            text = String(decoding: (0...length).map { UInt8(ascii: "a") + UInt8($0) }, as: UTF8.self)
        }
        return !RawString(text).isSmall
    }
}
