internal import Crypto
public import Primitives

/// What a member decided about a purpose.
public enum ConsentDecision: String, Sendable, Hashable, CaseIterable {
    case given
    /// Taken back, refused, or objected to.
    case withdrawn
}

/// How a decision reached us.
public enum ConsentMethod: String, Sendable, Hashable, CaseIterable {
    /// A page of ours.
    case page
    /// The API, on behalf of the member.
    case api
    /// The browser's signal `Sec-GPC`, which the member confirmed. It can only withdraw.
    case globalPrivacyControl = "gpc"
    /// Two members turned out to be one person, and one of the two had withdrawn. Written by the vault only.
    case merge
}

/// The part of a page, or of an app, that the member used to decide.
public struct ConsentControl: Sendable, Hashable {
    /// Its name, such as `level-choice`: lower-case letters, digits and hyphens.
    public var element: String
    /// Whether it stood on "yes" before the member touched it. Consent cannot be given with a control that did: a box
    /// that is ticked in advance proves nothing (CJEU C-673/17, Planet49).
    public var isOnAtFirst: Bool

    public init(element: String, isOnAtFirst: Bool = false) {
        self.element = element
        self.isOnAtFirst = isOnAtFirst
    }
}

/// A text that asks for a decision, exactly as it is shown.
public struct ConsentText: Sendable, Hashable {
    /// The name of the text; it stays the same through versions and languages.
    public var id: String
    /// From 1; a text that changes gets the next one.
    public var version: Int
    /// A language tag (RFC 5646), such as `nl`.
    public var language: String
    public var body: String

    public init(id: String, version: Int, language: String, body: String) {
        self.id = id
        self.version = version
        self.language = language
        self.body = body
    }

    /// What a receipt says of this text.
    public var reference: ConsentTextReference {
        ConsentTextReference(
            id: id, version: version, language: language, sha256: Array(SHA256.hash(data: Array(body.utf8))))
    }
}

/// Which text was shown.
public struct ConsentTextReference: Sendable, Hashable {
    public var id: String
    public var version: Int
    public var language: String
    /// SHA-256 of the text in UTF-8.
    public var sha256: [UInt8]

    public init(id: String, version: Int, language: String, sha256: [UInt8]) {
        self.id = id
        self.version = version
        self.language = language
        self.sha256 = sha256
    }
}

/// One decision of a member, about to be recorded.
public struct ConsentAct: Sendable, Hashable {
    /// Names the request, so that one that is sent twice counts once. A form carries it as a hidden field.
    public var id: ID128
    /// What the data would be used for: lower-case letters, digits and hyphens.
    public var purpose: String
    public var decision: ConsentDecision
    public var text: ConsentText
    public var control: ConsentControl
    public var method: ConsentMethod
    /// The place in the chain of the purpose's last receipt when the page was made, 0 for none; `nil` when the caller
    /// cannot know. Consent that rests on an older state is refused, a withdrawal never is.
    public var seen: Int64?
    /// Whether the time of day is kept.
    ///
    /// Only at the level `personal`. Below it the day is all that is written: a time beside a member can be joined with
    /// the times of what was read at that moment, which is kept without a member.
    public var keepsTime: Bool

    public init(
        id: ID128, purpose: String, decision: ConsentDecision, text: ConsentText, control: ConsentControl,
        method: ConsentMethod, seen: Int64? = nil, keepsTime: Bool = false
    ) {
        self.id = id
        self.purpose = purpose
        self.decision = decision
        self.text = text
        self.control = control
        self.method = method
        self.seen = seen
        self.keepsTime = keepsTime
    }

    func check() throws(VaultProblem) {
        try Self.check(name: purpose, field: "purpose")
        try Self.check(name: text.id, field: "text")
        try Self.check(name: control.element, field: "control")
        guard text.version > 0 else { throw .invalid(field: "version", expected: "a whole number from 1") }
        guard
            (1...35).contains(text.language.utf8.count),
            text.language.utf8.allSatisfy({
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "-")
            })
        else { throw .invalid(field: "language", expected: "a language tag such as nl") }
        guard (1...Consents.longestText).contains(text.body.utf8.count) else {
            throw .invalid(field: "text", expected: "the text that was shown, of 1 to \(Consents.longestText) bytes")
        }
        guard method != .merge else { throw .invalid(field: "method", expected: "page, api or gpc") }
        guard decision == .given else { return }
        guard !control.isOnAtFirst else {
            throw .invalid(field: "control", expected: "a choice that was not made in advance")
        }
        guard method != .globalPrivacyControl else {
            throw .invalid(field: "method", expected: "page or api: Global Privacy Control can only withdraw")
        }
    }

    private static func check(name: String, field: String) throws(VaultProblem) {
        let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
        guard (1...64).contains(name.utf8.count),
            name.utf8.allSatisfy({
                letters.contains($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "-")
            })
        else { throw .invalid(field: field, expected: "1 to 64 lower-case letters, digits and hyphens") }
    }
}

/// Why a decision was not recorded.
public enum ConsentProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// The member decided otherwise after the page was made that this consent comes from.
    case outdated
    /// The same request said something else before.
    case reused
    /// This version of the text was shown with other words before.
    case textChanged(id: String, version: Int, language: String)

    public var description: String {
        switch self {
        case .outdated: "`seen` is not the last decision about this purpose: it changed after the page was made"
        case .reused: "`id` was used for another decision"
        case .textChanged(let id, let version, let language):
            "`text` \(id), version \(version), language \(language) was shown with other words: give it a new version"
        }
    }
}
