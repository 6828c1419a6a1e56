public import Primitives

/// Who may open an item once it is published, as far as the publisher's rights go.
public enum ItemAccess: Hashable, Sendable {
    /// Anyone.
    case free
    /// Anyone whose subscription is running.
    case subscriber
    /// Members of this tier and of the tiers above it.
    case tier(String)

    /// The form in documents: `free`, `subscriber`, `tier:gold`.
    public var text: String {
        switch self {
        case .free: "free"
        case .subscriber: "subscriber"
        case .tier(let name): "tier:" + name
        }
    }

    public init?(_ text: String) {
        switch text {
        case "free": self = .free
        case "subscriber": self = .subscriber
        default:
            guard text.hasPrefix("tier:"), let name = Label(String(text.dropFirst(5))) else { return nil }
            self = .tier(name.text)
        }
    }
}

/// For whom an early-access window opens.
public enum EarlyAudience: Hashable, Sendable {
    case tier(String)
    case badge(String)
    case entitlement(String)

    /// The form in documents: `tier:gold`, `badge:cinephile`, `entitlement:early-access`.
    public var text: String {
        switch self {
        case .tier(let name): "tier:" + name
        case .badge(let name): "badge:" + name
        case .entitlement(let name): "entitlement:" + name
        }
    }

    public init?(_ text: String) {
        guard let colon = text.firstIndex(of: ":"), let name = Label(String(text[text.index(after: colon)...])) else {
            return nil
        }
        switch text[..<colon] {
        case "tier": self = .tier(name.text)
        case "badge": self = .badge(name.text)
        case "entitlement": self = .entitlement(name.text)
        default: return nil
        }
    }
}

/// A window before publication in which some may see an item already.
public struct EarlyAccess: Hashable, Sendable {
    /// When the window opens; it closes into publication.
    public let from: Instant
    public let audience: EarlyAudience

    public init(from: Instant, audience: EarlyAudience) {
        self.from = from
        self.audience = audience
    }
}

/// The name of a topic, tier, badge or entitlement: 1 to 100 bytes of letters and digits of any script, and `-`, `_`, `.`,
/// `:`, `/` and `&` between them; without white space or capitals.
struct Label {
    let text: String

    init?(_ text: String) {
        guard (1...100).contains(text.utf8.count), let first = text.unicodeScalars.first,
            Self.isWordScalar(first), text.lowercased() == text,
            text.unicodeScalars.allSatisfy({ Self.isWordScalar($0) || "-_.:/&".unicodeScalars.contains($0) })
        else { return nil }
        self.text = text
    }

    /// The nearest label to free text such as a feed's category: `Kunst & Cultuur` becomes `kunst-&-cultuur`; `nil` when
    /// nothing of it can be kept.
    static func nearest(to text: String) -> String? {
        var result = ""
        var gap = false
        for scalar in text.lowercased().unicodeScalars {
            let keep = isWordScalar(scalar) || "-_.:/&".unicodeScalars.contains(scalar)
            guard keep else {
                gap = true
                continue
            }
            if result.isEmpty, !isWordScalar(scalar) { continue }
            let added = (gap && !result.isEmpty ? "-" : "") + String(scalar)
            if result.utf8.count + added.utf8.count > 100 { break }
            result += added
            gap = false
        }
        return Label(result)?.text
    }

    private static func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            return ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar)
        }
        switch scalar.properties.generalCategory {
        case .lowercaseLetter, .otherLetter, .modifierLetter, .titlecaseLetter, .uppercaseLetter, .decimalNumber,
            .nonspacingMark, .spacingMark:
            return true
        default:
            return false
        }
    }
}
