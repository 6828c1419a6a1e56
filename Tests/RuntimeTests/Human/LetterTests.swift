import Access
import Catalogue
import Loyalty
import Primitives
import Storage
import TestSupport
import Testing
import Vault

@testable import Runtime

/// From moments to letters, on every engine: once each, whatever the order; by hand only as many as somebody can write.
@Suite struct LetterTests {
    static let programme: Programme = {
        var programme = SampleProgramme.programme
        programme.languages = [.en, .nl]
        programme.signers = [
            Signer(id: "anna", name: "Anna Vos", maker: "anna"), Signer(id: "joris", name: "Joris Kok"),
        ]
        func message(_ text: String) -> Loyalty.LocalizedText { Loyalty.LocalizedText([.en: text, .nl: text]) }
        programme.occasions = [
            Occasion(
                id: "first-visit", moment: .count(.init(event: "visit", at: [1, 3])), signers: ["anna"],
                message: message("Visit {count}. {signer}"), award: .init(amount: 5, unit: "ink")),
            Occasion(
                id: "back", moment: .comeback(after: 20, pause: 5), signers: ["anna"],
                message: message("Good to see you.")),
            Occasion(
                id: "regular", moment: .regular(days: 3, within: 7), isByHand: true, signers: ["anna", "joris"],
                message: message("{days} days!")),
            Occasion(
                id: "silver", moment: .tier("silver"), signers: ["joris"], message: message("You are {tier}.")),
            Occasion(
                id: "year", moment: .anniversary, signers: ["joris"], message: message("{years} years.")),
        ]
        programme.letters = LetterTerms(perDay: 2, restDays: 60, withinDays: 14)
        return programme
    }()

    private static let day: Int64 = 86_400_000

    private static func visit(
        _ id: String, _ user: String, _ days: Int64, _ test: TestEngine
    ) async throws {
        let at = TestEngine.start.adding(milliseconds: days * day)
        test.clock.set(max(test.clock.now(), at))
        _ = try await test.engine.take(
            [test.event(id, user: user, type: "visit", at: at, fields: ["points": .integer(1)])], in: test.programme)
    }

    private static func texts(_ user: String, _ test: TestEngine) async throws -> [String] {
        let member = try await test.member(user)
        return try await test.engine.letters(to: member, in: test.programme, limit: 50).map(\.text).sorted()
    }

    @Test func aMomentLeadsToOneLetter() async throws {
        try await TestEngine.each(Self.programme) { test in
            for id in ["a", "b", "b", "c"] { try await Self.visit(id, "ann", 0, test) }
            #expect(try await Self.texts("ann", test) == ["Visit 1. Anna Vos", "Visit 3. Anna Vos"])
            let member = try await test.member("ann")
            let summary = try #require(try await test.engine.summary(of: member, in: test.programme))
            // Three visits of one point, and five points with each of two letters.
            #expect(summary.balances.first { $0.unit == "ink" }?.spendable == 13)
            let history = try await test.engine.history(of: member, in: test.programme, limit: 50)
            #expect(history.count { $0.kind == .notice && $0.subject == MemberState.letterSubject } == 2)
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test func aReturnIsTheSameWhateverComesLate() async throws {
        try await TestEngine.each(Self.programme) { test in
            try await Self.visit("a", "ann", 0, test)
            try await Self.visit("b", "ann", 10, test)
            #expect(try await Self.texts("ann", test) == ["Visit 1. Anna Vos"])
            try await Self.visit("a2", "bob", 10, test)
            // In order, and with the earlier day late: one return each.
            try await Self.visit("c", "ann", 41, test)
            try await Self.visit("b2", "bob", 42, test)
            try await Self.visit("c2", "bob", 41, test)
            #expect(try await Self.texts("ann", test).count { $0 == "Good to see you." } == 1)
            #expect(try await Self.texts("bob", test).count { $0 == "Good to see you." } == 1)
        }
    }

    @Test func whoWasIllAndSaidSoIsWelcomedBack() async throws {
        try await TestEngine.each(Self.programme) { test in
            try await Self.visit("a", "ann", 0, test)
            let member = try await test.member("ann")
            let today = Int32(test.clock.now().milliseconds / Self.day)
            _ = try await test.engine.perform(
                .streaks(.pause(DaySpan(first: today + 1, last: today + 6))), member: member, in: test.programme)
            try await Self.visit("b", "ann", 8, test)
            #expect(try await Self.texts("ann", test).contains("Good to see you."))
            // Without a pause eight days are no absence to speak of.
            try await Self.visit("c", "bob", 0, test)
            try await Self.visit("d", "bob", 8, test)
            #expect(try await !Self.texts("bob", test).contains("Good to see you."))
        }
    }

    @Test func signersAreAskedForAsMuchAsTheyCanWrite() async throws {
        try await TestEngine.each(Self.programme) { test in
            for user in ["u1", "u2", "u3", "u4", "u5", "u6"] {
                for day in 0..<3 { try await Self.visit("\(user)-\(day)", user, Int64(day), test) }
            }
            let six = try await test.member("u6")
            _ = try await test.engine.perform(.human(.letters(false)), member: six, in: test.programme)
            let now = test.clock.now()
            #expect(try await Keeper.askForLetters(test.engine, test.programme, at: now) <= 4)
            // Whoever wants none made room for another; then the day is full.
            _ = try await Keeper.askForLetters(test.engine, test.programme, at: now)
            #expect(try await Keeper.askForLetters(test.engine, test.programme, at: now) == 0)
            let requests = try await test.engine.letterRequests(in: test.programme)
            #expect(requests.count { $0.signer.id == "anna" } <= 2)
            #expect(requests.count { $0.signer.id == "joris" } <= 2)
            #expect(!requests.contains { $0.letter.member == six })
            #expect(requests.allSatisfy { $0.draft == "3 days!" })
            let first = try #require(requests.first)
            _ = try await test.engine.perform(
                .human(.write(letter: first.id, text: "Hello you.", .en)), member: first.letter.member,
                in: test.programme)
            let letters = try await test.engine.letters(to: first.letter.member, in: test.programme, limit: 50)
            #expect(letters.contains { $0.text == "Hello you." && $0.signer?.id == first.signer.id })
            // Tomorrow the others; nobody twice.
            test.clock.advance(milliseconds: Self.day)
            _ = try await Keeper.askForLetters(test.engine, test.programme, at: test.clock.now())
            let later = try await test.engine.letterRequests(in: test.programme)
            let members = (requests + later.filter { one in !requests.contains { $0.id == one.id } }).map(
                \.letter.member)
            #expect(Set(members).count == members.count)
            #expect(members.count == 5)
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test func whatNobodyCanBeAskedForIsWeighedOnce() async throws {
        var programme = Self.programme
        programme.occasions[0].isByHand = true
        try await TestEngine.each(programme) { test in
            func ask() async throws -> Int {
                try await Keeper.askForLetters(test.engine, test.programme, at: test.clock.now())
            }
            // Three moments of one member: one is written of, the others wait for the end of their rest.
            for day in 0..<3 { try await Self.visit("u1-\(day)", "u1", Int64(day), test) }
            #expect(try await ask() == 1)
            let waiting = try await test.database.read {
                try LoyaltyStore(programme: test.programme).waitingLetters($0)
            }
            #expect(waiting.count == 2)
            let before = test.engine.letterTurns.weighings
            for _ in 0..<5 { #expect(try await ask() == 0) }
            #expect(test.engine.letterTurns.weighings == before + 1)
            // Somebody new is asked for at the next turn.
            try await Self.visit("u2", "u2", 2, test)
            #expect(try await ask() == 1)
        }
    }

    @Test func anAnniversaryComesOnItsDay() async throws {
        try await TestEngine.each(Self.programme) { test in
            try await Self.visit("a", "ann", 0, test)
            test.clock.advance(milliseconds: 364 * Self.day)
            _ = try await Keeper.settle(test.engine, test.programme, at: test.clock.now())
            #expect(try await !Self.texts("ann", test).contains("1 years."))
            test.clock.advance(milliseconds: Self.day)
            for _ in 0..<2 { _ = try await Keeper.settle(test.engine, test.programme, at: test.clock.now()) }
            #expect(try await Self.texts("ann", test).count { $0 == "1 years." } == 1)
            // What is long past is not celebrated.
            test.clock.advance(milliseconds: 400 * Self.day)
            _ = try await Keeper.settle(test.engine, test.programme, at: test.clock.now())
            #expect(try await !Self.texts("ann", test).contains("2 years."))
        }
    }

    @Test func aTierThatWasReachedIsCongratulatedOnce() async throws {
        try await TestEngine.each(Self.programme) { test in
            for index in 0..<12 {
                _ = try await test.engine.take([test.event("r\(index)", user: "ann")], in: test.programme)
            }
            #expect(try await Self.texts("ann", test) == ["You are silver."])
        }
    }

    @Test func aMilestoneOfAStreakIsCongratulatedOnce() async throws {
        var programme = Self.programme
        var streak = Streak(id: "daily")
        streak.measures = [.init(id: "count", event: "visit")]
        streak.milestones = [.init(at: 3, effects: [.award(amount: "1", unit: "ink")])]
        programme.streaks = [streak]
        programme.occasions = [
            Occasion(
                id: "three", moment: .streak("daily", lengths: [3]), signers: ["joris"],
                message: Loyalty.LocalizedText([.en: "{length} of {streak}."]))
        ]
        try await TestEngine.each(programme) { test in
            for day in 0..<5 { try await Self.visit("v\(day)", "ann", Int64(day), test) }
            #expect(try await Self.texts("ann", test) == ["3 of daily."])
        }
    }

    @Test func twoRecordsOfOnePersonHaveTheirLettersAndVotesTogether() async throws {
        var programme = Self.programme
        programme.proposals = ProposalTerms(quorum: 1, counts: .live)
        try await TestEngine.each(programme) { test in
            try await Self.visit("a", "ann", 0, test)
            _ = try await test.engine.take(
                [test.event("b", anonymous: "visitor", type: "visit", fields: ["points": .integer(1)])],
                in: test.programme)
            let ann = try await test.member("ann")
            let identity = try #require(ExternalIdentity(.anonymous, "visitor"))
            let found = try await test.engine.identities.resolve(
                [identity], programme: test.programme, now: test.clock.now())
            let visitor = try #require(found.first)
            let id = ID128(high: 1, low: 2)
            _ = try await test.engine.perform(
                .human(.propose(id: id, kind: .idea, text: "Together.")), member: visitor, in: test.programme)
            try await test.engine.tend(.moderate(id, accepts: true, reason: nil), in: test.programme)
            _ = try await test.engine.perform(.human(.vote(id, .inFavour)), member: ann, in: test.programme)
            _ = try await test.engine.perform(.human(.vote(id, .against)), member: visitor, in: test.programme)
            for member in [ann, visitor] {
                _ = try await test.engine.perform(
                    .human(.follow(maker: "anna", follows: true)), member: member, in: test.programme)
            }
            let merged = try await test.engine.identify(
                user: try #require(ExternalIdentity(.user, "ann")), previous: identity, in: test.programme)
            let store = LoyaltyStore(programme: test.programme)
            let votes = try await test.database.read { try store.votes(on: [id], $0) }
            // As the record that stays has it.
            #expect(merged == ann && votes[id]?.inFavour == 1 && votes[id]?.against == 0)
            #expect(try await test.engine.follows(of: merged, in: test.programme) == ["anna"])
            #expect(try await test.engine.proposals(of: merged, in: test.programme).map(\.text) == ["Together."])
            #expect(try await test.engine.letters(to: merged, in: test.programme, limit: 9).count == 2)
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test func whoIsErasedLeavesNothing() async throws {
        var programme = Self.programme
        programme.proposals = ProposalTerms(quorum: 1)
        try await TestEngine.each(programme) { test in
            for day in 0..<3 { try await Self.visit("v\(day)", "ann", Int64(day), test) }
            try await Self.visit("w", "bob", 2, test)
            let (ann, bob) = (try await test.member("ann"), try await test.member("bob"))
            let id = ID128(high: 1, low: 2)
            _ = try await test.engine.perform(
                .human(.propose(id: id, kind: .idea, text: "Mine.")), member: ann, in: test.programme)
            try await test.engine.tend(.moderate(id, accepts: true, reason: nil), in: test.programme)
            _ = try await test.engine.perform(.human(.vote(id, .inFavour)), member: bob, in: test.programme)
            _ = try await test.engine.perform(
                .human(.follow(maker: "anna", follows: true)), member: ann, in: test.programme)
            try await test.erasure.erase(ann, in: test.programme, by: .server)
            let hex = ann.description
            for table in ["letter", "follow", "proposal", "proposal_vote"] {
                let rows = try await test.database.read { connection in
                    try connection.query(
                        "SELECT count(*) FROM \(table) WHERE member_id = ?", [.id(ann.value)]
                    ).first?.int(0)
                }
                #expect(rows == 0, "\(table) has rows of \(hex)")
            }
            #expect(try await test.engine.proposals([.open], in: test.programme, limit: 9).isEmpty)
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    /// Below `personal` nobody keeps whose articles a member reads, and above it only until they leave that level.
    @Test func countsPerMakerAreForThePersonalLevelOnly() async throws {
        var programme = Self.programme
        programme.occasions = [
            Occasion(
                id: "third", moment: .count(.init(event: "article.read", at: [2], isPerMaker: true)),
                signers: ["anna"], message: Loyalty.LocalizedText([.en: "{count} of mine, {maker}."])),
            Occasion(
                id: "first", moment: .count(.init(event: "article.read", at: [1], isPerMaker: true)), isByHand: true,
                signers: ["anna"], message: Loyalty.LocalizedText([.en: "The first of mine."])),
        ]
        try await TestEngine.each(programme) { test in
            try await test.catalogue.load(test.programme, now: test.clock.now())
            _ = try await test.catalogue.store.putMakers(test.programme, [.init(id: "anna", name: "Anna")])
            var item = ItemDraft(id: "article-1", kind: "article", title: ["en": "A story"])
            item.makers = ["anna"]
            _ = try await test.catalogue.store.putItems(test.programme, [item], now: test.clock.now())
            for user in ["ann", "bob"] {
                let member = try await test.member(user)
                if user == "ann" {
                    _ = try await test.engine.perform(
                        .profile(ProfileChange(level: .personal)), member: member, in: test.programme)
                }
                for index in 0..<2 {
                    _ = try await test.engine.take([test.event("\(user)\(index)", user: user)], in: test.programme)
                }
            }
            #expect(try await Self.texts("ann", test) == ["2 of mine, Anna Vos."])
            #expect(try await Self.texts("bob", test) == [])
            func counters(_ user: String) async throws -> Int64? {
                let member = try await test.member(user)
                return try await test.database.read { connection in
                    try connection.first(
                        "SELECT count(*) FROM counter WHERE member_id = ? AND name LIKE 'recognition/count/%/%' AND length(marks) > 0",
                        [.id(member.value)])?.int(0)
                }
            }
            #expect(try await counters("ann") == 2)
            #expect(try await counters("bob") == 0)
            let ann = try await test.member("ann")
            _ = try await test.engine.perform(
                .profile(ProfileChange(level: .session)), member: ann, in: test.programme)
            #expect(try await counters("ann") == 0)
            // The letter that they got stays theirs; nothing says whose work it was about, and nobody writes another.
            #expect(try await Self.texts("ann", test) == ["2 of mine, Anna Vos."])
            let rows = try await test.database.read { connection in
                try connection.query(
                    "SELECT occasion, state, subject FROM letter WHERE member_id = ? ORDER BY occasion",
                    [.id(ann.value)]
                ).map { "\(try $0.text(0)) \(try $0.int(1)) \(try $0.text(2))" }
            }
            #expect(rows == ["first 4 ", "third 2 "])
        }
    }

    @Test func aBirthdayAtNewYearIsOne() async throws {
        var programme = Self.programme
        programme.occasions = [
            Occasion(
                id: "birthday", moment: .birthday, signers: ["anna"],
                message: Loyalty.LocalizedText([.en: "Happy birthday."]))
        ]
        try await TestEngine.each(programme) { test in
            let ann = try await test.member("ann")
            _ = try await test.engine.perform(
                .profile(ProfileChange(timeZone: "America/Los_Angeles")), member: ann, in: test.programme)
            // With the programme it is 1 January; with the member it is still last year, and twelve hours later it is not.
            test.clock.set(try #require(RFC3339.parse("2027-01-01T06:00:00Z")))
            for _ in 0..<3 {
                _ = try await test.engine.perform(.human(.birthday), member: ann, in: test.programme)
                test.clock.advance(milliseconds: Self.day / 3)
            }
            #expect(try await Self.texts("ann", test) == ["Happy birthday."])
        }
    }

    @Test func nobodyFillsTheTableByTakingBack() async throws {
        var programme = Self.programme
        programme.proposals = ProposalTerms(quorum: 1)
        try await TestEngine.each(programme) { test in
            let ann = try await test.member("ann")
            func propose(_ number: UInt64) async -> HumanProblem? {
                let id = ID128(high: 7, low: number)
                do {
                    for action in [HumanAction.propose(id: id, kind: .idea, text: "Hm."), .withdrawProposal(id)] {
                        _ = try await test.engine.perform(.human(action), member: ann, in: test.programme)
                    }
                    return nil
                } catch PipelineProblem.command(.human(let problem)) {
                    return problem
                } catch {
                    return .unknownProposal
                }
            }
            for number in 0..<6 { #expect(await propose(UInt64(number)) == nil) }
            #expect(await propose(6) == .tooManyProposals(1))
            test.clock.advance(milliseconds: Self.day)
            #expect(await propose(7) == nil)
        }
    }
}
