import Access
import Loyalty
import Primitives
import Runtime
import Storage
import TestSupport
import Testing
import Vault

/// The service desk: limits, how long answers take, what is kept of it and what is not.
@Suite struct ServiceDeskTests {
    private static let anna = ID128(high: 7, low: 1)
    private static let canary = "canary-words"

    private func desk(_ test: TestEngine) -> ServiceDesk {
        ServiceDesk(engine: test.engine, persons: test.vault.persons)
    }

    private func ask(
        _ text: String, _ test: TestEngine, of member: MemberID, key: String, about: ID128? = nil
    ) async throws -> ServiceOutcome {
        try await desk(test).ask(
            subject: "About \(text)", text: text, about: about, of: member, in: test.programme, key: key)
    }

    private func id(_ outcome: ServiceOutcome) throws -> ID128 {
        guard case .done(let id) = outcome else { throw Unexpected(outcome: outcome) }
        return id
    }

    private struct Unexpected: Error { var outcome: ServiceOutcome }

    private func answer(_ text: String, _ test: TestEngine, _ id: ID128, note: Bool = false, key: String) async throws
        -> ServiceOutcome
    {
        try await desk(test).answer(text, isNote: note, in: id, by: Self.anna, programme: test.programme, key: key)
    }

    @Test func aQuestionIsAnsweredOnceAndTheMinuteGoesWhenItIs() async throws {
        try await TestEngine.each(SampleProgramme.programme) { test in
            let (desk, member) = (desk(test), try await test.member("anna"))
            let thread = try id(try await ask(Self.canary, test, of: member, key: "a"))
            #expect(try await ask(Self.canary, test, of: member, key: "a") == .done(thread), "the same form again")
            #expect(try await desk.questions(of: member, in: test.programme).map(\.subject) == ["About canary-words"])
            let waiting = try #require(try await desk.queue(.open, in: test.programme).threads.first)
            #expect(waiting.waitingSince != nil && waiting.begunDay > 0)
            test.clock.advance(milliseconds: 95 * 60_000)
            #expect(waiting.waitingMinutes(at: test.clock.now()) == 95)

            for _ in 0..<2 { #expect(try await answer("Here you are", test, thread, key: "b") == .done(thread)) }
            _ = try await answer("Came twice before", test, thread, note: true, key: "c")
            let stored = try #require(try await desk.queue(.answered, in: test.programme).threads.first)
            #expect(stored.waitingSince == nil && stored.isAnswered && stored.isUnread && stored.staff == Self.anna)
            #expect(try await desk.unread(of: member, in: test.programme) == 1)
            let own = try #require(try await desk.question(thread, of: member, in: test.programme))
            #expect(own.messages.map(\.text) == [Self.canary, "Here you are"], "notes are the desk's")
            #expect(try await desk.unread(of: member, in: test.programme) == 0, "seen")
            let seen = try #require(try await desk.conversation(thread, in: test.programme, actor: "staff:1"))
            #expect(seen.messages.map(\.author) == [.member, .staff, .note])

            // Only days are kept of when it was said, and no words in the main database.
            let dump = try await test.database.read { try LogicalDump.lines($0) }.joined(separator: "\n")
            let minute = test.clock.now().milliseconds / 60_000
            for trace in [Self.canary, "Here you are", "Came twice", String(minute), String(minute - 95)] {
                #expect(!dump.contains(trace), "\(trace)")
            }
            #expect(dump.contains("service_first_answer"))

            // A second answer is no first one; what follows waits again.
            #expect(
                try await desk.write("And then?", in: thread, of: member, programme: test.programme, key: "d")
                    == .done(thread))
            #expect(try await desk.figures(in: test.programme).waiting == [1, 0, 0, 0])
            test.clock.advance(milliseconds: 3 * 86_400_000)
            #expect(try await desk.figures(in: test.programme).waiting == [0, 0, 0, 1])
            _ = try await answer("That", test, thread, key: "e")
            #expect(try await desk.figures(in: test.programme).answers == 1)
            #expect(try await desk.close(thread, helped: true, of: member, in: test.programme))
            #expect(
                try await desk.write("Late", in: thread, of: member, programme: test.programme, key: "f") == .over)
            #expect(try await answer("Late", test, thread, key: "g") == .over)
            #expect(try await desk.queue(.closed, in: test.programme).threads.map(\.helped) == [true])
        }
    }

    @Test func nobodyFillsTheDeskAndNobodyReadsWhatIsAnothers() async throws {
        try await TestEngine.each(SampleProgramme.programme) { test in
            let (desk, member, other) = (desk(test), try await test.member("anna"), try await test.member("bo"))
            let thread = try id(try await ask("q", test, of: member, key: "k"))
            for number in 1..<ServiceDesk.mostOpen {
                _ = try id(try await ask("q", test, of: member, key: "k\(number)"))
            }
            #expect(try await ask("q", test, of: member, key: "more") == .tooMany)
            _ = try id(try await ask("q", test, of: other, key: "own"))
            for bad in ["", " \n", "a\u{202E}b", String(repeating: "a", count: ServiceDesk.longestText + 1)] {
                #expect(
                    try await desk.write(bad, in: thread, of: member, programme: test.programme, key: "x")
                        == .unreadable)
            }
            for number in 1..<ServiceDesk.mostUnanswered {
                #expect(
                    try await desk.write("m", in: thread, of: member, programme: test.programme, key: "m\(number)")
                        == .done(thread))
            }
            #expect(
                try await desk.write("m", in: thread, of: member, programme: test.programme, key: "last") == .tooMany)
            #expect(try await desk.question(thread, of: other, in: test.programme) == nil)
            #expect(try await desk.write("m", in: thread, of: other, programme: test.programme, key: "z") == .over)
            #expect(try await !desk.close(thread, helped: nil, of: other, in: test.programme))
            #expect(try await desk.close(thread, helped: nil, of: member, in: test.programme))
            _ = try id(try await ask("q", test, of: member, key: "after"))
            // Opening and closing all day fills nothing either.
            for number in 0..<20 {
                guard case .done(let id) = try await ask("q", test, of: other, key: "day\(number)") else { break }
                _ = try await desk.close(id, helped: nil, of: other, in: test.programme)
            }
            #expect(
                try await desk.questions(of: other, in: test.programme).count == ServiceDesk.mostPerDay)
        }
    }

    @Test func figuresAreRanksAndSayNothingOfFew() {
        let few = ServiceFigures([(minutes: 5, answers: 9)], waiting: [])
        #expect(few.answers == 9 && few.medianMinutes == nil && few.ninetyMinutes == nil)
        let figures = ServiceFigures(
            [(minutes: 600, answers: 1), (minutes: 10, answers: 5), (minutes: 20, answers: 4)], waiting: [])
        #expect(figures.answers == 10 && figures.medianMinutes == 10 && figures.ninetyMinutes == 20)
    }

    @Test func whatIsAskedGoesWithWhoAskedAndMovesWithWhoTheyBecome() async throws {
        try await TestEngine.each(SampleProgramme.programme) { test in
            let desk = desk(test)
            _ = try await test.engine.take(
                [test.event("1", anonymous: "phone"), test.event("2", user: "anna")], in: test.programme)
            let device = try #require(ExternalIdentity(.anonymous, "phone"))
            let before = try #require(
                try await test.engine.identities.resolve([device], programme: test.programme, now: test.clock.now())
                    .first)
            let effect = try #require(
                try await test.engine.history(of: before, in: test.programme, limit: 1).first?.id)
            let thread = try id(try await ask(Self.canary, test, of: before, key: "a", about: effect))
            #expect(try await desk.queue(.open, in: test.programme).threads.first?.effect == effect)
            let stranger = try await test.member("bo")
            let other = try id(try await ask("of bo", test, of: stranger, key: "b", about: effect))
            #expect(
                try await desk.queue(.open, in: test.programme).threads.first { $0.id == other }?.effect == nil,
                "a line of somebody else is left out")
            let anna = try await test.engine.identify(
                user: try #require(ExternalIdentity(.user, "anna")), previous: device, in: test.programme)
            #expect(anna != before)
            let found = try #require(try await desk.question(thread, of: anna, in: test.programme))
            #expect(found.messages.map(\.text) == [Self.canary])
            #expect(
                try await desk.write("More", in: thread, of: anna, programme: test.programme, key: "c")
                    == .done(thread))

            try await test.erasure.erase(anna, in: test.programme, by: .server)
            #expect(try await desk.conversation(thread, in: test.programme, actor: "staff:1") == nil)
            #expect(try await answer("Late", test, thread, key: "d") == .over)
            let threads = try await desk.queue(.open, in: test.programme).threads
            #expect(threads.map(\.id) == [other], "nobody else is touched")
            let rows = try await test.database.read {
                try $0.first("SELECT count(*) FROM service_message", [])?.int(0)
            }
            #expect(rows == 1)
        }
    }

    @Test func whatWasClosedLongAgoIsForgotten() async throws {
        try await TestEngine.each(SampleProgramme.programme) { test in
            let (desk, member) = (desk(test), try await test.member("anna"))
            let old = try id(try await ask("old", test, of: member, key: "a"))
            let kept = try id(try await ask("kept", test, of: member, key: "b"))
            #expect(try await desk.close(old, helped: false, of: member, in: test.programme))
            test.clock.advance(milliseconds: Int64(ServiceDesk.keptDays) * 86_400_000)
            #expect(try await desk.forget(test.programme) == 0)
            test.clock.advance(milliseconds: 2 * 86_400_000)
            #expect(try await desk.forget(test.programme) == 1)
            #expect(try await desk.questions(of: member, in: test.programme).map(\.thread.id) == [kept])
            #expect(try await desk.forget(test.programme) == 0)
        }
    }
}
