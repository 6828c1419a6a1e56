import Loyalty
import Primitives
import Storage
import TestSupport
import Testing
import Vault

@testable import Runtime

/// Children are not profiled, however the level and the age come in, and in whatever order.
@Suite struct AgeTests {
    private func level(_ member: MemberID, _ test: TestEngine) async throws -> PrivacyLevel? {
        try await test.engine.summary(of: member, in: test.programme)?.profile.level
    }

    private func member(_ name: ExternalIdentity, _ test: TestEngine) async throws -> MemberID {
        try #require(
            try await test.engine.identities.resolve(
                [name], programme: test.programme, now: test.clock.now()
            ).first)
    }

    @Test(arguments: TestDatabases.engines)
    func aLevelAndAnAgeOfTheSameMomentEndWithoutProfiling(kind: Storage.Engine) async throws {
        try await TestEngine.with(kind, SampleProgramme.programme) { test in
            for number in 0..<12 {
                let member = try await member(try #require(ExternalIdentity(.user, "child-\(number)")), test)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for change in [
                        ProfileChange(level: .personal), ProfileChange(ageBand: .under16),
                        ProfileChange(level: .persona),
                    ] {
                        group.addTask {
                            do {
                                _ = try await test.engine.perform(
                                    .profile(change), member: member, in: test.programme)
                            } catch AgeProblem.tooYoung {}
                        }
                    }
                    try await group.waitForAll()
                }
                #expect(try await level(member, test) ?? .session <= .session, "\(number)")
            }
        }
    }

    @Test(arguments: TestDatabases.engines)
    func whoTurnsOutToBeAChildIsLowered(kind: Storage.Engine) async throws {
        try await TestEngine.with(kind, SampleProgramme.programme) { test in
            let user = try #require(ExternalIdentity(.user, "u"))
            let device = try #require(ExternalIdentity(.anonymous, "d"))
            let (anna, tablet) = (try await member(user, test), try await member(device, test))
            for change in [(anna, ProfileChange(level: .personal)), (tablet, ProfileChange(ageBand: .under16))] {
                _ = try await test.engine.perform(.profile(change.1), member: change.0, in: test.programme)
            }
            #expect(try await level(anna, test) == .personal)
            let one = try await test.engine.identify(user: user, previous: device, in: test.programme)
            #expect(one == anna)
            #expect(try await level(anna, test) ?? .personal <= .session)
            await #expect(throws: AgeProblem.tooYoung) {
                try await test.engine.perform(
                    .profile(ProfileChange(level: .persona)), member: tablet, in: test.programme)
            }
            // A parent agrees; nothing is raised by itself.
            _ = try await test.engine.perform(
                .profile(ProfileChange(ageBand: .under16WithConsent)), member: anna, in: test.programme)
            #expect(try await level(anna, test) ?? .personal <= .session)
            _ = try await test.engine.perform(
                .profile(ProfileChange(level: .persona)), member: anna, in: test.programme)
            #expect(try await level(anna, test) == .persona)
        }
    }
}
