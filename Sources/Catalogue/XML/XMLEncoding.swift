/// Brings the bytes of an XML document to UTF-8.
enum XMLEncoding {
    /// The document as UTF-8 without a byte-order mark.
    ///
    /// The encoding is told by the byte-order mark, else the shape of the first bytes, else the XML declaration, else
    /// `charset` (of the Content-Type), else it is UTF-8 (XML 1.0, appendix F). UTF-8, UTF-16, US-ASCII, ISO 8859-1, ISO 8859-15
    /// and Windows-1252 are known.
    static func utf8(_ bytes: [UInt8], charset: String?) throws(XMLProblem) -> [UInt8] {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return try valid(Array(bytes.dropFirst(3))) }
        if bytes.starts(with: [0xFE, 0xFF]) { return try utf16(bytes.dropFirst(2), bigEndian: true) }
        if bytes.starts(with: [0xFF, 0xFE]) { return try utf16(bytes.dropFirst(2), bigEndian: false) }
        if bytes.starts(with: [0x00, 0x3C]) { return try utf16(bytes[...], bigEndian: true) }
        if bytes.starts(with: [0x3C, 0x00]) { return try utf16(bytes[...], bigEndian: false) }
        let name = declared(bytes) ?? charset ?? "utf-8"
        switch name.lowercased() {
        // A document that reached this place has one byte for its "<", so a declared UTF-16 cannot be true.
        case "utf-8", "utf8", "us-ascii", "ascii", "utf-16": return try valid(bytes)
        case "iso-8859-1", "latin1", "latin-1", "windows-1252", "cp1252", "iso8859-1":
            return single(bytes, exceptions: windows1252)
        case "iso-8859-15", "latin-9": return single(bytes, exceptions: latin9)
        default: throw XMLProblem(reason: .unknownEncoding(name), line: 1)
        }
    }

    private static func valid(_ bytes: [UInt8]) throws(XMLProblem) -> [UInt8] {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw XMLProblem(reason: .invalidBytes(encoding: "UTF-8"), line: 1)
        }
        return bytes
    }

    private static func utf16(_ bytes: ArraySlice<UInt8>, bigEndian: Bool) throws(XMLProblem) -> [UInt8] {
        guard bytes.count.isMultiple(of: 2) else {
            throw XMLProblem(reason: .invalidBytes(encoding: "UTF-16"), line: 1)
        }
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let first = UInt16(bytes[index])
            let second = UInt16(bytes[index + 1])
            units.append(bigEndian ? first << 8 | second : second << 8 | first)
            index += 2
        }
        guard let text = String(validating: units, as: UTF16.self) else {
            throw XMLProblem(reason: .invalidBytes(encoding: "UTF-16"), line: 1)
        }
        return Array(text.utf8)
    }

    private static func single(_ bytes: [UInt8], exceptions: [UInt8: Unicode.Scalar]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + bytes.count / 8)
        for byte in bytes {
            if byte < 0x80 {
                result.append(byte)
            } else {
                result.append(contentsOf: Array(String(exceptions[byte] ?? Unicode.Scalar(byte)).utf8))
            }
        }
        return result
    }

    /// `encoding="…"` within `<?xml … ?>`, which is ASCII in every encoding that can come here.
    private static func declared(_ bytes: [UInt8]) -> String? {
        guard bytes.starts(with: "<?xml".utf8), let end = bytes.prefix(200).firstIndex(of: UInt8(ascii: ">")) else {
            return nil
        }
        let head = String(decoding: bytes[..<end], as: UTF8.self)
        guard let key = head.firstRange(of: "encoding") else { return nil }
        let value = head[key.upperBound...].drop { $0 == " " || $0 == "=" }
        guard let quote = value.first, quote == "\"" || quote == "'" else { return nil }
        return String(value.dropFirst().prefix { $0 != quote })
    }

    /// Where Windows-1252 differs from ISO 8859-1; the web reads both by this table (WHATWG Encoding, section 9).
    private static let windows1252: [UInt8: Unicode.Scalar] = [
        0x80: "€", 0x82: "‚", 0x83: "ƒ", 0x84: "„", 0x85: "…", 0x86: "†", 0x87: "‡", 0x88: "ˆ", 0x89: "‰", 0x8A: "Š",
        0x8B: "‹", 0x8C: "Œ", 0x8E: "Ž", 0x91: "‘", 0x92: "’", 0x93: "“", 0x94: "”", 0x95: "•", 0x96: "–", 0x97: "—",
        0x98: "˜", 0x99: "™", 0x9A: "š", 0x9B: "›", 0x9C: "œ", 0x9E: "ž", 0x9F: "Ÿ",
    ]

    private static let latin9: [UInt8: Unicode.Scalar] = [
        0xA4: "€", 0xA6: "Š", 0xA8: "š", 0xB4: "Ž", 0xB8: "ž", 0xBC: "Œ", 0xBD: "œ", 0xBE: "Ÿ",
    ]
}
