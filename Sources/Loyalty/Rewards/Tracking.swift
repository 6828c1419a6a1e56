/// How to follow a parcel: the number, and who carries it. It is kept sealed, in one text.
public struct Tracking: Sendable, Hashable {
    public var carrier: String?
    public var number: String

    private static let separator: Character = "\u{1F}"

    public init(carrier: String? = nil, number: String) {
        self.carrier = carrier
        self.number = number
    }

    /// Reads ``text``.
    public init(text: String) {
        let parts = text.split(separator: Self.separator, maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2 {
            self.init(carrier: String(parts[0]), number: String(parts[1]))
        } else {
            self.init(number: text)
        }
    }

    /// The form that is sealed.
    public var text: String { carrier.map { $0 + String(Self.separator) + number } ?? number }

    /// Whether a text may stand in it: no control characters.
    public static func isPlain(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 }
    }
}
