import Foundation
import Primitives
import Storage
import TestSupport
import Testing

@testable import Vault

/// Reads the files themselves: what was said to be sealed or gone must be found in none of them.
@Suite struct CanaryTests {
    private static let canaries = [
        "Canarína-Ünique", "canary-user-81723", "canary-device-4411", "canary.person@example.org", "Kanariestraat 12",
        "+31612345678",
    ]

    private func contents(_ folder: String) throws -> [String: Data] {
        var files: [String: Data] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            files[name] = FileManager.default.contents(atPath: folder + "/" + name)
        }
        return files
    }

    private func hits(_ needles: [[UInt8]], in folder: String) throws -> [String] {
        var hits: [String] = []
        for (name, data) in try contents(folder) {
            for needle in needles where data.range(of: Data(needle)) != nil { hits.append(name) }
        }
        return hits
    }

    @Test func clearTextReachesNoFileAndDestroyedKeysLeaveThem() async throws {
        try await TestDatabases.withFolder { folder in
            let database = try SQLiteDatabase.open(path: folder + "/vault.sqlite")
            try await Migrator.migrate(database, Vault.schemas)
            let random = SystemRandomBytes()
            let vault = try Vault(database: database, keys: HomeKeys(random: random), random: random)
            let courant = try programme("courant")
            let user = try identity(.user, Self.canaries[1])
            let device = try identity(.anonymous, Self.canaries[2])
            let members = try await vault.identities.resolve([user, device], programme: courant, now: noon)
            try await vault.persons.store(
                [
                    .init(
                        members[0],
                        [
                            .name: Self.canaries[0], .email: Self.canaries[3], .address: Self.canaries[4],
                            .phone: Self.canaries[5],
                        ])
                ], programme: courant)
            // Consents of both, one of them with a control that is named like a person.
            for (number, member) in members.enumerated() {
                try await vault.consents.record(
                    ConsentAct(
                        id: ID128(high: 1, low: UInt64(number)), purpose: "canary-purpose", decision: .given,
                        text: ConsentText(id: "level", version: 1, language: "nl", body: "Mag het?"),
                        control: ConsentControl(element: "canary-user-81723"), method: .page, keepsTime: true),
                    of: member, programme: courant, now: noon)
            }
            try await vault.persons.store(ageBand: .under16WithConsent, of: members[0], programme: courant)
            _ = try await vault.identities.link(user: user, previous: device, programme: courant, now: noon)
            _ = try await vault.persons.reveal(
                members[0], programme: courant, purpose: .service, actor: "staff:1", now: noon)
            let clear = (Self.canaries + ["canary-purpose", AgeBand.under16WithConsent.rawValue]).map {
                Array($0.utf8)
            }
            #expect(try contents(folder).keys.contains("vault.sqlite-wal"))
            #expect(try hits(clear, in: folder).isEmpty)

            // The sealed values are there, so the search can find something; after erasure they are not.
            let sealed = try await database.read { connection in
                try connection.query("SELECT data_key FROM person WHERE state = 0").map { try $0.blob(0) }
                    + connection.query("SELECT value FROM identity").map { try $0.blob(0) }
                    + connection.query("SELECT value FROM personal_field").map { try $0.blob(0) }
                    + connection.query("SELECT blind_index FROM identity").map { try $0.id(0).bytes }
                    + connection.query("SELECT body FROM consent_receipt").map { try $0.blob(0) }
            }
            #expect(sealed.count == 14)
            #expect(try !hits(sealed, in: folder).isEmpty)
            _ = try await vault.persons.erase(members[0], programme: courant, now: noon)
            // Closing empties the write-ahead log into the file, where freed pages are zeroed (secure_delete).
            await database.close()
            #expect(try hits(sealed + clear, in: folder).isEmpty)
        }
    }
}
