import Access
import Crypto
import Foundation
import Logging
import Loyalty
import Mail
import Primitives
import Runtime
import Settings
import Site
import Storage
import Synchronization
import Testing
import Vault

@testable import stamgast

/// The members' doors over a real home.
@Suite struct DoorAdapterTests {
    private final class Hands: WallClock {
        let time = Mutex(Instant(seconds: 1_795_694_400))

        func now() -> Instant { time.withLock { $0 } }
        func pass(minutes: Int64) { time.withLock { $0 = $0.adding(milliseconds: minutes * 60_000) } }
    }

    private struct Stage {
        var home: Home
        var adapter: SiteAdapter
        var mail: MailDoor
        var box: MailSink
        var face: ProgrammeFace
        var clock: Hands

        /// Asks, and gives the mail that came of it.
        func ask(_ address: String, _ language: PageLanguage = .en) async throws -> MailMessage? {
            let before = box.messages.count
            #expect(try await adapter.askLink(address: address, for: face, language: language))
            #expect(box.messages.count == before, "nothing happens before the answer")
            await mail.turn(logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            return box.messages.count > before ? box.messages.first : nil
        }

        func token(in message: MailMessage?) throws -> String {
            let link = try #require(message?.text.firstMatch(of: /https:\/\/regulars\.example\/signin\/(\S+)/))
            return String(link.1)
        }

        func member(_ started: StartedSession?) async throws -> SiteMember? {
            guard let started else { return nil }
            return try await adapter.member(session: started.secret)
        }
    }

    private static let secret = SymmetricKey(data: Array(repeating: UInt8(9), count: 32))

    private static func with(
        _ doors: Doors = Doors(joining: .open), _ body: (Stage) async throws -> Void
    ) async throws {
        try await Binary.withFolder { folder in
            let clock = Hands()
            let home = try await Home.open(
                try Configuration(flags: ["home": folder + "/home"]), environment: [:], clock: clock)
            do {
                var programme = Programme(
                    id: try #require(ProgrammeID("regulars")), name: LocalizedText([.en: "Regulars"]),
                    units: [Unit(id: "ink")])
                programme.doors = doors
                try await home.install(try CompiledProgramme(programme, version: 1, zones: home.engine.zones))
                let box = MailSink()
                let mail = MailDoor(
                    home: home, from: .init(address: try #require(MailAddress("post@example.org"))), sender: box,
                    site: { "https://regulars.example" })
                let secrets = try HandOverSecrets(
                    "regulars:" + Self.secret.withUnsafeBytes { Data($0).base64EncodedString() })
                let adapter = SiteAdapter(
                    home: home, publisher: nil, publisherProgramme: nil, topicNames: [:], epoch: "t", mailDoor: mail,
                    handOverSecrets: secrets)
                let face = try #require(adapter.face(of: programme.id))
                try await body(
                    Stage(home: home, adapter: adapter, mail: mail, box: box, face: face, clock: clock))
            } catch {
                await home.close()
                throw error
            }
            await home.close()
        }
    }

    private static func known(_ stage: Stage, _ user: String, _ address: String) async throws -> MemberID {
        let name = try #require(ExternalIdentity(.user, user))
        let member = try #require(
            try await stage.home.engine.identities.resolve([name], programme: stage.face.id, now: stage.clock.now())
                .first)
        try await stage.home.vault.persons.store([.init(member, [.email: address])], programme: stage.face.id)
        return member
    }

    @Test func aBoxThatEverybodyReadsHoldsNoOtherProgrammesLinks() async throws {
        try await Self.with { stage in
            let mail = MailDoor(
                home: stage.home, from: .init(address: try #require(MailAddress("post@example.org"))),
                sender: stage.box, only: try #require(ProgrammeID("another")), site: { "https://regulars.example" })
            let adapter = SiteAdapter(
                home: stage.home, publisher: nil, publisherProgramme: nil, topicNames: [:], epoch: "t",
                mailDoor: mail)
            guard case .door(let door)? = try await adapter.door(programme: nil) else {
                Issue.record("there is no door")
                return
            }
            #expect(door.mail == SignInDoor.Mail.none)
            await #expect(throws: (any Error).self) {
                try await adapter.askLink(address: "ann@example.org", for: stage.face, language: .en)
            }
            await mail.turn(logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            #expect(stage.box.messages.isEmpty)
        }
    }

    @Test func aMemberIsKnownByTheirAddressAndSignsInOnce() async throws {
        try await Self.with { stage in
            let ann = try await Self.known(stage, "ann", "Ann@example.org")
            let message = try await stage.ask("ann@EXAMPLE.org")
            #expect(message?.from.name.text == "Regulars" && message?.subject.text == "Your link for Regulars")
            let token = try stage.token(in: message)
            #expect(try await stage.adapter.signInOffer(token: token)?.programme.id == stage.face.id)
            let member = try await stage.member(try await stage.adapter.signIn(token: token))
            #expect(member?.member == ann)
            #expect(try await stage.adapter.signIn(token: token) == nil)
            // Half an hour.
            let late = try stage.token(in: try await stage.ask("ann@example.org"))
            stage.clock.pass(minutes: 31)
            #expect(try await stage.adapter.signInOffer(token: late) == nil)
            #expect(try await stage.adapter.signIn(token: late) == nil)
            // Whoever made a way in is in the log, and no address is.
            let log = try await stage.home.database.read { connection in
                try connection.query("SELECT actor, action, object FROM audit", []).map {
                    "\(try $0.text(0)) \(try $0.text(1)) \(try $0.text(2))"
                }
            }
            #expect(log.filter { $0 == "system:server sign-in.link member" }.count == 2)
            #expect(!log.contains { $0.contains("@") })
        }
    }

    @Test func aStrangerJoinsAtFirstUseAndLeavesNothingBefore() async throws {
        try await Self.with { stage in
            let address = try #require(EmailAddress("new@example.org"))
            func find() async throws -> MemberID? {
                try await stage.home.engine.identities.find(ExternalIdentity(address), programme: stage.face.id)
            }
            let message = try await stage.ask("new@example.org", .nl)
            #expect(message?.language == "nl" && message?.text.contains("word je lid") == true)
            let (token, second) = (
                try stage.token(in: message), try stage.token(in: try await stage.ask("new@example.org"))
            )
            #expect(token.utf8.count <= 500 && !token.contains("new"))
            #expect(try await find() == nil, "nothing is kept of who only typed")
            #expect(try await stage.adapter.signInOffer(token: token)?.language == .nl)
            #expect(try await find() == nil, "nor of a mail scanner that opens the link")
            let member = try #require(try await stage.member(try await stage.adapter.signIn(token: token)))
            #expect(try await find() == member.member && member.language == .nl)
            let fields = try await stage.home.vault.persons.reveal(
                member.member, programme: stage.face.id, purpose: .ownPage, actor: "member:x", now: stage.clock.now())
            #expect(fields[.email] == "new@example.org")
            #expect(try await stage.adapter.signIn(token: token) == nil)
            #expect(try await stage.adapter.signInOffer(token: token) == nil)
            // The other link leads to the same member, and once.
            #expect(try await stage.member(try await stage.adapter.signIn(token: second))?.member == member.member)
            #expect(try await stage.adapter.signIn(token: second) == nil)
            // From now on the address is known.
            #expect(try await stage.ask("new@example.org", .en)?.text.contains("log je in") == true)
            // A letter that was changed opens nothing.
            let forged = String(token.dropLast(4)) + (token.hasSuffix("AAAA") ? "BBBB" : "AAAA")
            #expect(try await stage.adapter.signInOffer(token: forged) == nil)
        }
    }

    @Test func whereNobodyJoinsByThemselvesAStrangerIsToldInTheMailOnly() async throws {
        try await Self.with(Doors(joining: .closed)) { stage in
            let message = try await stage.ask("new@example.org")
            #expect(message?.text.contains("nobody is known") == true && message?.text.contains("/signin/") == false)
            // A link from the time when they did is void.
            let code = try stage.home.access.joining.make(
                for: try #require(EmailAddress("new@example.org")), in: stage.face.id, language: "en",
                now: stage.clock.now())
            #expect(try await stage.adapter.signInOffer(token: code) == nil)
            #expect(try await stage.adapter.signIn(token: code) == nil)
        }
    }

    @Test func nobodyIsBombedWithMail() async throws {
        try await Self.with { stage in
            var mails = 0
            for _ in 0..<10 {
                if try await stage.ask("victim@example.org") != nil { mails += 1 }
            }
            #expect(mails == MailDoor.mailsPerHour)
            #expect(try await stage.ask("VICTIM@example.org") == nil)
            #expect(try await stage.ask("other@example.org") != nil)
            stage.clock.pass(minutes: 61)
            #expect(try await stage.ask("victim@example.org") != nil)
            for typed in ["", "x", "a@b@c", "a@b.nl\r\nBcc: x@y.nl", "a b@c.nl"] {
                #expect(try await !stage.adapter.askLink(address: typed, for: stage.face, language: .en))
            }
        }
    }

    @Test func theBoxShowsTheLinkAsAPathOfItsOwn() async throws {
        try await Self.with { stage in
            let token = try stage.token(in: try await stage.ask("new@example.org"))
            let mail = try #require(try await stage.adapter.letterBox()?.first)
            #expect(mail.link?.address == "/signin/" + token && mail.subject == "Your link for Regulars")
            #expect(mail.paragraphs.count == 3 && !mail.paragraphs.contains { $0.contains("http") })
            var other = stage.adapter
            other.mailDoor = nil
            #expect(try await other.letterBox() == nil)
            #expect(try await other.door(programme: nil) == .door(SignInDoor(programme: stage.face, mail: .none)))
            #expect(try await other.door(programme: "nobody") == nil)
        }
    }

    // MARK: Hand-over

    private static func token(
        subject: String, id: String = "j1", audience: String = "regulars", seconds: Int64 = 60, now: Instant,
        header: String = #"{"alg":"HS256"}"#,
        sign: (Data) throws -> Data = { data in
            Data(HMAC<SHA256>.authenticationCode(for: data, using: secret))
        }
    ) throws -> String {
        func text(_ data: Data) -> String {
            data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").filter { $0 != "=" }
        }
        let claims =
            #"{"iss":"https://news.example","aud":"\#(audience)","sub":"\#(subject)","jti":"\#(id)","exp":\#(now.seconds + seconds)}"#
        let signed = text(Data(header.utf8)) + "." + text(Data(claims.utf8))
        return signed + "." + text(try sign(Data(signed.utf8)))
    }

    private static func open(_ joining: Doors.Joining, keys: [Doors.HandOver.Key] = []) -> Doors {
        Doors(joining: joining, handOver: .init(issuer: "https://news.example", audience: "regulars", keys: keys))
    }

    @Test func aReaderOfThePublisherComesOverOnce() async throws {
        try await Self.with(Self.open(.open)) { stage in
            let ann = try await Self.known(stage, "ann", "ann@example.org")
            let token = try Self.token(subject: "ann", now: stage.clock.now())
            func handOver(_ token: String, _ programme: String? = nil) async throws
                -> Result<StartedSession, HandOverFailure>?
            {
                try await stage.adapter.handOver(token: token, programme: programme, replacing: nil)
            }
            let first = try #require(try await handOver(token)).get()
            #expect(try await stage.member(first)?.member == ann)
            for (bad, why) in [
                (token, "used"),
                (try Self.token(subject: "ann", id: "2", audience: "x", now: stage.clock.now()), "aud"),
                (try Self.token(subject: "ann", id: "3", seconds: -60, now: stage.clock.now()), "expired"),
                (try Self.token(subject: "ann", id: "4", seconds: 3_600, now: stage.clock.now()), "too long"),
                (
                    try Self.token(
                        subject: "ann", id: "5", now: stage.clock.now(), header: #"{"alg":"none"}"#,
                        sign: { _ in Data() }), "none"
                ),
                ("x", "no token"),
            ] {
                guard case .failure(.notAccepted)? = try await handOver(bad) else {
                    Issue.record("\(why) is accepted")
                    continue
                }
            }
            #expect(try await handOver(token, "nobody") == nil)
            // Who is new joins.
            let fresh = try Self.token(subject: "bob", id: "6", now: stage.clock.now())
            let bob = try await stage.member(try #require(try await handOver(fresh, "regulars")).get())
            let name = try #require(ExternalIdentity(.user, "bob"))
            #expect(try await stage.home.engine.identities.find(name, programme: stage.face.id) == bob?.member)
        }
    }

    @Test func aPublicKeyOfTheDocumentIsEnoughAndAStrangerStaysOut() async throws {
        let key = Curve25519.Signing.PrivateKey()
        let own = Doors.HandOver.Key(id: "k1", ed25519: Array(key.publicKey.rawRepresentation))
        try await Self.with(Self.open(.closed, keys: [own])) { stage in
            let ann = try await Self.known(stage, "ann", "ann@example.org")
            let header = #"{"alg":"EdDSA","kid":"k1"}"#
            for (user, isMember) in [("ann", true), ("bob", false)] {
                let token = try Self.token(
                    subject: user, id: user, now: stage.clock.now(), header: header,
                    sign: { try key.signature(for: $0) })
                let answer = try await stage.adapter.handOver(token: token, programme: nil, replacing: nil)
                switch answer {
                case .success(let session): #expect(try await stage.member(session)?.member == ann && isMember)
                case .failure(let failure): #expect(failure == .notAMember && !isMember)
                case nil: Issue.record("nobody is trusted")
                }
            }
            let name = try #require(ExternalIdentity(.user, "bob"))
            #expect(try await stage.home.engine.identities.find(name, programme: stage.face.id) == nil)
        }
        try await Self.with { stage in
            let token = try Self.token(subject: "ann", now: stage.clock.now())
            #expect(try await stage.adapter.handOver(token: token, programme: nil, replacing: nil) == nil)
        }
    }

    @Test func secretsAreReadOrRefusedWithoutBeingRepeated() {
        for text in [
            "regulars", "regulars:x", "regulars:c2hvcnQ=", ":::", "Bad Name:" + String(repeating: "A", count: 44),
        ] {
            do {
                _ = try HandOverSecrets(text)
                Issue.record("\(text) is read")
            } catch {
                #expect(!"\(error)".contains(text))
            }
        }
    }
}
