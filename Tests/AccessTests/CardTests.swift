import Primitives
import Storage
import TestSupport
import Testing
import Vault

@testable import Access

@Suite struct CardTests {
    static let member = MemberID(ID128(high: 3, low: 4))

    private static func scan(
        _ access: Access, _ code: String, at: Instant = noon, till: String = "t1", visit: String = "v1",
        programmeName: String = "post", now: Instant = noon
    ) async throws -> Cards.Scan {
        try await access.cards.scan(
            code, at: at, till: till, visit: visit, in: try programme(programmeName), now: now, keepsDays: 5)
    }

    @Test func everyCodeReadsBackAndNoTwoOfACardAreAlike() throws {
        let codes = try CardCodes(ring: HomeKeys(random: SeededRandomBytes(seed: 5)).session)
        let post = try programme("post")
        var seen: Set<String> = []
        for number: Int64 in [0, 1, 77, 1 << 29, 1_073_741_823] {
            for step in 0..<200 {
                let at = noon.adding(milliseconds: Int64(step) * CardCodes.stepMilliseconds)
                let code = codes.code(number: number, in: post, at: at)
                #expect(code.count == 9)
                #expect(codes.cards(code, in: post, at: at).contains { $0.number == number })
                seen.insert(code)
            }
        }
        #expect(seen.count == 1_000)
    }

    @Test func aCodeIsGoodOneStepEarlyAndLate() throws {
        let codes = try CardCodes(ring: HomeKeys(random: SeededRandomBytes(seed: 5)).session)
        let post = try programme("post")
        let code = codes.code(number: 42, in: post, at: noon)
        for steps in -3...3 {
            let at = noon.adding(milliseconds: Int64(steps) * CardCodes.stepMilliseconds)
            let isGood = codes.cards(code, in: post, at: at).contains { $0.number == 42 }
            #expect(isGood == (abs(steps) <= 1), "\(steps) steps")
        }
    }

    @Test func whatPeopleTypeIsRead() throws {
        let codes = try CardCodes(ring: HomeKeys(random: SeededRandomBytes(seed: 6)).session)
        let post = try programme("post")
        let code = codes.code(number: 123_456, in: post, at: noon)
        let typed = CardCodes.grouped(code).lowercased().replacing("0", with: "o").replacing("1", with: "l")
        #expect(codes.cards(typed, in: post, at: noon).contains { $0.number == 123_456 })
        for wrong in ["", "short", code + "2", "!!!!!!!!!", String(repeating: "0", count: 40)] {
            #expect(codes.cards(wrong, in: post, at: noon).isEmpty)
        }
    }

    /// The arithmetic of the threat model: a guess is of a possible number with 3 / 2^15.
    @Test func guessesAreRight3In32768Times() throws {
        let codes = try CardCodes(ring: HomeKeys(random: SeededRandomBytes(seed: 7)).session)
        let post = try programme("post")
        var random = SeededRandom(seed: 99)
        let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
        var hits = 0
        let guesses = 40_000
        for _ in 0..<guesses {
            let guess = String((0..<9).map { _ in alphabet[Int(random.next() % 32)] })
            hits += codes.cards(guess, in: post, at: noon).count
        }
        // 3.66 expected; five standard deviations above.
        #expect(hits <= 14, "\(hits) of \(guesses), seed 99")
    }

    @Test(arguments: Engine.allCases) func aCodeCountsOnceAndAtOneTill(_ engine: Engine) async throws {
        try await withAccess(engine) { access, _ in
            let code = try await access.cards.code(of: Self.member, in: try programme("post"), now: noon).code
            #expect(try await Self.scan(access, code) == .member(Self.member))
            // The same visit of the same till, sent again.
            #expect(try await Self.scan(access, code) == .member(Self.member))
            #expect(try await Self.scan(access, code, visit: "v2") == .used)
            #expect(try await Self.scan(access, code, till: "t2") == .used)
            #expect(try await Self.scan(access, code, programmeName: "radio") == .unknown)
            #expect(try await Self.scan(access, "000000000") == .unknown)
            let next = after(seconds: 30)
            let second = try await access.cards.code(of: Self.member, in: try programme("post"), now: next).code
            #expect(try await Self.scan(access, second, at: next, till: "t2", now: next) == .member(Self.member))
        }
    }

    @Test func aCodeThatWasScannedOfflineIsJudgedByThen() async throws {
        try await withAccess(.sqlite) { access, _ in
            let code = try await access.cards.code(of: Self.member, in: try programme("post"), now: noon).code
            let now = after(seconds: 2 * 86_400)
            #expect(try await Self.scan(access, code, at: now, now: now) == .unknown)
            #expect(try await Self.scan(access, code, at: noon, now: now) == .member(Self.member))
        }
    }

    @Test(arguments: Engine.allCases) func aCardGoesWithItsMemberAndCanBeRenewed(_ engine: Engine) async throws {
        try await withAccess(engine) { access, database in
            let post = try programme("post")
            let old = try await access.cards.code(of: Self.member, in: post, now: noon).code
            try await access.cards.renew(Self.member, in: post)
            #expect(try await Self.scan(access, old) == .unknown)
            let gone = try await access.cards.code(of: Self.member, in: post, now: noon).code
            #expect(try await database.write { try Cards.forget($0, post, member: Self.member) } == 1)
            #expect(try await Self.scan(access, gone) == .unknown)
        }
    }

    @Test func slipsOpenWhereTheyBelongAndNowhereElse() async throws {
        try await withAccess(.sqlite) { access, _ in
            let post = try programme("post")
            let visit = try access.tills.visit(of: Self.member, till: "t1", in: post, until: after(seconds: 600))
            #expect(access.tills.member(of: visit, till: "t1", in: post, now: noon) == Self.member)
            #expect(access.tills.member(of: visit, till: "t2", in: post, now: noon) == nil)
            #expect(access.tills.member(of: visit, till: "t1", in: try programme("radio"), now: noon) == nil)
            #expect(access.tills.member(of: visit, till: "t1", in: post, now: after(seconds: 600)) == nil)
            let receipt = TillSlips.Receipt(member: Self.member, effects: [ID128(high: 5, low: 6)])
            let slip = try access.tills.receipt(receipt, in: post)
            #expect(access.tills.read(slip, in: post) == receipt)
            #expect(access.tills.read(slip, in: try programme("radio")) == nil)
            // A visit is no receipt, a receipt no visit, and neither is a page's pass.
            #expect(access.tills.read(visit, in: post) == nil)
            #expect(access.tills.member(of: slip, till: "t1", in: post, now: noon) == nil)
            #expect(access.passes.read(visit, now: noon) == nil)
            let pass = try access.passes.make(for: Self.member, in: post, until: after(seconds: 600))
            #expect(access.tills.member(of: pass, till: "t1", in: post, now: noon) == nil)
        }
    }
}

@Suite struct MeterTokenTests {
    @Test func everybodyWhoOpenedAsManyHasTheSameToken() async throws {
        try await withAccess(.sqlite, seed: 3) { access, _ in
            let post = try programme("post")
            let token = access.meters.token(post, gate: "g", period: 20_000, count: 2)
            #expect(access.meters.token(post, gate: "g", period: 20_000, count: 2) == token)
            #expect(access.meters.count(token, post, gate: "g", period: 20_000) == 2)
            #expect(access.meters.count(token, post, gate: "h", period: 20_000) == nil)
            #expect(access.meters.count(token, post, gate: "g", period: 20_031) == nil)
            #expect(access.meters.count(token, try programme("radio"), gate: "g", period: 20_000) == nil)
            let lowered = token.replacing("20000.2.", with: "20000.0.")
            #expect(access.meters.count(lowered, post, gate: "g", period: 20_000) == nil)
            let receipt = access.meters.receipt(post, gate: "g", period: 20_000, item: "a")
            #expect(access.meters.isReceipt(receipt, post, gate: "g", period: 20_000, item: "a"))
            #expect(!access.meters.isReceipt(receipt, post, gate: "g", period: 20_000, item: "b"))
            #expect(!access.meters.isReceipt(token, post, gate: "g", period: 20_000, item: "2"))
        }
    }
}
