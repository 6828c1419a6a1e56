public import Primitives
import Vault

extension Home {
    /// Erases members of this home.
    public var erasure: Erasure {
        Erasure(engine: engine, persons: vault.persons, vaultDatabase: vaultDatabase)
    }

    /// Erases again whom a restore brought back, and finishes what a crash cut off. Before anything is served.
    func finishErasures() async throws {
        let file = TombstoneFile(folder: path)
        let restored = try file.read()
        if let restored { try await vault.persons.replay(restored) }
        try await erasure.reconcile()
        if restored != nil { try file.remove() }
    }
}
