import Foundation
import Primitives
import Storage
import TestSupport
import Testing

@testable import Vault

/// The privacy budget: what is spent stays spent, over restarts, nodes and restores.
@Suite struct PrivacyBudgetTests {
    private func release(_ number: UInt64, _ microRho: Int64 = 10_000, _ purpose: String = "lists") -> PrivacyRelease {
        PrivacyRelease(id: ID128(high: 3, low: number), purpose: purpose, microRho: microRho)
    }

    @Test(arguments: TestDatabases.engines)
    func theYearIsSpentToTheLastMillionthAndNoFurther(engine: Engine) async throws {
        try await withVault(engine) { vault, _ in
            let (courant, radio) = (try programme("courant"), try programme("radio"))
            for week in 1...52 {
                let year = try await vault.budget.spend(release(UInt64(week)), programme: courant, now: noon)
                #expect(year.spent == Int64(week) * 10_000 && year.year == 2_025 && year.total == 520_000)
            }
            await #expect(throws: PrivacyBudgetProblem.exhausted(asked: 1, left: 0)) {
                try await vault.budget.spend(release(53, 1), programme: courant, now: noon)
            }
            // The same release again costs nothing, and stands for what it was.
            #expect(try await vault.budget.spend(release(9), programme: courant, now: noon).spent == 520_000)
            for other in [release(9, 9_999), release(9, 10_000, "else")] {
                await #expect(throws: PrivacyBudgetProblem.reused) {
                    try await vault.budget.spend(other, programme: courant, now: noon)
                }
            }
            // Another programme and another year have budgets of their own.
            #expect(try await vault.budget.spend(release(1), programme: radio, now: noon).spent == 10_000)
            let later = noon.adding(milliseconds: 366 * 86_400_000)
            #expect(try await vault.budget.spend(release(54), programme: courant, now: later).year == 2_026)
            // A repeated release of the year before is still of that year.
            #expect(try await vault.budget.spend(release(9), programme: courant, now: later).year == 2_025)
            #expect(try await vault.budget.years(of: courant).map(\.spent) == [10_000, 520_000])
            let paid = try await vault.budget.releases(of: courant, year: 2_025)
            #expect(paid.count == 52 && paid.reduce(0) { $0 + $1.release.microRho } == 520_000)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func theTotalCanBeLoweredAndNotRaisedWithinAYear(engine: Engine) async throws {
        try await withVault(engine) { vault, _ in
            let courant = try programme("courant")
            try await vault.budget.spend(release(1), of: 30_000, programme: courant, now: noon)
            try await vault.budget.spend(release(2), of: 900_000, programme: courant, now: noon)
            await #expect(throws: PrivacyBudgetProblem.exhausted(asked: 10_001, left: 10_000)) {
                try await vault.budget.spend(release(3, 10_001), of: 900_000, programme: courant, now: noon)
            }
            // Lowered below what is spent: nothing more, also for whoever asks with the old total.
            await #expect(throws: PrivacyBudgetProblem.exhausted(asked: 1, left: 0)) {
                try await vault.budget.spend(release(4, 1), of: 15_000, programme: courant, now: noon)
            }
            await #expect(throws: PrivacyBudgetProblem.exhausted(asked: 1, left: 0)) {
                try await vault.budget.spend(release(4, 1), of: 30_000, programme: courant, now: noon)
            }
            for bad in [release(5, 0), release(5, -1), release(5, .max), release(5, 1, "")] {
                await #expect(throws: PrivacyBudgetProblem.self) {
                    try await vault.budget.spend(bad, programme: courant, now: noon)
                }
            }
            #expect(try await vault.budget.years(of: courant).map(\.spent) == [20_000])
        }
    }

    @Test(arguments: TestDatabases.engines)
    func twoNodesCannotSpendTheSameRest(engine: Engine) async throws {
        try await TestDatabases.with(engine, Vault.schemas) { database in
            let keys = HomeKeys(random: SeededRandomBytes(seed: 3))
            let nodes = try (0..<2).map { _ in
                try Vault(database: database, keys: keys, random: SystemRandomBytes())
            }
            let courant = try programme("courant")
            let spent = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<40 {
                    let (node, release) = (nodes[number % 2], release(UInt64(number), 7_000))
                    group.addTask {
                        do {
                            try await node.budget.spend(release, of: 100_000, programme: courant, now: noon)
                            return true
                        } catch PrivacyBudgetProblem.exhausted { return false } catch {
                            Issue.record("\(error)")
                            return false
                        }
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(spent == 14)
            #expect(try await nodes[0].budget.years(of: courant).map(\.spent) == [98_000])
            #expect(try await nodes[1].budget.releases(of: courant, year: 2_025).count == 14)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func aRestoreGivesNoBudgetBack(engine: Engine) async throws {
        try await withVault(engine) { vault, database in
            let courant = try programme("courant")
            try await vault.budget.spend(release(1), of: 50_000, programme: courant, now: noon)
            let early = try await vault.budget.marks()
            for number in UInt64(2)...4 {
                try await vault.budget.spend(release(number), of: 50_000, programme: courant, now: noon)
            }
            let late = try await vault.budget.marks()
            // Back to the first week, as a restored copy is.
            _ = try await database.write { connection in
                try connection.execute("DELETE FROM privacy_release WHERE release_id <> ?", [.id(release(1).id)])
                try connection.execute("UPDATE privacy_budget SET spent = 10000", [])
            }
            for marks in [late, early, late] { try await vault.budget.replay(marks) }
            #expect(try await vault.budget.marks() == late)
            try await vault.budget.spend(release(9), of: 50_000, programme: courant, now: noon)
            await #expect(throws: PrivacyBudgetProblem.exhausted(asked: 1, left: 0)) {
                try await vault.budget.spend(release(10, 1), of: 50_000, programme: courant, now: noon)
            }
            // A programme that the copy had never heard of comes with its mark.
            _ = try await database.write { try $0.execute("DELETE FROM privacy_budget", []) }
            try await vault.budget.replay(late)
            #expect(try await vault.budget.marks() == late)
        }
    }

    @Test func whatIsSpentOutlivesTheProcess() async throws {
        try await TestDatabases.withFolder { folder in
            let courant = try programme("courant")
            let keys = HomeKeys(random: SeededRandomBytes(seed: 5))
            for (number, left) in [(UInt64(1), Int64(5_000)), (2, 0)] {
                let database = try SQLiteDatabase.open(path: folder + "/vault.sqlite")
                try await Migrator.migrate(database, Vault.schemas)
                let vault = try Vault(database: database, keys: keys, random: SystemRandomBytes())
                let year = try await vault.budget.spend(
                    release(number, 5_000), of: 10_000, programme: courant, now: noon)
                #expect(year.left == left)
                await database.close()
            }
        }
    }
}
