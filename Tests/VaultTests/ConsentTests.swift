import Crypto
import Foundation
import Primitives
import Storage
import TestSupport
import Testing

@testable import Vault

/// Consent receipts: what was shown and said is proved, in order, and says nothing once its member is gone.
@Suite struct ConsentTests {
    private static let words = "Mogen we onthouden wat je leest, voor suggesties die passen?"

    private func text(_ body: String = words, version: Int = 1, language: String = "nl") -> ConsentText {
        ConsentText(id: "level-personal", version: version, language: language, body: body)
    }

    private func act(
        _ number: UInt64, _ decision: ConsentDecision, _ purpose: String = "recommendations",
        text: ConsentText? = nil, method: ConsentMethod = .page, isOnAtFirst: Bool = false, seen: Int64? = nil,
        keepsTime: Bool = false
    ) -> ConsentAct {
        ConsentAct(
            id: ID128(high: 7, low: number), purpose: purpose, decision: decision, text: text ?? self.text(),
            control: ConsentControl(element: "level-choice", isOnAtFirst: isOnAtFirst), method: method, seen: seen,
            keepsTime: keepsTime)
    }

    private func member(_ vault: Vault, _ name: String, _ programme: ProgrammeID) async throws -> MemberID {
        try await vault.identities.resolve([identity(.user, name)], programme: programme, now: noon)[0]
    }

    private func receipts(_ vault: Vault, _ member: MemberID, _ programme: ProgrammeID) async throws -> [ConsentReceipt]
    {
        try await vault.consents.receipts(
            of: member, programme: programme, purpose: .ownPage, actor: "member", now: noon)
    }

    // MARK: What is recorded

    @Test(arguments: TestDatabases.engines)
    func whatWasShownAndSaidIsProved(engine: Engine) async throws {
        try await withVault(engine) { vault, _ in
            let courant = try programme("courant")
            let anna = try await member(vault, "anna", courant)
            #expect(try await vault.consents.current(of: anna, programme: courant).isEmpty)
            let given = try await vault.consents.record(act(1, .given), of: anna, programme: courant, now: noon)
            #expect(given.position == 1 && given.previous == ConsentReceipt.origin && given.hash.count == 32)
            #expect(given.text.sha256 == Array(SHA256.hash(data: Data(Self.words.utf8))))
            #expect(try await vault.consents.text(given.text, programme: courant) == Self.words)
            let gone = try await vault.consents.record(
                act(2, .withdrawn, isOnAtFirst: true, keepsTime: true), of: anna, programme: courant,
                now: noon.adding(milliseconds: 86_400_000))
            #expect(gone.position == 2 && gone.previous == given.hash)
            // Below `personal` the day and nothing finer.
            #expect(given.at == nil && given.day == 20_254)
            #expect(gone.at == noon.adding(milliseconds: 86_400_000))
            let chain = try await receipts(vault, anna, courant)
            #expect(chain == [given, gone] && chain.verify() == nil)
            let standing = try await vault.consents.current(of: anna, programme: courant)
            #expect(standing["recommendations"]?.decision == .withdrawn)
            #expect(standing.count == 1)
            // Another looks: that is logged, without what was found.
            _ = try await vault.consents.receipts(
                of: anna, programme: courant, purpose: .service, actor: "staff:1", now: noon)
            let log = try await vault.persons.accessLog(of: anna, programme: courant)
            #expect(log.map(\.fields) == [["consents"]])
        }
    }

    @Test(arguments: TestDatabases.engines)
    func consentToAnOlderTextIsNoneToTheNewOne(engine: Engine) async throws {
        try await withVault(engine) { vault, _ in
            let courant = try programme("courant")
            let anna = try await member(vault, "anna", courant)
            try await vault.consents.record(act(1, .given), of: anna, programme: courant, now: noon)
            let old = try #require(try await vault.consents.current(of: anna, programme: courant)["recommendations"])
            #expect(old.covers(textID: "level-personal", version: 1))
            #expect(!old.covers(textID: "level-personal", version: 2))
            // Other words under an old version would make every older receipt a lie.
            await #expect(
                throws: ConsentProblem.textChanged(id: "level-personal", version: 1, language: "nl")
            ) {
                try await vault.consents.record(
                    act(2, .given, text: text("Andere woorden")), of: anna, programme: courant, now: noon)
            }
            try await vault.consents.record(
                act(3, .given, text: text("Andere woorden", version: 2)), of: anna, programme: courant, now: noon)
            let new = try #require(try await vault.consents.current(of: anna, programme: courant)["recommendations"])
            #expect(new.covers(textID: "level-personal", version: 2) && new.position == 2)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func nothingIsTickedInAdvanceAndASignalNeverAgrees(engine: Engine) async throws {
        try await withVault(engine) { vault, database in
            let courant = try programme("courant")
            let anna = try await member(vault, "anna", courant)
            let acts: [(ConsentAct, String)] = [
                (act(1, .given, isOnAtFirst: true), "control"),
                (act(2, .given, method: .globalPrivacyControl), "method"),
                (act(3, .withdrawn, method: .merge), "method"),
                (act(4, .given, "Recommendations!"), "purpose"), (act(5, .given, text: text("")), "text"),
                (act(6, .given, text: text(version: 0)), "version"),
                (act(7, .given, text: text(language: "nl nl")), "language"),
            ]
            for (act, field) in acts {
                do {
                    try await vault.consents.record(act, of: anna, programme: courant, now: noon)
                    Issue.record("\(field) was taken")
                } catch VaultProblem.invalid(let named, _) {
                    #expect(named == field)
                }
            }
            #expect(try await count("consent_receipt", database) == 0)
            let signal = try await vault.consents.record(
                act(8, .withdrawn, method: .globalPrivacyControl, isOnAtFirst: true), of: anna, programme: courant,
                now: noon)
            #expect(signal.method == .globalPrivacyControl)
            await #expect(throws: VaultProblem.unknownMember) {
                try await vault.consents.record(
                    act(9, .given), of: MemberID(ID128(high: 1, low: 1)), programme: courant, now: noon)
            }
        }
    }

    // MARK: Attack list, number 18: replay, race, old consent

    @Test(arguments: TestDatabases.engines)
    func aFormSentAgainAfterAWithdrawalGivesNothing(engine: Engine) async throws {
        try await withVault(engine) { vault, _ in
            let courant = try programme("courant")
            let anna = try await member(vault, "anna", courant)
            let first = try await vault.consents.record(
                act(1, .given, seen: 0), of: anna, programme: courant, now: noon)
            try await vault.consents.record(act(2, .withdrawn), of: anna, programme: courant, now: noon)
            // The same form, from the browser's history: answered as it was, and without effect.
            #expect(
                try await vault.consents.record(act(1, .given, seen: 0), of: anna, programme: courant, now: noon)
                    == first)
            // The same page with a new id rests on a state that is gone.
            await #expect(throws: ConsentProblem.outdated) {
                try await vault.consents.record(act(3, .given, seen: 0), of: anna, programme: courant, now: noon)
            }
            await #expect(throws: ConsentProblem.reused) {
                try await vault.consents.record(act(1, .withdrawn), of: anna, programme: courant, now: noon)
            }
            #expect(
                try await vault.consents.current(of: anna, programme: courant)["recommendations"]?.decision
                    == .withdrawn)
            // Withdrawing from the same old page works, and twice is once.
            let again = try await vault.consents.record(
                act(4, .withdrawn, seen: 0), of: anna, programme: courant, now: noon)
            #expect(again.id == ID128(high: 7, low: 2))
            #expect(try await receipts(vault, anna, courant).count == 2)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func decisionsOfTheSameMomentMakeOneChain(engine: Engine) async throws {
        try await withVault(engine) { vault, _ in
            let courant = try programme("courant")
            let anna = try await member(vault, "anna", courant)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 1...12 {
                    let act = act(UInt64(number), number % 2 == 0 ? .given : .withdrawn, "purpose-\(number % 4)")
                    group.addTask {
                        for _ in 0..<2 {
                            try await vault.consents.record(act, of: anna, programme: courant, now: noon)
                        }
                    }
                }
                try await group.waitForAll()
            }
            let chain = try await receipts(vault, anna, courant)
            #expect(chain.verify() == nil)
            #expect(chain.map(\.position) == Array(1...Int64(chain.count)))
            #expect(Set(chain.map(\.id)).count == chain.count)
            #expect(Set(chain.map(\.purpose)).count == 4)
        }
    }

    // MARK: The chain

    @Test(arguments: TestDatabases.engines)
    func everyChangeOfAChainIsSeen(engine: Engine) async throws {
        try await withVault(engine) { vault, database in
            let courant = try programme("courant")
            let anna = try await member(vault, "anna", courant)
            for number in 1...5 {
                try await vault.consents.record(
                    act(UInt64(number), number % 2 == 0 ? .withdrawn : .given), of: anna, programme: courant, now: noon)
            }
            let chain = try await receipts(vault, anna, courant)
            #expect(chain.verify() == nil && chain.shuffled().verify() == nil)
            let changes: [(inout ConsentReceipt) -> Void] = [
                { $0.decision = $0.decision == .given ? .withdrawn : .given }, { $0.purpose = "messages" },
                { $0.text.version = 2 }, { $0.text.sha256[0] ^= 1 }, { $0.text.language = "en" }, { $0.day += 1 },
                { $0.at = noon }, { $0.control.element = "x" }, { $0.control.isOnAtFirst = true }, { $0.method = .api },
                { $0.salt.low ^= 1 }, { $0.id.low ^= 8 },
            ]
            for (index, change) in changes.enumerated() {
                for place in chain.indices {
                    var changed = chain
                    change(&changed[place])
                    #expect(changed.verify()?.what == .changed, "\(index)")
                    #expect(changed.verify()?.position == Int64(place + 1))
                    // With its hash made to fit, the next one gives it away; at the end, the receipt the member kept.
                    changed[place].hash = changed[place].computedHash
                    if place < 4 { #expect(changed.verify()?.what == .previous, "\(index)") }
                    #expect(try await !vault.consents.isGenuine(changed[place]))
                }
            }
            for place in 0..<4 {
                var cut = chain
                cut.remove(at: place)
                #expect(cut.verify()?.what == .position)
            }
            // A row that was moved within the table does not open.
            _ = try await database.write {
                try $0.execute("UPDATE consent_receipt SET position = 9 WHERE position = 5", [])
            }
            await #expect(throws: VaultProblem.notAuthentic(what: "consent")) {
                _ = try await receipts(vault, anna, courant)
            }
        }
    }

    /// Worked out beside the code, with `sha256sum`: the bytes may never change, or old receipts would not verify.
    @Test func theHashIsOfTheseBytes() throws {
        let receipt = ConsentReceipt(
            id: ID128(high: 1, low: 2), salt: ID128(high: 3, low: 4), programme: try programme("courant"),
            subject: MemberID(ID128(high: 5, low: 6)), position: 1, purpose: "messages", decision: .given,
            text: ConsentTextReference(id: "t", version: 1, language: "nl", sha256: Array(repeating: 9, count: 32)),
            control: ConsentControl(element: "e"), method: .page, day: 20_254, at: nil, previous: ConsentReceipt.origin)
        var expected: [UInt8] = []
        func add(_ field: [UInt8]) { expected += [0, 0, 0, UInt8(field.count)] + field }
        func number(_ value: UInt8, _ high: UInt8 = 0) -> [UInt8] { [0, 0, 0, 0, 0, 0, high, value] }
        add(Array("stamgast/consent/v1".utf8))
        for (high, low) in [(UInt8(1), UInt8(2)), (3, 4)] { add(number(high) + number(low)) }
        add(Array("courant".utf8))
        add(number(5) + number(6))
        add(number(1))
        for word in ["messages", "given", "t"] { add(Array(word.utf8)) }
        add(number(1))
        add(Array("nl".utf8))
        add(Array(repeating: 9, count: 32))
        add(Array("e".utf8))
        add([0])
        add(Array("page".utf8))
        add(number(0x1e, 0x4f))
        add([])
        add(Array(repeating: 0, count: 32))
        #expect(receipt.canonicalBytes == expected)
        #expect(ConsentReceipt(canonicalBytes: expected, hash: [])?.canonicalBytes == expected)
        for count in 0..<expected.count {
            #expect(ConsentReceipt(canonicalBytes: Array(expected.prefix(count)), hash: []) == nil)
        }
    }

    // MARK: Two members, one person

    @Test(arguments: TestDatabases.engines)
    func afterAMergeTheStricterStandsAndBothChainsAreKept(engine: Engine) async throws {
        try await withVault(engine) { vault, _ in
            let courant = try programme("courant")
            let (user, device) = (try identity(.user, "u"), try identity(.anonymous, "a"))
            let members = try await vault.identities.resolve([user, device], programme: courant, now: noon)
            let (anna, tablet) = (members[0], members[1])
            var number: UInt64 = 0
            for (member, purpose, decision) in [
                (anna, "recommendations", ConsentDecision.given), (tablet, "recommendations", .withdrawn),
                (anna, "rewards", .withdrawn), (tablet, "rewards", .given), (tablet, "messages", .given),
                (tablet, "research", .withdrawn),
            ] {
                number += 1
                try await vault.consents.record(
                    act(number, decision, purpose), of: member, programme: courant, now: noon)
            }
            _ = try await vault.identities.link(user: user, previous: device, programme: courant, now: noon)
            let standing = try await vault.consents.current(of: tablet, programme: courant)
            #expect(
                standing.mapValues(\.decision) == [
                    "recommendations": .withdrawn, "rewards": .withdrawn, "research": .withdrawn,
                ])
            let all = try await receipts(vault, anna, courant)
            #expect(all.verify() == nil)
            #expect(all.filter { $0.subject == tablet }.count == 4)
            let own = all.filter { $0.subject == anna }
            #expect(
                own.count == 4 && own.filter { $0.method == .merge }.map(\.purpose) == ["recommendations", "research"])
            // And on from there, also with a form that was made for the former member.
            try await vault.consents.record(act(20, .given), of: tablet, programme: courant, now: noon)
            #expect(
                try await vault.consents.current(of: anna, programme: courant)["recommendations"]?.decision == .given)
            let replayed = try await vault.consents.record(
                act(2, .withdrawn), of: anna, programme: courant, now: noon)
            #expect(replayed.subject == tablet)
            #expect(
                try await vault.consents.current(of: anna, programme: courant)["recommendations"]?.decision == .given)
        }
    }

    // MARK: Gone

    @Test(arguments: TestDatabases.engines)
    func afterErasureAHashIsLeftThatOnlyTheReceiptExplains(engine: Engine) async throws {
        try await withVault(engine) { vault, database in
            let courant = try programme("courant")
            let (user, device) = (try identity(.user, "u"), try identity(.anonymous, "a"))
            let members = try await vault.identities.resolve([user, device], programme: courant, now: noon)
            let kept = try await vault.consents.record(act(1, .given), of: members[0], programme: courant, now: noon)
            try await vault.consents.record(act(2, .given), of: members[1], programme: courant, now: noon)
            _ = try await vault.identities.link(user: user, previous: device, programme: courant, now: noon)
            _ = try await vault.persons.erase(members[1], programme: courant, now: noon)
            #expect(try await count("consent_receipt", database) == 0)
            await #expect(throws: VaultProblem.unknownMember) {
                try await vault.consents.current(of: members[0], programme: courant)
            }
            // The column list is the promise: no member, no purpose, no day.
            let rows = try await database.read {
                try $0.query("SELECT * FROM consent_proof", []).map { [try $0.text(0), "\(try $0.int(2))"] }
            }
            #expect(rows == Array(repeating: ["courant", "\(2_025 * 12 + 5 + 60)"], count: 2))
            // What a member took along still proves itself.
            let shown = try #require(
                ConsentReceipt(json: kept.json(controller: ConsentController(name: "Courant"), service: "Courant")))
            #expect(try await vault.consents.isGenuine(shown))
            var forged = shown
            forged.decision = .withdrawn
            #expect(try await !vault.consents.isGenuine(forged))
            // Five years on, from the end of that month.
            let last = try #require(CivilDate(year: 2_030, month: 6, day: 30)).daysSinceEpoch
            for (day, left) in [(last, 2), (last + 1, 0)] {
                let now = Instant(seconds: Int64(day) * 86_400 + 3_600)
                #expect(try await vault.consents.proofs(of: courant, at: now).due == (left == 0 ? 2 : 0))
                try await vault.consents.forgetProofs(at: now, programme: courant)
                #expect(try await count("consent_proof", database) == left)
            }
        }
    }

    // MARK: Export

    @Test func aReceiptIsReadBackFromItsJSON() async throws {
        try await withVault(.sqlite) { vault, _ in
            let courant = try programme("courant")
            let anna = try await member(vault, "anna", courant)
            let receipts = [
                try await vault.consents.record(act(1, .given), of: anna, programme: courant, now: noon),
                try await vault.consents.record(
                    act(2, .withdrawn, isOnAtFirst: true, keepsTime: true), of: anna, programme: courant, now: noon),
            ]
            let controller = ConsentController(
                name: "Courant BV", contact: "Privacy", address: "Gouda", email: "privacy@example.org", phone: "+31",
                policyURL: "https://example.org/privacy")
            let documents = receipts.map { $0.json(controller: controller, service: "Courant") }
            #expect(documents[0]["version"] == "KI-CR-v1.1.0")
            #expect(documents[0]["consentTimestamp"]?.intValue == Int64(20_254 * 86_400))
            #expect(documents[1]["consentTimestamp"]?.intValue == noon.milliseconds / 1_000)
            // Every field that the Kantara specification 1.1 calls mandatory.
            for field in [
                "version", "jurisdiction", "consentTimestamp", "collectionMethod", "consentReceiptID", "language",
                "piiPrincipalId", "piiControllers", "policyUrl", "services", "sensitive", "spiCat",
            ] { #expect(documents[0][field] != nil, "\(field)") }
            let read = try documents.map { try JSONValue(parsing: $0.bytes()) }.compactMap { ConsentReceipt(json: $0) }
            #expect(read == receipts && read.verify() == nil)
            #expect(ConsentReceipt(json: [:]) == nil && ConsentReceipt(json: .null) == nil)
        }
    }
}
