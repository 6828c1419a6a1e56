import Primitives

/// Checks the fields of one draft and gathers what is wrong with them.
struct FieldCheck {
    enum TextShape { case line, paragraphs }

    let index: Int
    private(set) var faults: [DraftFault] = []

    init(index: Int) {
        self.index = index
    }

    mutating func fault(_ field: String, _ problem: String, _ fix: String) {
        faults.append(DraftFault(index: index, field: field, problem: problem, fix: fix))
    }

    mutating func identifier<ID>(_ field: String, _ text: String, _ parse: (String) -> ID?) -> ID? {
        if let id = parse(text) { return id }
        let problem =
            if text.isEmpty {
                "it is empty"
            } else if text.utf8.count > Identifier.maximumBytes {
                "it has \(text.utf8.count) bytes, and \(Identifier.maximumBytes) are allowed"
            } else {
                "`\(text.quoted)` begins or ends with a space, or holds a control character"
            }
        fault(field, problem, "Use 1 to \(Identifier.maximumBytes) bytes of plain text")
        return nil
    }

    mutating func texts(
        _ field: String, _ versions: [String: String], _ shape: TextShape, _ bytes: Int, _ limits: CatalogueLimits
    ) -> LocalizedText {
        guard versions.count <= limits.languages else {
            fault(field, "it has \(versions.count) languages", "Send at most \(limits.languages)")
            return .empty
        }
        var result: [LanguageTag: String] = [:]
        for (name, text) in versions.sorted(by: { $0.key < $1.key }) {
            let place = "\(field).\(name.quoted)"
            guard let language = language(place, name) else { continue }
            if text.utf8.count > bytes {
                fault(place, "it has \(text.utf8.count) bytes", "Shorten it to at most \(bytes) bytes")
            } else if let scalar = text.unicodeScalars.first(where: { PlainText.isForbidden($0) && $0 != "\r" }) {
                fault(
                    place, "it holds the control character U+\(String(scalar.value, radix: 16, uppercase: true))",
                    "Send plain text without it")
            } else {
                let clean = shape == .line ? PlainText.line(text) : PlainText.paragraphs(text)
                if clean.isEmpty {
                    fault(place, "it is empty", "Give a text, or leave this language out")
                } else if result.updateValue(clean, forKey: language) != nil {
                    fault(place, "the language \(language) is given twice", "Keep one of them")
                }
            }
        }
        return LocalizedText(result)
    }

    mutating func language(_ field: String, _ text: String) -> LanguageTag? {
        if let tag = LanguageTag(text) { return tag }
        fault(field, "`\(text.quoted)` is not a language tag", "Use a BCP 47 tag such as nl, en or ja")
        return nil
    }

    mutating func address(_ field: String, _ text: String?) -> WebAddress? {
        guard let text else { return nil }
        if let address = WebAddress(text) { return address }
        fault(
            field, "`\(text.quoted)` is not a web address",
            "Use an absolute http or https address of at most 2048 bytes")
        return nil
    }

    mutating func label(_ field: String, _ text: String) -> String? {
        if let label = Label(text) { return label.text }
        let nearest = Label.nearest(to: text)
        fault(
            field, "`\(text.quoted)` is not a name in small letters without spaces, of at most 100 bytes",
            nearest.map { "Write `\($0)`" } ?? "Use letters and digits")
        return nil
    }

    mutating func list<Element: Hashable>(
        _ field: String, _ texts: [String], limit: Int, _ parse: (inout FieldCheck, String, String) -> Element?
    ) -> [Element] {
        guard texts.count <= limit else {
            fault(field, "it has \(texts.count) entries", "Send at most \(limit)")
            return []
        }
        var seen: Set<Element> = []
        var result: [Element] = []
        for (place, text) in texts.enumerated() {
            if let element = parse(&self, "\(field)[\(place)]", text), seen.insert(element).inserted {
                result.append(element)
            }
        }
        return result
    }

    mutating func instant(_ field: String, _ instant: Instant?) -> Instant? {
        guard let instant else { return nil }
        if instant >= .earliest, instant <= .latest { return instant }
        fault(field, "it lies outside the years 1 to 9999", "Give a time in that range")
        return nil
    }

    mutating func count(_ field: String, _ value: Int?, _ limit: Int) -> Int? {
        guard let value else { return nil }
        if (0...limit).contains(value) { return value }
        fault(field, "\(value) is out of range", "Give a whole number from 0 to \(limit)")
        return nil
    }
}

extension String {
    /// The beginning of an input, safe to show in an error: at most 60 bytes, on one line.
    var quoted: String { PlainText.shortened(PlainText.line(self), bytes: 60) }
}
