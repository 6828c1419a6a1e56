/// An object's key as `JSONReader.nextKey()` found it: compared byte by byte, without making a string.
///
/// ```swift
/// while let key = try reader.nextKey() {
///     switch key {
///     case "id": id = try reader.string()
///     default: break  // values that nobody asks for are skipped, and validated
///     }
/// }
/// ```
public struct JSONKey: ~Escapable {
    @usableFromInline let base: UnsafePointer<UInt8>
    /// Bytes of the key, after unescaping.
    @usableFromInline let byteCount: Int
    /// The key's bytes where it held escapes, so that they do not stand in the input as they are.
    @usableFromInline let unescaped: [UInt8]?

    @_lifetime(immortal)
    init(base: UnsafePointer<UInt8>, byteCount: Int, unescaped: [UInt8]?) {
        self.base = base
        self.byteCount = byteCount
        self.unescaped = unescaped
    }

    /// Whether the key's UTF-8 bytes are those of `text`; no Unicode normalisation.
    @inlinable
    public static func == (key: borrowing JSONKey, text: StaticString) -> Bool {
        guard key.byteCount == text.utf8CodeUnitCount else { return false }
        if let unescaped = key.unescaped {
            return unescaped.elementsEqual(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
        }
        let other = text.utf8Start
        var index = 0
        while index < key.byteCount {
            if key.base[index] != other[index] { return false }
            index += 1
        }
        return true
    }

    /// For `switch key { case "id": … }`.
    @inlinable
    public static func ~= (text: StaticString, key: borrowing JSONKey) -> Bool { key == text }

    /// The key as a string.
    public var string: String {
        if let unescaped { return String(decoding: unescaped, as: UTF8.self) }
        return String(decoding: UnsafeBufferPointer(start: base, count: byteCount), as: UTF8.self)
    }
}
