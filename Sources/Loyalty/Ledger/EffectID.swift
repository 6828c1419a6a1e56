import Crypto
public import Primitives

/// Identifiers of effects are derived from what caused them, so that a replay cannot pay twice.
///
/// UUID version 5 (RFC 9562, section 5.5): SHA-1 over a name. The name's secret part is the claim of the event, which is
/// a keyed hash, so an identifier tells nothing about the event to anyone without the key.
public enum EffectID {
    /// The identifier of one effect of one rule, challenge or reward.
    ///
    /// - Parameters:
    ///   - source: the rule, challenge or reward; its version is an attribute and not part of the identity.
    ///   - cause: the claim of the event, the identifier of the request, or the period of a challenge.
    ///   - occurrence: the how-manieth time, where one cause can lead to several.
    ///   - index: the effect's place in the rule.
    public static func derived(
        programme: ProgrammeID, source: String, cause: ID128, member: MemberID, occurrence: Int64 = 0, index: Int = 0
    ) -> ID128 {
        var name: [UInt8] = []
        name.reserveCapacity(programme.name.utf8.count + source.utf8.count + 50)
        name += programme.name.utf8
        name.append(0)
        name += source.utf8
        name.append(0)
        name.append(cause)
        name.append(member.value)
        name.append(ID128(high: UInt64(bitPattern: occurrence), low: UInt64(index)))
        return uuid5(name)
    }

    /// The identifier of a step that follows from a lot or hold.
    public static func derived(from id: ID128, step: String, occurrence: Int64 = 0) -> ID128 {
        var name: [UInt8] = []
        name.reserveCapacity(step.utf8.count + 33)
        name.append(id)
        name += step.utf8
        name.append(0)
        name.append(ID128(high: UInt64(bitPattern: occurrence), low: 0))
        return uuid5(name)
    }

    /// A reference without a key: for examples, dry runs and tests that store nothing.
    static func unkeyedReference(_ text: String) -> Int64 {
        Int64(bitPattern: uuid5(Array(text.utf8)).low)
    }

    private static func uuid5(_ name: [UInt8]) -> ID128 {
        Insecure.SHA1.hash(data: name).withUnsafeBytes { bytes in
            ID128(
                high: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
                low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
        }.asUUID(version: 5)
    }
}

extension [UInt8] {
    /// Appends the sixteen bytes of an identifier, the most significant first.
    fileprivate mutating func append(_ id: ID128) {
        Swift.withUnsafeBytes(of: (id.high.bigEndian, id.low.bigEndian)) { append(contentsOf: $0) }
    }
}
