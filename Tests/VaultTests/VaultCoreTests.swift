import Primitives
import Storage
import TestSupport
import Testing

@testable import Vault

@Suite struct VaultCoreTests {
    /// A look-up that began before a merge must not bring back what it read.
    @Test func olderReadDoesNotOverwriteANewerChange() async throws {
        try await withVault(.sqlite) { vault, _ in
            let core = vault.identities.core
            let index = ID128(high: 1, low: 1)
            let (old, new) = (MemberID(ID128(high: 2, low: 2)), MemberID(ID128(high: 3, low: 3)))
            let generation = core.cached([index]).generation
            core.changed([(index, new)])
            core.remember([(index, old)], generation: generation)
            #expect(core.cached([index]).members == [new])
            core.changed([(index, nil)])
            core.remember([(index, old)], generation: generation)
            #expect(core.cached([index]).members == [nil])
        }
    }

    @Test(arguments: [(0, 0), (86_399_999, 0), (86_400_000, 1), (-1, -1), (-86_400_000, -1), (-86_400_001, -2)])
    func daysAreRoundedDown(milliseconds: Int64, day: Int64) {
        #expect(VaultCore.day(Instant(milliseconds: milliseconds)) == day)
    }
}
