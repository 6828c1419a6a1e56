internal import Crypto
public import Primitives

/// The proof of one decision: what was asked, in which words, with which control, what the member said.
///
/// The receipts of a member form a chain: each holds the hash of the one before, so that none can be changed, removed
/// or put between without all later hashes being different.
public struct ConsentReceipt: Sendable, Hashable {
    public var id: ID128
    /// Random: the hash tells nothing to whoever does not have the receipt, and so may outlive the member.
    public var salt: ID128
    public var programme: ProgrammeID
    /// The pseudonym of whose chain this is. After a merge it differs from the member who owns the receipt.
    public var subject: MemberID
    /// From 1.
    public var position: Int64
    public var purpose: String
    public var decision: ConsentDecision
    public var text: ConsentTextReference
    public var control: ConsentControl
    public var method: ConsentMethod
    /// Days since 1970-01-01 (UTC).
    public var day: Int64
    /// The time; at the level `personal` only.
    public var at: Instant?
    /// The hash of the receipt before; 32 zero bytes for the first.
    public var previous: [UInt8]
    /// The hash that was recorded: ``computedHash`` as long as nothing was changed.
    public var hash: [UInt8] = []

    /// What ``previous`` of a first receipt is.
    public static let origin = [UInt8](repeating: 0, count: 32)

    /// SHA-256 of ``canonicalBytes``.
    public var computedHash: [UInt8] { Array(SHA256.hash(data: canonicalBytes)) }

    /// Everything but the hash: each field in a fixed order, preceded by its length in four bytes, the most significant
    /// first. Numbers are eight such bytes, a time that is not kept has none.
    public var canonicalBytes: [UInt8] {
        let fields: [[UInt8]] = [
            Array(Self.layout.utf8), id.bytes, salt.bytes, Array(programme.name.utf8), subject.value.bytes,
            Self.bytes(position), Array(purpose.utf8), Array(decision.rawValue.utf8), Array(text.id.utf8),
            Self.bytes(Int64(text.version)), Array(text.language.utf8), text.sha256, Array(control.element.utf8),
            [control.isOnAtFirst ? 1 : 0], Array(method.rawValue.utf8), Self.bytes(day),
            at.map { Self.bytes($0.milliseconds) } ?? [], previous,
        ]
        var bytes: [UInt8] = []
        for field in fields {
            KeyedHash.append(length: field.count, to: &bytes)
            bytes += field
        }
        return bytes
    }

    private static let layout = "stamgast/consent/v1"

    private static func bytes(_ number: Int64) -> [UInt8] {
        let bits = UInt64(bitPattern: number)
        return stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: bits >> $0) }
    }
}

extension ConsentReceipt {
    /// Reads what ``canonicalBytes`` wrote; `nil` for anything else.
    init?(canonicalBytes bytes: [UInt8], hash: [UInt8]) {
        var fields: [[UInt8]] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            guard rest.count >= 4 else { return nil }
            let count = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
            rest = rest.dropFirst(4)
            guard rest.count >= count else { return nil }
            fields.append(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        func text(_ index: Int) -> String { String(decoding: fields[index], as: UTF8.self) }
        func number(_ index: Int) -> Int64? {
            guard fields[index].count == 8 else { return nil }
            return Int64(bitPattern: fields[index].reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
        }
        guard fields.count == 18, text(0) == Self.layout,
            let id = ID128(bytes: fields[1]), let salt = ID128(bytes: fields[2]),
            let programme = ProgrammeID(text(3)), let subject = ID128(bytes: fields[4]),
            let position = number(5), let decision = ConsentDecision(rawValue: text(7)),
            let version = number(9), let method = ConsentMethod(rawValue: text(14)), let day = number(15),
            fields[16].isEmpty || fields[16].count == 8
        else { return nil }
        self.init(
            id: id, salt: salt, programme: programme, subject: MemberID(subject), position: position, purpose: text(6),
            decision: decision,
            text: ConsentTextReference(
                id: text(8), version: Int(version), language: text(10), sha256: fields[11]),
            control: ConsentControl(element: text(12), isOnAtFirst: fields[13] == [1]), method: method, day: day,
            at: number(16).map { Instant(milliseconds: $0) }, previous: fields[17], hash: hash)
    }
}

/// Where a chain of receipts is broken.
public struct ConsentFault: Sendable, Hashable {
    public enum What: String, Sendable, Hashable {
        /// The receipt is not what was recorded.
        case changed
        /// A receipt is missing before this one, or there is one too many.
        case position
        /// The receipt before is not the one that this one was recorded after.
        case previous
    }

    public var subject: MemberID
    public var position: Int64
    public var what: What

    public init(subject: MemberID, position: Int64, what: What) {
        self.subject = subject
        self.position = position
        self.what = what
    }
}

extension [ConsentReceipt] {
    /// Checks receipts of a member, in any order; those of several subjects are several chains.
    ///
    /// What was cut off at the end cannot be seen from the rest: hold the last hash against a receipt that the member
    /// kept.
    ///
    /// - Returns: the first fault; `nil` when all chains hold.
    public func verify() -> ConsentFault? {
        for (subject, chain) in Dictionary(grouping: self, by: \.subject).sorted(by: { $0.key.value < $1.key.value }) {
            var previous = ConsentReceipt.origin
            var place: Int64 = 1
            for receipt in chain.sorted(by: { $0.position < $1.position }) {
                func fault(_ what: ConsentFault.What) -> ConsentFault {
                    ConsentFault(subject: subject, position: receipt.position, what: what)
                }
                if receipt.position != place { return fault(.position) }
                if receipt.previous != previous { return fault(.previous) }
                if receipt.computedHash != receipt.hash { return fault(.changed) }
                previous = receipt.hash
                place += 1
            }
        }
        return nil
    }
}
