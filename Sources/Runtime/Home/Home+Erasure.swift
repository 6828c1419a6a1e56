import Primitives
import Vault

extension Home {
    /// Erases members of this home.
    public var erasure: Erasure {
        Erasure(engine: engine, persons: vault.persons, vaultDatabase: vaultDatabase)
    }

    /// Erases again, in the vault, whom a restore brought back; what the main database still has of them goes before their
    /// programme is answered for. Before anything is served.
    func replayTombstones() async throws {
        let file = TombstoneFile(folder: path)
        guard let restored = try file.read() else { return }
        try await vault.persons.replay(restored)
        try file.remove()
    }
}
