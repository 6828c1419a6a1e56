internal import Crypto
internal import Primitives

/// The data keys of persons: one random key each, wrapped by the master key. Destroying the wrapped key destroys the
/// data, wherever copies of the sealed values lie.
struct DataKeys: Sendable {
    let ring: Keyring
    let sealer: Sealer

    struct Wrapped {
        let bytes: [UInt8]
        let keyID: Int
    }

    func make(person: ID128, programme: ProgrammeID) throws(VaultProblem) -> (key: SymmetricKey, wrapped: Wrapped) {
        let bytes = sealer.random.bytes(32)
        let key = SymmetricKey(data: bytes)
        return (key, try wrap(bytes, person: person, programme: programme))
    }

    private func wrap(_ bytes: [UInt8], person: ID128, programme: ProgrammeID) throws(VaultProblem) -> Wrapped {
        Wrapped(
            bytes: try sealer.seal(bytes, key: try ring.current, place: Self.place(person, programme)),
            keyID: ring.currentID)
    }

    func unwrap(_ wrapped: Wrapped, person: ID128, programme: ProgrammeID) throws(VaultProblem) -> SymmetricKey {
        SymmetricKey(data: try unwrapped(wrapped, person: person, programme: programme))
    }

    /// The same data key under the current version of the master key.
    func rewrap(_ wrapped: Wrapped, person: ID128, programme: ProgrammeID) throws(VaultProblem) -> Wrapped {
        try wrap(unwrapped(wrapped, person: person, programme: programme), person: person, programme: programme)
    }

    private func unwrapped(
        _ wrapped: Wrapped, person: ID128, programme: ProgrammeID
    ) throws(VaultProblem) -> [UInt8] {
        try sealer.open(wrapped.bytes, key: try ring.key(wrapped.keyID), place: Self.place(person, programme))
    }

    private static func place(_ person: ID128, _ programme: ProgrammeID) -> Place {
        Place("data key", Array(programme.name.utf8), person.bytes)
    }
}
