import Foundation
import Primitives
import Storage
import TestSupport
import Testing

@testable import Vault

@Suite struct AgeBandTests {
    @Test(arguments: TestDatabases.engines)
    func aBandIsKeptSealedAndTheStricterSurvivesAMerge(engine: Engine) async throws {
        try await withVault(engine) { vault, database in
            let courant = try programme("courant")
            for (number, (user, device, expected)) in [
                (AgeBand?.some(.from16), AgeBand?.some(.under16), AgeBand?.some(.under16)),
                (.under16, .from16, .under16), (.under16WithConsent, .under16, .under16),
                (.from16, .under16WithConsent, .under16WithConsent), (nil, .under16, .under16),
                (.from16, nil, .from16), (nil, nil, nil),
            ].enumerated() {
                let names = (try identity(.user, "u\(number)"), try identity(.anonymous, "a\(number)"))
                let members = try await vault.identities.resolve([names.0, names.1], programme: courant, now: noon)
                try await vault.persons.store(ageBand: user, of: members[0], programme: courant)
                try await vault.persons.store(ageBand: device, of: members[1], programme: courant)
                #expect(try await vault.persons.ageBand(of: members[1], programme: courant) == device)
                _ = try await vault.identities.link(user: names.0, previous: names.1, programme: courant, now: noon)
                for member in members {
                    #expect(try await vault.persons.ageBand(of: member, programme: courant) == expected, "\(number)")
                }
            }
            let values = try await database.read {
                try $0.query("SELECT value FROM personal_field", []).map { try $0.blob(0) }
            }
            #expect(values.count == 6)
            for band in AgeBand.allCases {
                #expect(values.allSatisfy { Data($0).range(of: Data(band.rawValue.utf8)) == nil })
            }
            let stranger = MemberID(ID128(high: 1, low: 1))
            #expect(try await vault.persons.ageBand(of: stranger, programme: courant) == nil)
            #expect(try await !vault.persons.store(ageBand: .under16, of: stranger, programme: courant))
        }
    }

    @Test func onlyAChildWithoutConsentIsKeptFromProfiling() {
        #expect(AgeBand.allCases.filter { !$0.allowsProfiling } == [.under16])
        #expect(GlobalPrivacyControl.isOn("1"))
        for value in [nil, "", "0", "true", "1 ", "1, 1", "01"] as [String?] {
            #expect(!GlobalPrivacyControl.isOn(value))
        }
    }
}
