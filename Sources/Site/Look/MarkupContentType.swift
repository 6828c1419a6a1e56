internal import Mustache

/// Escaping for HTML text and quoted attribute values, by Unicode scalar.
///
/// The engine's own escaping goes by `Character`: a quotation mark that is followed by a combining accent is one
/// character, not equal to `"`, and would come through unescaped and end an attribute. Every template is therefore
/// registered with this content type.
struct MarkupContentType: MustacheContentType {
    static let name = "STAMGAST_MARKUP"
    static let pragma = "{{% CONTENT_TYPE:STAMGAST_MARKUP}}"

    func escapeText(_ text: String) -> String {
        guard text.utf8.contains(where: Self.isSpecial) else { return text }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 16)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "<"): bytes += "&lt;".utf8
            case UInt8(ascii: ">"): bytes += "&gt;".utf8
            case UInt8(ascii: "&"): bytes += "&amp;".utf8
            case UInt8(ascii: "\""): bytes += "&quot;".utf8
            case UInt8(ascii: "'"): bytes += "&#39;".utf8
            case 0: bytes += "\u{FFFD}".utf8
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"), UInt8(ascii: "\""), UInt8(ascii: "'"), 0: true
        default: false
        }
    }
}
