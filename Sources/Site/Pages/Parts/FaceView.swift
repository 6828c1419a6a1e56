/// A person with a portrait, or with initials where there is none.
struct FaceView: Sendable, Equatable {
    var name: String
    var role: WordingView?
    var portrait: String?
    var page: String?
    var monogram: String
    var tint: String

    init(_ face: Face, on language: Language) {
        name = face.name
        role = face.role.map { WordingView($0, on: language) }
        portrait = face.portrait?.address
        page = face.page?.address
        monogram = Self.monogram(of: face.name)
        tint = Tint.of(face.name)
    }

    /// First letters of the first and last word; one character for names in Han characters or kana.
    static func monogram(of name: String) -> String {
        let words = name.split(whereSeparator: \.isWhitespace)
        guard let first = words.first?.first else { return "·" }
        let isIdeographic = first.unicodeScalars.contains { $0.value >= 0x3040 && $0.value <= 0x9FFF }
        guard !isIdeographic, words.count > 1, let last = words.last?.first else { return first.uppercased() }
        return first.uppercased() + last.uppercased()
    }
}

/// One of six colour families, always the same one for the same text.
enum Tint {
    static func of(_ text: String) -> String {
        // FNV-1a: stable between runs, which Swift's own hashing is not.
        var hash: UInt32 = 2_166_136_261
        for byte in text.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        return "tint-\(hash % 6)"
    }
}
