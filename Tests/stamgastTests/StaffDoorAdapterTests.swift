import Access
import Foundation
import Hummingbird
import Logging
import Loyalty
import Primitives
import Runtime
import Settings
import Site
import Storage
import Synchronization
import Testing
import Vault

@testable import stamgast

/// The staff's door over a real home, and a provider over real HTTP that also attacks.
@Suite(.serialized) struct StaffDoorAdapterTests {
    private static let now = Instant(seconds: 1_795_694_400)
    private static let password = "meeuwen boven het wad"

    private final class Hands: WallClock {
        let time = Mutex(StaffDoorAdapterTests.now)
        func now() -> Instant { time.withLock { $0 } }
        func move(seconds: Int64) { time.withLock { $0 = $0.adding(milliseconds: seconds * 1_000) } }
    }

    private struct Stage {
        let home: Home
        let adapter: SiteAdapter
        let face: ProgrammeFace
        let clock: Hands

        func account(_ name: String, _ role: Role = .owner) async throws -> SiteStaff {
            let made = try await home.access.staff.create(
                name: name, role: role, programmes: .all, by: .commandLine, now: clock.now())
            return SiteStaff(programme: face, staff: made.id.description)
        }
    }

    private static func with(
        provider: FakeProvider? = nil, clock: Hands = Hands(), serves: Set<OpenIDPurpose> = [.staff, .member],
        _ body: (Stage) async throws -> Void
    ) async throws {
        try await Binary.withFolder { folder in
            let home = try await Home.open(
                try Configuration(flags: ["home": folder + "/home", "outbound-networks": "127.0.0.1"]),
                environment: [:], clock: clock)
            do {
                let programme = try await home.install(demo: "avondpost")
                var adapter = SiteAdapter(
                    home: home, publisher: nil, publisherProgramme: nil, topicNames: [:], epoch: "t")
                if let provider {
                    adapter.openID = OpenIDProvider(
                        OpenIDProvider.Parameters(
                            issuer: provider.issuer, clientID: FakeProvider.clientID,
                            clientSecret: FakeProvider.secret, serves: serves),
                        networks: home.networks, clock: clock,
                        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
                        returnAddress: { "https://club.example" + StamgastSite.providerReturn })
                }
                try await body(
                    Stage(
                        home: home, adapter: adapter, face: try #require(adapter.face(of: programme)), clock: clock))
            } catch {
                await home.close()
                throw error
            }
            await home.close()
        }
    }

    // MARK: Password

    @Test func aPasswordIsOfUseWithItsSecondFactorAndTheOwnerTakesBothAway() async throws {
        try await Self.with { stage in
            let adapter = stage.adapter
            let (owner, sam) = (try await stage.account("Noor"), try await stage.account("Sam", .editor))
            let change = PasswordChange(login: "sam", password: Self.password)
            let fresh = try await adapter.ownAccount(of: sam)
            #expect(fresh.login == nil && fresh.needsSecondFactor && !fresh.hasSecondFactor)
            #expect(try await adapter.offerSecondFactor(for: sam, again: nil) == nil)
            for (password, problem) in [
                ("short", StaffSecretProblem.passwordShort), ("avondpost2026!", .passwordCommon),
            ] {
                let bad = PasswordChange(login: "sam", password: password)
                #expect(try await adapter.setPassword(bad, for: sam, beside: "") == problem)
            }
            #expect(try await adapter.setPassword(change, for: sam, beside: "") == nil)
            func enter() async throws -> StaffEntry {
                try await adapter.signInStaff(login: "sam", password: Self.password, device: nil)
            }
            guard case .refused = try await enter() else {
                Issue.record("a password alone should not do")
                return
            }
            var lax = adapter
            lax.needsSecondFactor = false
            guard
                case .entered(let session, _) = try await lax.signInStaff(
                    login: "sam", password: Self.password, device: nil)
            else {
                Issue.record("where that is allowed it should")
                return
            }
            #expect(try await adapter.staff(session: session.secret)?.staff == sam.staff)
            let offer = try #require(try await adapter.offerSecondFactor(for: sam, again: nil))
            #expect(offer.address.hasPrefix("otpauth://totp/sam?secret="))
            #expect(
                try await adapter.confirmSecondFactor(offer.sealed, code: "x", current: Self.password, for: sam)
                    == .refused(.codeWrong))
            let desk = try await adapter.accounts(for: owner)
            let shown = try #require(desk.accounts.first { $0.id == sam.staff })
            #expect(shown.hasPassword && !shown.hasSecondFactor && !shown.isLinked && desk.provider == nil)
            // Only who manages access, and only accounts that are there.
            await #expect(throws: HTTPError.self) { try await adapter.resetSecrets(ofAccount: owner.staff, for: sam) }
            #expect(try await adapter.resetSecrets(ofAccount: "x", for: owner) == false)
            #expect(try await adapter.link("x", toAccount: sam.staff, for: owner) == nil, "there is no provider")
            #expect(try await adapter.resetSecrets(ofAccount: sam.staff, for: owner))
            #expect(try await adapter.staff(session: session.secret) == nil)
            #expect(try await adapter.ownAccount(of: sam).login == nil)
            let log = try await adapter.audit(AuditQuery(isHome: true), checks: true, for: owner)
            #expect(log.lines.map(\.action).prefix(2) == ["staff.reset", "staff.password"])
            #expect(!"\(log)".contains(Self.password))
        }
    }

    // MARK: The provider

    private static func visit(
        _ stage: Stage, _ provider: FakeProvider, _ kind: SignInKind = .staff, issuer: String? = nil
    ) async throws -> ProviderEntry {
        let visit = try #require(try await stage.adapter.visitProvider(kind))
        let answer = try provider.answer(to: visit.address)
        return try await stage.adapter.finish(
            ProviderAnswer(state: answer.state, code: answer.code, issuer: issuer), cookie: visit.cookie)
    }

    private static func session(_ entry: ProviderEntry) -> String? {
        guard case .entered(let session) = entry else { return nil }
        return session.secret
    }

    @Test func staffComeInOnceTheyAreLinked() async throws {
        let clock = Hands()
        try await FakeProvider.run(clock: clock) { provider in
            try await Self.with(provider: provider, clock: clock) { stage in
                let owner = try await stage.account("Noor")
                provider.be("u-1", email: "noor@courant.example")
                guard case .unlinked = try await Self.visit(stage, provider) else {
                    Issue.record("nobody is let in for having an account there")
                    return
                }
                for (name, outcome) in [("", IdentityOutcome.bad), ("Noor@courant.example", .linked)] {
                    #expect(try await stage.adapter.link(name, toAccount: owner.staff, for: owner) == outcome)
                }
                provider.be("u-1", email: "noor@courant.example", isVerified: false)
                #expect(Self.session(try await Self.visit(stage, provider)) == nil)
                provider.be("u-1", email: "noor@courant.example")
                let secret = try #require(Self.session(try await Self.visit(stage, provider, issuer: provider.issuer)))
                #expect(try await stage.adapter.staff(session: secret)?.staff == owner.staff)
                #expect(try await stage.adapter.ownAccount(of: owner).linkedWith == "127.0.0.1")
                #expect(try await stage.adapter.accounts(for: owner).accounts.first?.isLinked == true)
                #expect(try await stage.adapter.link(nil, toAccount: owner.staff, for: owner) == .unlinked)
                #expect(Self.session(try await Self.visit(stage, provider)) == nil)
            }
        }
    }

    @Test(arguments: FakeProvider.Fault.allCases)
    func aTokenThatIsNotRightLetsNobodyIn(fault: FakeProvider.Fault) async throws {
        let clock = Hands()
        try await FakeProvider.run(clock: clock) { provider in
            try await Self.with(provider: provider, clock: clock) { stage in
                let owner = try await stage.account("Noor")
                #expect(try await stage.adapter.link("u-1", toAccount: owner.staff, for: owner) == .linked)
                provider.be("u-1", fault: fault)
                for kind in [SignInKind.staff, .member] {
                    guard case .failed(kind) = try await Self.visit(stage, provider, kind) else {
                        Issue.record("\(fault) should be refused")
                        return
                    }
                }
                // Keys are not asked for again for every name that a token makes up.
                #expect(provider.keyFetches == 1)
                provider.be("u-1")
                #expect(Self.session(try await Self.visit(stage, provider)) != nil)
            }
        }
    }

    @Test func anAnswerIsGoodOnceAndForItsOwnQuestion() async throws {
        let clock = Hands()
        try await FakeProvider.run(clock: clock) { provider in
            try await Self.with(provider: provider, clock: clock) { stage in
                let owner = try await stage.account("Noor")
                _ = try await stage.adapter.link("u-1", toAccount: owner.staff, for: owner)
                let visit = try #require(try await stage.adapter.visitProvider(.staff))
                let answer = try provider.answer(to: visit.address)
                #expect(answer.query["response_type"] == "code" && answer.query["code_challenge_method"] == "S256")
                #expect(answer.query["redirect_uri"] == "https://club.example/signin/return")
                #expect(answer.query["scope"] == "openid email")
                func finish(_ state: String, _ code: String?, _ cookie: String?, _ issuer: String? = nil) async throws
                    -> String?
                {
                    Self.session(
                        try await stage.adapter.finish(
                            ProviderAnswer(state: state, code: code, issuer: issuer), cookie: cookie))
                }
                let other = try #require(try await stage.adapter.visitProvider(.staff))
                #expect(try await finish(answer.state, answer.code, other.cookie) == nil)
                #expect(try await finish(answer.state, answer.code, nil) == nil)
                #expect(try await finish("x", answer.code, visit.cookie) == nil)
                #expect(provider.tokens == 0, "the code has gone nowhere")
                #expect(try await finish(answer.state, answer.code, visit.cookie) != nil)
                let second = try provider.answer(to: visit.address)
                #expect(try await finish(second.state, second.code, visit.cookie) == nil, "a state is good once")
                // Another provider's answer, one without a code, another's code, one that comes too late.
                for (issuer, code, wait) in [
                    ("https://other.example", "", 0), (nil, nil, 0), (nil, second.code, 0), (nil, "", 601),
                ] as [(String?, String?, Int64)] {
                    let visit = try #require(try await stage.adapter.visitProvider(.staff))
                    let answer = try provider.answer(to: visit.address)
                    clock.move(seconds: wait)
                    let sent = code == "" ? answer.code : code
                    #expect(try await finish(answer.state, sent, visit.cookie, issuer) == nil)
                }
            }
        }
    }

    @Test func aNewKeyIsFetchedOnceItIsNeeded() async throws {
        let clock = Hands()
        try await FakeProvider.run(clock: clock) { provider in
            try await Self.with(provider: provider, clock: clock) { stage in
                let owner = try await stage.account("Noor")
                _ = try await stage.adapter.link("u-1", toAccount: owner.staff, for: owner)
                #expect(Self.session(try await Self.visit(stage, provider)) != nil)
                provider.rotate()
                #expect(Self.session(try await Self.visit(stage, provider)) == nil, "asked a moment ago")
                clock.move(seconds: 301)
                #expect(Self.session(try await Self.visit(stage, provider)) != nil)
                #expect(provider.keyFetches == 2)
            }
        }
    }

    @Test func membersComeInAsWhomThePublisherCallsThem() async throws {
        let clock = Hands()
        try await FakeProvider.run(clock: clock) { provider in
            try await Self.with(provider: provider, clock: clock) { stage in
                let identity = try #require(ExternalIdentity(.user, "reader-1"))
                let known = try await stage.home.engine.identities.resolve(
                    [identity], programme: stage.face.id, now: clock.now())
                provider.be("reader-1")
                let secret = try #require(Self.session(try await Self.visit(stage, provider, .member)))
                let member = try #require(try await stage.adapter.member(session: secret))
                #expect(member.member == known.first && member.programme.id == stage.face.id)
                #expect(try await stage.adapter.staff(session: secret) == nil)
                // Who comes for the first time is a member from then on, and the same one the next time.
                provider.be("reader-2")
                var found: Set<MemberID> = []
                for _ in 0..<2 {
                    let secret = try #require(Self.session(try await Self.visit(stage, provider, .member)))
                    let member = try #require(try await stage.adapter.member(session: secret))
                    found.insert(member.member)
                    _ = try await stage.adapter.today(of: member, language: .en)
                }
                #expect(found.count == 1 && !found.contains(member.member))
            }
            try await Self.with(provider: provider, clock: clock, serves: [.staff]) { stage in
                let (visit, doors) = (
                    try await stage.adapter.visitProvider(.member), try await stage.adapter.signInDoors()
                )
                #expect(visit == nil && doors == SignInDoors(staffProvider: "127.0.0.1"))
            }
        }
    }

    @Test func addressesAreSafe() {
        for (address, isSafe) in [
            ("https://login.example", true), ("http://127.0.0.1:80/x", true), ("http://login.example", false),
            ("http://127.0.0.1.example", false), ("ftp://login.example", false), ("file:///etc/passwd", false),
            ("", false),
        ] {
            #expect(OpenIDProvider.isSafe(address) == isSafe, "\(address)")
        }
        #expect(throws: (any Error).self) {
            try OpenIDProvider.Parameters(try Configuration(flags: ["oidc-issuer": "https://login.example"]))
        }
        #expect(throws: (any Error).self) { try Configuration(flags: ["oidc-issuer": "http://login.example"]) }
    }
}
