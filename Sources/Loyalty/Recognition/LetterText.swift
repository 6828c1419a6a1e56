import Primitives

/// The text of a letter: plain text, in which fields between braces are filled in.
public enum LetterText {
    /// The most characters of a letter.
    public static let most = 1_000

    /// The fields that a moment can fill.
    static func fields(of moment: Occasion.Moment) -> [String] {
        let own: [String] =
            switch moment {
            case .anniversary: ["years"]
            case .count(let count): count.isPerMaker ? ["count", "maker"] : ["count"]
            case .comeback, .birthday: []
            case .tier: ["tier"]
            case .streak: ["length", "streak"]
            case .regular: ["days"]
            }
        return own + ["signer", "programme"]
    }

    /// The fields of a moment that are numbers: those that its `why` may have.
    static func numbers(of moment: Occasion.Moment) -> [String] {
        fields(of: moment).filter { numberFields.contains($0) }
    }

    private static let numberFields = ["years", "count", "length", "days"]

    /// What number fields say.
    public static func numbers(_ number: Int64) -> [String: String] {
        Dictionary(numberFields.map { ($0, String(number)) }, uniquingKeysWith: { first, _ in first })
    }

    /// The fields that a text has, in order.
    static func fields(in text: String) -> [String] {
        var fields: [String] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            rest = rest[rest.index(after: open)...]
            guard let close = rest.firstIndex(of: "}") else { break }
            fields.append(String(rest[..<close]))
            rest = rest[rest.index(after: close)...]
        }
        return fields
    }

    /// A text with its fields filled in; what nobody filled stays as it is.
    public static func filled(_ text: String, _ values: [String: String]) -> String {
        var filled = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            filled += rest[..<open]
            let inside = rest[rest.index(after: open)...]
            guard let close = inside.firstIndex(of: "}") else {
                rest = rest[open...]
                break
            }
            if let value = values[String(inside[..<close])] {
                filled += value
            } else {
                filled += rest[open...close]
            }
            rest = inside[inside.index(after: close)...]
        }
        return filled + rest
    }

    /// What a person wrote, as it may be sent: without blanks around it; `nil` if that is nothing, too long, or has
    /// characters that no text for people needs.
    public static func clean(_ text: String, most: Int = most) -> String? {
        var scalars = Array(text.replacingLineEnds.unicodeScalars)
        while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
        while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
        guard !scalars.isEmpty, scalars.count <= most, !scalars.contains(where: isInvisible) else { return nil }
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars)
        return text
    }

    /// Control characters, and those that tell lies about the order in which something is written.
    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A: false
        case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }
}

extension String {
    fileprivate var replacingLineEnds: String {
        var text = ""
        var previous: Unicode.Scalar?
        for scalar in unicodeScalars {
            defer { previous = scalar }
            if scalar == "\n", previous == "\r" { continue }
            text.unicodeScalars.append(scalar == "\r" ? "\n" : scalar)
        }
        return text
    }
}

extension Letter {
    /// What its fields say, in a language.
    public func values(_ programme: Programme, _ language: Language) -> [String: String] {
        let fallbacks = programme.languages
        var values = ["programme": programme.name.text(language, fallbacks: fallbacks)]
        if let signer = programme.signers.first(where: { $0.id == signer }) { values["signer"] = signer.name }
        values.merge(LetterText.numbers(number)) { first, _ in first }
        func name(_ name: LocalizedText?) -> String {
            let text = name?.text(language, fallbacks: fallbacks) ?? ""
            return text.isEmpty ? subject : text
        }
        values["tier"] = name(programme.tiers?.tiers.first { $0.id == subject }?.name)
        values["streak"] = name(programme.streaks.first { $0.id == subject }?.name)
        values["maker"] = programme.signers.first { $0.maker == subject }?.name ?? ""
        return values
    }
}
