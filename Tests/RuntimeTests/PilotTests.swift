import Assignment
import Loyalty
import Primitives
import Runtime
import Storage
import Testing
import Vault

/// A programme that is open to some of its members.
struct PilotTests {
    private static func programme(_ pilot: Int?) throws -> Programme {
        var programme = Programme(
            id: try #require(ProgrammeID("pilot")), name: LocalizedText([.en: "Pilot"]), units: [Unit(id: "ink")])
        programme.events = [EventType(id: "visit")]
        programme.rules = [Rule(id: "visit", trigger: "visit", effects: [.award(amount: "5", unit: "ink")])]
        programme.challenges = [
            Challenge(id: "two", count: "visit", target: 2, reward: [.award(amount: "7", unit: "ink")])
        ]
        programme.pilotBasisPoints = pilot
        return programme
    }

    private static func send(_ test: TestEngine, _ person: String, _ id: String) async throws -> MemberID {
        let name = try #require(ExternalIdentity(.user, person))
        let event = IncomingEvent(source: "t", id: id, type: "visit", time: TestEngine.start, fields: [:])
        let results = try await test.engine.take(
            [EventEnvelope(event: event, user: name, anonymous: nil)], in: test.programme)
        #expect(results.map(\.status) == [.accepted])
        return try #require(try await test.engine.identities.find(name, programme: test.programme))
    }

    private static func balance(_ test: TestEngine, _ member: MemberID) async throws -> Int64 {
        try await test.engine.summary(of: member, in: test.programme)?.balances.first?.spendable ?? 0
    }

    @Test
    func `only its share of the members earns, always the same, and more of them when it grows`() async throws {
        try await TestEngine.each(try Self.programme(3_000)) { test in
            var members: [MemberID] = []
            for person in 0..<40 { members.append(try await Self.send(test, "p\(person)", "a\(person)")) }
            var earning = 0
            for member in members {
                let isIn = Assignment.bucket(unit: member.value, salt: "pilot") < 3_000
                #expect(try await Self.balance(test, member) == (isIn ? 5 : 0))
                if isIn { earning += 1 }
            }
            #expect((1..<40).contains(earning), "\(earning) of 40")

            // Everybody now: what was sent before the doors opened gives nothing, also when it comes again.
            let open = try CompiledProgramme(try Self.programme(nil), version: 2, zones: test.engine.zones)
            test.engine.host.put(open)
            let late = try #require(
                members.indices.first { Assignment.bucket(unit: members[$0].value, salt: "pilot") >= 3_000 })
            _ = try await Self.send(test, "p\(late)", "b")
            #expect(try await Self.balance(test, members[late]) == 5, "one visit counts, and no step of before")
            _ = try await Self.send(test, "p\(late)", "c")
            #expect(try await Self.balance(test, members[late]) == 5 + 5 + 7)
        }
    }

    @Test
    func `a dry run says who is not in it, and what they would have had`() async throws {
        try await TestEngine.with(.sqlite, try Self.programme(0)) { test in
            let name = try #require(ExternalIdentity(.anonymous, "x"))
            let event = IncomingEvent(source: "t", id: "1", type: "visit", time: TestEngine.start, fields: [:])
            let envelope = EventEnvelope(event: event, user: nil, anonymous: name)
            guard case .decided(let closed, _, _) = try await test.engine.simulate(envelope, in: test.programme),
                case .decided(let open, _, _) = try await test.engine.simulate(
                    envelope, in: test.programme, asLaunched: true)
            else {
                Issue.record("not decided")
                return
            }
            #expect(closed.effects.isEmpty && closed.verdicts.map(\.outcome) == [.heldOut, .heldOut])
            #expect(open.effects.contains { $0.kind == .award && $0.amount == 5 })
        }
    }
}
