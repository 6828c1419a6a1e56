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
        var hash = Insecure.SHA1()
        hash.update(data: Array(programme.name.utf8))
        hash.update(data: [0])
        hash.update(data: Array(source.utf8))
        hash.update(data: [0])
        hash.update(id: cause)
        hash.update(id: member.value)
        hash.update(id: ID128(high: UInt64(bitPattern: occurrence), low: UInt64(index)))
        return hash.uuid5()
    }

    /// The identifier of a step that follows from a lot or hold.
    public static func derived(from id: ID128, step: String, occurrence: Int64 = 0) -> ID128 {
        var hash = Insecure.SHA1()
        hash.update(id: id)
        hash.update(data: Array(step.utf8))
        hash.update(data: [0])
        hash.update(id: ID128(high: UInt64(bitPattern: occurrence), low: 0))
        return hash.uuid5()
    }
}

extension Insecure.SHA1 {
    fileprivate mutating func update(id: ID128) {
        update(data: id.bytes)
    }

    fileprivate func uuid5() -> ID128 {
        var high: UInt64 = 0
        var low: UInt64 = 0
        for (index, byte) in finalize().prefix(16).enumerated() {
            if index < 8 { high = high << 8 | UInt64(byte) } else { low = low << 8 | UInt64(byte) }
        }
        return ID128(high: high, low: low).asUUID(version: 5)
    }
}
